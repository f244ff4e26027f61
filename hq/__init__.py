"""HQ: stores, catalogue, orders, keys, the stores' feeds and the inbox of what they say happened."""
