"""The small shop: HQ and the terminal together on one PC, set up by its owner alone."""
