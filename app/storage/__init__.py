"""What the terminal remembers: one SQLite file, one connection, one thread."""
