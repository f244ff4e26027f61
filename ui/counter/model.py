"""What stands on the counter's card: one value for each moment of a hand-over, made without a widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from app.domain.order import Line, Redemption, Status
from app.domain.records import ProductRecord
from app.domain.verdict import Candidate, Kind, Role, Tone, Verdict
from app.domain.window import Window
from app.usecases.board import Task
from app.usecases.hand_over import Unfinished
from ui import words
from ui.counter.sayings import say
from ui.words import Times

translate = QCoreApplication.translate

_MOVABLE = (Kind.READY, Kind.NOT_PREPARED, Kind.TOO_EARLY, Kind.OVERDUE)


class Act(StrEnum):
    """What the clerk can do with a card."""

    HAND_OVER = "hand_over"
    CONFIRM = "confirm"
    RELEASE = "release"
    ASK_MANAGER = "ask_manager"
    STILL_HERE = "still_here"
    GONE = "gone"
    CLEAR = "clear"
    TOGETHER = "together"
    DETAILS = "details"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class Choice:
    """A button of the card; one that cannot be tapped now is grey and says why."""

    act: Act
    text: str
    icon: str = ""
    role: str = ""
    grey: bool = False


@dataclass(frozen=True, slots=True)
class CardView:
    """Everything the card shows; `enter` is what the Enter key does, and the big button.

    `also` are other orders of the same customer; `offers` what goes well with it, of which `offered` is in the basket.
    """

    tone: str
    icon: str
    word: str
    why: str = ""
    step: str = ""
    label: str = ""
    customer: str = ""
    collector: str = ""
    shelf: str = ""
    window: str = ""
    note: str = ""
    made_to_order: bool = False
    lines: tuple[Line, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    enter: Choice | None = None
    others: tuple[Choice, ...] = ()
    busy: bool = False
    also: tuple[Task, ...] = ()
    offers: tuple[ProductRecord, ...] = ()
    offered: frozenset[int] = frozenset()


def idle() -> CardView:
    """Return the card that waits for a customer."""
    return CardView(
        tone="",
        icon="counter",
        word=translate("card", "Ready to scan"),
        why=translate("card", "Hold the customer's code to the camera or the scanner."),
        step=translate("card", "Or type the 8 digits, or the last four of the phone."),
    )


def checking() -> CardView:
    """Return the card while an answer takes longer than a blink."""
    return CardView(
        tone="calm",
        icon="search",
        word=translate("card", "Checking"),
        busy=True,
        others=(_clear(translate("card", "Stop")),),
    )


def of_verdict(verdict: Verdict, times: Times) -> CardView:
    """Return the card of a verdict, with what the clerk may do about it."""
    saying = say(verdict, times)
    view = CardView(
        tone=verdict.tone.value,
        icon=f"verdict_{verdict.kind}",
        word=saying.word,
        why=saying.why,
        step=saying.step,
        candidates=verdict.candidates,
        lines=verdict.lines if verdict.hand_over_by else (),
    )
    return _with_choices(_with_order(view, verdict, times), verdict)


def granted(verdict: Verdict, times: Times) -> CardView:
    """Return the card between the two commits: the goods are moving."""
    view = CardView(
        tone="accent",
        icon="bag",
        word=translate("card", "Give it now"),
        why=translate("card", "Check the goods and give them to the customer."),
        step=translate("card", "Then confirm, or scan the same code once more."),
        lines=verdict.lines,
        enter=Choice(Act.CONFIRM, translate("card", "The customer has it"), "check"),
        others=(
            Choice(Act.RELEASE, translate("card", "It stays here"), "undo"),
            Choice(Act.DETAILS, translate("card", "Not all of it…"), "question"),
        ),
    )
    return _with_order(view, verdict, times)


def granted_together(verdicts: tuple[Verdict, ...], times: Times) -> CardView:
    """Return the card between the two commits of several orders of one customer."""
    first = verdicts[0]
    view = granted(first, times)
    lines = tuple(line for verdict in verdicts for line in verdict.lines)
    shelves = dict.fromkeys(verdict.order.shelf for verdict in verdicts if verdict.order and verdict.order.shelf)
    numbers = " ".join(words.label(verdict.order_number or 0) for verdict in verdicts[1:])
    return replace(
        view,
        word=translate("card", "Give all %n", "", len(verdicts)),
        lines=lines,
        shelf=" · ".join(shelves),
        why=translate("card", "Together with %1. Check the goods and give all of them.").replace("%1", numbers),
        others=view.others[:1],
    )


def with_others(view: CardView, also: tuple[Task, ...], verdict: Verdict) -> CardView:
    """Return a verdict's card with the customer's other orders, and the way to give all that are ready at once."""
    count = len(ready_of(also))
    if verdict.kind is not Kind.READY or not count:
        return replace(view, also=also)
    everything = Choice(Act.TOGETHER, translate("card", "Give all %n", "", count + 1), "bag")
    return replace(view, also=also, others=(everything, *view.others))


def with_move(view: CardView, verdict: Verdict, *, possible: bool) -> CardView:
    """Return a verdict's card with the way to another pickup time, grey while HQ cannot be asked."""
    if verdict.kind not in _MOVABLE or verdict.order is None:
        return view
    text = translate("card", "Move…") if possible else translate("card", "Move: only with HQ")
    return replace(view, others=(*view.others, Choice(Act.MOVE, text, "clock", grey=not possible)))


