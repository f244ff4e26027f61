"""HQ's address as a person types it, and links that hold address and code: `https://hq.example/enrol#CODE`."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, urlsplit

SCHEME = "ziti-enrol:"
# The page that HQ's QR code leads to in a browser; it is no part of HQ's address.
_PAGE = "/enrol"
_PRIVATE_NAMES = (".local", ".lan", ".internal", ".home.arpa")
_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z \-]{0,63}")


class Flaw(StrEnum):
    """What is wrong with an address."""

    EMPTY = "empty"
    NOT_AN_ADDRESS = "not_an_address"
    NOT_PROTECTED = "not_protected"


class BadAddress(ValueError):
    """The text is not an address that a terminal may call; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class Invitation:
    """What HQ gives a new terminal."""

    address: str
    code: str


def read_invitation(text: str) -> Invitation | None:
    """Return address and code of a link, or `None` for any other text."""
    text = _plain(text)
    if text[: len(SCHEME)].lower() == SCHEME:
        text = text[len(SCHEME) :]
    address, hash_, code = text.partition("#")
    if not hash_ or "://" not in address or not is_code(code):
        return None
    return Invitation(address.rstrip("/").removesuffix(_PAGE), code.strip())


def is_code(text: str) -> bool:
    """Tell whether a text may be a one-time code; whether it is one, only HQ knows."""
    return _CODE.fullmatch(text.strip()) is not None


def clean_code(text: str) -> str:
    """Return a code as HQ spells it."""
    return _plain(text).upper()


def clean_address(text: str, *, unprotected: bool = False) -> str:
    """Return HQ's address with its scheme, or raise `BadAddress`.

    Without a scheme it is `https`, on this machine and in a private network `http`. Plain `http` to the wide world
    needs `unprotected`: whoever listens could take the terminal's token.
    """
    text = _plain(text)
    if not text:
        raise BadAddress(Flaw.EMPTY)
    parts = _split(text if "://" in text else f"//{text}")
    private = _is_private(parts.hostname or "")
    scheme = parts.scheme or ("http" if private else "https")
    if scheme == "http" and not private and not unprotected:
        raise BadAddress(Flaw.NOT_PROTECTED)
    return f"{scheme}://{parts.netloc}{parts.path.rstrip('/')}"


def _split(text: str) -> SplitResult:
    try:
        parts = urlsplit(text)
        is_sound = parts.port != 0 and bool(parts.hostname) and not re.search(r"\s", text)
    except ValueError as error:
        raise BadAddress(Flaw.NOT_AN_ADDRESS) from error
    extras = parts.username or parts.password or parts.query or parts.fragment
    if not is_sound or extras or parts.scheme not in ("", "http", "https"):
        raise BadAddress(Flaw.NOT_AN_ADDRESS)
    return parts


def _is_private(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_PRIVATE_NAMES)


def _plain(text: str) -> str:
    """Undo what an input method does to an address: full-width letters and the Chinese full stop."""
    return unicodedata.normalize("NFKC", text).replace("。", ".").strip()
