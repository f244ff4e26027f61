"""Orders, stock, shifts, figures and messages as rows that people take along, read a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, select

from app.domain.kpi import Figures
from app.domain.lookup import mask_name, mask_phone
from hq import stores
from hq.counters import shifts
from hq.counters.shifts import Shift
from hq.goods import catalogue, stock
from hq.messages import log
from hq.messages.queue import MessageRow
from hq.office import Office
from hq.ordering.book import OrderRow
from hq.reports import order_search, totals
from hq.reports.order_search import Wanted
from hq.reports.totals import Asked
from hq.schema import order_lines
from hq.stores import StoreRow

_LINES = (
    select(order_lines.c.store_id, order_lines.c.order_number, order_lines.c.name, order_lines.c.quantity)
    .where(
        order_lines.c.store_id.in_(bindparam("stores", expanding=True)),
        order_lines.c.order_number.in_(bindparam("numbers", expanding=True)),
    )
    .order_by(order_lines.c.line)
)
_PAGE = 500
_HOME = ZoneInfo("Asia/Shanghai")
_NEWEST = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Extract:
    """A heading and its rows, which are read while they are written."""

    title: str
    heading: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]


def of_orders(office: Office, wanted: Wanted, *, masked: bool) -> Extract:
    """Return orders with their lines, the newest first."""
    heading = (
        "订单号 number",
        "状态 status",
        "门店 store",
        "门店名 store name",
        "自提开始 opens",
        "自提结束 closes",
        "顾客 customer",
        "电话 phone",
        "商品 items",
        "金额（元） total",
        "优惠（元） discount",
        "付款 payment",
        "下单时间 placed",
        "备好时间 packed",
        "交付时间 collected",
        "经手人 by",
        "取消原因 reason",
        "备注 note",
    )
    return Extract("订单 Orders", heading, _orders(office, wanted, masked=masked))


def of_stock(office: Office, store_number: int | None, product_number: int | None) -> Extract:
    """Return what stores have, store after store."""
    heading = (
        "门店 store",
        "门店名 store name",
        "编号 number",
        "货号 sku",
        "名称 name",
        "在库 on hand",
        "已承诺 promised",
        "可售 available",
        "上架 listed",
        "变动时间 changed",
    )
    return Extract("库存 Stock", heading, _stock(office, store_number, product_number))


def of_figures(office: Office, asked: Asked, zone: ZoneInfo) -> Extract:
    """Return the figures of a period: altogether, by day, store and session."""
    heading = (
        "范围 scope",
        "名称 name",
        "订单 orders",
        "到期 due",
        "已取 redeemed",
        "核销率 rate",
        "平均核销秒数 mean seconds",
        "平均扫码到交付秒数 mean scan seconds",
        "交付 hand-overs",
        "加购率 add-on rate",
        "加购（元） add-ons",
        "平均加购（元） mean add-on",
    )
    return Extract("经营数据 Figures", heading, _figures(office, asked, zone))


def of_shifts(office: Office, store_number: int | None, since: datetime, until: datetime) -> Extract:
    """Return the shifts that stores closed in a period, store after store."""
    heading = (
        "门店 store",
        "门店名 store name",
        "收银台 terminal",
        "开班时间 opened",
        "开班人 opened by",
        "交班时间 closed",
        "交班人 closed by",
        "备用金（元） float",
        "销售笔数 sales",
        "销售（元） sold",
        "退款（元） refunded",
        "现金存取（元） cash in and out",
        "收款 tenders",
        "应有（元） expected",
        "实点（元） counted",
        "差额（元） difference",
        "店长 accepted by",
        "原因 reason",
        "班次号 id",
    )
    return Extract("交班 Shifts", heading, _shifts(office, store_number, since, until))


def of_messages(office: Office, only: log.Filter, *, masked: bool) -> Extract:
    """Return messages with their last error; the words that were sent only where nobody has to be masked."""
    heading = (
        "时间 created",
        "类型 kind",
        "状态 status",
        "对象 audience",
        "门店 store",
        "订单号 order",
        "渠道 channel",
        "次数 attempts",
        "完成 done",
        "错误 error",
        "内容 text",
    )
    return Extract("消息 Messages", heading, _messages(office, only, masked=masked))


def _orders(office: Office, wanted: Wanted, *, masked: bool) -> Iterator[tuple[Any, ...]]:
    known = _stores(office)
    before = _NEWEST
    while True:
        found = office.read(_orders_below(wanted, office.now(), before))
        for row, items in found:
            yield _order(row, items, known[row.store_id], masked=masked)
        if len(found) < _PAGE:
            return
        before = found[-1][0].number


def _orders_below(wanted: Wanted, now: datetime, before: int) -> Callable[[Connection], list[tuple[OrderRow, str]]]:
    def query(conn: Connection) -> list[tuple[OrderRow, str]]:
        rows = order_search.search(conn, wanted, now, before=before, limit=_PAGE)[:_PAGE]
        items = _items(conn, rows)
        return [(row, "，".join(items[row.store_id, row.number])) for row in rows]

    return query


def _items(conn: Connection, rows: Sequence[OrderRow]) -> Mapping[tuple[str, int], list[str]]:
    asked = {"stores": sorted({row.store_id for row in rows}), "numbers": [row.number for row in rows]}
    items: dict[tuple[str, int], list[str]] = defaultdict(list)
    for line in conn.execute(_LINES, asked):
        items[line.store_id, line.order_number].append(f"{line.name} ×{line.quantity}")
    return items


def _order(row: OrderRow, items: str, store: StoreRow, *, masked: bool) -> tuple[Any, ...]:
    zone = ZoneInfo(store.time_zone)
    name, phone = (
        (mask_name(row.customer_name), mask_phone(row.customer_phone))
        if masked
        else (row.customer_name, row.customer_phone)
    )
    return (
        str(row.number),
        row.status,
        store.number,
        store.name,
        _at(row.window.opens, zone),
        _at(row.window.closes, zone),
        name,
        phone,
        items,
        _yuan(row.total_fen),
        _yuan(row.discount_fen),
        row.payment,
        _at(row.placed_at, zone),
        _at(row.prepared_at, zone),
        _at(row.completed_at, zone),
        row.redemption_by,
        row.cancel_reason,
        row.note,
    )


def _stock(office: Office, store_number: int | None, product_number: int | None) -> Iterator[tuple[Any, ...]]:
    products = {each.number: each for each in office.read(catalogue.all_products)}
    for store in _stores(office).values():
        if store_number not in (None, store.number):
            continue
        for held in _held(office, store):
            product = products.get(held.product_number)
            if product is None or product_number not in (None, product.number):
                continue
            balance = held.balance
            yield (
                store.number,
                store.name,
                product.number,
                product.sku,
                product.name,
                balance.on_hand,
                balance.reserved,
                balance.available,
                int(balance.listed),
                _at(held.changed_at, ZoneInfo(store.time_zone)),
            )


def _shifts(office: Office, store_number: int | None, since: datetime, until: datetime) -> Iterator[tuple[Any, ...]]:
    for store in _stores(office).values():
        if store_number in (None, store.number):
            for shift in _closed(office, store, since, until):
                yield _shift(store, shift)


def _closed(office: Office, store: StoreRow, since: datetime, until: datetime) -> list[Shift]:
    return office.read(lambda conn: shifts.of_store(conn, store.id, since, until))


def _shift(store: StoreRow, shift: Shift) -> tuple[Any, ...]:
    zone = ZoneInfo(store.time_zone)
    return (
        store.number,
        store.name,
        shift.terminal,
        _at(shift.opened_at, zone),
        shift.opened_by,
        _at(shift.closed_at, zone),
        shift.closed_by,
        _yuan(shift.float_fen),
        shift.sales,
        _yuan(shift.sales_fen),
        _yuan(shift.refunds_fen),
        _yuan(shift.cash_moves_fen),
        "；".join(f"{kind} {_yuan(fen):.2f}" for kind, fen in shift.tenders.items()),
        _yuan(shift.expected_fen),
        _yuan(shift.counted_fen),
        _yuan(shift.difference_fen),
        shift.accepted_by,
        shift.reason,
        shift.id,
    )


def _held(office: Office, store: StoreRow) -> list[stock.Holding]:
    return office.read(lambda conn: stock.of_store(conn, store.id))


def _figures(office: Office, asked: Asked, zone: ZoneInfo) -> Iterator[tuple[Any, ...]]:
    names = {store.number: f"{store.number} {store.name}" for store in _stores(office).values()}
    now = office.now()
    told = office.read(lambda conn: totals.totals(conn, asked, now=now, zone=zone))
    yield _figure("全部 all", "", told.whole)
    for day, each in told.by_day.items():
        yield _figure("日期 day", day.isoformat(), each)
    for number, each in told.by_store.items():
        yield _figure("门店 store", names.get(number, str(number)), each)
    for title, each in told.by_session.items():
        yield _figure("场次 session", title or "—", each)


def _figure(scope: str, name: str, each: Figures) -> tuple[Any, ...]:
    return (
        scope,
        name,
        each.orders,
        each.due,
        each.redeemed,
        _rounded(each.redemption_rate),
        _rounded(each.mean_redemption_seconds, 1),
        _rounded(each.mean_scan_seconds, 1),
        each.handed_over,
        _rounded(each.addon_rate),
        _yuan(each.addon_fen),
        None if each.mean_addon_fen is None else _yuan(each.mean_addon_fen),
    )


def _messages(office: Office, only: log.Filter, *, masked: bool) -> Iterator[tuple[Any, ...]]:
    known = _stores(office)
    before: str | None = None
    while True:
        rows = office.read(_messages_before(only, before))
        for row, text in rows:
            store = known.get(row.store_id)
            zone = ZoneInfo(store.time_zone) if store else _HOME
            yield (
                _at(row.created_at, zone),
                row.kind,
                row.status,
                row.audience,
                store.number if store else "",
                "" if row.order_number is None else str(row.order_number),
                row.channel,
                row.attempts,
                _at(row.done_at, zone),
                row.error,
                "" if masked else text,
            )
        if len(rows) < log.MOST:
            return
        before = rows[-1][0].id


def _messages_before(only: log.Filter, before: str | None) -> Callable[[Connection], list[tuple[MessageRow, str]]]:
    def query(conn: Connection) -> list[tuple[MessageRow, str]]:
        rows = log.page(conn, only, before=before, limit=log.MOST)
        return [(row, _words(log.deliveries_of(conn, row.store_id, row.id))) for row in rows]

    return query


def _words(tries: list[log.DeliveryRow]) -> str:
    return next((each.text for each in reversed(tries) if each.text), "")


def _stores(office: Office) -> Mapping[str, StoreRow]:
    return {store.id: store for store in office.read(stores.all_stores)}


def _at(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}" if moment else ""


def _yuan(fen: int) -> float:
    return fen / 100


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round(value, digits)
