"""What a small shop remembers of its set-up: the owner's answers, how far it came, where customers find it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from threading import Lock
from typing import Any

from app.domain.small_shop import Draft
from app.files import write_whole

log = logging.getLogger(__name__)

_NOTHING_SAID = Draft()


@dataclass(frozen=True, slots=True)
class Facts:
    """`port` is 0 until the shop is open; `address` is what the owner says that phones find it by."""

    draft: Draft = _NOTHING_SAID
    has_staff: bool = False
    ready: bool = False
    port: int = 0
    address: str = ""


class Papers:
    """One JSON file in the shop's folder, and the sheet beside it."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "shop.json"
        self._sheet = folder / "products.sheet"
        self._lock = Lock()
        self.now = self._load()

    def note(self, **facts: Any) -> None:
        """Remember something, durably."""
        self.change(lambda now: replace(now, **facts))

    def change(self, act: Callable[[Facts], Facts]) -> None:
        """Remember what follows from what is known at that moment, durably; threads take turns."""
        with self._lock:
            wanted = act(self.now)
            if wanted == self.now:
                return
            told = {**asdict(wanted), "draft": wanted.draft.as_json()}
            write_whole(self._path, json.dumps(told, ensure_ascii=False, indent=2).encode())
            self.now = wanted

    @property
    def sheet(self) -> bytes:
        """The sheet of products as the owner gave it; empty when there is none."""
        return self._sheet.read_bytes() if self._sheet.exists() else b""

    def keep_sheet(self, content: bytes) -> None:
        """Keep a sheet for the set-up."""
        write_whole(self._sheet, content)

    def _load(self) -> Facts:
        try:
            told = json.loads(self._path.read_text("utf-8"))
            draft = Draft.from_json(told["draft"])
            return Facts(draft, bool(told["has_staff"]), bool(told["ready"]), int(told["port"]), str(told["address"]))
        except FileNotFoundError:
            return Facts()
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            # What the shop sold is in HQ's own file; the owner is asked again, and the answers change nothing there.
            log.exception("%s cannot be read: the set-up is asked again", self._path)
            return Facts()