def moved(verdict: Verdict, window: Window, times: Times) -> CardView:
    """Return the card of an order that HQ has moved to another window."""
    return CardView(
        tone=Tone.YES.value,
        icon="clock",
        word=translate("card", "Moved"),
        why=translate("card", "The customer comes %1.").replace("%1", times.window(window)),
        step=translate("card", "The old code does not count any more: a new one is on the customer's page."),
        label=words.label(verdict.order_number or 0),
        customer=verdict.order.customer if verdict.order else "",
        enter=_clear(),
    )


def ready_of(also: tuple[Task, ...]) -> tuple[Task, ...]:
    """Return those of a customer's other orders that can go out now."""
    return tuple(task for task in also if task.status is Status.AWAITING_PICKUP and not task.overdue)


def done(verdict: Verdict, redemption: Redemption, times: Times) -> CardView:
    """Return the card of a hand-over that is durable."""
    view = CardView(
        tone=Tone.YES.value,
        icon="verdict_ready",
        word=translate("card", "Handed over"),
        why=translate("card", "%1 by %2.")
        .replace("%1", times.hour(redemption.at))
        .replace("%2", redemption.by or translate("card", "this counter")),
        lines=verdict.lines,
        enter=_clear(),
    )
    return replace(_with_order(view, verdict, times), shelf="", window="", note="")


def question(left: Unfinished, times: Times) -> CardView:
    """Return the card that asks what became of a hand-over which was begun and never confirmed."""
    begun = translate("card", "The hand-over was begun %1 by %2 and never confirmed.")
    return CardView(
        tone=Tone.WAIT.value,
        icon="question",
        word=translate("card", "Still on the shelf?"),
        why=begun.replace("%1", times.moment(left.granted_at)).replace("%2", left.by or "–"),
        step=translate("card", "Look for the parcel, then answer. Nothing is handed over by itself."),
        label=left.label,
        lines=left.lines,
        others=(
            Choice(Act.STILL_HERE, translate("card", "Yes, it is here"), "shelf"),
            Choice(Act.GONE, translate("card", "No, the customer has it"), "bag"),
        ),
    )


def _with_order(view: CardView, verdict: Verdict, times: Times) -> CardView:
    label = words.label(verdict.order_number) if verdict.order_number is not None else ""
    view = replace(view, label=label, window=times.hours(verdict.window) if verdict.window else "")
    if order := verdict.order:
        return replace(
            view,
            customer="  ".join(filter(None, (order.customer, order.phone))),
            collector=words.collector(order.collector, order.collector_relation),
            shelf=order.shelf,
            note=order.note,
            made_to_order=order.made_to_order,
        )
    return view


def _with_choices(view: CardView, verdict: Verdict) -> CardView:
    if verdict.hand_over_by is Role.CLERK:
        text = translate("card", "Hand over")
        if verdict.order and verdict.order.status is Status.SHORTAGE:
            # Something is missing: Enter must not give the rest away.
            give = Choice(Act.HAND_OVER, translate("card", "Everything is here: hand over"), "bag")
            return replace(view, enter=_clear(), others=(give,))
        if verdict.kind is Kind.NOT_PREPARED:
            text = translate("card", "Packed now: hand over")
        return replace(view, enter=Choice(Act.HAND_OVER, text, "bag"), others=(_clear(translate("card", "Not now")),))
    if verdict.hand_over_by is Role.MANAGER:
        allow = Choice(Act.ASK_MANAGER, translate("card", "A manager allows it"), "key")
        return replace(view, enter=_clear(), others=(allow,))
    return replace(view, enter=_clear())


def _clear(text: str = "") -> Choice:
    return Choice(Act.CLEAR, text or translate("card", "Next customer"))
