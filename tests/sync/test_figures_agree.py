"""The store's page and HQ's report tell the same figures of the same day, each from its own database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from app.domain.till import SaleLine, Tender, TenderKind
from app.usecases.figures import figures
from app.usecases.grant import GrantRequest, grant
from app.usecases.hand_over import Short, hand_over
from app.usecases.prepare import mark_prepared
from app.usecases.sell import RefundRequest, SaleRequest, refund, sell
from app.usecases.shift import open_shift
from hq.office import Office
from hq.reports import figures as hq_figures
from sync.engine import Engine
from tests.core.till import Till
from tests.hq.server import Mall
from tests.sync.test_store_and_mall import app, client, engine, mall, meet, office, till

__all__ = ["app", "client", "engine", "mall", "office", "till"]  # fixtures of the same two parties
ZONE = ZoneInfo("Asia/Shanghai")


def give(till: Till, number: int, attempt: str, by: str, seconds: float, *short: Short) -> None:
    till(grant, GrantRequest(attempt, number, by, scanned_at=till.trusted.now(), manager="Wang", reason="late"))
    till.clock.forward(timedelta(seconds=seconds))
    till(hand_over, attempt, by=by, short=short)


def test_both_sides_tell_the_same(mall: Mall, office: Office, engine: Engine, till: Till) -> None:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    open_now = {"opens": now - timedelta(hours=1), "closes": now + timedelta(hours=3)}
    soon_over = {"opens": now - timedelta(hours=3), "closes": now + timedelta(minutes=20)}
    spans = (open_now, open_now, soon_over, soon_over, open_now, open_now)
    placed = [mall.place(**{name: at.isoformat() for name, at in span.items()})["number"] for span in spans]
    first, second, late, nobody, called_off, lacking = placed
    meet(engine)
    till(mark_prepared, [first, late, nobody, lacking], by="Li Na")
    till.clock.forward(timedelta(minutes=2))
    give(till, first, "attempt-1", "Li Na", 4.5)
    give(till, second, "attempt-2", "Wang", 11)
    give(till, late, "attempt-3", "Li Na", 7)
    give(till, lacking, "attempt-4", "Li Na", 3, Short(7, 1, "broken"))
    till(open_shift, 0, by="Li Na")
    line = SaleLine(7, 2, till.sql("SELECT price_fen FROM products")[0][0], "x")
    cash = (Tender(TenderKind.CASH, line.total_fen),)
    till(sell, SaleRequest("sale-1", (line,), cash, "Li Na", attempt_id="attempt-1"))
    till(sell, SaleRequest("sale-2", (line,), cash, "Li Na"))
    back = SaleLine(7, 1, line.price_fen)
    till(refund, RefundRequest("back", 1, (back,), (Tender(TenderKind.CASH, back.total_fen),), "Li Na", "Wang", "cold"))
    assert mall.cancel(called_off).is_success
    for _ in range(3):
        meet(engine)
    till.clock.forward(timedelta(minutes=30))

    since, until = now - timedelta(days=1), now + timedelta(days=1)
    here = till(figures, since, until)
    at = till.trusted.now()
    there = office.read(lambda conn: hq_figures.period(conn, since, until, now=at, zone=ZONE)).by_store[101]
    assert here.whole == there
    whole = here.whole
    assert (whole.orders, whole.due, whole.redeemed, whole.handed_over) == (6, 2, 1, 4)
    assert (whole.mean_scan_seconds, whole.addon_rate, whole.addon_fen) == (6.375, 0.25, line.price_fen)
    assert [(name, each.handed_over) for name, each in here.by_clerk] == [("Li Na", 3), ("Wang", 1)]
    assert [each.number for each in here.late] == [nobody]
    assert (here.late_count, here.short) == (1, 0)
