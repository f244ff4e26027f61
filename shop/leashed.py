"""HQ on a leash: `python -m shop.leashed hq …` is `main.py hq …`, but ends when whoever started it is gone.

However that one ended, also by SIGKILL, the system closes its end of our stdin.
"""

from __future__ import annotations

import os
import sys
import threading

import main


def hold() -> None:
    """Have this process end when its stdin does."""
    threading.Thread(target=_end_with_stdin, name="leash", daemon=True).start()


def _end_with_stdin() -> None:
    # The descriptor itself: a thread inside sys.stdin would hold up the interpreter's own end.
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


if __name__ == "__main__":
    hold()
    sys.exit(main.main(sys.argv[1:]))
