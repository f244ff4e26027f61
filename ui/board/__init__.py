"""The prep board: what must be packed, in which order, and a tap that moves it on."""
