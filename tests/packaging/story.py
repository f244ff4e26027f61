"""What a shop does on its first day, told to the built program: enrol, scan a code, hand over, close."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.domain.order import Status
from demo import shop
from demo.headquarters import Headquarters, Operator, Placed
from tests.patience import insist, until
from tests.terminal import Till

NAME = "Till 1"


def first_day(program: Path, data: Path, open_till: Callable[[Path], Till]) -> int:
    """Tell the story with HQ and the terminal from the same bundle; return the terminal's exit code."""
    hq = Headquarters(data / "hq", (str(program), "-m", "shop.leashed", "hq"), {"ZITI_HQ_DATABASE_URL": ""})
    hq.start()
    try:
        with closing(hq.operator()) as operator, open_till(data / "till") as till:
            shop.load(operator)
            enrol(till, operator, hq.url)
            hand_over(till, operator)
            return till.close()
    finally:
        hq.stop()


def enrol(till: Till, operator: Operator, hq: str) -> None:
    """Scan HQ's invitation, name the terminal, connect."""
    code = operator.post(f"/v1/stores/{shop.STORE}/enrolment-codes")["code"]

    def act() -> None:
        till.scan(f"{hq}#{code}")
        till.write(NAME)
        till.press("Return")

    insist("the enrolment", act, lambda: till.facts("SELECT 1 FROM meta WHERE key = 'identity'"))


def hand_over(till: Till, operator: Operator) -> None:
    """Redeem one order by its code, and wait until HQ knows."""
    placed = place(operator)
    until("the order at the terminal", lambda: till.facts(f"SELECT 1 FROM orders WHERE number = {placed.number}"))

    def act() -> None:
        till.scan(placed.code)
        till.press("Return")

    insist("the claim", act, lambda: till.facts("SELECT 1 FROM claims"))
    insist("the hand-over", lambda: till.press("Return"), lambda: till.facts("SELECT 1 FROM redemptions"))
    until("HQ's word of it", lambda: operator.status(placed.number) == Status.COMPLETED)


def place(operator: Operator) -> Placed:
    """Order something that can be collected now."""
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    window = {"opens": (now - timedelta(hours=1)).isoformat(), "closes": (now + timedelta(hours=3)).isoformat()}
    return operator.place("smoke-1", shop.order("张三", "13800004821", {shop.PORK: 2}) | window)
