"""The keys of the program: one list of them, and the sheet that shows and changes them."""
