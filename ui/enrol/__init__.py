"""The first page of a new terminal: an address and a one-time code make it a store's."""
