"""Several workers: one HQ on one port, whoever of them dies."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import httpx
import psutil
import pytest

from hq.serve import run
from sync.wire import FeedPage, OrderItem, TimeAnswer
from tests.hq.postgres import Cluster
from tests.hq.server import Counter, Mall, Running, next_store, running

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


@pytest.fixture(scope="module")
def hq(tmp_path_factory: pytest.TempPathFactory, postgres: Cluster) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("hq"), database_url=postgres.database(), workers=2) as one:
        yield one
        one.process.send_signal(signal.SIGTERM)
        assert one.process.wait(20) == 0


@pytest.fixture
def mall(hq: Running) -> Iterator[Mall]:
    mall = Mall(hq.operator, next_store())
    mall.open_store()
    mall.add_product(7)
    yield mall
    mall.close()


@pytest.fixture
def counter(mall: Mall) -> Counter:
    return mall.enrol()


def workers(hq: Running) -> list[psutil.Process]:
    """Return the processes that serve; the supervisor's other child follows resources up."""
    return [child for child in psutil.Process(hq.process.pid).children() if "spawn_main" in " ".join(child.cmdline())]


def test_the_ready_line_names_the_desk_and_the_back_office(hq: Running) -> None:
    said = re.fullmatch(r"HQ ready on (\S+) with 2 workers, its back office on (\S+)\n", hq.said)
    assert said
    for url in said.groups():
        assert TimeAnswer.model_validate_json(httpx.get(url + "/v1/time").content).ziti == "hq"
    assert len(workers(hq)) == 3


def test_the_back_office_serves_no_store(hq: Running) -> None:
    back_office = hq.said.split()[-1]
    assert httpx.get(back_office + "/v1/terminal/feed").status_code == 404


def test_what_one_worker_wrote_wakes_the_polls_of_all(mall: Mall, counter: Counter) -> None:
    page = counter.pull()
    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(a_poll, counter, page.cursor, page.generation) for _ in range(8)]
        number = mall.place()["number"]
        assert [poll.result() for poll in waiting] == [[number]] * 8


def a_poll(counter: Counter, after: int, generation: str) -> list[int]:
    # A connection of its own, so that the polls are spread over the workers.
    with closing(Counter(counter.enrolled, str(counter.client.base_url)).client) as client:
        params: dict[str, str | int] = {"after": after, "generation": generation, "wait": 25}
        answer = client.get("/v1/terminal/feed", params=params)
    rows = FeedPage.model_validate_json(answer.raise_for_status().content).rows
    return [row.item.number for row in rows if isinstance(row.item, OrderItem)]


def test_one_key_asked_by_many_at_once_is_one_order(hq: Running, mall: Mall) -> None:
    wish = mall.wish()

    def ask(_: int) -> tuple[int, int]:
        with httpx.Client(base_url=hq.url, headers=hq.operator.headers, timeout=30) as client:
            answer = Mall(client, mall.store).try_to_place(wish, "same")
            return answer.status_code, answer.json().get("number", 0)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(16)))
    assert len({number for _, number in answers}) == 1, answers
    assert {status for status, _ in answers} <= {200, 201}
    assert len(mall.orders()) == 1


def test_workers_that_died_are_replaced(hq: Running, mall: Mall) -> None:
    before = workers(hq)
    for each in before:
        each.kill()
    psutil.wait_procs(before)
    # The supervisor holds the port: who comes meanwhile waits for the next worker.
    with httpx.Client(base_url=hq.url, headers=hq.operator.headers, timeout=30) as client:
        assert Mall(client, mall.store).try_to_place(mall.wish(), "after").status_code == 201
    back_office = hq.said.split()[-1]
    assert httpx.get(back_office + "/v1/time", timeout=30).is_success
    assert not {each.pid for each in before} & {each.pid for each in workers(hq)}


def test_a_worker_that_is_asked_to_stop_is_replaced_too(hq: Running) -> None:
    one = workers(hq)[0]
    one.terminate()
    psutil.wait_procs([one])
    assert httpx.get(hq.url + "/v1/time", timeout=30).is_success


def test_a_second_hq_on_the_same_data_says_so(hq: Running, capsys: Capture) -> None:
    assert run(hq.data, port=0) == 1
    assert capsys.readouterr().err.startswith("Another HQ already runs on ")


def test_several_workers_on_sqlite_are_refused_in_words(tmp_path: Path, capsys: Capture) -> None:
    assert run(tmp_path, port=0, workers=2) == 1
    assert capsys.readouterr().err.startswith("Several workers need PostgreSQL")


def test_a_database_that_is_not_there_is_said_in_words(tmp_path: Path, monkeypatch: Patch, capsys: Capture) -> None:
    monkeypatch.setenv("ZITI_HQ_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")
    assert run(tmp_path, port=0, workers=2) == 1
    assert capsys.readouterr().err == "HQ's database does not answer: check that it runs and is reachable.\n"


def test_a_stop_is_clean_although_polls_are_open(tmp_path: Path, postgres: Cluster) -> None:
    with running(tmp_path, database_url=postgres.database(), workers=2) as hq, ThreadPoolExecutor(4) as pool:
        mall = Mall(hq.operator)
        mall.open_store()
        counter = mall.enrol()
        page = counter.pull()
        polls = [pool.submit(a_poll, counter, page.cursor, page.generation) for _ in range(4)]
        for _ in range(4):
            counter.pull()  # others have been served meanwhile: the polls before them are under way
        family = workers(hq)
        hq.process.send_signal(signal.SIGTERM)
        assert hq.process.wait(20) == 0
        # Who had been heard is answered; who still stood at the door is turned away.
        assert all(poll.result() == [] for poll in polls if not isinstance(poll.exception(), httpx.TransportError))
        assert not psutil.wait_procs(family, timeout=5)[1]
        mall.close()


def test_workers_do_not_outlive_a_supervisor_that_was_killed(tmp_path: Path, postgres: Cluster) -> None:
    with running(tmp_path, database_url=postgres.database(), workers=2) as hq:
        family = workers(hq)
        hq.process.kill()
        assert not psutil.wait_procs(family, timeout=20)[1]
