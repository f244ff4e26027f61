"""One exchange: bounded in time and size, never redirected, blind to the environment; statuses are sorted."""

from __future__ import annotations

import socket
import threading

import pytest

from hq.messages.channels.port import Retry
from hq.messages.exchange import Answer, check_status, exchange
from tests.hq.messages.provider import Says, provider


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with provider(lambda _: Says({}, 302, {"location": "http://127.0.0.1:9/"})) as there:
        assert exchange("POST", there.url, content=b"{}").status == 302
    assert len(there.heard) == 1


def test_proxies_of_the_environment_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.setenv("all_proxy", "http://127.0.0.1:9")
    with provider(lambda _: Says({"ok": 1})) as there:
        assert exchange("GET", there.url).json() == {"ok": 1}


def test_an_answer_that_is_too_large_is_not_read() -> None:
    with provider(lambda _: Says(b"x" * 1_100_000)) as there, pytest.raises(Retry, match="too large"):
        exchange("GET", there.url)


def test_nobody_there_is_worth_another_try() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        with pytest.raises(Retry, match="ConnectError"):
            exchange("GET", f"http://127.0.0.1:{free.getsockname()[1]}/")


def test_headers_that_trickle_in_end_at_the_deadline() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        over = threading.Event()

        def trickle() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"HTTP/1.1 200 OK\r\nx-slow: 1")
                over.wait()

        thread = threading.Thread(target=trickle)
        thread.start()
        with pytest.raises(Retry, match="no answer within"):
            exchange("GET", f"http://127.0.0.1:{listener.getsockname()[1]}/", deadline=0.2)
        over.set()
        thread.join()


@pytest.mark.parametrize("status", [408, 425, 429, 500, 502, 503])
def test_a_provider_in_trouble_is_worth_another_try(status: int) -> None:
    with pytest.raises(Retry, match=str(status)) as later:
        check_status(Answer(status, b"", pause=30))
    assert later.value.after == 30


@pytest.mark.parametrize("body", [b"<html>sign in</html>", b"[]", b"\xff"])
def test_what_is_not_a_providers_json_is_worth_another_try(body: bytes) -> None:
    with pytest.raises(Retry):
        Answer(200, body).json()


@pytest.mark.parametrize(("told", "pause"), [("30", 30), ("999999", 3_600), ("soon", 0), ("", 0), ("9" * 30, 0)])
def test_a_pause_is_taken_as_seconds_up_to_an_hour(told: str, pause: int) -> None:
    with provider(lambda _: Says({}, 429, {"retry-after": told})) as there:
        assert exchange("GET", there.url).pause == pause
