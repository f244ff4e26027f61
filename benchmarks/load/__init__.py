"""Load on a server on loopback, from a process of its own: bare HTTP/1.1 over kept connections."""
