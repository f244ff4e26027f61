"""Accepted orders per second, in turns with the floors: the bare web tier, and the bare database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from http import HTTPStatus

from benchmarks.load.burst import Stage
from benchmarks.load.direct import Direct
from benchmarks.load.market import Market
from benchmarks.load.plain import Plain
from benchmarks.load.wire import Crowd, request
from benchmarks.measure import Figure, median

_SHARE = 0.5
_JSON = {"Content-Type": "application/json"}

Act = Callable[[int], float]


def run(stage: Stage, crowd: Crowd, count: int, rounds: int, clients: int, direct_url: str = "") -> Iterator[Figure]:
    """Place orders that every store can serve, round after round; `direct_url` is a market that psycopg may have."""
    with ExitStack() as stack:
        hq, plain = stack.enter_context(stage.open()), stack.enter_context(Plain(stage.workers))
        acts: dict[str, Act] = {
            "orders": lambda at: _orders(stage.market, crowd, hq.url, f"{stage.name}-{at}", count, clients),
            "POST": lambda at: _posts(stage.market, crowd, plain.url, f"{at}", count, clients),
        }
        if direct_url:
            direct = stack.enter_context(Direct(direct_url))
            acts["psycopg"] = lambda at: direct.rate(stage.market.calm(count, f"direct-{at}"), clients)
        # The first round warms up: connections, statements, the interpreter.
        found = _in_turns(acts, rounds + 1)
    rates = {name: median(samples[1:]) for name, samples in found.items()}
    floors = {name: rate for name, rate in rates.items() if name != "orders"}
    smaller = min(floors, key=floors.__getitem__)
    yield Figure(
        "accepted orders",
        rates["orders"],
        "/s",
        floors[smaller],
        factor=_SHARE,
        more_is_better=True,
        note=f"{clients} clients, {_workers(stage)}; floor: {smaller}; shares by round {_shares(found, smaller)}",
    )
    for name, rate in floors.items():
        yield Figure(f"floor, {_NAMES[name]}", rate, "/s", note=", ".join(f"{each:,.0f}" for each in found[name][1:]))


def _workers(stage: Stage) -> str:
    return "1 worker" if stage.workers == 1 else f"{stage.workers} workers"


_NAMES = {"POST": "a validated POST that does nothing", "psycopg": "the transaction through psycopg"}


def _in_turns(acts: dict[str, Act], rounds: int) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {name: [] for name in acts}
    for at in range(rounds):
        for name, act in acts.items():
            found[name].append(act(at))
    return found


def _shares(found: dict[str, list[float]], floor: str) -> str:
    shares = [one / other for one, other in zip(found["orders"][1:], found[floor][1:], strict=True)]
    return ", ".join(f"{share:.0%}" for share in shares)


def _orders(market: Market, crowd: Crowd, url: str, name: str, count: int, clients: int) -> float:
    drive = crowd.send(url, [market.as_request(wish) for wish in market.calm(count, name)], clients)
    accepted = drive.count(HTTPStatus.CREATED)
    assert accepted == count, f"{count - accepted} of {count} orders were not accepted"
    return accepted / drive.seconds


def _posts(market: Market, crowd: Crowd, url: str, name: str, count: int, clients: int) -> float:
    sent = [request("POST", "/orders", _JSON, market.body(wish)) for wish in market.calm(count, name)]
    drive = crowd.send(url, sent, clients)
    assert drive.count(HTTPStatus.OK) == count
    return count / drive.seconds
