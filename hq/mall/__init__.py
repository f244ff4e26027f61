"""The mall: what customers see and do, from the cart link of a live session to the order."""
