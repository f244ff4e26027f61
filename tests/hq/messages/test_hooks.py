"""Webhooks to the customer profile: kept with the fact, signed, tried until they arrive, safe against replays."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from hq import settings
from hq.messages import hook_worker, log
from hq.messages.hooks import ProfileEvent, ProfileKind, ProfileLine, post_profile_events
from hq.messages.settings import Hook
from hq.messages.signature import NotGenuine, opened, signature
from hq.office import Office
from hq.problems import Rejection
from hq.schema import webhooks
from tests.hq.messages.provider import Heard, Provider, Says, provider
from tests.hq.town import Town

SECRET = "shared-secret"


@pytest.fixture
def told(tmp_path: Path) -> Iterator[Town]:
    """Return a town whose customer profile wants to be told."""
    with Town(tmp_path) as town:
        town.office.settings = replace(town.office.settings, profile_hooks=True)
        yield town


def event(town: Town, dedup: str = "4711:paid", kind: ProfileKind = ProfileKind.PAID) -> ProfileEvent:
    return ProfileEvent(
        store_id=town.store.id,
        store_number=101,
        kind=kind,
        dedup=dedup,
        at=town.clock.now(),
        order_number=4711,
        customer_id="customer-1",
        lines=(ProfileLine(7, 2, 12_800),),
        amounts={"total_fen": 25_600},
        times={"placed_at": town.clock.now()},
    )


def post(town: Town, *events: ProfileEvent) -> None:
    town.office.write(lambda work: post_profile_events(work, events))


def kept(office: Office) -> list[log.HookRow]:
    return office.read(lambda conn: [log.HookRow(*row) for row in conn.execute(select(webhooks))])


def deliver(town: Town, there: Provider) -> int:
    return hook_worker.run_once(town.office, Hook(there.url + "/hook?tenant=1", SECRET))


def verified(heard: Heard, town: Town, is_new: Callable[[str], bool] = lambda _: True) -> object:
    class Headers(dict[str, str]):
        def get(self, name: str, default: str = "") -> str:  # type: ignore[override]
            return heard.headers.get(name.lower(), default)

    return opened(SECRET, Headers(), heard.body, now=town.clock.now().timestamp(), is_new=is_new)


def test_without_a_customer_profile_nothing_is_kept(town: Town) -> None:
    post(town, event(town))
    assert kept(town.office) == []


def test_the_environment_says_whether_there_is_one(tmp_path: Path) -> None:
    assert not settings.load(tmp_path, {}).profile_hooks
    assert settings.load(tmp_path, {"ZITI_HQ_WEBHOOK_URL": "https://cdp.example/hook"}).profile_hooks


def test_an_event_is_kept_once(told: Town) -> None:
    post(told, event(told), event(told), event(told, "4711:redeemed", ProfileKind.REDEEMED))
    post(told, event(told))
    assert sorted(row.kind for row in kept(told.office)) == ["order.paid", "order.redeemed"]


def test_a_webhook_tells_what_happened_and_carries_its_signature(told: Town) -> None:
    post(told, event(told))
    with provider(lambda _: Says({}, 204)) as there:
        assert [deliver(told, there), deliver(told, there)] == [1, 0]
    (row,) = kept(told.office)
    heard = there.last
    assert (row.status, row.done_at) == ("sent", told.clock.now())
    assert (heard.path, heard.query, heard.headers["ziti-event-id"]) == ("/hook", {"tenant": "1"}, row.id)
    expected = {
        "id": row.id,
        "kind": "order.paid",
        "at": "2026-08-01T06:00:00.000Z",
        "store": 101,
        "order": 4711,
        "customer": "customer-1",
        "lines": [{"product": 7, "quantity": 2, "price_fen": 12_800}],
        "amounts": {"total_fen": 25_600},
        "times": {"placed_at": "2026-08-01T06:00:00.000Z"},
    }
    assert verified(heard, told) == expected


def test_a_receiver_that_is_away_is_tried_until_it_is_back(told: Town) -> None:
    post(told, event(told))
    answers = iter([Says({}, 503, {"retry-after": "600"}), Says({}, 404), Says({})])
    with provider(lambda _: next(answers)) as there:
        deliver(told, there)
        assert kept(told.office)[0].next_at >= told.clock.now() + timedelta(minutes=10)
        for _ in range(2):
            told.clock.pass_time(hours=1)
            deliver(told, there)
    assert [heard.headers["ziti-event-id"] for heard in there.heard] == [kept(told.office)[0].id] * 3
    assert len({heard.headers["ziti-timestamp"] for heard in there.heard}) == 3
    assert kept(told.office)[0].status == "sent"


def test_one_that_never_arrives_is_given_up_visibly_and_can_be_revived(told: Town) -> None:
    post(told, event(told))
    with provider(lambda _: Says({}, 401)) as there:
        while kept(told.office)[0].status == "queued":
            told.clock.pass_time(hours=1)
            deliver(told, there)
    (dead,) = told.office.read(log.dead_hooks)
    assert (dead.status, dead.error, dead.attempts) == ("dead", "HTTP 401", 100)
    told.office.write(lambda work: log.revive_hook(work, dead.store_id, dead.id))
    with provider(lambda _: Says({})) as there:
        deliver(told, there)
    assert kept(told.office)[0].status == "sent"
    with pytest.raises(Rejection, match="given up"):
        told.office.write(lambda work: log.revive_hook(work, dead.store_id, dead.id))


def test_a_replay_is_recognised_by_its_id_and_by_its_age(told: Town) -> None:
    post(told, event(told))
    with provider(lambda _: Says({})) as there:
        deliver(told, there)
    seen: set[str] = set()

    def is_new(event_id: str) -> bool:
        return event_id not in seen and not seen.add(event_id)  # type: ignore[func-returns-value]

    assert verified(there.last, told, is_new)
    assert verified(there.last, told, is_new) is None
    told.clock.pass_time(seconds=301)
    with pytest.raises(NotGenuine, match="time"):
        verified(there.last, told)


@pytest.mark.parametrize(
    ("at", "body", "secret"), [(0, b'{"id": "2"}', SECRET), (1, b'{"id": "1"}', SECRET), (0, b'{"id": "1"}', "guess")]
)
def test_a_changed_body_time_or_secret_is_not_genuine(at: int, body: bytes, secret: str) -> None:
    signed = signature(secret, 1_000, b'{"id": "1"}')
    headers = {"Ziti-Timestamp": str(1_000 + at), "Ziti-Signature": signed}
    with pytest.raises(NotGenuine, match="signature"):
        opened(SECRET, headers, body, now=1_000, is_new=lambda _: True)


@pytest.mark.parametrize("headers", [{}, {"Ziti-Timestamp": "soon"}, {"Ziti-Timestamp": "9" * 30}])
def test_a_webhook_without_a_time_is_not_genuine(headers: dict[str, str]) -> None:
    with pytest.raises(NotGenuine, match="time"):
        opened(SECRET, headers, b"{}", now=1_000, is_new=lambda _: True)


def test_the_signature_is_what_the_documentation_computes() -> None:
    # printf '1785564000.{"id":"1"}' | openssl dgst -sha256 -hmac shared-secret
    told = signature(SECRET, 1_785_564_000, json.dumps({"id": "1"}, separators=(",", ":")).encode())
    assert told == "1b24c1ab83f534a2a51477d9f8f2463e4c591869cdfb10880f6bfdcd2a138b6a"
