"""Says what happened to an order: messages to its customer, alerts to operators, events to the customer's profile."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

from hq import spelling, stores
from hq.messages.hooks import ProfileEvent, ProfileKind, ProfileLine, post_profile_events
from hq.messages.kinds import Kind
from hq.messages.post import Note, post
from hq.ordering import book, page_address
from hq.ordering.book import OrderLineRow, OrderRow
from hq.stores import StoreRow
from hq.work import Work

Told = tuple[OrderRow, tuple[OrderLineRow, ...], StoreRow]


def placed(work: Work, new: Sequence[Told]) -> None:
    """Tell that orders are paid."""
    post(work, [_note(work, Kind.PAID, *each) for each in new if wants_words(each[0])])
    _tell_profile(work, ProfileKind.PAID, new)


def wants_words(order: OrderRow) -> bool:
    """Tell whether HQ speaks to the customer; of an order from another mall that mall does, unless it asks us to."""
    return bool(order.consents)


def assigned(work: Work, order: OrderRow) -> None:
    """Tell that an order that had to wait is now at its store."""
    _say(work, Kind.ASSIGNED, order, dedup=f"assigned:{order.version}")


def ready(work: Work, order: OrderRow) -> None:
    """Tell that the parcel is packed."""
    _say(work, Kind.READY, order, profile=ProfileKind.READY)


def collected(work: Work, order: OrderRow) -> None:
    """Thank the customer."""
    attempt = order.redemption_attempt or ""
    _say(work, Kind.THANKS, order, profile=ProfileKind.REDEEMED, profile_dedup=f"redeemed:{attempt}")


def revoked(work: Work, order: OrderRow, attempt_id: str) -> None:
    """Tell the profile that a hand-over was taken back: it was a mistake, and the customer has yet to come."""
    if work.profile_hooks:
        _tell_profile(work, ProfileKind.REVOKED, [_told(work, order)], dedup=f"revoked:{attempt_id}")


def cancelled(work: Work, order: OrderRow) -> None:
    """Tell that an order is cancelled."""
    _say(work, Kind.CANCELLED, order, profile=ProfileKind.CANCELLED)


def group_failed(work: Work, order: OrderRow) -> None:
    """Tell that the group did not fill; the cancellation itself is then not told again."""
    _say(work, Kind.GROUP_FAILED, order, dedup="cancelled")


def moved(work: Work, old: OrderRow, new: OrderRow) -> None:
    """Tell that another order has taken an order's place; the old one's cancellation is not told."""
    _say(work, Kind.MOVED, new, profile=ProfileKind.MOVED, extra={"old": old.label})


def put_back(work: Work, order: OrderRow) -> None:
    """Tell the profile that the goods went back on the shelf; the overdue messages have told the customer."""
    _tell_profile(work, ProfileKind.PUT_BACK, [_told(work, order)], dedup=f"put_back:{order.version}")


def rescheduled(work: Work, order: OrderRow) -> None:
    """Tell the new window."""
    kind, dedup = ProfileKind.RESCHEDULED, f"rescheduled:{order.issue}"
    _say(work, Kind.RESCHEDULED, order, dedup=dedup, profile=kind, profile_dedup=dedup)


def refunded(work: Work, order: OrderRow, amount_fen: int, refund_id: str) -> None:
    """Tell that money went back."""
    dedup = f"refunded:{refund_id}"
    _say(work, Kind.REFUNDED, order, dedup=dedup, profile=ProfileKind.REFUNDED, profile_dedup=dedup,
         extra={"amount": amount_fen})  # fmt: skip


def remind(work: Work, order: OrderRow, kind: Kind, stage: str, extra: dict[str, str | int] | None = None) -> None:
    """Remind of an order: the day before, when overdue, with a coupon; once for each stage."""
    _say(work, kind, order, dedup=stage, extra=extra)


def short(work: Work, order: OrderRow, no: int) -> None:
    """Ask the customer what to do about a shortage, and call the operators."""
    _say(work, Kind.SHORTAGE, order, dedup=f"shortage:{no}")
    alert(work, Kind.SHORTAGE_ALERT, order, f"shortage:{no}")


def alert(work: Work, kind: Kind, order: OrderRow, stage: str, extra: dict[str, str | int] | None = None) -> None:
    """Tell the operators' channels about an order."""
    note = _note(work, kind, *_told(work, order), dedup=f"{kind}:{stage}", extra=extra, audience_is_operators=True)
    post(work, [note])


def _say(
    work: Work,
    kind: Kind,
    order: OrderRow,
    *,
    dedup: str = "",
    profile: ProfileKind | None = None,
    profile_dedup: str = "",
    extra: dict[str, str | int] | None = None,
) -> None:
    if not (wants_words(order) or (profile and work.profile_hooks)):
        return
    told = _told(work, order)
    if wants_words(order):
        post(work, [_note(work, kind, *told, dedup=dedup, extra=extra)])
    if profile:
        _tell_profile(work, profile, [told], dedup=profile_dedup)


def _told(work: Work, order: OrderRow) -> Told:
    return order, book.lines(work.conn, order), stores.by_id(work.conn, order.store_id)


def _note(
    work: Work,
    kind: Kind,
    order: OrderRow,
    lines: Iterable[OrderLineRow],
    store: StoreRow,
    *,
    dedup: str = "",
    extra: dict[str, str | int] | None = None,
    audience_is_operators: bool = False,
) -> Note:
    language: Literal["zh", "en"] = "zh" if audience_is_operators or order.language != "en" else "en"
    facts: dict[str, str | int] = {
        "label": order.label,
        "short_code": order.short_code(work.vault.secret("short-code")),
        "store": store.name,
        "address": store.address,
        "window": spelling.window(order.window, ZoneInfo(store.time_zone), language),
        "items": spelling.items(lines, language),
        "page": f"/o/{page_address.token(work.vault.secret('page'), order.number)}",
        "amount": order.total_fen,
        **(extra or {}),
    }
    return Note(
        store_id=order.store_id,
        kind=kind,
        dedup=f"{order.number}:{dedup or kind}",
        order_number=order.number,
        audience="operators" if audience_is_operators else "customer",
        customer_id=order.customer_id,
        language=language,
        facts=facts,
        consents=order.consents,
    )


def _tell_profile(work: Work, kind: ProfileKind, told: Sequence[Told], *, dedup: str = "") -> None:
    if not work.profile_hooks:
        return
    post_profile_events(
        work,
        [
            ProfileEvent(
                store_id=order.store_id,
                store_number=store.number,
                kind=kind,
                dedup=f"{order.number}:{dedup or kind}",
                at=work.now,
                order_number=order.number,
                customer_id=order.customer_id,
                lines=tuple(ProfileLine(line.product_number, line.quantity, line.price_fen) for line in lines),
                amounts={"total_fen": order.total_fen, "discount_fen": order.discount_fen},
                times={"opens": order.window.opens, "closes": order.window.closes},
            )
            for order, lines, store in told
        ],
    )
