"""The terminal's face: Qt widgets that ask use-cases and draw again on `Changes`."""

import builtins

import PySide6.QtCore  # noqa: F401 - it has to be there before what it did is undone

# WORKAROUND(https://doc.qt.io/qtforpython-6/developer/feature-motivation.html): to offer `from __feature__ import …`,
# which nobody here uses, PySide6 replaces Python's import and then reads the source of every module that anybody
# imports. It asks a module that another thread is still importing, too: so one start in ten ended without sync.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
