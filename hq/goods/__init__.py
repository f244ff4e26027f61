"""Goods: the catalogue, what stores have of it, and the sheets that it comes in."""
