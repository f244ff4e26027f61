"""The pickup code: digits that carry a signed order, read the same with and without HQ.

Layout of the text: one scheme digit, then `payload ‖ signature` in groups of 7 bytes → 17 digits. The payload is at
most 40 bytes, the Ed25519 signature 64, so the text is at most 254 digits: QR version 6, level M, numeric mode.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.domain.window import Window

SCHEME = "1"
FORMAT = 1
SIGNATURE_BYTES = 64
MAX_PAYLOAD = 40
MAX_DIGITS = 254
# Longer than any code with an AIM id and stray spaces; what exceeds it is not worth normalising.
MAX_TEXT = 512
# A key that signs pickup codes signs nothing else: the domain is part of what is signed.
DOMAIN = b"ziti-pos/pickup-code/1\x00"

_LINES_CUT = 1
_KNOWN_FLAGS = _LINES_CUT
_DIGITS_FOR_BYTES = {7: 17, 6: 15, 5: 13, 4: 10, 3: 8, 2: 5, 1: 3}
_BYTES_FOR_DIGITS = {digits: size for size, digits in _DIGITS_FOR_BYTES.items()}
_AIM_ID = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
_MAX_VARINT = 2**32 - 1


class Flaw(StrEnum):
    """What is wrong with a text that claims to be a pickup code."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_CODE = "not_a_code"
    OTHER_VERSION = "other_version"
    TRUNCATED = "truncated"
    NOT_CANONICAL = "not_canonical"
    UNKNOWN_KEY = "unknown_key"
    BAD_SIGNATURE = "bad_signature"
    LABEL = "label"


class CodeFlaw(ValueError):
    """The text is not a genuine pickup code; `flaw` says why."""

    def __init__(self, flaw: Flaw) -> None:
        super().__init__(flaw.value)
        self.flaw = flaw


@dataclass(frozen=True, slots=True)
class PickupCode:
    """What a code says; `lines` are (product number, quantity), `lines_cut` tells that not all of them fitted."""

    key_id: int
    store_number: int
    order_number: int
    issue: int
    window: Window
    lines: tuple[tuple[int, int], ...] = ()
    lines_cut: bool = False


@dataclass(frozen=True, slots=True)
class UnverifiedCode:
    """A text that parsed; nothing in it may be believed before `KeyRing.verify`."""

    code: PickupCode
    payload: bytes
    signature: bytes


def sign(code: PickupCode, key: Ed25519PrivateKey) -> str:
    """Return the text for `code`, with as many of its lines as the size budget allows."""
    payload = _payload_that_fits(code)
    return SCHEME + _to_digits(payload + key.sign(DOMAIN + payload))


def normalise(text: str) -> str:
    """Undo what scanners and input methods do to digits: full-width forms, an AIM id, spaces around."""
    if text.isascii() and text.isdigit():
        return text
    return _AIM_ID.sub("", unicodedata.normalize("NFKC", text).strip())


def parse(text: str) -> UnverifiedCode:
    """Decode a scanned text, or raise `CodeFlaw`; only the one canonical spelling of a code is taken."""
    if len(text) > MAX_TEXT:
        raise CodeFlaw(Flaw.TOO_LONG)
    text = normalise(text)
    if not text:
        raise CodeFlaw(Flaw.EMPTY)
    if not (text.isascii() and text.isdigit()):
        raise CodeFlaw(Flaw.NOT_A_CODE)
    if not text.startswith(SCHEME):
        raise CodeFlaw(Flaw.OTHER_VERSION)
    if len(text) > MAX_DIGITS:
        raise CodeFlaw(Flaw.TOO_LONG)
    raw = _from_digits(text[len(SCHEME) :])
    if len(raw) <= SIGNATURE_BYTES:
        raise CodeFlaw(Flaw.TRUNCATED)
    payload, signature = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    if payload[0] != FORMAT:
        raise CodeFlaw(Flaw.OTHER_VERSION)
    code = _Reader(payload).code()
    if _payload(code, code.lines, cut=code.lines_cut) != payload:
        raise CodeFlaw(Flaw.NOT_CANONICAL)
    return UnverifiedCode(code, payload, signature)


