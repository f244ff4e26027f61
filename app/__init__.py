"""The terminal's inside: rules, storage and use-cases, with neither window nor network."""
