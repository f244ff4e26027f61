"""The room that sees: camera frames, pictures and keyboard scanners become texts; it knows nothing of orders.

Import the part you need: this package stays empty so that the first window shows before cv2 is loaded.
"""