class KeyRing:
    """The public keys a terminal trusts, by key id; an id may have several keys while one is being replaced."""

    def __init__(self, keys: Mapping[int, Iterable[bytes]]) -> None:
        """Take raw 32-byte Ed25519 public keys; raise `ValueError` for anything else."""
        self._keys = {
            key_id: tuple(Ed25519PublicKey.from_public_bytes(raw) for raw in raws) for key_id, raws in keys.items()
        }

    def verify(self, unverified: UnverifiedCode) -> PickupCode:
        """Return the code when one of its id's keys signed it, or raise `CodeFlaw`."""
        candidates = self._keys.get(unverified.code.key_id, ())
        if not candidates:
            raise CodeFlaw(Flaw.UNKNOWN_KEY)
        for key in candidates:
            try:
                key.verify(unverified.signature, DOMAIN + unverified.payload)
            except InvalidSignature:
                continue
            return unverified.code
        raise CodeFlaw(Flaw.BAD_SIGNATURE)


def _payload_that_fits(code: PickupCode) -> bytes:
    for count in range(len(code.lines), -1, -1):
        cut = code.lines_cut or count < len(code.lines)
        payload = _payload(code, code.lines[:count], cut=cut)
        if len(payload) <= MAX_PAYLOAD:
            return payload
    raise ValueError("the code's fixed part is larger than the payload budget")


def _payload(code: PickupCode, lines: tuple[tuple[int, int], ...], *, cut: bool) -> bytes:
    head = bytes((FORMAT,)) + _varint(code.key_id) + _varint(code.store_number)
    head += code.order_number.to_bytes(8, "big") + _varint(code.issue)
    head += _varint(code.window.opens_minute) + _varint(code.window.length)
    head += _varint(_LINES_CUT if cut else 0) + _varint(len(lines))
    return head + b"".join(_varint(product) + _varint(quantity) for product, quantity in lines)


def _varint(value: int) -> bytes:
    if not 0 <= value <= _MAX_VARINT:
        raise ValueError(f"{value} does not fit into a pickup code")
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


class _Reader:
    """Reads a payload from its second byte on."""

    def __init__(self, payload: bytes) -> None:
        self._bytes = payload
        self._at = 1

    def code(self) -> PickupCode:
        key_id, store = self._varint(), self._varint()
        order = int.from_bytes(self._take(8), "big")
        issue, opens, length, flags = self._varint(), self._varint(), self._varint(), self._varint()
        lines = tuple((self._varint(), self._varint()) for _ in range(self._line_count()))
        if self._at != len(self._bytes) or flags & ~_KNOWN_FLAGS or length == 0:
            raise CodeFlaw(Flaw.NOT_CANONICAL)
        try:
            window = Window.of_minutes(opens, length)
        except (ValueError, OverflowError, OSError) as error:
            # A date past the calendar's end: no key of ours signs one.
            raise CodeFlaw(Flaw.NOT_CANONICAL) from error
        return PickupCode(key_id, store, order, issue, window, lines, bool(flags & _LINES_CUT))

    def _line_count(self) -> int:
        count = self._varint()
        if count > MAX_PAYLOAD // 2:
            raise CodeFlaw(Flaw.NOT_CANONICAL)
        return count

    def _take(self, size: int) -> bytes:
        chunk = self._bytes[self._at : self._at + size]
        if len(chunk) < size:
            raise CodeFlaw(Flaw.TRUNCATED)
        self._at += size
        return chunk

    def _varint(self) -> int:
        value = 0
        for shift in range(0, 35, 7):
            byte = self._take(1)[0]
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
        else:
            raise CodeFlaw(Flaw.NOT_CANONICAL)
        if value > _MAX_VARINT:
            raise CodeFlaw(Flaw.NOT_CANONICAL)
        return value


def _to_digits(raw: bytes) -> str:
    whole = len(raw) - len(raw) % 7
    digits = "".join([f"{int.from_bytes(raw[at : at + 7], 'big'):017d}" for at in range(0, whole, 7)])
    rest = raw[whole:]
    return digits + f"{int.from_bytes(rest, 'big'):0{_DIGITS_FOR_BYTES[len(rest)]}d}" if rest else digits


def _from_digits(text: str) -> bytes:
    out = bytearray()
    for at in range(0, len(text), 17):
        group = text[at : at + 17]
        size = _BYTES_FOR_DIGITS.get(len(group))
        if size is None:
            raise CodeFlaw(Flaw.TRUNCATED)
        value = int(group)
        if value >= 256**size:
            raise CodeFlaw(Flaw.NOT_CANONICAL)
        out += value.to_bytes(size, "big")
    return bytes(out)
