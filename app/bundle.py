"""The program as it is installed: one folder without a Python to call, so it is its children's Python too."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

# Set by the bundle's loader (packaging/ziti-pos.spec).
INSTALLED = bool(getattr(sys, "frozen", False))


def begin() -> None:
    """Let a process that multiprocessing started do its work and end; the program's own processes come back."""
    if INSTALLED:
        import multiprocessing

        multiprocessing.freeze_support()


def run_statement(argv: Sequence[str]) -> int:
    """Do what `python -c` does."""
    exec(argv[0], {"__name__": "__main__"})  # noqa: S102 - whoever starts this program may as well start any other
    return 0


def run_module(argv: Sequence[str]) -> int:
    """Do what `python -m` does."""
    import runpy

    sys.argv = list(argv)
    runpy.run_module(argv[0], run_name="__main__", alter_sys=True)
    return 0


def leave_to_the_source(_: Sequence[str]) -> int:
    """Say why an installed program does not do this."""
    sys.stderr.write("This comes with the source only: make demo, make screenshots.\n")
    return 2


COMMANDS: Mapping[str, Callable[[Sequence[str]], int]] = MappingProxyType(
    {
        "-c": run_statement,
        "-m": run_module,
        "demo": leave_to_the_source,
        "screenshots": leave_to_the_source,
    }
    if INSTALLED
    else {}
)
