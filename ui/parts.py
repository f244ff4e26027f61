"""What the window is given by `main.py`: everything that is not a widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from app.domain.verdict import Role
from app.settings import Settings
from app.usecases.work import Work
from ui.basket import Basket
from ui.customer_view import CustomerSide
from ui.devices import Devices
from ui.moving import Moving
from ui.preferences import Preferences
from ui.printers import Printers
from ui.session import Session
from ui.shop_worker import ShopWorker
from ui.sounds import Sounds
from ui.tasks import Tasks
from ui.updates import Updates
from ui.words import Times
from ui.workers import ScanWorker, SyncWorker


class Diagnostics(Protocol):
    """Writes a report without personal data."""

    def __call__(self, work: Work, /, *, settings: Settings) -> Path:
        """Return the report's file."""
        ...


class Backup(Protocol):
    """What a backup file says it is."""

    @property
    def store_name(self) -> str:
        """The store's name."""
        ...

    @property
    def modified(self) -> datetime:
        """When the file was written."""
        ...


class Copies(Protocol):
    """Backups that people make and bring back; each call takes its time and raises a `ZitiError` in words."""

    def export(self, folder: Path) -> Path:
        """Write a backup into a folder."""
        ...

    def inspect(self, source: Path) -> Backup:
        """Return what a backup is, once it is clear that it may be restored here."""
        ...

    def restore(self, source: Path) -> Backup:
        """Put a backup in the place of the data."""
        ...


@dataclass(frozen=True, slots=True)
class Machine:
    """What only `main.py` knows of the machine.

    `secrets_in` answers "keyring", "file" or "" and may wait for a disk; `clock_offset` how far the machine's clock is
    ahead. `kiosk`: the program was started as one, whatever the settings say.
    """

    secrets_in: Callable[[], str] = str
    clock_offset: Callable[[], timedelta] = timedelta
    diagnostics: Diagnostics | None = None
    copies: Copies | None = None
    kiosk: bool = False


@dataclass(frozen=True, slots=True)
class Parts:
    """The terminal behind its face; `settings_set_aside` is where a settings file went that could not be read.

    `shop`: only where HQ runs on the same PC.
    """

    tasks: Tasks
    times: Times
    preferences: Preferences
    scan: ScanWorker
    sync: SyncWorker
    sounds: Sounds
    settings_set_aside: Path | None = None
    machine: Machine = field(default_factory=Machine)
    devices: Devices = field(default_factory=Devices)
    basket: Basket = field(default_factory=Basket)
    customer: CustomerSide = field(default_factory=CustomerSide)
    moving: Moving = field(default_factory=Moving)
    printers: Printers = field(default_factory=Printers)
    session: Session = field(default_factory=Session)
    updates: Updates = field(default_factory=Updates)
    shop: ShopWorker | None = None

    @property
    def clerk(self) -> str:
        """Who stands at the counter: who signed in, or the name in the settings where nobody has to."""
        now = self.preferences.now
        member = self.session.member if now.sign_in else None
        return member.name if member else now.clerk

    @property
    def manages(self) -> bool:
        """Whether who stands at the counter is a manager; else a manager's PIN is asked for in place."""
        member = self.session.member if self.preferences.now.sign_in else None
        return member is not None and member.role is Role.MANAGER

    @property
    def manager(self) -> str:
        """The manager who stands at the counter, empty where a manager's PIN must be asked for."""
        return self.clerk if self.manages else ""

    @property
    def kiosk(self) -> bool:
        """Whether the program keeps the whole screen, and only a manager closes it."""
        return self.preferences.now.kiosk or self.machine.kiosk

    @property
    def manager_is_here(self) -> bool:
        """Whether a manager signed in, or gave the PIN a moment ago."""
        return self.manages or bool(self.session.unlocked_by)

    @property
    def may_set_up(self) -> bool:
        """Whether what is a manager's may be changed now: by anybody where nothing is guarded."""
        guarded = (self.preferences.now.sign_in or self.kiosk) and self.session.has_managers
        return self.manager_is_here or not guarded
