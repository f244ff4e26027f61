"""The release of the program, as `pyproject.toml` has it: a bundle has no package to ask."""

VERSION = "0.1.0"
