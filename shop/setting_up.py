"""Sets a small shop up from its owner's answers; every step may be done again, so a crash loses nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from app.domain.rules import LeadRule, rule_as_json
from app.domain.small_shop import (
    MOST_ON_STOREFRONT,
    SLUG,
    STORE,
    Draft,
    Preview,
    Reach,
    SheetFlaw,
    SheetRow,
    Step,
    Storefront,
)
from app.files import write_whole
from app.usecases.enrol import Enrolment
from shop import address
from shop.keeper import HERE, NETWORK, Keeper
from shop.operator import Operator
from shop.papers import Facts, Papers

PUBLIC = "ZITI_HQ_PUBLIC_URL"
OWNER = "owner"
_RULES = {"window": rule_as_json(LeadRule(lead_minutes=30))}
_ALWAYS = {"starts_at": "2020-01-01T00:00:00+00:00", "ends_at": "2099-12-31T00:00:00+00:00"}
EXAMPLES = "examples.csv"
_EXAMPLES = (
    "名称,价格,库存,分区,备货时间,货号\n"
    "黄油可颂,9.00,20,常温,0,EX-1\n"
    "鲜榨橙汁,16.00,12,冷藏,0,EX-2\n"
    "红烧肉便当,32.00,15,保温,20,EX-3\n"
).encode()


@dataclass(frozen=True, slots=True)
class Machine:
    """What the terminal beside HQ is asked: who it is, and to enrol with (address, code, name)."""

    enrolment: Callable[[], Enrolment | None]
    enrol: Callable[[str, str, str], object]


class ShopSetup:
    """What `ui.shop` asks; every method may wait and is called on a worker's thread."""

    def __init__(self, papers: Papers, keeper: Keeper, machine: Machine) -> None:
        self._papers, self._keeper, self._machine = papers, keeper, machine

    @property
    def ready(self) -> bool:
        """Whether the shop is open; never waits."""
        return self._papers.now.ready

    @property
    def draft(self) -> Draft:
        """The answers so far; never waits."""
        return self._papers.now.draft

    @property
    def needs_pin(self) -> bool:
        """Whether the owner must choose a PIN: it is kept nowhere but at HQ; never waits."""
        return not self._papers.now.has_staff

    def keep(self, draft: Draft) -> None:
        """Remember the answers so far."""

        def keep(now: Facts) -> Facts:
            # Another person has another PIN.
            return replace(now, draft=draft, has_staff=now.has_staff and now.draft.person == draft.person)

        self._papers.change(keep)

    def look(self, content: bytes, name: str) -> Preview:
        """Show what a sheet would become, and keep it for the set-up."""
        with self._operator() as hq:
            told = hq.upload("/v1/imports/products", content, name=name, dry_run="true")
        preview = _preview(told, name)
        if preview.rows:
            self._papers.keep_sheet(content)
        return preview

    def look_again(self) -> Preview | None:
        """Show the sheet that was kept, if the owner chose one."""
        draft = self.draft
        return self.look(self._papers.sheet, draft.sheet_name) if draft.products == "sheet" else None

    def write_template(self, path: Path) -> None:
        """Write an empty sheet to fill in."""
        with self._operator() as hq:
            write_whole(path, hq.download("/v1/imports/products/template"))

    def set_up(self, draft: Draft, pin: str, told: Callable[[Step], None]) -> Storefront:
        """Do every step, in order; raise what the owner must know, after which it can be tried again."""
        self.keep(draft)
        told(Step.START)
        self._keeper.wait()
        with self._operator() as hq:
            told(Step.STORE)
            hq.put(f"/v1/stores/{STORE}", _store(draft))
            told(Step.PRODUCTS)
            products = self._take_products(hq, draft)
            told(Step.STAFF)
            self._take_staff(hq, draft, pin)
            told(Step.STOREFRONT)
            hq.put(f"/v1/live-sessions/{SLUG}", _session(draft, products))
            told(Step.TERMINAL)
            self._take_terminal(hq, draft)
        told(Step.OPEN)
        self._papers.note(ready=True, port=self._keeper.port)
        self._keeper.listen_on(NETWORK if draft.on_network else HERE)
        self._keeper.wait()
        return self.storefront()

    def storefront(self) -> Storefront:
        """Return where customers find the shop."""
        facts, keeper = self._papers.now, self._keeper
        base = public_base(facts.address, keeper.port, on_network=facts.draft.on_network)
        public = bool(os.environ.get(PUBLIC))
        reach: Reach = "network" if facts.draft.on_network else "here"
        if public or (facts.draft.on_network and facts.address.startswith("https://")):
            reach = "public"
        moved = keeper.moved and not public
        return Storefront(address.link(base), facts.draft.name, reach, moved, trial=_is_trial())

    def move_to(self, typed: str) -> Storefront:
        """Take another address for phones (empty: this PC's own), or raise `NotAnAddress`."""
        self._papers.note(address=address.clean_address(typed, self._keeper.port))
        return self.storefront()

    # ── steps ──────────────────────────────────────────────────────────────────────────────────────────────

    def _take_products(self, hq: Operator, draft: Draft) -> list[dict[str, Any]]:
        content = self._papers.sheet if draft.products == "sheet" else _EXAMPLES
        name = draft.sheet_name if draft.products == "sheet" else EXAMPLES
        told = hq.upload("/v1/imports/products", content, name=name, store=STORE, dry_run="false", only_good="true")
        return [row["product"] for row in told["rows"]]

    def _take_staff(self, hq: Operator, draft: Draft, pin: str) -> None:
        person = {"name": draft.person, "role": "manager", **({"pin": pin} if pin else {})}
        hq.put(f"/v1/stores/{STORE}/staff/{OWNER}", person)
        self._papers.note(has_staff=True)

    def _take_terminal(self, hq: Operator, draft: Draft) -> None:
        me = self._machine.enrolment()
        if me is None:
            code = hq.post(f"/v1/stores/{STORE}/enrolment-codes")["code"]
            self._machine.enrol(self._keeper.wait(), code, draft.terminal)
            me = self._machine.enrolment()
        if me is None:
            raise AssertionError("the terminal was enrolled and does not know it")
        # A crash after HQ took it in and before this machine kept it left a terminal that leads and is nobody.
        for other in hq.get(f"/v1/stores/{STORE}/terminals")["terminals"]:
            if other["id"] == me.terminal_id and not other["leads"]:
                lead = {"terminal_id": me.terminal_id, "old_is_switched_off": True, "by": draft.person}
                hq.put(f"/v1/stores/{STORE}/lead", lead)
        for other in hq.get(f"/v1/stores/{STORE}/terminals")["terminals"]:
            if other["id"] != me.terminal_id and other["revoked_at"] is None:
                hq.post(f"/v1/stores/{STORE}/terminals/{other['id']}/revoke")

    @contextmanager
    def _operator(self) -> Iterator[Operator]:
        self._keeper.wait()
        operator = self._keeper.hq.operator()
        try:
            yield operator
        finally:
            operator.close()


