"""One verb, one transaction: what the counter, the board and the sync engine may do."""
