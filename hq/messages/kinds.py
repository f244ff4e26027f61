"""Which messages there are, for whom, which of them can wait until the morning, and what becomes of one."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What a message is about; the last three are for operators."""

    PAID = "paid"
    ASSIGNED = "assigned"
    READY = "ready"
    DAY_BEFORE = "day_before"
    OVERDUE = "overdue"
    OVERDUE_COUPON = "overdue_coupon"
    SHORTAGE = "shortage"
    RESCHEDULED = "rescheduled"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"
    GROUP_FAILED = "group_failed"
    THANKS = "thanks"
    MOVED = "moved"
    SHORTAGE_ALERT = "shortage_alert"
    INCIDENT_ALERT = "incident_alert"
    PAYMENT_ALERT = "payment_alert"


class Standing(StrEnum):
    """Where a message is: waiting, being sent, or at one of its ends."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    DEAD = "dead"
    SKIPPED = "skipped"


FOR_OPERATORS = frozenset({Kind.SHORTAGE_ALERT, Kind.INCIDENT_ALERT, Kind.PAYMENT_ALERT})
# Nobody is woken by these.
GENTLE = frozenset({Kind.DAY_BEFORE, Kind.OVERDUE, Kind.OVERDUE_COUPON, Kind.THANKS})
