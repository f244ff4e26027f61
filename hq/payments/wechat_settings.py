"""What HQ must be told to be paid through WeChat Pay, read from the environment and from key files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from app.errors import NeedsAttention

GATEWAY = "https://api.mch.weixin.qq.com"
_PREFIX = "ZITI_HQ_WECHAT_"
_NEEDED = ("MCHID", "APPID", "CERT_SERIAL", "PRIVATE_KEY_FILE", "APIV3_KEY", "PUBLIC_KEY_FILE", "PUBLIC_KEY_ID")
_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


@dataclass(frozen=True, slots=True, kw_only=True)
class WechatPay:
    """A merchant's account in public-key mode; the secrets stay out of its repr."""

    mchid: str
    appid: str
    cert_serial: str  # of the merchant's own API certificate
    private_key_pem: str = field(repr=False)
    apiv3_key: str = field(repr=False)
    public_key_pem: str  # WeChat Pay's
    public_key_id: str
    gateway: str = GATEWAY
    connect_seconds: float = 3.0
    read_seconds: float = 10.0


def from_environment(environ: Mapping[str, str]) -> WechatPay | None:
    """Return the account, None when no variable speaks of WeChat Pay; half of one is a NeedsAttention."""
    given = {name: environ.get(_PREFIX + name, "").strip() for name in (*_NEEDED, "GATEWAY")}
    if not any(given.values()):
        return None
    if missing := [_PREFIX + name for name in _NEEDED if not given[name]]:
        raise NeedsAttention(f"WeChat Pay is configured by half: {', '.join(missing)} must be set too.")
    return WechatPay(
        mchid=_code("MCHID", given),
        appid=_code("APPID", given),
        cert_serial=_code("CERT_SERIAL", given),
        private_key_pem=_private_key(given["PRIVATE_KEY_FILE"]),
        apiv3_key=_apiv3_key(given["APIV3_KEY"]),
        public_key_pem=_public_key(given["PUBLIC_KEY_FILE"]),
        public_key_id=_code("PUBLIC_KEY_ID", given),
        gateway=_gateway(given["GATEWAY"] or GATEWAY),
    )


def _code(name: str, given: Mapping[str, str]) -> str:
    value = given[name]
    if not (value.isascii() and value.replace("_", "").isalnum()):
        raise NeedsAttention(f"{_PREFIX}{name} may have letters, digits and _ only.")
    return value


def _apiv3_key(value: str) -> str:
    if len(value.encode()) != 32:
        raise NeedsAttention(f"{_PREFIX}APIV3_KEY must have 32 characters, as set on pay.weixin.qq.com.")
    return value


def _private_key(path: str) -> str:
    variable = _PREFIX + "PRIVATE_KEY_FILE"
    try:
        key = load_pem_private_key(_read(variable, path), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise NeedsAttention(f"{variable} names no readable private key without a password (PEM): {path}.") from error
    if not isinstance(key, RSAPrivateKey):
        raise NeedsAttention(f"{variable} must name an RSA key, as WeChat Pay's tool makes it: {path}.")
    # The library knows PKCS #8 only, and openssl writes the older form too.
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _public_key(path: str) -> str:
    variable = _PREFIX + "PUBLIC_KEY_FILE"
    try:
        key = load_pem_public_key(_read(variable, path))
    except (ValueError, UnsupportedAlgorithm) as error:
        raise NeedsAttention(f"{variable} names no readable public key (PEM): {path}.") from error
    if not isinstance(key, RSAPublicKey):
        raise NeedsAttention(f"{variable} must name WeChat Pay's RSA public key: {path}.")
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _read(variable: str, path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise NeedsAttention(f"{variable} names a file that cannot be read: {path} ({error.strerror}).") from error


def _gateway(address: str) -> str:
    parts = urlsplit(address)
    secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
    if not secure or not parts.hostname or parts.path.strip("/") or parts.query:
        raise NeedsAttention(f"{_PREFIX}GATEWAY must be https:// and a host, without a path.")
    return address.rstrip("/")
