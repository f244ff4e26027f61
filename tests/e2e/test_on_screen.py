"""A newcomer's first day on a virtual screen: mouse, keys, the terminal and HQ are real, started from the source."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from app.storage.database import FILE_NAME
from demo import ledgers, shop
from demo.headquarters import Headquarters, Operator
from tests.e2e.newcomer import CLERK, TILL, Newcomer
from tests.e2e.watched import WatchedTill

# Far above the half minute that it takes: a busy machine has no fault.
pytestmark = [pytest.mark.display, pytest.mark.timeout(600)]
# Of what stands in a program's stderr: what Python and Qt complain of, less that there is no sound.
COMPLAINT = re.compile(r"^(Traceback|Q[A-Z]\w*(::\w+)?[:(]|qt\.(?!multimedia)).*", re.MULTILINE)


@pytest.fixture
def headquarters(tmp_path: Path) -> Iterator[Headquarters]:
    hq = Headquarters(tmp_path / "hq")
    hq.start()
    yield hq
    hq.stop()


@pytest.fixture
def operator(headquarters: Headquarters) -> Iterator[Operator]:
    with closing(headquarters.operator()) as operator:
        shop.load(operator)
        yield operator


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a folder as before the first run, but that no test opens the camera of whoever runs it."""
    (tmp_path / "till").mkdir()
    (tmp_path / "till" / "settings.json").write_text(json.dumps({"camera_on": False}), "utf-8")
    return tmp_path / "till"


def test_a_newcomers_first_day(headquarters: Headquarters, operator: Operator, data: Path, display: str) -> None:
    with WatchedTill(display, data, data.parent / "screen.png") as till:
        day = Newcomer(till, headquarters, operator, data / "settings.json")
        day.choose_language()
        day.enrol()
        day.settle_in()
        day.look_at_the_board()
        day.hand_over_by_mouse()
        day.hand_over_by_keys()
        day.open_the_till()
        day.sell()
        day.find_by_phone()
        assert day.leave() == 0
    assert complaints(till, data) == []
    hq = headquarters.data / "hq.sqlite3"
    with closing(sqlite3.connect(data / FILE_NAME)) as conn:
        assert ledgers.differences(ledgers.of_terminal(conn), ledgers.of_hq(hq, shop.STORE)) == []
    given = {(order.number, "stands", CLERK, TILL) for order in day.orders.values()}
    assert ask(hq, "SELECT order_number, standing, by, terminal FROM redemptions") == given
    assert ask(hq, "SELECT total_fen, receipt, by, terminal FROM sales") == {(900, 1, CLERK, TILL)}


def complaints(till: WatchedTill, data: Path) -> list[str]:
    """Return what the terminal wrote down that nobody should have to read."""
    log = (data / "log" / "ziti.log").read_text("utf-8").splitlines()
    said = [found.group() for found in COMPLAINT.finditer(till.program.stderr())]
    return [*said, *(line for line in log if re.search(r" (WARNING|ERROR|CRITICAL) ", line))]


def ask(database: Path, query: str) -> set[tuple[object, ...]]:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as conn:
        return set(conn.execute(query))