def public_base(typed: str, port: int, *, on_network: bool) -> str:
    """Return what links begin with: as configured, as the owner said, or this PC's address."""
    if public := os.environ.get(PUBLIC, "").rstrip("/"):
        return public
    if not on_network:
        return f"http://{HERE}:{port}"
    return typed or f"http://{address.lan_address() or HERE}:{port}"


def _is_trial() -> bool:
    """Tell whether HQ's till is the sandbox: nobody has configured a payment provider."""
    return not any(name.startswith("ZITI_HQ_WECHAT_") and value for name, value in os.environ.items())


def _store(draft: Draft) -> dict[str, Any]:
    return {
        "name": draft.name,
        "address": draft.address,
        "phone": draft.phone,
        "time_zone": draft.time_zone,
        "early_minutes": 15,
        "late_minutes": 120,
        "hours": json.dumps(draft.hours.as_json),
    }


def _session(draft: Draft, products: list[dict[str, Any]]) -> dict[str, Any]:
    offers = [
        {"product_number": product["number"], "price_fen": product["price_fen"]}
        for product in products[:MOST_ON_STOREFRONT]
    ]
    return {
        "title": draft.name,
        **_ALWAYS,
        "offers": offers,
        "rules": _RULES,
        "discount_percent": draft.discount_percent,
        "store_numbers": [STORE],
    }


def _preview(told: dict[str, Any], name: str) -> Preview:
    rows = tuple(
        SheetRow(row["row"], row["product"]["name"], row["product"]["price_fen"], row["stock"]) for row in told["rows"]
    )
    return Preview(name, rows, tuple(SheetFlaw(**flaw) for flaw in told["errors"]), told["error_count"])
