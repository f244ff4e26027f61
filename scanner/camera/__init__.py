"""Cameras: which there are, the frames they give, and the loop that keeps them going."""
