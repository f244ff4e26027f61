"""Talking with the stores' terminals: who they are, the feed down, the inbox up, incidents, keys."""
