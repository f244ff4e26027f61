"""Drawn customers: what a counter's camera sees, for the demo, the tests and the benchmarks."""
