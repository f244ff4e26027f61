"""Channels: each carries a finished message to one provider, and sorts the provider's errors."""
