"""`python -m benchmarks.hq_load` puts load on HQ over HTTP and prints each figure beside its floor of the same run."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import report
from benchmarks.load import burst, rates, readers, uploads
from benchmarks.load.burst import Stage
from benchmarks.load.market import Market
from benchmarks.load.wire import Crowd
from benchmarks.measure import Figure
from tests.hq.postgres import Cluster, cluster

OUTPUT = Path("bench-output") / "hq.json"


@dataclass(frozen=True, slots=True)
class Load:
    """How much of everything; `SMALL` only proves that the benchmarks still run."""

    market: Market
    burst: int = 10_000
    orders: int = 2_000
    rounds: int = 3
    clients: int = 64
    batches: int = 10
    pages: int = 3_000


FULL = Load(Market())
SMALL = Load(Market(stores=12, hot=3, pieces=5), burst=60, orders=24, rounds=1, clients=4, batches=1, pages=20)


def main() -> int:
    """Run everything; a missed figure is told, not punished."""
    figures: dict[str, list[Figure]] = {}
    for name, group in measured(FULL):
        print(f"\n{name}", flush=True)
        figures[name] = []
        for figure in group:
            figures[name].append(figure)
            print(report.line(figure), flush=True)
    report.write(OUTPUT, figures)
    print(report.summary(figures, OUTPUT))
    return 0


def measured(load: Load) -> Iterator[tuple[str, Iterator[Figure]]]:
    """Yield the figures of each database, SQLite with one worker and PostgreSQL with two; each group is to be read."""
    with tempfile.TemporaryDirectory(prefix="ziti-load-") as folder, Crowd() as crowd:
        yield "SQLite", _on_sqlite(load, crowd, Path(folder))
        with cluster(durable=True) as server:
            yield "PostgreSQL", _on_postgresql(load, crowd, Path(folder), server)


def _on_sqlite(load: Load, crowd: Crowd, folder: Path) -> Iterator[Figure]:
    def stage(name: str) -> Stage:
        data = folder / f"sqlite-{name}"
        load.market.open(data)
        return Stage(f"sqlite-{name}", "", 1, load.market, data)

    yield from _figures(load, crowd, stage, "")


def _on_postgresql(load: Load, crowd: Crowd, folder: Path, server: Cluster) -> Iterator[Figure]:
    def stage(name: str) -> Stage:
        data, url = folder / f"postgresql-{name}", server.database()
        load.market.open(data, url)
        return Stage(f"postgresql-{name}", url, 2, load.market, data)

    yield from _figures(load, crowd, stage, stage("direct").database_url)


def _figures(load: Load, crowd: Crowd, stage: Callable[[str], Stage], direct_url: str) -> Iterator[Figure]:
    yield from burst.run(stage("burst"), crowd, load.burst, load.clients)
    calm = stage("calm")
    yield from rates.run(calm, crowd, load.orders, load.rounds, load.clients, direct_url)
    yield from uploads.run(calm, crowd, load.batches, load.rounds, load.clients)
    yield from readers.run(calm, crowd, load.pages)


if __name__ == "__main__":
    sys.exit(main())
