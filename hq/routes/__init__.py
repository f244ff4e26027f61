"""The HTTP edge of HQ: each route parses, calls one use-case and shapes its answer."""
