"""Where HQ keeps its data and what the environment tells it."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """`data` is HQ's folder; `public_url` is what customers reach it by, empty: as the request says.

    `slot` says which of how many processes on this database this is.
    `terminal_release`: version, address and notes of the release that terminals should have.
    `profile_hooks`: whether events for the customer profile are kept and sent (hq.messages.settings says where to).
    """

    data: Path
    operator_token: str
    database_url: str
    public_url: str = ""
    slot: tuple[int, int] = (0, 1)
    profile_hooks: bool = False
    terminal_release: tuple[str, str, str] = ("", "", "")


def load(data: Path, environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings for a data folder, making the folder and the operator token when they are missing."""
    data.mkdir(parents=True, exist_ok=True)
    return Settings(
        data=data,
        operator_token=environ.get("ZITI_HQ_OPERATOR_TOKEN") or _kept_token(data / "operator-token"),
        database_url=environ.get("ZITI_HQ_DATABASE_URL") or f"sqlite:///{data / 'hq.sqlite3'}",
        public_url=environ.get("ZITI_HQ_PUBLIC_URL", "").rstrip("/"),
        terminal_release=_release(environ.get("ZITI_HQ_TERMINAL_RELEASE", "")),
        profile_hooks=bool(environ.get("ZITI_HQ_WEBHOOK_URL", "").strip()),
    )


def _release(text: str) -> tuple[str, str, str]:
    """Read `0.2.0 https://…/ziti-0.2.0.deb What is new`; only the version must be there."""
    version, url, notes = (*text.split(maxsplit=2), "", "", "")[:3]
    return version[:40], url[:500], notes[:2000]


def write_private(path: Path, text: str) -> None:
    """Replace a file so that only its owner reads it and a power cut leaves the old one or the new one."""
    temporary = path.with_name(path.name + ".new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _kept_token(path: Path) -> str:
    if not path.exists():
        write_private(path, secrets.token_urlsafe(32) + "\n")
    return path.read_text(encoding="utf-8").strip()
