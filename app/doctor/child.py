"""Asks a small Python program in a process of its own, so that whatever it loads cannot harm this one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Told:
    """The child's answer (JSON), or why there is none."""

    answer: Any = None
    complaint: str = ""


def ask_child(code: str, variables: Mapping[str, str] | None = None, *, patience: float = PATIENCE) -> Told:
    """Run `code`, which prints one JSON value as its last line; `variables` are added to its environment."""
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **(variables or {})},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=patience,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return Told(complaint=f"it took longer than {patience:g} seconds")
    except OSError as error:
        return Told(complaint=f"no child process could be started: {error}")
    lines = done.stdout.strip().splitlines()
    if done.returncode or not lines:
        return Told(complaint=_last_words(done.stderr) or f"the child process ended with {done.returncode}")
    return Told(json.loads(lines[-1]))


def _last_words(stderr: str) -> str:
    """Return the line that says most: Qt's first (what it lacks), else the last (a traceback's exception)."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    return next((line for line in lines if line.startswith("qt.qpa")), lines[-1] if lines else "")
