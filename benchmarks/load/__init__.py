"""HQ under load on loopback: bare HTTP/1.1 from a process of its own, and the floors that its figures stand beside."""
