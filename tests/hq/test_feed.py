"""The feed: everything a store must know, numbered without holes, pulled in pages or waited for."""

from __future__ import annotations

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from hq.counters import feed
from hq.counters.feed import Page
from hq.mall import changes
from hq.ordering import orders
from sync.wire import FeedPage, KeyItem, NeighbourItem, OrderItem, ProductItem, StaffItem, StockItem, StoreItem
from tests.hq.server import Counter, Mall
from tests.hq.town import START, Town


def kinds(page: FeedPage) -> list[str]:
    return [row.item.kind for row in page.rows]


def test_a_new_terminal_gets_all_that_its_store_must_know(town: Town) -> None:
    town.open_store(102, address="淮海路 1 号")
    town.place()
    town.enrol()
    found = {type(row.item) for row in town.page().rows}
    assert found == {StoreItem, KeyItem, ProductItem, NeighbourItem, OrderItem}


def test_a_new_store_is_told_the_catalogue_and_the_keys(town: Town) -> None:
    town.open_store(102)
    assert {"key", "product", "store", "neighbour"} == set(kinds(town.page(store=102)))


def test_a_changed_thing_stands_in_the_feed_once_with_its_newest_state(town: Town) -> None:
    number = town.place().row.number
    before = town.page()
    town.cancel(number)
    page = town.page(before.cursor, before.generation)
    assert [row.item.number for row in page.rows if isinstance(row.item, OrderItem)] == [number]
    assert len([1 for row in town.page().rows if isinstance(row.item, OrderItem)]) == 1


def told_of(town: Town, number: int) -> OrderItem:
    items = (row.item for row in town.page().rows)
    return next(item for item in items if isinstance(item, OrderItem) and item.number == number)


def test_a_store_is_told_who_collects_and_that_somebody_is_here(town: Town) -> None:
    number = town.place().row.number
    town.office.write(lambda work: changes.name_collector(work, number, "李小红", "同事"))
    town.office.write(lambda work: changes.arrive(work, number, None))
    item = told_of(town, number)
    assert (item.arrived_at, item.collector, item.collector_relation) == (START, "李**", "同事")


def test_who_comes_a_second_time_another_day_is_here_anew(town: Town) -> None:
    number = town.place().row.number
    town.office.write(lambda work: changes.arrive(work, number, None))
    town.clock.pass_time(minutes=5)
    town.office.write(lambda work: changes.arrive(work, number, None))
    assert told_of(town, number).arrived_at == START
    town.clock.pass_time(hours=4)
    town.office.write(lambda work: changes.arrive(work, number, None))
    assert told_of(town, number).arrived_at == START + timedelta(hours=4, minutes=5)


def test_who_is_given_another_time_is_no_longer_here(town: Town) -> None:
    number = town.place().row.number
    town.office.write(lambda work: changes.arrive(work, number, None))
    later = START + timedelta(days=1)
    town.office.write(lambda work: orders.reschedule(work, number, later, later + timedelta(hours=6)))
    assert told_of(town, number).arrived_at is None


def test_what_did_not_change_is_not_told_again(town: Town) -> None:
    head = town.page().head
    town.open_store(101)
    town.add_product(7)
    assert town.page().head == head


def test_a_feed_is_read_in_pages_without_a_hole(town: Town) -> None:
    for number in range(8, 30):
        town.add_product(number)
    cursor, seen, generation = 0, [], ""
    while (page := town.page(cursor, generation, limit=5)).rows:
        seen += [row.seq for row in page.rows]
        cursor, generation = page.cursor, page.generation
    assert seen == sorted(set(seen))
    assert [row.seq for row in town.page().rows] == seen


def test_an_up_to_date_terminal_gets_no_rows(town: Town) -> None:
    page = town.page()
    again = town.page(page.cursor, page.generation)
    assert (again.rows, again.cursor, again.head) == ((), page.head, page.head)


