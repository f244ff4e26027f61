"""`kill -9` of HQ at every step of what it writes for an order: nothing acknowledged is lost, nothing stands twice."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import httpx
import pytest

from sync.wire import OrderItem, Outcome
from tests.e2e.process import ROOT
from tests.hq.postgres import cluster
from tests.hq.server import TOKEN, Counter, Mall, Teller, environment, window

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="forks the processes that it kills"),
    pytest.mark.timeout(300),
]
Act = Callable[[], object]


class Siege:
    """One store; each HQ that serves it is another process on the same data."""

    def __init__(self, data: Path, nursery: subprocess.Popen[str]) -> None:
        self.data = data
        self.placed: dict[str, int] = {}
        self._nursery = nursery
        self._teller = Teller()
        self._dooms = count(1)
        self._open_hq()
        self.mall.open_store()
        self.mall.add_product()
        self._wish = self.mall.wish()
        self._enrolled = self.mall.enrol().enrolled
        self.counter = Counter(self._enrolled, self._url)

    def _open_hq(self) -> None:
        assert self._nursery.stdin
        self._nursery.stdin.write("serve\n")
        self._nursery.stdin.flush()
        self._url = self._hear()
        client = httpx.Client(base_url=self._url, headers={"Authorization": f"Bearer {TOKEN}"}, timeout=30)
        self.mall = Mall(client)

    def _hear(self) -> str:
        assert self._nursery.stdout
        return self._nursery.stdout.readline().strip()

    def close(self) -> None:
        self.counter.client.close()
        self.mall.close()
        self.mall.client.close()

    # ── what is done to an order ───────────────────────────────────────────────────────────────────────────

    def place(self, key: str) -> int:
        """Place an order, or have it answered again."""
        answer = self.mall.try_to_place(self._wish, key)
        assert answer.is_success, answer.text
        number: int = answer.json()["number"]
        assert self.placed.setdefault(key, number) == number, f"{key} became two orders"
        return number

    def placing(self, key: str) -> Act:
        return partial(self.place, key)

    def handing_over(self, key: str) -> Act:
        event = self._teller.hand_over(self.place(key), key)

        def push() -> None:
            outcome = self.counter.push(event).results[0].outcome
            assert outcome in {Outcome.APPLIED, Outcome.DUPLICATE}, outcome

        return push

    def cancelling(self, key: str) -> Act:
        number = self.place(key)
        return lambda: self.mall.cancel(number).raise_for_status()

    def moving(self, key: str) -> Act:
        path = f"/v1/orders/{self.place(key)}/reschedule"
        later = window(in_hours=24)
        return lambda: self.mall.client.post(path, json=later).raise_for_status()

    # ── the end, and the judgement ─────────────────────────────────────────────────────────────────────────

    def steps_of(self, act: Act) -> int:
        """Return how many steps HQ takes for something."""
        self._doom(0)
        act()
        (self.data / "doom").unlink()
        return int((self.data / "steps").read_text("ascii"))

    def kill_at(self, step: int, act: Act) -> None:
        """Have HQ die at a step of something, start anew, and do it again."""
        self._doom(step)
        with pytest.raises(httpx.TransportError):
            act()
        assert self._hear() == "died"
        (self.data / "doom").unlink()
        self.close()
        self._open_hq()
        self.counter = Counter(self._enrolled, self._url)
        act()

    def _doom(self, step: int) -> None:
        (self.data / "doom").write_text(f"{next(self._dooms)}:{step}", "ascii")

    def judge(self) -> None:
        """Hold what HQ has against what it had acknowledged, and its feed against what it has."""
        versions = {order["number"]: order["version"] for order in self.mall.all_orders()}
        assert versions.keys() == set(self.placed.values())
        rows = self.counter.pull().rows
        assert [row.seq for row in rows] == sorted({row.seq for row in rows})
        told = [(row.item.number, row.item.version) for row in rows if isinstance(row.item, OrderItem)]
        assert sorted(told) == sorted(versions.items())
        assert self.mall.incidents() == []


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def siege(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Siege]:
    data = tmp_path_factory.mktemp("hq")
    with contextlib.ExitStack() as end:
        url = "" if request.param == "sqlite" else end.enter_context(cluster(durable=True)).database()
        command = [sys.executable, "-m", "tests.hq.doomed", str(data)]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        nursery = end.enter_context(
            subprocess.Popen(command, text=True, env=environment(url), cwd=ROOT, **pipes)  # type: ignore[call-overload]
        )
        end.callback(_end, nursery)
        one = Siege(data, nursery)
        end.callback(one.close)
        yield one


def _end(nursery: subprocess.Popen[str]) -> None:
    """Hang up: the HQ of the hour ends, and the nursery after it."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.close()
    nursery.stdout.read()
    nursery.wait(20)


VERBS = {"place": Siege.placing, "hand over": Siege.handing_over, "cancel": Siege.cancelling, "move": Siege.moving}
# Over both databases far more than fifty: so many steps there must be to die at for each verb.
FEWEST = 8


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_lost_or_doubled_wherever_hq_dies(siege: Siege, verb: str) -> None:
    begin = partial(VERBS[verb], siege)
    steps = siege.steps_of(begin(f"{verb} in peace"))
    assert steps >= FEWEST
    for step in range(1, steps + 1):
        siege.kill_at(step, begin(f"{verb} {step}"))
    siege.judge()


def test_the_judgement_notices_an_order_that_is_gone(siege: Siege) -> None:
    siege.placed["never placed"] = 1
    with pytest.raises(AssertionError):
        siege.judge()
    del siege.placed["never placed"]
    siege.judge()
