"""What an incident tells: both sides of it, and what a manager should do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.domain.events import EventKind, from_stamp
from app.usecases.incidents import Incident
from ui.words import Times

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Telling:
    """One side's story: who tells it (a drawing of `resources/icons`) and what."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """An incident in plain words."""

    title: str
    tellings: tuple[Telling, ...]
    step: str


Facts = Mapping[str, Any]


def tell(incident: Incident, times: Times) -> Story:
    """Tell an incident; one of a kind that this release does not know is left to HQ's support."""
    return _STORIES.get(incident.incident, _unknown_kind)(incident.facts, times)


def reasons(incident: Incident) -> tuple[str, ...]:
    """Return the usual reasons for closing it."""
    if incident.incident in ("handed_over_after_cancellation", "handed_over_twice"):
        return (
            translate("stories", "Settled with the customer"),
            translate("stories", "Goods came back"),
            translate("stories", "Counted as a loss"),
        )
    return (translate("stories", "Looked into, all is well"), translate("stories", "HQ has been told"))


def event_name(kind: str) -> str:
    """Return what an event of the store says, as one would name it."""
    said = {
        EventKind.PREPARATION_STARTED: translate("stories", "Preparation begun"),
        EventKind.PREPARED: translate("stories", "Packed"),
        EventKind.PREPARATION_UNDONE: translate("stories", "Preparation taken back"),
        EventKind.HANDED_OVER: translate("stories", "Handed over"),
        EventKind.HAND_OVER_REVOKED: translate("stories", "Hand-over taken back"),
        EventKind.CANCELLATION_ACCEPTED: translate("stories", "Cancellation accepted"),
        EventKind.REFUSED: translate("stories", "Code refused"),
        EventKind.INCIDENT_CLOSED: translate("stories", "Incident closed"),
    }
    return {str(known): name for known, name in said.items()}.get(kind) or translate("stories", "an entry")


def _after_cancellation(facts: Facts, times: Times) -> Story:
    # A request that came too late changes nothing; an order that was cancelled before stays cancelled.
    asked = facts.get("counts") == "hand_over"
    if asked:
        heading = translate("stories", "Handed over while the customer was cancelling")
        cancelled = translate("stories", "HQ: the customer asked to cancel %1.")
        step = translate("stories", "The hand-over counts and nothing is paid back. Speak with the customer.")
    else:
        heading = translate("stories", "Handed over after it was cancelled")
        cancelled = translate("stories", "HQ: the order was cancelled %1.")
        step = translate("stories", "The customer has goods whose money goes back. Speak with the customer or with HQ.")
    why = str(facts.get("cancel_reason") or "")
    told = translate("stories", "Reason: %1.").replace("%1", why) if why else ""
    side = f"{cancelled.replace('%1', _when(facts, 'cancelled_at', times))} {told}".strip()
    return Story(heading, (Telling("store", side), Telling("bag", _hand_over(facts, "", times))), step)


def _twice(facts: Facts, times: Times) -> Story:
    return Story(
        translate("stories", "Handed over twice"),
        (Telling("bag", _hand_over(facts, "first_", times)), Telling("bag", _hand_over(facts, "", times))),
        translate("stories", "Two parcels went out for one order. Find out who has the second one."),
    )


def _altered(facts: Facts, _times: Times) -> Story:
    terminal = translate("stories", "%1 sent “%2” a second time, and it said something else.")
    here = terminal.replace("%1", _text(facts, "terminal")).replace("%2", event_name(_text(facts, "kind")))
    return Story(
        translate("stories", "A record was changed"),
        (Telling("terminal", here), Telling("store", translate("stories", "HQ keeps what it heard first."))),
        translate("stories", "A data folder may have been copied or put back from a backup. Call HQ's support."),
    )


def _missing(facts: Facts, _times: Times) -> Story:
    got = translate("stories", "%1 sent entry %2, but not the one before it.")
    here = got.replace("%1", _text(facts, "terminal")).replace("%2", _text(facts, "missing_before"))
    return Story(
        translate("stories", "Entries are missing"),
        (
            Telling("terminal", here),
            Telling("store", translate("stories", "HQ waits for it; this closes by itself when it comes.")),
        ),
        translate("stories", "If that terminal's data was lost, compare its hand-overs with the shelf."),
    )


def _unknown_order(facts: Facts, times: Times) -> Story:
    return Story(
        translate("stories", "Handed over, but HQ does not know the order"),
        (
            Telling("bag", _hand_over(facts, "", times)),
            Telling("store", translate("stories", "HQ: there is no such order of this store.")),
        ),
        translate("stories", "Keep the customer's code or order page if you can, and call HQ's support."),
    )


def _unguarded(facts: Facts, times: Times) -> Story:
    why = _text(facts, "reason")
    return Story(
        translate("stories", "Handed over without asking the main counter"),
        (
            Telling("bag", _hand_over(facts, "", times)),
            Telling("person", translate("stories", "The manager's reason: %1").replace("%1", why)),
        ),
        translate("stories", "Check that the main counter did not hand the same order over as well."),
    )


def _unknown_kind(_facts: Facts, _times: Times) -> Story:
    return Story(
        translate("stories", "Something for HQ's support"),
        (
            Telling(
                "store", translate("stories", "HQ found something that this release of the program cannot explain.")
            ),
        ),
        translate("stories", "Update the program, or call HQ's support."),
    )


def _hand_over(facts: Facts, prefix: str, times: Times) -> str:
    text = translate("stories", "%1 handed it over at %2, %3.")
    told = text.replace("%1", _text(facts, f"{prefix}by")).replace("%2", _text(facts, f"{prefix}terminal"))
    told = told.replace("%3", _when(facts, f"{prefix}at", times))
    manager = str(facts.get(f"{prefix}manager") or "")
    allowed = translate("stories", "Allowed by %1.").replace("%1", manager) if manager else ""
    return f"{told} {allowed}".strip()


def _text(facts: Facts, name: str) -> str:
    return str(facts.get(name) or "") or translate("stories", "somebody", "a name that is not known")


def _when(facts: Facts, name: str, times: Times) -> str:
    try:
        return times.moment(from_stamp(str(facts.get(name))))
    except ValueError:
        return translate("stories", "at a time that is not known")


_STORIES: dict[str, Callable[[Facts, Times], Story]] = {
    "handed_over_after_cancellation": _after_cancellation,
    "handed_over_twice": _twice,
    "event_altered": _altered,
    "events_missing": _missing,
    "unknown_order": _unknown_order,
    "unguarded_hand_over": _unguarded,
}
