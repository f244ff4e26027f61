"""`kill -9` of HQ at every step of what it writes for an order: nothing acknowledged is lost, nothing stands twice."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections import Counter as Tally
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from hq.payments.sandbox import Sandbox
from hq.vault import Vault
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

    def __init__(self, data: Path, nursery: subprocess.Popen[str], stride: int) -> None:
        self.data = data
        self.stride = stride
        self.placed: dict[str, int] = {}
        self._nursery = nursery
        self._teller = Teller()
        self._dooms = count(1)
        self._open_hq()
        self.mall.open_store()
        self.mall.add_product()
        self._wish = self.mall.wish()
        self.bought: dict[str, str] = {}
        self._open_session()
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

    def checking_out(self, key: str) -> Act:
        phone = self._phone(key)

        def check_out() -> None:
            told = self._check_out(phone, key)
            assert self.bought.setdefault(key, told["id"]) == told["id"], f"{key} became two checkouts"

        return check_out

    def paying(self, key: str) -> Act:
        phone = self._phone(key)
        begun = self._check_out(phone, key)
        self.bought[key] = begun["id"]
        with self._till() as till:
            cashier = httpx.URL(begun["pay"]["data"]["url"])
            payment_id = cashier.path.rpartition("/")[2]
            till.pay(till.read_ticket(payment_id, cashier.params["ticket"], cashier.params["token"]))
            headers, body = till.notice(payment_id)

        def be_told() -> None:
            self.mall.client.post("/v1/payments/sandbox/notice", headers=headers, content=body).raise_for_status()
            path = f"/v1/mall/checkouts/{self.bought[key]}"
            page = self.mall.client.get(path, headers=phone).raise_for_status().json()["order"]
            label = self.mall.client.get(f"/v1/mall/orders/{page}").raise_for_status().json()["label"]
            self.paid.setdefault(key, label)
            assert self.paid[key] == label, f"{key} was paid once and became two orders"

        return be_told

    def _phone(self, key: str) -> dict[str, str]:
        if key not in self._phones:
            token = self.mall.client.post("/v1/mall/customers").raise_for_status().json()["token"]
            self._phones[key] = {"Authorization": f"Bearer {token}"}
        return self._phones[key]

    def _check_out(self, phone: dict[str, str], key: str) -> dict[str, Any]:
        headers = {**phone, "Idempotency-Key": key}
        answer = self.mall.client.post("/v1/mall/checkouts", json=self._cart, headers=headers)
        told: dict[str, Any] = answer.raise_for_status().json()
        return told

    def _open_session(self) -> None:
        client, store = self.mall.client, self.mall.store
        now = datetime.now(UTC)
        client.put("/v1/products/8", json={"name": "可颂", "price_fen": 900, "counted": True}).raise_for_status()
        counts = {"counts": [{"product_number": 8, "on_hand": 500}]}
        client.put(f"/v1/stores/{store}/stock", json=counts).raise_for_status()
        session = {
            "title": "今晚",
            "starts_at": (now - timedelta(hours=1)).isoformat(),
            "ends_at": (now + timedelta(hours=3)).isoformat(),
            "offers": [{"product_number": 8, "price_fen": 900}],
            "rules": {"window": {"kind": "clock", "opens": "00:00", "closes": "23:45", "days_after": 2}},
        }
        client.put("/v1/live-sessions/tonight", json=session).raise_for_status()
        lines = [{"product_number": 8, "quantity": 1}]
        offers = client.post("/v1/mall/sessions/tonight/offers", json={"lines": lines}).raise_for_status().json()
        window = offers["stores"][0]["windows"][0]
        who = {"name": "王小明", "phone": "13812345678"}
        when = {"opens": window["opens"], "closes": window["closes"]}
        self._cart = {"session": "tonight", "store_number": store, **when, "lines": lines, **who}
        self._phones: dict[str, dict[str, str]] = {}
        self.paid: dict[str, str] = {}

    @contextlib.contextmanager
    def _till(self) -> Iterator[Sandbox]:
        """Open the sandbox's books beside HQ, as another process of it would."""
        till = Sandbox(self.data / "payments", Vault.open(self.data / "secrets.json").secret("sandbox-pay"))
        yield till
        till.stop()

    # ── the end, and the judgement ─────────────────────────────────────────────────────────────────────────

    def kill_at(self, step: int, act: Act) -> bool:
        """Have HQ die at a step of something, start anew, and do it again; False when it was done in fewer steps."""
        self._doom(step)
        try:
            act()
        except httpx.TransportError:
            assert self._hear() == "died"
        else:
            self._spare()
            return False
        self._spare()
        self.close()
        self._open_hq()
        self.counter = Counter(self._enrolled, self._url)
        act()
        return True

    def _doom(self, step: int) -> None:
        (self.data / "doom").write_text(f"{next(self._dooms)}:{step}", "ascii")

    def _spare(self) -> None:
        (self.data / "doom").unlink()

    def judge(self) -> None:
        """Hold what HQ has against what it had acknowledged, and its feed against what it has."""
        orders = self.mall.all_orders()
        versions = {order["number"]: order["version"] for order in orders}
        assert sorted(order["label"] for order in orders if order["number"] not in self.placed.values()) == sorted(
            self.paid.values()
        )
        assert set(self.placed.values()) <= versions.keys()
        self._judge_money()
        rows = self.counter.pull().rows
        assert [row.seq for row in rows] == sorted({row.seq for row in rows})
        told = [(row.item.number, row.item.version) for row in rows if isinstance(row.item, OrderItem)]
        assert sorted(told) == sorted(versions.items())
        assert self.mall.incidents() == []

    def _judge_money(self) -> None:
        """Hold what was charged, and what is promised of the shelf, against the checkouts."""
        with self._till() as till:
            charged = Tally(entry.payment_id for entry in till.ledger() if entry.kind == "charge")
        assert len(charged) == len(self.paid)
        assert set(charged.values()) <= {1}
        path = f"/v1/stores/{self.mall.store}/stock"
        held = {each["product_number"]: each for each in self.mall.client.get(path).json()["stock"]}[8]
        assert held["reserved"] == len(self.bought), "each checkout holds one piece, paid or not"


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
        one = Siege(data, nursery, stride=4 if url else 2)
        end.callback(one.close)
        yield one


