"""What the page shows, read in one transaction and put into words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication

from app.usecases.health import Health, health
from app.usecases.incidents import Incident, open_incidents
from app.usecases.outbox import Parked, parked
from app.usecases.work import Work
from ui import words
from ui.link import Link
from ui.words import Times

translate = QCoreApplication.translate

CLOCK_TOLERANCE = timedelta(minutes=2)
BACKUP_TOLERANCE = timedelta(hours=25)
CHECK_TOLERANCE = timedelta(days=2)
LITTLE_ROOM = 2 * 1024**3


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How the terminal stands at one moment."""

    health: Health
    incidents: tuple[Incident, ...]
    parked: tuple[Parked, ...]
    secrets_in: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a panel; `warning` says what to do where something is not as it should be."""

    name: str
    value: str
    warning: str = ""


def read(work: Work, *, secrets_in: Callable[[], str]) -> Snapshot:
    """Read everything that the page shows."""
    return Snapshot(health(work), open_incidents(work), parked(work), secrets_in())


def line_word(line: Link, times: Times) -> str:
    """Return the line's state in a word or two."""
    if line.kind == "online":
        return translate("sync_page", "Online")
    if line.kind == "attention":
        return translate("sync_page", "HQ needs attention")
    if line.since is None:
        return translate("sync_page", "Not connected yet")
    return translate("sync_page", "Offline since %1").replace("%1", times.moment(line.since))


def traffic(found: Health, line: Link, times: Times) -> list[Fact]:
    """Return what has gone to HQ and what has come from it."""
    heard = max(filter(None, (found.last_contact, line.last_contact)), default=None)
    return [_last_contact(heard, times), _unsent(found, times), _news(found, line)]


def machine(found: Snapshot, offset: timedelta, times: Times) -> list[Fact]:
    """Return how this machine stands."""
    at = found.health
    number = f" ({at.store_number})" if at.store_number else ""
    return [
        Fact(translate("sync_page", "Store"), (at.store_name or translate("sync_page", "not known yet")) + number),
        Fact(translate("sync_page", "This terminal"), at.terminal_name),
        _lead(at),
        _clock(offset),
        _disk(at),
        _backup(at, times),
        _check(at, times),
        _secrets(found.secrets_in),
    ]


def _last_contact(heard: datetime | None, times: Times) -> Fact:
    name = translate("sync_page", "Last heard from HQ")
    if heard is None:
        return Fact(name, translate("sync_page", "never"))
    ago = translate("sync_page", "%1 ago").replace("%1", times.ago(heard))
    return Fact(name, f"{times.moment(heard)} · {ago}")


def _unsent(found: Health, times: Times) -> Fact:
    name = translate("sync_page", "Waiting to be sent")
    if not found.unsent:
        return Fact(name, translate("sync_page", "nothing"))
    count = translate("sync_page", "%n entry(s)", "", found.unsent)
    if found.oldest_unsent is None:
        return Fact(name, count)
    oldest = translate("sync_page", "oldest from %1").replace("%1", times.moment(found.oldest_unsent))
    return Fact(name, f"{count} · {oldest}")


def _news(found: Health, line: Link) -> Fact:
    behind = max(0, found.head - found.cursor)
    # Without the line nobody here knows what HQ has meanwhile.
    online = line.kind == "online"
    up_to_date = (
        translate("sync_page", "everything has arrived")
        if online
        else translate("sync_page", "everything up to the last contact")
    )
    waiting = translate("sync_page", "%n change(s) still to come", "", behind)
    return Fact(translate("sync_page", "News from HQ"), waiting if behind else up_to_date)


def _lead(found: Health) -> Fact:
    name = translate("sync_page", "Main counter")
    if found.leads:
        return Fact(name, translate("sync_page", "this terminal"))
    if found.lead_known:
        return Fact(name, translate("sync_page", "another terminal of this store"))
    return Fact(name, translate("sync_page", "not known yet"))


def _clock(offset: timedelta) -> Fact:
    name = translate("sync_page", "Clock")
    if abs(offset) <= CLOCK_TOLERANCE:
        return Fact(name, translate("sync_page", "right"))
    fast, slow = translate("sync_page", "%1 fast"), translate("sync_page", "%1 slow")
    value = (fast if offset > timedelta() else slow).replace("%1", words.span(abs(offset)))
    return Fact(name, value, translate("sync_page", "The program goes by HQ's time. Set this machine's clock right."))


def _disk(found: Health) -> Fact:
    name = translate("sync_page", "Free disk space")
    value = f"{found.free_bytes / 1024**3:.1f} GB"
    if found.free_bytes < LITTLE_ROOM:
        return Fact(name, value, translate("sync_page", "Make room: without it nothing can be recorded."))
    return Fact(name, value)


def _backup(found: Health, times: Times) -> Fact:
    name = translate("sync_page", "Last backup")
    if found.last_backup is None:
        return Fact(name, translate("sync_page", "none yet"))
    if times.now() - found.last_backup > BACKUP_TOLERANCE:
        warning = translate("sync_page", "It is made every hour while the program runs. Call HQ's support.")
        return Fact(name, times.moment(found.last_backup), warning)
    return Fact(name, times.moment(found.last_backup))


def _check(found: Health, times: Times) -> Fact:
    name = translate("sync_page", "Data checked")
    if found.last_check is None:
        return Fact(name, translate("sync_page", "not yet"))
    if times.now() - found.last_check > CHECK_TOLERANCE:
        warning = translate("sync_page", "It is checked every few hours while the program runs. Call HQ's support.")
        return Fact(name, times.moment(found.last_check), warning)
    return Fact(name, f"{times.moment(found.last_check)} · {translate('sync_page', 'sound')}")


def needs_enrolment(found: Snapshot, line: Link) -> bool:
    """Tell whether only a new code from HQ helps: the key is gone, or HQ knows this terminal no more."""
    return not found.secrets_in or line.reason == "not_welcome"


def _secrets(place: str) -> Fact:
    said = {
        "keyring": translate("sync_page", "in the system's keyring"),
        "file": translate("sync_page", "in a file that only this user may read"),
    }
    return Fact(translate("sync_page", "Keys"), said.get(place, translate("sync_page", "not known")))
