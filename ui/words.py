"""Words that several screens say: times, windows, states, storage zones, errors; nothing here shows a code."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from app import errors
from app.clock import Clock
from app.domain.order import Line, Status
from app.domain.window import Window

translate = QCoreApplication.translate

ZONES = ("chilled", "frozen", "warm", "ambient")


class Times:
    """Times as the store reads them; `zone` is the store's, the machine's own until it is known."""

    def __init__(self, clock: Clock, zone: tzinfo | None = None) -> None:
        self.clock = clock
        self.zone = zone

    def use_zone(self, name: str) -> None:
        """Read times in a zone by its IANA name; a machine that does not know it keeps its own."""
        try:
            self.zone = ZoneInfo(name) if name else None
        except (ZoneInfoNotFoundError, ValueError):
            self.zone = None

    def now(self) -> datetime:
        """Return trusted time, aware UTC."""
        return self.clock.now()

    def local(self, at: datetime) -> datetime:
        """Return an aware time in the store's zone."""
        return at.astimezone(self.zone)

    def hour(self, at: datetime) -> str:
        """Return `14:02`."""
        return f"{self.local(at):%H:%M}"

    def day(self, at: datetime) -> str:
        """Return `today`, `tomorrow`, `yesterday` or the date."""
        days = (self.local(at).date() - self.local(self.now()).date()).days
        near = {
            0: translate("words", "today"),
            1: translate("words", "tomorrow"),
            -1: translate("words", "yesterday"),
        }
        date = self.local(at).date()
        shown = QDate(date.year, date.month, date.day)
        return near.get(days) or QLocale().toString(shown, translate("words", "d MMM", "a date without year"))

    def moment(self, at: datetime) -> str:
        """Return `14:02`, with the day when it is not today."""
        if self.local(at).date() == self.local(self.now()).date():
            return self.hour(at)
        return translate("words", "%1 %2", "day, hour").replace("%1", self.day(at)).replace("%2", self.hour(at))

    def window(self, window: Window) -> str:
        """Return `today 14:00–20:00`, or both days where the window goes over midnight."""
        opens, closes = self.local(window.opens), self.local(window.closes - timedelta(minutes=1))
        if opens.date() == closes.date():
            return f"{self.day(window.opens)} {self.hour(window.opens)}–{self.hour(window.closes)}"
        return f"{self.day(window.opens)} {self.hour(window.opens)} – {self.day(closes)} {self.hour(window.closes)}"

    def hours(self, window: Window) -> str:
        """Return `14:00–20:00` for a list in which most are of today; another day is named."""
        hours = f"{self.hour(window.opens)}–{self.hour(window.closes)}"
        if self.local(window.opens).date() == self.local(self.now()).date():
            return hours
        return f"{self.day(window.opens)} {hours}"

    def ago(self, at: datetime) -> str:
        """Return how old something is: `3 min`, `2 h`, `4 days`."""
        return span(self.now() - at)


def span(length: timedelta) -> str:
    """Return a length of time in its largest unit."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes < 1:
        return translate("words", "under a minute")
    if minutes < 120:
        return translate("words", "%n min", "", minutes)
    if minutes < 48 * 60:
        hours = minutes // 60
        return translate("words", "%n h", "", hours)
    days = minutes // (24 * 60)
    return translate("words", "%n day(s)", "", days)


def zone(name: str) -> str:
    """Return where a product is kept."""
    said = {
        "chilled": translate("words", "chilled"),
        "frozen": translate("words", "frozen"),
        "warm": translate("words", "kept warm"),
        "ambient": translate("words", "shelf"),
    }
    return said.get(name, name)


def zone_icon(name: str) -> str:
    """Return the drawing of a zone; one that this release does not know looks like a shelf."""
    return name if name in ZONES else "ambient"


def status(value: Status) -> str:
    """Return an order's state in a clerk's words."""
    return {
        Status.AWAITING_GROUP: translate("words", "waiting for the group"),
        Status.PAID: translate("words", "paid"),
        Status.ASSIGNED: translate("words", "to prepare"),
        Status.PREPARING: translate("words", "being prepared"),
        Status.PREPARED: translate("words", "packed"),
        Status.AWAITING_PICKUP: translate("words", "ready"),
        Status.COMPLETED: translate("words", "handed over"),
        Status.SHORTAGE: translate("words", "something is missing"),
        Status.CANCELLED: translate("words", "cancelled"),
        Status.PUT_BACK: translate("words", "put back"),
    }[value]


def product(line: Line) -> str:
    """Return a line's product: its name, or its number where only the code is known."""
    return line.name or translate("words", "product %1").replace("%1", str(line.product_number))


def here() -> str:
    """Return the mark of an order whose customer waits at the store."""
    return translate("words", "here", "the customer has arrived")


def collector(name: str, relation: str) -> str:
    """Return who comes in the customer's place; empty for nobody."""
    if not name:
        return ""
    who = f"{name} ({relation})" if relation else name
    return translate("words", "Collector: %1").replace("%1", who)


def made_to_order() -> str:
    """Return the mark of goods that are made for this order alone."""
    return translate("words", "made to order")


def pieces(lines: Sequence[Line]) -> str:
    """Return how many things the customer gets, to count them into her hand."""
    count = sum(line.quantity for line in lines)
    return translate("words", "%n piece(s)", "", count)


def label(order_number: int) -> str:
    """Return an order's short number for people."""
    return f"#{order_number % 10_000:04d}"


def sold_out() -> str:
    """Return the mark of a product that is not offered any more."""
    return translate("words", "sold out")


def left(count: int) -> str:
    """Return how many of a product can still be sold."""
    return translate("words", "%n left", "", count)


