"""USB scanners: a burst of keys or of bytes in, the scanned text out."""
