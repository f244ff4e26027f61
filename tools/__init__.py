"""Set-up and house rules: what `make` runs before and beside the program."""
