"""A stand-in for WeChat Pay on loopback: it checks our signatures as documented and signs what it says."""

from __future__ import annotations

import contextlib
import functools
import json
import re
import threading
import time
import uuid
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

from hq.payments.wechat_settings import WechatPay
from tests.hq.payments.wechat_books import APPID, MCHID, Books

VECTORS = Path(__file__).with_name("vectors")
APIV3_KEY = "a-throwaway-key-of-32-characters"
SERIAL = "444F4864EA9B34415AAAD4B8DF1A58C4D5B3B0A1"
PUBLIC_KEY_ID = "PUB_KEY_ID_0119000001092026080100000000000001"
_AUTHORIZATION = re.compile(
    r'WECHATPAY2-SHA256-RSA2048 mchid="([^"]*)",nonce_str="([0-9A-Z]{32})",signature="([^"]*)",'
    r'timestamp="(\d{10})",serial_no="([^"]*)"'
)

Signing = Literal["right", "none", "tampered", "stranger", "other serial"]


@functools.cache
def key(name: str) -> RSAPrivateKey:
    loaded = load_pem_private_key((VECTORS / f"{name}_key.pem").read_bytes(), password=None)
    assert isinstance(loaded, RSAPrivateKey)
    return loaded


def private_pem(name: str) -> str:
    return (VECTORS / f"{name}_key.pem").read_text(encoding="utf-8")


def public_pem(private: RSAPrivateKey) -> str:
    return private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def account(gateway: str, *, read_seconds: float = 10.0) -> WechatPay:
    return WechatPay(
        mchid=MCHID,
        appid=APPID,
        cert_serial=SERIAL,
        private_key_pem=private_pem("merchant"),
        apiv3_key=APIV3_KEY,
        public_key_pem=public_pem(key("wechat")),
        public_key_id=PUBLIC_KEY_ID,
        gateway=gateway,
        read_seconds=read_seconds,
    )


def sign(private: RSAPrivateKey, message: str) -> str:
    return b64encode(private.sign(message.encode(), PKCS1v15(), SHA256())).decode()


def signed_headers(body: str, *, at: int, nonce: str, signing: Signing = "right") -> dict[str, str]:
    """Return the five headers that WeChat Pay signs an answer or a notice with."""
    private = key("merchant" if signing == "stranger" else "wechat")
    said = body + " " if signing == "tampered" else body
    return {
        "Wechatpay-Timestamp": str(at),
        "Wechatpay-Nonce": nonce,
        "Wechatpay-Signature": sign(private, f"{at}\n{nonce}\n{said}\n"),
        "Wechatpay-Signature-Type": "WECHATPAY2-SHA256-RSA2048",
        "Wechatpay-Serial": "PUB_KEY_ID_0" if signing == "other serial" else PUBLIC_KEY_ID,
    }


def notice_body(event: str, resource: dict[str, Any], *, apiv3_key: str = APIV3_KEY) -> str:
    """Return a notice with its resource encrypted as documented."""
    nonce = "fdasflkja484"
    kind = "transaction" if event.startswith("TRANSACTION") else "refund"
    plain = json.dumps(resource, ensure_ascii=False).encode()
    sealed = AESGCM(apiv3_key.encode()).encrypt(nonce.encode(), plain, kind.encode())
    told = {
        "id": "EV-2018022511223320873",
        "create_time": "2026-08-01T14:00:06+08:00",
        "resource_type": "encrypt-resource",
        "event_type": event,
        "summary": "支付成功",
        "resource": {
            "original_type": kind,
            "algorithm": "AEAD_AES_256_GCM",
            "ciphertext": b64encode(sealed).decode(),
            "associated_data": kind,
            "nonce": nonce,
        },
    }
    return json.dumps(told, ensure_ascii=False)


@dataclass(frozen=True)
class Said:
    """One request as it came in, for the vectors."""

    method: str
    target: str
    body: str
    authorization: str


@dataclass
class Scripted:
    """An answer in place of the books' own; `hold` keeps it back until the test lets it go."""

    status: int = 200
    body: str = "{}"
    signing: Signing = "right"
    content_type: str = "application/json; charset=utf-8"
    hold: threading.Event | None = None


@dataclass
class Wechat:
    """The running stand-in."""

    address: str = ""
    books: Books = field(default_factory=Books)
    heard: list[Said] = field(default_factory=list)
    script: list[Scripted] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    now: Callable[[], float] = time.time

    def respond(self, said: Said) -> Scripted:
        with self.lock:
            self.heard.append(said)
            if self.script:
                return self.script.pop(0)
            if wrong := self._unsigned(said):
                return Scripted(401, json.dumps({"code": "SIGN_ERROR", "message": wrong}))
            status, answer = self.books.answer(said.method, said.target, json.loads(said.body or "{}"))
            return Scripted(status, json.dumps(answer, ensure_ascii=False) if answer else "")

    def _unsigned(self, said: Said) -> str:
        found = _AUTHORIZATION.fullmatch(said.authorization)
        if not found or (found[1], found[5]) != (MCHID, SERIAL):
            return "Http头Authorization值格式错误"
        if abs(self.now() - int(found[4])) > 300:
            return "Http头Authorization中的timestamp与发起请求的时间不得超过5分钟"
        message = f"{said.method}\n{said.target}\n{found[4]}\n{found[2]}\n{said.body}\n"
        try:
            key("merchant").public_key().verify(b64decode(found[3]), message.encode(), PKCS1v15(), SHA256())
        except InvalidSignature:
            return "签名错误"
        return ""


@contextmanager
def serving() -> Iterator[Wechat]:
    """Serve until the test is over."""
    wechat = Wechat()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            told = wechat.respond(Said(self.command, self.path, body, self.headers.get("Authorization", "")))
            if told.hold:
                told.hold.wait()
            self.send_response(told.status)
            if told.signing != "none":
                stamp = {"at": int(time.time()), "nonce": uuid.uuid4().hex}
                for name, value in signed_headers(told.body, signing=told.signing, **stamp).items():  # type: ignore[arg-type]
                    self.send_header(name, value)
            self.send_header("Content-Type", told.content_type)
            self.send_header("Content-Length", str(len(told.body.encode())))
            self.end_headers()
            with contextlib.suppress(ConnectionError):  # who asked may have lost patience
                self.wfile.write(told.body.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = False
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    wechat.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield wechat
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