def waits(unsent: int, parked: int, *, shift_open: bool = False) -> str:
    """Return what a person who stops working should know: what is open, what HQ has not heard; empty when it is all."""
    said = []
    if shift_open:
        said.append(translate("words", "The shift is still open: it stays open until somebody closes it."))
    if unsent:
        said.append(
            translate(
                "words",
                "%n entry(ies) have not reached HQ yet. They are safe here and go up by themselves.",
                "",
                unsent,
            )
        )
    if parked:
        said.append(translate("words", "%n entry(ies) were put aside: look at the Sync page.", "", parked))
    return " ".join(said)


def something_went_wrong() -> str:
    """Return what is said of a mistake of ours."""
    return translate("words", "Something went wrong in the program. Nothing was lost; please try again.")


def _restored(found: errors.Restored) -> str:
    if isinstance(found, errors.RestoredByHand):
        return translate("words", "The backup is in use. What happened since has been added; the rest comes from HQ.")
    if found.backup_at is None:
        return translate("words", "The stored data was damaged and is being fetched from HQ again. Go on as always.")
    text = translate(
        "words", "The stored data was damaged and has been restored from the backup of %1. Go on as always."
    )
    return text.replace("%1", f"{found.backup_at.astimezone():%Y-%m-%d %H:%M}")


def _sentences() -> list[tuple[type[errors.ZitiError], Callable[[], str]]]:
    """List the most special first: what each kind of error means to the person who reads it."""
    return [
        (
            errors.MoveNotAllowed,
            lambda: translate("words", "This order has moved on in the meantime. Look at it again."),
        ),
        (errors.NeedsManager, lambda: translate("words", "A manager has to allow this: the PIN was not accepted.")),
        (errors.NotFound, lambda: translate("words", "There is no such order in this store.")),
        (errors.NoShift, lambda: translate("words", "The till is closed: open a shift first.")),
        (errors.TooSoon, lambda: translate("words", "It is too early to pack this: it would not be fresh.")),
        (errors.ShiftIsOpen, lambda: translate("words", "The till is open already.")),
        (errors.TooLate, lambda: translate("words", "It is too late for this: the time for taking it back is over.")),
        (
            errors.AtAnotherTerminal,
            lambda: translate("words", "This was handed over at another terminal: take it back there."),
        ),
        (
            errors.BegunBefore,
            lambda: translate(
                "words", "A hand-over of this order was begun before. First say whether the parcel is here."
            ),
        ),
        (errors.Refused, lambda: translate("words", "That is not possible now.")),
        (errors.DiskFull, lambda: translate("words", "The disk is full. Make room, then try again; nothing was lost.")),
        (
            errors.ReadOnlyData,
            lambda: translate("words", "The program may not write its data. Ask the manager to look at the folder."),
        ),
        (
            errors.CorruptData,
            lambda: translate(
                "words", "The stored data is damaged. Do not hand over by this screen; call the manager."
            ),
        ),
        (
            errors.DataTooNew,
            lambda: translate("words", "The data was written by a newer release. Update the program on this machine."),
        ),
        (errors.AlreadyRunning, lambda: translate("words", "The program is open already in another window.")),
        (errors.NotEnrolled, lambda: translate("words", "This terminal does not belong to a store yet.")),
        (
            errors.SecretsLost,
            lambda: translate("words", "This terminal's key for HQ is gone. Nothing is lost; ask HQ for a new code."),
        ),
        (errors.NeedsAttention, lambda: translate("words", "This machine needs the manager: its data cannot be used.")),
        (errors.TransportFailure, lambda: translate("words", "HQ cannot be reached now. The work goes on without it.")),
    ]


def _sentences_of_a_small_shop() -> list[tuple[type[errors.ZitiError], Callable[[], str]]]:
    return [
        (
            errors.AnotherPort,
            lambda: translate(
                "words",
                "Another program has the storefront's port: customers find the shop elsewhere until it is closed.",
            ),
        ),
        (
            errors.HqDidNotStart,
            lambda: translate("words", "HQ on this PC does not start; it is tried again. The counter works meanwhile."),
        ),
    ]


def not_moved(found: errors.ZitiError) -> str:
    """Return why an order keeps its window, in the language on screen."""
    if isinstance(found, errors.NotMoved):
        if found.full:
            return translate("words", "This time has just become full: choose another one.")
        if found.other:
            return translate("words", "This time is not offered any more: choose another one.")
        return translate("words", "HQ's rules do not let this order be moved now.")
    if isinstance(found, errors.NotFound):
        return error(found)
    return translate("words", "HQ cannot be reached: the order keeps its time. Try again later.")


def _bad_backup(found: errors.BadBackup) -> str:
    said = {
        "changed": translate("words", "This backup is not whole: the copy broke off or was changed. Take another one."),
        "other_store": translate("words", "This is the backup of another store."),
        "unsent_here": translate(
            "words", "This is another terminal's backup. First this terminal's own entries must have gone to HQ."
        ),
        "unusable": translate("words", "This backup could not be used. The data are as they were before."),
        "bad_copy": translate("words", "What was written could not be read back. Take another stick."),
        "no_room": translate("words", "There is not enough room there. Free some space or take another stick."),
        "no_access": translate("words", "That place cannot be read or written. Is the stick still plugged in?"),
    }
    return said.get(found.reason) or translate("words", "This file is no backup of this program, or it is damaged.")


def error(found: errors.ZitiError) -> str:
    """Return the sentence for an error, in the language on screen."""
    if isinstance(found, errors.BadBackup):
        return _bad_backup(found)
    if isinstance(found, errors.Restored):
        return _restored(found)
    for kind, sentence in (*_sentences_of_a_small_shop(), *_sentences()):
        if isinstance(found, kind):
            return sentence()
    return something_went_wrong()
