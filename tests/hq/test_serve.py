"""HQ as a process: ready when it listens, alone on its data, quick to stop, and forgetting nothing."""

from __future__ import annotations

import signal
import socket
import sqlite3
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from hq import settings
from hq.office import Office
from hq.serve import listening, run
from tests.hq.server import Mall, Running, running, settings_in

Capture = pytest.CaptureFixture[str]


def test_a_stop_is_clean_although_a_poll_is_open(tmp_path: Path) -> None:
    with running(tmp_path) as hq, ThreadPoolExecutor(1) as pool:
        mall = Mall(hq.operator)
        mall.open_store()
        counter = mall.enrol()
        page = counter.pull()
        polling = pool.submit(counter.pull, page.cursor, page.generation, wait=25)
        while not polling.running():
            pass
        counter.push()  # a second connection has been served: the poll before it is under way
        hq.process.send_signal(signal.SIGTERM)
        assert hq.process.wait(20) == 0
        assert polling.result().rows == ()
        mall.close()
    assert not list(tmp_path.glob("*-wal"))


def test_a_second_hq_on_the_same_data_says_so(hq: Running, capsys: Capture) -> None:
    assert run(hq.data, port=0) == 1
    said = capsys.readouterr()
    assert said.err.startswith("Another HQ already runs on ")
    assert said.out == ""


def test_a_port_that_is_taken_is_said_in_words(hq: Running, tmp_path: Path, capsys: Capture) -> None:
    assert run(tmp_path, port=urlsplit(hq.url).port or 0) == 1
    assert capsys.readouterr().err.startswith("HQ cannot listen on 127.0.0.1 port")


def test_what_was_acknowledged_survives_a_kill(tmp_path: Path) -> None:
    with running(tmp_path) as hq:
        mall = Mall(hq.operator)
        mall.open_store()
        mall.add_product()
        placed = mall.place()
        hq.process.kill()
        hq.process.wait(20)
    with running(tmp_path) as hq:
        again = Mall(hq.operator).order(placed["number"])
    assert (again["pickup_code"], again["short_code"]) == (placed["pickup_code"], placed["short_code"])


def test_data_of_a_newer_release_is_refused_in_words(tmp_path: Path, capsys: Capture) -> None:
    Office.open(settings_in(tmp_path)).close()
    with sqlite3.connect(tmp_path / "hq.sqlite3") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    assert run(tmp_path, port=0) == 1
    assert capsys.readouterr().err == "HQ's data was written by a newer release: start that release instead.\n"


def test_a_damaged_database_is_said_in_words(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "hq.sqlite3").write_bytes(b"this is no database" * 1000)
    assert run(tmp_path, port=0) == 1
    assert capsys.readouterr().err == "HQ's database file is damaged: restore the last backup.\n"


def test_a_folder_that_is_a_file_is_said_in_words(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "data").write_text("x")
    assert run(tmp_path / "data", port=0) == 1
    assert str(tmp_path / "data") in capsys.readouterr().err


def test_the_operator_token_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    first = settings.load(tmp_path, {})
    path = tmp_path / "operator-token"
    assert settings.load(tmp_path, {}).operator_token == first.operator_token == path.read_text().strip()
    assert len(first.operator_token) >= 43
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_environment_names_token_database_and_address(tmp_path: Path) -> None:
    told = {
        "ZITI_HQ_OPERATOR_TOKEN": "t",
        "ZITI_HQ_DATABASE_URL": "postgresql://db/ziti",
        "ZITI_HQ_PUBLIC_URL": "https://pickup.example/",
    }
    loaded = settings.load(tmp_path, told)
    assert (loaded.operator_token, loaded.database_url) == ("t", "postgresql://db/ziti")
    assert loaded.public_url == "https://pickup.example"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_port_zero_is_any_free_one(host: str) -> None:
    with listening(host, 0) as one, listening(host, 0) as other:
        assert 0 < one.getsockname()[1] != other.getsockname()[1]


def test_answers_are_sent_without_waiting_for_a_full_packet() -> None:
    with listening("127.0.0.1", 0) as listener:
        assert listener.proto == socket.IPPROTO_TCP
