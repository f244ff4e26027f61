"""Each of the verdicts, with everything it may carry."""

from __future__ import annotations

from datetime import timedelta

from app.domain.code import Flaw
from app.domain.order import Line, Order, Redemption, Status
from app.domain.verdict import Candidate, Kind, Verdict
from app.domain.window import Window
from tests.core.till import NOON

WINDOW = Window(NOON, NOON + timedelta(hours=6))
LINES = (Line(1, 2, "红烧肉便当", "warm"), Line(2, 1, "草莓生日蛋糕 6 寸", "chilled"))
ORDER = Order(
    4_503_599_627_374_821,
    Status.PREPARED,
    0,
    WINDOW,
    LINES,
    customer="欧阳**",
    phone="138******00",
    note="蜡烛 6 根",
    shelf="A-12",
    made_to_order=True,
)
DONE = Redemption("a", NOON, "王芳", "2 号收银台")
CANDIDATE = Candidate(ORDER.number, "#4821", "欧阳**", "138******00", WINDOW, Status.PREPARED)
_EXTRA: dict[Kind, dict[str, object]] = {
    Kind.ALREADY_HANDED_OVER: {"handed_over": DONE},
    Kind.AMBIGUOUS: {"candidates": (CANDIDATE,) * 5, "order": None, "order_number": None, "lines": ()},
    Kind.FORGED: {"flaw": Flaw.UNKNOWN_KEY, "order": None, "order_number": None},
    Kind.LOCKED_OUT: {"retry_at": NOON + timedelta(minutes=3), "order": None, "order_number": None},
    Kind.WRONG_STORE: {
        "store_number": 8,
        "store_name": "Hillside",
        "store_address": "8 Hill Street",
        "store_distance_m": 1200,
        "order": None,
    },
    Kind.UNKNOWN_ORDER_VERIFIED: {"order": None, "lines_cut": True},
}


def verdict(kind: Kind, **changes: object) -> Verdict:
    """Return a verdict of a kind as the counter may get it."""
    usual = {"order_number": ORDER.number, "order": ORDER, "window": WINDOW, "lines": LINES}
    return Verdict(kind, **{**usual, **_EXTRA.get(kind, {}), **changes})  # type: ignore[arg-type]


EVERY = tuple(verdict(kind) for kind in Kind)
