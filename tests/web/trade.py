"""A mall in the middle of its trade: yesterday's orders, a shortage, a dead message, stock, and an evening session."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert, update

from app.domain.events import EventKind
from app.domain.hours import Span
from app.domain.kpi import Figures
from app.domain.rules import EveningRule
from hq.goods import pairing
from hq.mall.sessions import Offer, Rules
from hq.ordering.book import OrderRow
from hq.reports import figures, totals
from hq.reports.totals import Asked
from hq.schema import messages, webhooks
from hq.work import Work
from tests.hq.market import Market
from tests.hq.server import Teller

ZONE = ZoneInfo("Asia/Shanghai")
FORMULA = "=1+1"


@dataclass(frozen=True)
class Trade:
    """What the tests look for."""

    short: OrderRow
    movable: OrderRow
    plain: OrderRow
    day: date
    whole: Figures
    dead: str


def trade(data: Path) -> Trade:
    """Fill the data folder of an HQ."""
    with Market(data) as market:
        _set_up(market)
        now = datetime.now(UTC)
        day = (now - timedelta(days=1)).date()
        market.clock.at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC) - timedelta(days=1)
        _yesterday(market)
        market.clock.at = now
        _tonight(market)
        whole = _measured(market, day)
        short, movable, plain = _today(market)
        return Trade(short, movable, plain, day, whole, _dead(market, plain))


def _set_up(market: Market) -> None:
    market.open_store(101, name="徐家汇店", capacity=4, lat=31.19, lon=121.44, district="徐汇区")
    market.open_store(102, name="陆家嘴店", lat=31.23, lon=121.50, district="浦东新区")
    names = {7: "草莓蛋糕", 8: "可颂（原味）", 9: "抹茶卷"}
    for number, name in names.items():
        market.add_product(number, name=name, price_fen=2_500 - 100 * number, counted=True)
    market.office.write(lambda work: pairing.set_pairs(work, 7, [8]))
    market.count(101, {7: 60, 8: 30, 9: 12})
    market.count(102, {7: 40, 8: 5})


def _yesterday(market: Market) -> None:
    market.put_session(title="周三专场", offers=(Offer(7, 2_000), Offer(8, 1_500)), host="小雅")
    ours = [market.buy(1 + at % 2) for at in range(8)]
    theirs = [market.buy(store_number=102) for _ in range(3)]
    teller = Teller(now=market.clock.now)
    market.clock.pass_time(days=1, hours=2, minutes=10)
    for at, order in enumerate(ours[:6]):
        market.push(market.lead, teller.tell(EventKind.PREPARED, order.number, shelf=f"A-{at}"))
        market.clock.pass_time(minutes=37)
        market.push(market.lead, teller.hand_over(order.number, f"a-{at}"))
    lines = [{"product_number": 9, "quantity": 1, "price_fen": 1_600}]
    told = {"sale_id": "s-1", "attempt_id": "a-1", "tender": "cash", "lines": lines}
    market.push(market.lead, teller.tell(EventKind.SOLD, ours[1].number, **told))
    other = market.enrol(102)
    market.push(other, Teller("inc-2", now=market.clock.now).hand_over(theirs[0].number, "b-1"))


def _tonight(market: Market) -> None:
    market.put_session(title="今晚直播", offers=(Offer(7, 2_000), Offer(8, 1_500)), host="小雅")
    span = Span.of("18:00", "23:30")
    evening = Rules(window=EveningRule(span, span.closes))
    market.put_session(slug="evening", title="今晚到店", rules=evening, offers=(Offer(7, 1_200), Offer(9, 900)))


def _measured(market: Market, day: date) -> Figures:
    start = datetime(day.year, day.month, day.day, tzinfo=ZONE)
    asked, now = Asked(start, start + timedelta(days=1)), market.clock.now()
    told = market.office.read(lambda conn: figures.period(conn, asked.since, asked.until, now=now, zone=ZONE))
    added = market.office.read(lambda conn: totals.totals(conn, asked, now=now, zone=ZONE))
    assert told.whole.by_hour == added.whole.by_hour
    return told.whole


def _today(market: Market) -> tuple[OrderRow, OrderRow, OrderRow]:
    tomorrow = (market.clock.now().astimezone(ZONE) + timedelta(days=1)).replace(hour=14, minute=0)
    when = {"opens": int(tomorrow.timestamp()) // 60}
    short, movable, plain = market.buy(2, **when), market.buy(1, **when), market.buy(1, note=FORMULA, **when)
    # The inc of the other day's teller ended with it.
    teller = Teller("inc-3", now=market.clock.now)
    lines = [{"product_number": 7, "quantity": 2}]
    market.push(market.lead, teller.tell(EventKind.LINE_REJECTED, short.number, lines=lines, reason="摔坏了"))
    market.push(market.lead, teller.tell(EventKind.STOCK_COUNTED, None, counts=[{"product_number": 9, "on_hand": 12}]))
    return short, movable, plain


def _dead(market: Market, order: OrderRow) -> str:
    def kill(work: Work) -> None:
        where = (messages.c.order_number == order.number, messages.c.kind == "paid")
        values = {"status": "dead", "error": "sms: 号码无效", "done_at": work.now, "channel": "sms", "attempts": 4}
        assert work.conn.execute(update(messages).where(*where).values(**values)).rowcount == 1
        row: dict[str, Any] = {
            "store_id": order.store_id,
            "id": work.new_id(),
            "kind": "order.paid",
            "dedup": "x",
            "body": "{}",
        }
        row |= {"status": "dead", "attempts": 100, "next_at": work.now, "created_at": work.now, "error": "HTTP 500"}
        work.conn.execute(insert(webhooks), row)

    market.office.write(kill)
    return order.label
