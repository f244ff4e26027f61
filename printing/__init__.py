"""Prints: documents on thermal printers, by python-escpos; knows no Qt, no HTTP and no database."""
