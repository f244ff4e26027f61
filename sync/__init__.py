"""How the terminal and HQ talk: the wire format, the client, and the engine that pushes and pulls."""