@pytest.mark.parametrize(("after", "generation"), [(0, "another"), (1, ""), (10_000, "ours")])
def test_a_cursor_of_another_history_must_fetch_again(town: Town, after: int, generation: str) -> None:
    ours = town.page().generation
    page = town.page(after, ours if generation == "ours" else generation)
    assert (page.must_refetch, page.rows, page.cursor, page.generation) == (True, (), 0, ours)


def test_after_a_restore_every_terminal_fetches_again(town: Town) -> None:
    page = town.page()
    town.office.write(lambda work: feed.begin_anew(work, town.store.id))
    assert town.page(page.cursor, page.generation).must_refetch


def test_a_page_is_the_wire_message_letter_by_letter(town: Town) -> None:
    town.place()
    page = town.office.read(lambda conn: feed.page(conn, town.store.id, after=0, generation=""))
    written, read = json.loads(page.json(START)), page.message(START)
    assert {**written, "hq_time": START} == {**json.loads(read.model_dump_json()), "hq_time": read.hq_time}
    assert Page("g", 0, 5, must_refetch=True).message(START).must_refetch


def test_staff_reach_the_feed_with_their_pin_hashed(mall: Mall, counter: Counter) -> None:
    mall.client.put(f"/v1/stores/{mall.store}/staff/li", json={"name": "Li", "role": "manager", "pin": "246810"})
    item = next(row.item for row in counter.pull().rows if isinstance(row.item, StaffItem))
    assert (item.id, item.role) == ("li", "manager")
    assert item.pin_hash.startswith("$argon2id$")


def test_readers_miss_nothing_while_many_write(town: Town) -> None:
    done = threading.Event()
    wishes = [(town.wish(), f"w-{at}") for at in range(60)]

    def read() -> list[int]:
        cursor, generation, seen = 0, "", []
        while True:
            last = done.is_set()
            page = town.page(cursor, generation, limit=7)
            seen += [row.item.number for row in page.rows if isinstance(row.item, OrderItem)]
            cursor, generation = page.cursor, page.generation
            if last and not page.rows:
                return seen

    with ThreadPoolExecutor(6) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        list(pool.map(lambda told: town.try_to_place(*told), wishes))
        done.set()
    placed = sorted(order.number for order in town.all_orders())
    assert [sorted(reader.result()) for reader in readers] == [placed, placed]


def test_a_long_poll_answers_when_something_happens(mall: Mall, counter: Counter) -> None:
    page = counter.pull()
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(counter.pull, page.cursor, page.generation, wait=25)
        number = mall.place()["number"]
        told = waiting.result()
    assert [row.item.number for row in told.rows if isinstance(row.item, OrderItem)] == [number]


def test_a_long_poll_ends_with_its_time(counter: Counter) -> None:
    page = counter.pull()
    assert counter.pull(page.cursor, page.generation, wait=0.05).rows == ()


def test_a_long_poll_of_another_history_does_not_wait(counter: Counter) -> None:
    counter.client.timeout = 20
    assert counter.pull(5, "another", wait=25).must_refetch


def test_polls_hold_neither_threads_nor_connections(mall: Mall, counter: Counter) -> None:
    page = counter.pull()
    # More polls than HQ has threads or connections for reading.
    with ThreadPoolExecutor(70) as pool:
        waiting = [pool.submit(counter.pull, page.cursor, page.generation, wait=25) for _ in range(70)]
        placed = mall.place()
        assert mall.order(placed["number"]) == placed
        assert all(each.result().rows for each in waiting)


def test_protocol_1_is_not_told_what_it_cannot_read_and_moves_on(town: Town) -> None:
    stock = StockItem(product_number=7, on_hand=3, reserved=0)
    town.office.write(lambda work: feed.publish(work, town.store.id, stock))

    def pages(protocol: int) -> Page:
        return town.office.read(lambda conn: feed.page(conn, town.store.id, after=0, generation="", protocol=protocol))

    old, new = pages(1), pages(2)
    assert [row.item for row in new.message(START).rows if row.item.kind == "stock"] == [stock]
    assert kinds(old.message(START)) == [kind for kind in kinds(new.message(START)) if kind != "stock"]
    assert old.cursor == new.cursor == new.rows[-1][0]
