"""`python main.py doctor`: what is missing or wrong on this machine, and how to mend it.

A check changes nothing and never ends in a traceback. What needs Qt or OpenCV runs in a child process: this room
imports neither, and a library that aborts takes only the child with it.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path

from app.doctor import data, link, machine
from app.doctor.finding import Check, Finding, State, fail
from app.paths import find_paths

CHECKS: tuple[Check, ...] = (
    machine.python,
    machine.packages,
    machine.qt,
    machine.window,
    machine.display_libraries,
    machine.fonts,
    machine.sound,
    machine.opencv,
    machine.qr_codes,
    machine.cameras,
    data.folder,
    data.disk,
    data.sqlite,
    data.safe_writing,
    data.database,
    data.backup,
    data.secrets,
    data.instance,
    link.hq_and_clock,
)


def run(argv: Sequence[str]) -> int:
    """Print every finding; return 1 if something keeps the terminal from working, else 0."""
    parser = argparse.ArgumentParser(prog="main.py doctor", description="What is wrong here, and how to mend it.")
    parser.add_argument("--data", type=Path, help="the terminal's data folder")
    parser.add_argument("--json", action="store_true", help="for programs")
    options = parser.parse_args(argv)
    try:
        folder = find_paths(options.data).data
    except ImportError as error:
        print(f"{error}. {machine.REINSTALL}")
        return 1
    findings = examine(folder)
    print(_as_json(findings) if options.json else _as_text(findings))
    return 1 if any(finding.state is State.FAIL for finding in findings) else 0


def examine(folder: Path, checks: Sequence[Check] = CHECKS) -> list[Finding]:
    """Run the checks, several at a time, and return their findings in order."""
    with ThreadPoolExecutor(4, thread_name_prefix="doctor") as pool:
        return [
            finding for findings in pool.map(lambda check: _findings(check, folder), checks) for finding in findings
        ]


def _findings(check: Check, folder: Path) -> Sequence[Finding]:
    try:
        return check(folder)
    except Exception as error:  # noqa: BLE001 - a check that breaks is a finding; the others must still be told
        return [fail(check.__name__, f"the check itself broke: {error!r}", "Please report this.")]


def _as_json(findings: Sequence[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2)


def _as_text(findings: Sequence[Finding]) -> str:
    width = max(len(finding.name) for finding in findings)
    lines = []
    for finding in findings:
        lines.append(f"{finding.state:<4}  {finding.name:<{width}}  {finding.seen}")
        if finding.mend:
            lines.append(f"{'':<{width + 6}}  → {finding.mend}")
    return "\n".join([*lines, "", _summary(findings)])


def _summary(findings: Sequence[Finding]) -> str:
    failed = sum(finding.state is State.FAIL for finding in findings)
    warned = sum(finding.state is State.WARN for finding in findings)
    if failed:
        return f"{failed} to mend before the terminal can work, {warned} to look at."
    return f"Nothing keeps the terminal from working; {warned} to look at." if warned else "All is well."
