"""The console's pages, one file each: a file names its addresses in `PAGES` and is found by being here."""
