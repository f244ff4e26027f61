"""Answer the counter's question for anything scanned, typed or pasted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from app.changes import Changes
from app.domain import label
from app.domain.code import CodeFlaw, Flaw, PickupCode, normalise, parse
from app.domain.events import EventKind
from app.domain.lookup import Query, QueryKind, classify, is_mistyped, is_wordy, keyed_hash
from app.domain.order import Line, Order, effective
from app.domain.verdict import Candidate, Facts, Kind, Tone, Verdict, judge_code, judge_order
from app.domain.window import WindowPolicy
from app.errors import NotEnrolled
from app.storage import orders
from app.storage.words import find as find_by_words
from app.storage.work import Work, millis
from app.usecases import attempts

# A forged or foreign code and a refused hand-over are HQ's business too; a slip of the finger is not.
_TOLD_TO_HQ = {Kind.FORGED, Kind.WRONG_STORE, Kind.CANCELLED, Kind.SUPERSEDED, Kind.ALREADY_HANDED_OVER}
_SHORT_CODE_ATTEMPTS = "short_code"


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdict on a text; `text` is kept for the grant, which verifies it again."""

    verdict: Verdict
    text: str


def check_text(work: Work, text: str, *, by: str, source: str) -> Checked:
    """Judge whatever came in; `source` is "camera", "scanner", "typed" or "image".

    Writes nothing for a yes. A refusal is recorded after the answer is out.
    """
    query = classify(text)
    wordy = source == "typed" and is_wordy(query)
    verdict = _check_words(work, query) if wordy else _ANSWERS[query.kind](work, query)
    _record_refusal(work, verdict, by=by, source=source)
    return Checked(verdict, query.text)


def check_order(work: Work, order_number: int, *, by: str, source: str) -> Checked:
    """Judge an order that the clerk chose from a list."""
    verdict = _judge_found(work, orders.find(work.conn, work.known, order_number))
    _record_refusal(work, verdict, by=by, source=source)
    return Checked(verdict, "")


def verified(work: Work, text: str) -> PickupCode:
    """Return what a genuine code says; raise `CodeFlaw` for every other text."""
    return work.known.keyring.verify(parse(text))


def facts(work: Work, order: Order | None) -> Facts:
    """Return what this store knows about an order, or about one it has never heard of."""
    store = work.known.store
    if store is None:
        raise NotEnrolled("This terminal has not heard from HQ yet: it does not know its own store.")
    policy = WindowPolicy(early_minutes=store.early_minutes, late_minutes=store.late_minutes)
    return Facts(store.number, policy, work.leads, order)


def _check_code(work: Work, query: Query) -> Verdict:
    try:
        code = verified(work, query.text)
    except CodeFlaw as flawed:
        forged = flawed.flaw in (Flaw.BAD_SIGNATURE, Flaw.UNKNOWN_KEY)
        return Verdict(Kind.FORGED if forged else Kind.MALFORMED, flaw=flawed.flaw)
    return judge_verified(work, code)


def judge_verified(work: Work, code: PickupCode) -> Verdict:
    """Judge a code whose signature has been checked."""
    order = orders.find(work.conn, work.known, code.order_number)
    verdict = judge_code(code, facts(work, order), work.now)
    if verdict.kind is Kind.WRONG_STORE:
        neighbour = work.known.neighbours.get(code.store_number)
        if neighbour is None:
            return verdict
        return replace(
            verdict,
            store_name=neighbour.name,
            store_address=neighbour.address,
            store_distance_m=neighbour.distance_m,
        )
    if verdict.order is None:
        return replace(verdict, lines=tuple(_named(work, line.product_number, line.quantity) for line in verdict.lines))
    return verdict


def _named(work: Work, product_number: int, quantity: int) -> Line:
    product = work.known.products.get(product_number)
    if product is None:
        return Line(product_number, quantity)
    return Line(product_number, quantity, product.name, product.zone)


