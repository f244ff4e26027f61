"""Make a bare machine ready: virtual environment, locked packages, system libraries; quick when nothing is missing.

Standard library only, and written so that an old `python3` can still run it to find a newer one.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.system import apt_command, apt_install, missing_parts

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "ziti-setup.stamp"
OLDEST, NEWEST = (3, 11), (3, 14)  # PySide6 6.11 has no wheels for 3.15


class SetupError(Exception):
    """The one line that tells a person what to do."""


def main() -> int:
    """Bring the machine up to date and say only what had to be done."""
    try:
        with _one_at_a_time():
            _add_system_parts()
            _add_packages(_venv_python())
    except SetupError as sentence:
        print(f"setup: {sentence}", file=sys.stderr)
        return 1
    return 0


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let a second `make` in the same folder wait for the first."""
    if os.name == "nt":
        yield
        return
    import fcntl

    with Path(__file__).open("rb") as this_file:
        fcntl.flock(this_file, fcntl.LOCK_EX)
        yield


# ── the system's libraries ─────────────────────────────────────────────────────────────────────────────────


def _add_system_parts() -> None:
    missing = missing_parts()
    if not missing:
        return
    purpose = ", ".join(sorted({part.serves for part in missing}))
    why_not = _install(sorted({part.package for part in missing}), purpose)
    if why_not and any(part.needed for part in missing):
        raise SetupError(why_not)
    still = sorted({part.name for part in missing_parts()} & {part.name for part in missing if part.needed})
    if still:
        raise SetupError(f"apt has installed what was asked, but the system still lacks {', '.join(still)}")
    if why_not:
        print(f"setup: {why_not}", file=sys.stderr)


def _install(packages: list[str], purpose: str) -> str:
    """Install through apt when this user may, else return the line that tells how."""
    apt = apt_command()
    if apt:
        _say(f"installing with apt: {' '.join(packages)}")
    why_not = apt_install(apt, packages) if apt else "this user may not do so without a password"
    wish = f"for {purpose} please run: sudo apt-get install {' '.join(packages)}"
    return f"{wish} ({why_not})" if why_not else ""


# ── Python ─────────────────────────────────────────────────────────────────────────────────────────────────


def _venv_python() -> Path:
    python = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists() or not _is_right(str(python)):
        _make_venv()
    return python


def _make_venv() -> None:
    base = _find_python()
    if not _runs(base, "import ensurepip, venv"):
        version = subprocess.check_output([base, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"], text=True)
        why_not = _install([f"python{version.strip()}-venv"], "Python's virtual environments")
        if why_not:
            raise SetupError(why_not)
    _say(f"making .venv with {base}")
    if subprocess.call([base, "-m", "venv", "--clear", str(VENV)]):
        raise SetupError(f"{base} could not make a virtual environment in {VENV}")


def _find_python() -> str:
    names = [sys.executable, "python3", *(f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1))]
    for name in names:
        if name and _is_right(name):
            return name
    raise SetupError(
        f"Python {_dotted(OLDEST)} to {_dotted(NEWEST)} is needed, this is {sys.version.split()[0]} and there is no "
        "other; on Debian or Ubuntu: sudo apt-get install python3.11 python3.11-venv"
    )


def _is_right(python: str) -> bool:
    return _runs(python, f"import sys; sys.exit(not {OLDEST} <= sys.version_info[:2] <= {NEWEST})")


def _runs(python: str, code: str) -> bool:
    try:
        return subprocess.run([python, "-c", code], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def _dotted(version: tuple[int, int]) -> str:
    return ".".join(map(str, version))


# ── the locked packages ────────────────────────────────────────────────────────────────────────────────────


def _add_packages(python: Path) -> None:
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return
    _say("installing the locked packages (several hundred MB the first time)")
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]
    if subprocess.call([*pip, "--require-hashes", "--no-deps", "-r", str(LOCK)], stdin=subprocess.DEVNULL):
        raise SetupError("the packages of requirements.lock could not be installed; pip says why above")
    STAMP.write_text(wanted, encoding="ascii")


def _say(sentence: str) -> None:
    print(f"setup: {sentence}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
