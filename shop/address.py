"""Where phones find a shop's PC: its address in the local network, a free port, and the link that a QR code holds."""

from __future__ import annotations

import io
import ipaddress
import socket
import sys
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from app.domain.small_shop import SLUG
from app.errors import Refused

USUAL_PORT = 8710
_OTHERS = 10
# Addresses for documentation and of private networks: nothing is sent, the system only says which way it would go.
_PROBES = ("192.0.2.1", "192.168.255.254", "10.255.255.254", "172.31.255.254")


class NotAnAddress(Refused):
    """What the owner typed is no address that phones can open."""

    reason = "not_an_address"


def lan_address() -> str | None:
    """Return this PC's address in the local network, without sending anything."""
    for probe in _PROBES:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as way:
            try:
                way.connect((probe, 9))
            except OSError:
                continue
            found = str(way.getsockname()[0])
            if not ipaddress.ip_address(found).is_loopback:
                return found
    return None


def free_port(wanted: int, host: str) -> int | None:
    """Return the wanted port, or the next free one; nothing when all of them are taken."""
    ports = (wanted, *range(USUAL_PORT, USUAL_PORT + _OTHERS))
    return next((port for port in ports if all(_is_free(each, port) for each in {host, "127.0.0.1"})), None)


def clean_address(typed: str, port: int) -> str:
    """Return the base of links for an address that a person typed (empty: this PC's own), or raise `NotAnAddress`."""
    text = typed.strip().rstrip("/")
    if not text:
        return ""
    has_scheme = "://" in typed
    whole = text if has_scheme else f"http://{text}"
    try:
        parts = urlsplit(whole)
        named = parts.port
    except ValueError as error:
        raise NotAnAddress(f"{typed} is no address.") from error
    good = (
        parts.scheme in {"http", "https"} and parts.hostname and not (parts.username or parts.query or parts.fragment)
    )
    if not good or any(letter.isspace() for letter in text):
        raise NotAnAddress(f"{typed} is no address.")
    return whole if has_scheme or named else f"http://{text}:{port}"


def link(base: str) -> str:
    """Return the storefront's link."""
    return f"{base.rstrip('/')}/live/{SLUG}"


def qr_text(text: str) -> str:
    """Return a QR code for a dark console."""
    from qrcode.main import QRCode

    code: QRCode[Any] = QRCode(border=2)
    code.add_data(text)
    out = io.StringIO()
    code.print_ascii(out, invert=True)
    return out.getvalue()


def say(lines: Iterable[str]) -> None:
    """Print where there is a console, as far as it knows the letters."""
    if sys.stdout is None:
        return
    encoding = sys.stdout.encoding or "utf-8"
    for line in lines:
        sys.stdout.write(line.encode(encoding, "replace").decode(encoding) + "\n")
    sys.stdout.flush()


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as trial:
        if sys.platform != "win32":  # there it would let two programs have the port
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
            trial.listen(1)
        except OSError:
            return False
    return True