def _end(nursery: subprocess.Popen[str]) -> None:
    """Hang up: the HQ of the hour ends, and the nursery after it."""
    assert nursery.stdin
    assert nursery.stdout
    nursery.stdin.close()
    nursery.stdout.read()
    nursery.wait(20)


VERBS = {
    "place": Siege.placing,
    "hand over": Siege.handing_over,
    "cancel": Siege.cancelling,
    "move": Siege.moving,
    "check out": Siege.checking_out,
    "pay": Siege.paying,
}
# Over both databases far more than fifty: so many steps there must be to die at for each verb.
FEWEST = 8


@pytest.mark.parametrize("verb", VERBS)
def test_nothing_is_lost_or_doubled_wherever_hq_dies(siege: Siege, verb: str) -> None:
    begin = partial(VERBS[verb], siege)
    # Every other step; on PostgreSQL, whose server outlives HQ, every fourth: a start there takes as long as several.
    # How many steps a thing takes is not the same each time (what is remembered is not asked again): on until it lives.
    deaths = count(1, siege.stride)
    steps = next(step for step in deaths if not siege.kill_at(step, begin(f"{verb} {step}")))
    assert steps > FEWEST
    siege.judge()


def test_the_judgement_notices_an_order_that_is_gone(siege: Siege) -> None:
    siege.placed["never placed"] = 1
    with pytest.raises(AssertionError):
        siege.judge()
    del siege.placed["never placed"]
    siege.judge()
