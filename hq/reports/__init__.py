"""What the chain looks like from above: figures, searches, lists to take away."""