def _check_short_code(work: Work, query: Query) -> Verdict:
    if is_mistyped(query.text):
        return Verdict(Kind.NOT_FOUND)
    locked_until = attempts.locked_until(work, _SHORT_CODE_ATTEMPTS)
    if locked_until:
        return Verdict(Kind.LOCKED_OUT, retry_at=locked_until)
    digest = keyed_hash(work.lookup_key, query.kind, query.text)
    row = work.conn.execute(orders.BY_SHORT_CODE, (digest,)).fetchone()
    if row is None:
        attempts.record_failure(work, _SHORT_CODE_ATTEMPTS)
        return Verdict(Kind.NOT_FOUND)
    return _judge_found(work, orders.order_of(row, work.known))


def _check_phone_tail(work: Work, query: Query) -> Verdict:
    digest = keyed_hash(work.lookup_key, query.kind, query.text)
    found = [orders.order_of(row, work.known) for row in work.conn.execute(orders.BY_PHONE, (digest,))]
    if not found:
        return Verdict(Kind.NOT_FOUND)
    # Even a single hit is confirmed by the masked name: four digits prove nothing.
    return Verdict(Kind.AMBIGUOUS, candidates=tuple(_candidate(order, work) for order in found))


def _check_words(work: Work, query: Query) -> Verdict:
    found = find_by_words(work, normalise(query.text))
    if not found:
        return Verdict(Kind.NOT_FOUND)
    return Verdict(Kind.AMBIGUOUS, candidates=tuple(_candidate(order, work) for order in found))


def _check_order_number(work: Work, query: Query) -> Verdict:
    number = int(query.text)
    order = orders.find(work.conn, work.known, number) if number < 2**63 else None
    return _judge_found(work, order)


def _judge_found(work: Work, order: Order | None) -> Verdict:
    if order is None:
        return Verdict(Kind.NOT_FOUND)
    return judge_order(order, facts(work, order), work.now)


def _candidate(order: Order, work: Work) -> Candidate:
    status = effective(order.status, order.window, work.now)
    return Candidate(
        order.number, order.label, order.customer, order.phone, order.window, status, collector=order.collector
    )


def _record_refusal(work: Work, verdict: Verdict, *, by: str, source: str) -> None:
    if verdict.tone is Tone.YES or verdict.kind is Kind.AMBIGUOUS:
        return
    work.after.append(partial(_write_refusal, verdict=verdict, by=by, source=source))


def _write_refusal(work: Work, *, verdict: Verdict, by: str, source: str) -> Changes:
    flaw = verdict.flaw.value if verdict.flaw else ""
    work.conn.execute(
        "INSERT INTO refusals (id, at, by, source, verdict, flaw, order_number) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (work.new_id(), millis(work.now), by, source, verdict.kind, flaw, verdict.order_number),
    )
    if verdict.kind not in _TOLD_TO_HQ:
        return Changes()
    # An order of another store is not ours to name: HQ finds it by the verdict's number in the body.
    body = {"verdict": verdict.kind.value, "flaw": flaw, "source": source, "number": verdict.order_number}
    ours = verdict.order_number if verdict.order else None
    work.record(EventKind.REFUSED, ours, by=by, body=body)
    return Changes(outbox=True)


def _check_label(_work: Work, query: Query) -> Verdict:
    parcel = label.read(query.text)
    if parcel is None:
        return Verdict(Kind.MALFORMED, flaw=Flaw.NOT_A_CODE)
    # It lies where everybody sees it: it names the order and proves nothing.
    return Verdict(Kind.MALFORMED, parcel.order_number, flaw=Flaw.LABEL)


_ANSWERS = {
    QueryKind.PARCEL_LABEL: _check_label,
    QueryKind.PICKUP_CODE: _check_code,
    QueryKind.SHORT_CODE: _check_short_code,
    QueryKind.PHONE_TAIL: _check_phone_tail,
    QueryKind.ORDER_NUMBER: _check_order_number,
}
