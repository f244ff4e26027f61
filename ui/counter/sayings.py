"""What each verdict says to the clerk: one word, why, and what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.code import Flaw
from app.domain.order import Status
from app.domain.verdict import Kind, Verdict
from ui import words
from ui.words import Times

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Saying:
    """The word that is read from two metres, the reason in one sentence, the next step in another."""

    word: str
    why: str
    step: str


def say(verdict: Verdict, times: Times) -> Saying:
    """Put a verdict into words."""
    return _SAYINGS[verdict.kind](verdict, times)


def _ready(verdict: Verdict, _times: Times) -> Saying:
    shelf = verdict.order.shelf if verdict.order else ""
    fetch = translate("sayings", "Fetch it from shelf %1.").replace("%1", shelf)
    return Saying(
        translate("sayings", "Ready"),
        translate("sayings", "Everything is packed."),
        fetch if shelf else translate("sayings", "Fetch the parcel and hand it over."),
    )


def _unknown_verified(verdict: Verdict, _times: Times) -> Saying:
    step = translate("sayings", "Pack what stands below and hand it over.")
    if verdict.lines_cut:
        step = translate(
            "sayings", "Not everything fits in a code: ask the customer to show the order, give all of it."
        )
    return Saying(
        translate("sayings", "Genuine code"),
        translate(
            "sayings", "The order is paid. It has not reached this terminal yet; the code itself says what to give."
        ),
        step,
    )


def _not_prepared(verdict: Verdict, _times: Times) -> Saying:
    status = verdict.order.status if verdict.order else None
    if status is Status.SHORTAGE:
        return Saying(
            translate("sayings", "Incomplete"),
            translate(
                "sayings", "This store cannot serve all of it. HQ asks the customer what there shall be instead."
            ),
            translate("sayings", "Ask the customer to look at the order on the phone and to choose there."),
        )
    begun = status is Status.PREPARING
    return Saying(
        translate("sayings", "Not packed yet"),
        translate("sayings", "It is being prepared.")
        if begun
        else translate("sayings", "Nobody has begun to prepare it."),
        translate("sayings", "Pack it now and hand it over, or ask the customer for a little patience."),
    )


def _too_early(verdict: Verdict, times: Times) -> Saying:
    opens = times.moment(verdict.window.opens) if verdict.window else ""
    return Saying(
        translate("sayings", "Too early"),
        translate("sayings", "Pickup begins %1.").replace("%1", opens),
        translate("sayings", "Ask the customer to come back then. A manager may allow it now."),
    )


def _overdue(verdict: Verdict, times: Times) -> Saying:
    closes = times.moment(verdict.window.closes) if verdict.window else ""
    return Saying(
        translate("sayings", "Overdue"),
        translate("sayings", "The pickup time ended %1.").replace("%1", closes),
        translate("sayings", "Look whether the goods are still good. A manager may allow it."),
    )


def _needs_lead(_verdict: Verdict, _times: Times) -> Saying:
    return Saying(
        translate("sayings", "Main counter"),
        translate("sayings", "The main terminal of this store keeps count of what has been handed over."),
        translate("sayings", "Send the customer to the main counter. Or a manager looks there and allows it here."),
    )


def _ambiguous(verdict: Verdict, _times: Times) -> Saying:
    count = len(verdict.candidates)
    if count == 1:
        return Saying(
            translate("sayings", "Is it this one?"),
            translate("sayings", "One order fits this."),
            translate("sayings", "Ask the customer's name, and tap the order if it is hers."),
        )
    return Saying(
        translate("sayings", "Which one?"),
        translate("sayings", "%n order(s) fit this.", "", count),
        translate("sayings", "Ask the customer's name and tap the order."),
    )


def _already(verdict: Verdict, times: Times) -> Saying:
    why = translate("sayings", "This order has been handed over before.")
    if done := verdict.handed_over:
        why = translate("sayings", "Handed over %1 by %2, at %3.")
        why = why.replace("%1", times.moment(done.at)).replace("%2", done.by or "–").replace("%3", done.terminal or "–")
    return Saying(
        translate("sayings", "Already handed over"),
        why,
        translate("sayings", "Hand over nothing. If the customer has not got it, call the manager."),
    )


def _wrong_store(verdict: Verdict, _times: Times) -> Saying:
    name = verdict.store_name or translate("sayings", "store no. %1").replace("%1", str(verdict.store_number))
    where = translate("sayings", "Show the customer the address: %1").replace("%1", verdict.store_address)
    return Saying(
        translate("sayings", "Another store"),
        _with_distance(verdict.store_distance_m).replace("%1", name),
        where if verdict.store_address else translate("sayings", "The customer finds the address on the order's page."),
    )


def _with_distance(metres: int | None) -> str:
    if metres is None:
        return translate("sayings", "This order waits at %1.")
    if metres < 1000:
        far = str(round(metres, -1))
        return translate("sayings", "This order waits at %1, %2 m from here.").replace("%2", far)
    return translate("sayings", "This order waits at %1, %2 km from here.").replace("%2", f"{metres / 1000:.1f}")


def _cancelled(_verdict: Verdict, _times: Times) -> Saying:
    return Saying(
        translate("sayings", "Cancelled"),
        translate("sayings", "This order was cancelled."),
        translate("sayings", "Hand over nothing. The customer sees the refund on the order's page."),
    )


def _superseded(_verdict: Verdict, _times: Times) -> Saying:
    return Saying(
        translate("sayings", "Old code"),
        translate("sayings", "The pickup was changed and this code was replaced by a newer one."),
        translate("sayings", "Ask the customer to open the order's page again and show the new code."),
    )


def _forged(verdict: Verdict, _times: Times) -> Saying:
    if verdict.flaw is Flaw.UNKNOWN_KEY:
        return Saying(
            translate("sayings", "Cannot be verified"),
            translate("sayings", "The code is signed with a key that this terminal does not know."),
            translate(
                "sayings", "Hand over nothing. Let the terminal sync with HQ and scan again; else call the manager."
            ),
        )
    return Saying(
        translate("sayings", "Not genuine"),
        translate("sayings", "It looks like a pickup code, but it was not made by us."),
        translate("sayings", "Hand over nothing and call the manager."),
    )


def _malformed(verdict: Verdict, _times: Times) -> Saying:
    if verdict.flaw is Flaw.LABEL:
        why = translate("sayings", "This is the label on the parcel of order %1, not the customer's code.")
        return Saying(
            translate("sayings", "A parcel's label"),
            why.replace("%1", words.label(verdict.order_number or 0)),
            translate("sayings", "First scan the code on the customer's phone, or type the 8 digits below it."),
        )
    word = translate("sayings", "No pickup code")
    if verdict.flaw is Flaw.TRUNCATED:
        why = translate("sayings", "Only a part of the code was read.")
        return Saying(word, why, translate("sayings", "Scan again, or type the 8 digits below the code."))
    if verdict.flaw is Flaw.OTHER_VERSION:
        why = translate("sayings", "This code is of a kind that the program does not know.")
        return Saying(
            word, why, translate("sayings", "Type the 8 digits below the code. The program may need an update.")
        )
    return Saying(
        word,
        translate("sayings", "This is something else, not one of our pickup codes."),
        translate("sayings", "Ask for the code on the order's page, or for the last four digits of the phone."),
    )


def _not_found(_verdict: Verdict, _times: Times) -> Saying:
    return Saying(
        translate("sayings", "Not found"),
        translate("sayings", "No open order of this store fits this."),
        translate("sayings", "Check it with the customer, or scan the code on the order's page."),
    )


def _locked_out(verdict: Verdict, times: Times) -> Saying:
    until = f"{times.local(verdict.retry_at):%H:%M:%S}" if verdict.retry_at else ""
    return Saying(
        translate("sayings", "Please wait"),
        translate("sayings", "Too many wrong codes were typed."),
        translate("sayings", "Typing works again at %1. Scanning the code works now.").replace("%1", until),
    )


_SAYINGS: dict[Kind, Callable[[Verdict, Times], Saying]] = {
    Kind.READY: _ready,
    Kind.UNKNOWN_ORDER_VERIFIED: _unknown_verified,
    Kind.NOT_PREPARED: _not_prepared,
    Kind.TOO_EARLY: _too_early,
    Kind.OVERDUE: _overdue,
    Kind.NEEDS_LEAD: _needs_lead,
    Kind.AMBIGUOUS: _ambiguous,
    Kind.ALREADY_HANDED_OVER: _already,
    Kind.WRONG_STORE: _wrong_store,
    Kind.CANCELLED: _cancelled,
    Kind.SUPERSEDED: _superseded,
    Kind.FORGED: _forged,
    Kind.MALFORMED: _malformed,
    Kind.NOT_FOUND: _not_found,
    Kind.LOCKED_OUT: _locked_out,
}
