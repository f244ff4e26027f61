"""Whatever answers in HQ's place: one named failure, within a bounded time and size."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.domain.events import GENESIS, EventKind, chain
from sync.client import BadAddress, HqClient, Limits
from sync.failures import (
    Busy,
    CaptivePortal,
    Failure,
    NotSecure,
    NotWelcome,
    ProtocolTooOld,
    RefusedByHq,
    ServerTrouble,
    TimedOut,
    Unreachable,
)
from sync.wire import EnrolRequest
from tests.sync import faults
from tests.sync.faults import Caller, FaultServer, Serve

NOW = datetime(2026, 8, 1, 6, 30, tzinfo=UTC)
PATIENT = Limits(size=1024 * 1024)
SHORT = Limits(connect=2.0, read=0.3, total=0.6)
EVENT = chain(
    GENESIS, id="e1", incarnation="i", seq=1, kind=EventKind.PREPARED, order_number=7, at=NOW, by="Wang", body={}
)


class FixedClock:
    def now(self) -> datetime:
        return NOW

    def monotonic(self) -> float:
        return 0.0


ENDPOINTS: dict[str, Callable[[HqClient], object]] = {
    "time": lambda client: client.time(),
    "enrol": lambda client: client.enrol(EnrolRequest(code="c", terminal_name="t", public_key="a" * 64)),
    "feed": lambda client: client.feed(0, ""),
    "push": lambda client: client.push([EVENT]),
}

FAULTS: dict[faults.Script, type[Failure]] = {
    faults.sign_in_page: CaptivePortal,
    faults.not_found_page: CaptivePortal,
    faults.redirect: CaptivePortal,
    faults.redirect_for_good: CaptivePortal,
    faults.proxy_wants_a_password: CaptivePortal,
    faults.bare_500: ServerTrouble,
    faults.gateway_page: ServerTrouble,
    faults.own_500: ServerTrouble,
    faults.half_a_body: ServerTrouble,
    faults.half_a_chunk: ServerTrouble,
    faults.no_json: ServerTrouble,
    faults.other_json: ServerTrouble,
    faults.no_object: ServerTrouble,
    faults.unmarked: ServerTrouble,
    faults.time_without_zone: ServerTrouble,
    faults.plain_text: ServerTrouble,
    faults.no_content: ServerTrouble,
    faults.flood: ServerTrouble,
    faults.not_gzip: ServerTrouble,
    faults.packed_twice: ServerTrouble,
    faults.no_http: ServerTrouble,
    faults.tls_alert: ServerTrouble,
    faults.thousand_headers: ServerTrouble,
    faults.foreign_401: ServerTrouble,
    faults.silence: TimedOut,
    faults.silence_after_the_head: TimedOut,
    faults.dripping_body: TimedOut,
    faults.dripping_head: TimedOut,
    faults.reset: Unreachable,
    faults.hang_up: Unreachable,
    faults.busy: Busy,
    faults.closed_for_repairs: Busy,
    faults.revoked: NotWelcome,
    faults.too_old: ProtocolTooOld,
    faults.refused: RefusedByHq,
}


def client_of(server: FaultServer, limits: Limits = PATIENT, token: str | None = "t0ken") -> HqClient:
    return HqClient(server.url, token, clock=FixedClock(), limits=limits)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("script", FAULTS, ids=lambda script: script.__name__)
def test_every_fault_at_every_endpoint_has_its_name(serve: Serve, script: faults.Script, endpoint: str) -> None:
    client = client_of(serve(script), SHORT if FAULTS[script] is TimedOut else PATIENT)
    with pytest.raises(Failure) as failure:
        ENDPOINTS[endpoint](client)
    assert type(failure.value) is FAULTS[script]
    assert str(failure.value)


def test_nobody_listening_is_unreachable(serve: Serve) -> None:
    server = serve(faults.silence)
    server.close()
    with pytest.raises(Unreachable):
        client_of(server).time()


def test_a_bomb_is_left_unpacked_at_the_default_limit(serve: Serve) -> None:
    with pytest.raises(ServerTrouble, match="larger than any answer"):
        client_of(serve(faults.bomb), Limits()).time()


def test_an_answer_in_hqs_words_is_taken(serve: Serve) -> None:
    server = serve(lambda caller: caller.answer_json(200, faults.ENVELOPE))
    assert client_of(server).time().hq_time == NOW


def test_a_second_request_uses_the_same_connection(serve: Serve) -> None:
    server = serve(lambda caller: caller.answer_json(200, faults.ENVELOPE))
    client = client_of(server)
    client.time(), client.time()
    assert server.callers[0].sock is server.callers[1].sock


def test_a_fault_does_not_spoil_the_next_request(serve: Serve) -> None:
    server = serve(faults.dripping_body)
    client = client_of(server, Limits(total=0.5))
    with pytest.raises(TimedOut):
        client.time()
    server.script = lambda caller: caller.answer_json(200, faults.ENVELOPE)
    assert client.time().hq_time == NOW


def test_the_request_names_terminal_protocol_and_position(serve: Serve) -> None:
    page = {**faults.ENVELOPE, "generation": "g", "cursor": 9, "head": 9}
    server = serve(lambda caller: caller.answer_json(200, page))
    client_of(server).feed(9, "g/&", wait=1)
    (caller,) = server.callers
    assert caller.path == "/v1/terminal/feed?after=9&generation=g%2F%26&wait=1&limit=150"
    assert (caller.header("Authorization"), caller.header("Ziti-Protocol")) == ("Bearer t0ken", "2")


def test_a_stranger_sends_no_token(serve: Serve) -> None:
    server = serve(lambda caller: caller.answer_json(200, faults.ENVELOPE))
    client_of(server, token=None).time()
    assert not server.callers[0].header("Authorization")


def test_the_environments_proxy_and_netrc_are_not_asked(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login someone password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    server = serve(lambda caller: caller.answer_json(200, faults.ENVELOPE))
    client_of(server).time()
    assert server.callers[0].header("Authorization") == "Bearer t0ken"


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("Retry-After: 7", 7.0), ("Retry-After: Sat, 01 Aug 2026 06:31:00 GMT", 60.0), ("Retry-After: soon", None)],
)
def test_busy_says_when_to_come_back(serve: Serve, header: str, seconds: float | None) -> None:
    with pytest.raises(Busy) as failure:
        client_of(serve(lambda caller: caller.answer(503, b"", header))).time()
    assert failure.value.retry_after == seconds


def test_a_refusal_carries_hqs_problem(serve: Serve) -> None:
    with pytest.raises(RefusedByHq, match="about enrolment_code") as failure:
        client_of(serve(faults.refused)).time()
    assert (failure.value.problem.code, failure.value.status) == ("enrolment_code", 403)


def test_close_ends_a_long_poll_and_refuses_the_next(serve: Serve) -> None:
    server = serve(faults.silence)
    client = client_of(server, Limits())
    ended = threading.Event()

    def poll() -> None:
        with pytest.raises(Unreachable):
            client.feed(0, "", wait=25)
        ended.set()

    thread = threading.Thread(target=poll)
    thread.start()
    assert server.called.wait(10)
    client.close()
    thread.join(10)
    assert ended.is_set()
    with pytest.raises(Unreachable, match="closed"):
        client.time()


def test_a_long_poll_may_take_its_wait(serve: Serve) -> None:
    page = {**faults.ENVELOPE, "generation": "g", "cursor": 0, "head": 0}

    def late(caller: Caller) -> None:
        caller.closing.wait(1.0)
        caller.answer_json(200, page)

    assert client_of(serve(late), SHORT).feed(0, "g", wait=20).generation == "g"


def test_a_thread_has_a_connection_of_its_own(serve: Serve) -> None:
    server = serve(lambda caller: caller.answer_json(200, faults.ENVELOPE))
    client = client_of(server)
    client.time()
    thread = threading.Thread(target=client.time)
    thread.start()
    thread.join(10)
    assert server.callers[0].sock is not server.callers[1].sock


def test_garbage_in_place_of_tls_is_not_secure(serve: Serve) -> None:
    server = serve(faults.silence, wrap=_garbage)
    with pytest.raises(NotSecure):
        HqClient(server.url.replace("http:", "https:")).time()


def _garbage(sock: object) -> object:
    sock.recv(1)  # type: ignore[attr-defined]
    sock.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")  # type: ignore[attr-defined]
    return sock


def test_a_dripping_handshake_is_cut(serve: Serve) -> None:
    closing = threading.Event()

    def drip(sock: object) -> object:
        sock.sendall(b"\x16\x03\x03\x40\x00")  # type: ignore[attr-defined]
        while not closing.wait(0.02):
            sock.sendall(b"\x00")  # type: ignore[attr-defined]
        return sock

    server = serve(faults.silence, wrap=drip)
    try:
        with pytest.raises(TimedOut):
            HqClient(server.url.replace("http:", "https:"), limits=SHORT).time()
    finally:
        closing.set()


def test_a_certificate_that_nobody_vouches_for_is_not_secure(serve: Serve, tmp_path: Path) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(_own_certificate(tmp_path))
    server = serve(faults.silence, wrap=lambda sock: context.wrap_socket(sock, server_side=True))
    with pytest.raises(NotSecure):
        HqClient(server.url.replace("http:", "https:")).time()


def _own_certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    path = folder / "own.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    return path


@pytest.mark.parametrize(
    "text",
    ["", "hq.example.com", "ftp://hq.example.com", "https://", "https://u:p@hq.example.com", "http://h/?x=1",
     "http://h:99999", "http://[::1", "http://h/#a", "http://h:0"],
)  # fmt: skip
def test_what_is_no_address_is_said_in_words(text: str) -> None:
    with pytest.raises(BadAddress, match="address"):
        HqClient(text)


def test_an_address_may_have_a_path_and_a_stray_slash(serve: Serve) -> None:
    server = serve(lambda caller: caller.answer_json(200, faults.ENVELOPE))
    HqClient(f" {server.url}/shop/ ").time()
    assert server.callers[0].path == "/shop/v1/time"


@pytest.mark.parametrize("host", ["http://a..b", "http://" + "a" * 70 + ".example", "http://exa mple"])
def test_a_host_that_cannot_exist_is_a_named_failure(host: str) -> None:
    with pytest.raises((Unreachable, BadAddress)):
        HqClient(host, limits=SHORT).time()
