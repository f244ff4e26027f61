"""Messages: what HQ tells customers, operators and the customer profile, after the fact is written."""
