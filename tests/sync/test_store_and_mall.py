"""What a store finds missing and what a customer says at the door, from one end to the other over real HTTP."""

from __future__ import annotations

import queue
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi import FastAPI

from app.changes import Changes
from app.domain.till import SaleLine, Tender, TenderKind
from app.keystore import Keystore
from app.storage.storage import Storage
from app.storage.thread import StorageThread
from app.usecases.board import arrived
from app.usecases.count_stock import count_stock
from app.usecases.outbox import pending_events
from app.usecases.reject_line import reject_lines
from app.usecases.sell import SaleRequest, sell
from app.usecases.set_offer import set_offer
from app.usecases.shift import open_shift
from app.usecases.stock import list_evening
from app.usecases.stock import stock as stock_here
from hq import stores
from hq.app import create_app
from hq.goods import stock
from hq.goods.telling import tell_due
from hq.mall import changes as wishes
from hq.office import Office
from hq.ordering import shortages
from hq.ordering.shortages import Shortage
from hq.routing import Balance
from sync.client import HqClient
from sync.engine import Engine
from sync.enrolment import enrol
from sync.loops import SyncLoops
from tests.core.till import Till
from tests.hq.server import Mall, in_thread, settings_in

PATIENCE = 30.0


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    (tmp_path / "hq").mkdir()
    return create_app(settings_in(tmp_path / "hq"))


@pytest.fixture
def mall(app: FastAPI) -> Iterator[Mall]:
    """Serve HQ with a store and one product."""
    with in_thread(app) as client:
        made = Mall(client, 101)
        made.open_store()
        made.add_product(7)
        yield made


@pytest.fixture
def office(app: FastAPI) -> Office:
    found: Office = app.state.desk.office
    return found


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Till]:
    (tmp_path / "till").mkdir()
    made = Till(tmp_path / "till")
    made.clock.wall = datetime.now(UTC)
    yield made
    made.storage.close()


@pytest.fixture
def client(mall: Mall, till: Till) -> HqClient:
    """Enrol the terminal and return its way to HQ."""
    keystore = Keystore(till.folder)
    url = str(mall.client.base_url)
    enrol(url, mall.enrolment_code(), "Counter 1", till.storage.submit, keystore)
    secrets = keystore.load()
    assert secrets is not None
    return HqClient(url, secrets.token)


@pytest.fixture
def engine(client: HqClient, till: Till) -> Engine:
    return Engine(client, till.storage.submit, lambda at, trip: till.trusted.learn(at, round_trip=trip))


def meet(engine: Engine) -> None:
    """Tell HQ everything, and hear everything."""
    engine.push_once()
    while engine.pull_once().more:
        pass


def balance(office: Office) -> Balance:
    return office.read(lambda conn: stock.balances(conn, stores.get(conn, 101).id, [7])[7])


def shortage(office: Office, number: int) -> Shortage | None:
    return office.read(lambda conn: shortages.latest(conn, stores.get(conn, 101).id, number))


def test_a_line_that_the_store_rejects_is_a_shortage_at_hq(
    mall: Mall, office: Office, engine: Engine, till: Till
) -> None:
    meet(engine)
    till(count_stock, {7: 9}, by="Wang")
    meet(engine)
    number = mall.place()["number"]
    assert balance(office) == Balance(9, 2, listed=True)
    meet(engine)
    till(reject_lines, number, {7: 1}, by="Wang", reason="dropped")
    meet(engine)
    assert mall.order(number)["status"] == "shortage"
    found = shortage(office, number)
    assert found is not None
    assert (found.cause, found.detail, found.answer) == ("store", "dropped", "")
    assert [(each.product_number, each.wanted, each.there) for each in found.missing] == [(7, 2, 1)]
    assert balance(office) == Balance(8, 0, listed=True)
    assert till(pending_events, 1) == ()
    assert till.status(number) == "shortage"


def test_what_the_store_no_longer_offers_is_not_sold_any_more(
    mall: Mall, office: Office, engine: Engine, till: Till
) -> None:
    meet(engine)
    till(count_stock, {7: 9}, by="Wang")
    till(set_offer, [7], offered=False, by="Wang")
    meet(engine)
    assert balance(office) == Balance(9, 0, listed=False)
    assert mall.try_to_place(mall.wish()).status_code == 409
    till(set_offer, [7], offered=True, by="Wang")
    meet(engine)
    assert mall.try_to_place(mall.wish()).status_code == 201


def test_what_is_left_tonight_is_what_customers_can_buy(mall: Mall, office: Office, engine: Engine, till: Till) -> None:
    meet(engine)
    till(list_evening, {7: 0}, by="Wang")
    meet(engine)
    assert mall.try_to_place(mall.wish()).status_code == 409
    till(list_evening, {7: 3}, by="Wang")
    meet(engine)
    assert balance(office) == Balance(3, 0, listed=True)
    assert mall.try_to_place(mall.wish()).status_code == 201
    assert mall.try_to_place(mall.wish()).status_code == 409
    # A piece goes over the counter: both sides say the same of the rest.
    product = till(stock_here)[0].product
    till(open_shift, 0, by="Wang")
    line, cash = SaleLine(7, 1, product.price_fen), (Tender(TenderKind.CASH, product.price_fen),)
    till(sell, SaleRequest("sale-1", (line,), cash, "Wang"))
    tell_due(office)
    meet(engine)
    [row] = till(stock_here)
    assert (row.on_hand, row.reserved, row.available, row.unsent) == (2, 2, 0, False)
    assert balance(office) == Balance(2, 2, listed=True)


def test_a_customer_who_says_i_am_here_is_told_to_the_terminal_at_once(
    mall: Mall, office: Office, client: HqClient, till: Till
) -> None:
    till.storage.close()
    changed: queue.SimpleQueue[Changes] = queue.SimpleQueue()
    thread = StorageThread(lambda: Storage(till.folder, till.trusted, till.ids, on_changes=changed.put))
    thread.start()
    engine = Engine(client, thread.submit_background, lambda at, trip: till.trusted.learn(at, round_trip=trip))
    loops = SyncLoops(engine, client, clock=till.trusted, on_link=lambda _: None)
    loops.start()
    try:
        number = mall.place()["number"]
        wait_for(changed, number)
        office.write(lambda work: wishes.arrive(work, number, None))
        wait_for(changed, number)
        [task] = thread.submit(arrived).result()
        assert (task.number, task.here_since is None) == (number, False)
    finally:
        loops.stop()
        thread.stop()
        till.reopen()


def wait_for(changed: queue.SimpleQueue[Changes], number: int) -> None:
    while number not in changed.get(timeout=PATIENCE).orders:
        pass
