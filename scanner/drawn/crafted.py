"""QR symbols that no honest writer makes: any stream of bits behind a faultless error correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from qrcode import base, util
from qrcode.constants import ERROR_CORRECT_H, ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.main import QRCode

from scanner.vision import Frame, to_uint8

Chance = np.random.Generator
# Value and width in bits.
Field = tuple[int, int]
Fields = list[Field]
Recipe = Callable[[Chance], Fields]

_LEVELS = (ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q, ERROR_CORRECT_H)
_NUMERIC, _ALPHANUMERIC, _APPEND, _BYTE, _FNC1, _ECI, _KANJI, _FNC1_SECOND, _HANZI = 1, 2, 3, 4, 5, 7, 8, 9, 13
_END: Field = (0, 4)


@dataclass(frozen=True, slots=True)
class Crafted:
    """A symbol: its modules (True is dark) and what kind of mischief it is."""

    kind: str
    modules: NDArray[np.bool_]


def symbols(kind: str, count: int, seed: int = 0) -> Iterator[Crafted]:
    """Yield `count` symbols of a kind; the same arguments are the same symbols."""
    for number in range(count):
        chance = np.random.default_rng((seed, KINDS.index(kind), number))
        yield Crafted(kind, symbol(_RECIPES[kind](chance), chance))


def symbol(fields: Fields, chance: Chance | None = None, version: int | None = None) -> NDArray[np.bool_]:
    """Return the smallest symbol of a random level that holds the bits, or as much of them as version 6 does."""
    chance = chance or np.random.default_rng(0)
    level = _LEVELS[int(chance.integers(4))]
    bits = sum(width for _, width in fields)
    fits = (each for each in range(version or 1, 7) if capacity(each, level) >= bits)
    chosen = next(fits, 6)
    # As qrcode does it, with our codewords in the place of its own.
    code: QRCode = QRCode(chosen, level, border=0, mask_pattern=int(chance.integers(8)))  # type: ignore[type-arg]
    code.data_cache = util.create_bytes(_codewords(fields, capacity(chosen, level)), base.rs_blocks(chosen, level))
    code.make(fit=False)
    return np.array(code.modules, dtype=np.bool_)


def capacity(version: int, level: int) -> int:
    """Return how many bits of data a symbol holds."""
    return 8 * sum(block.data_count for block in base.rs_blocks(version, level))


def _codewords(fields: Fields, limit: int) -> util.BitBuffer:
    buffer = util.BitBuffer()
    for value, width in fields:
        buffer.put(value, min(width, limit - len(buffer)))
    while len(buffer) % 8 and len(buffer) < limit:
        buffer.put(0, 1)
    for number in range((limit - len(buffer)) // 8):
        buffer.put(util.PAD1 if number % 2 else util.PAD0, 8)
    return buffer


def shown(modules: Sequence[NDArray[np.bool_]], scale: int, quiet: int = 4) -> Frame:
    """Return the symbols side by side as a grey frame, a module `scale` pixels wide."""
    tall = max(len(each) for each in modules)
    padded = [np.pad(each, ((quiet, quiet + tall - len(each)), (quiet, quiet))) for each in modules]
    return to_uint8(np.kron(np.where(np.hstack(padded), 0, 255), np.ones((scale, scale), np.uint8)))


def number(digits: str, count: int | None = None) -> Fields:
    """Return a numeric segment for versions 1 to 9; `count` claims another length."""
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    head: Fields = [(_NUMERIC, 4), (len(digits) if count is None else count, 10)]
    return head + [(int(group), (0, 4, 7, 10)[len(group)]) for group in groups]


def _octets(content: bytes, count: int | None = None) -> Fields:
    return [(_BYTE, 4), (len(content) if count is None else count & 255, 8), *((octet, 8) for octet in content)]


def _random_octets(chance: Chance, most: int = 40) -> bytes:
    return bytes(chance.integers(0, 256, int(chance.integers(0, most)), dtype=np.uint8))


def _values(chance: Chance, low: int, high: int, width: int) -> Fields:
    return [(int(value), width) for value in chance.integers(low, high, int(chance.integers(1, 30)))]


def _eci(chance: Chance) -> Fields:
    """Return designators of one, two and three bytes: unassigned, out of range, with no length at all, and repeated."""
    forms: tuple[Field, ...] = (
        (int(chance.integers(128)), 8),
        (0b10 << 14 | int(chance.integers(1 << 14)), 16),
        (0b110 << 21 | int(chance.integers(1 << 21)), 24),
        (0b111 << 5 | int(chance.integers(32)), 8),
    )
    heads = [[(_ECI, 4), forms[int(chance.integers(4))]] for _ in range(int(chance.integers(1, 4)))]
    return [*(field for head in heads for field in head), *_octets(_random_octets(chance)), _END]


def _kanji(chance: Chance) -> Fields:
    values = _values(chance, 0 if chance.random() < 0.5 else 7800, 1 << 13, 13)
    return [(_KANJI, 4), (len(values) + _off(chance), 8), *values, _END]


def _hanzi(chance: Chance) -> Fields:
    values = _values(chance, 0, 1 << 13, 13)
    return [(_HANZI, 4), (int(chance.integers(16)), 4), (len(values) + _off(chance), 8), *values, _END]


def _append(chance: Chance) -> Fields:
    """Return one part of a structured append: out of order, of a wrong whole, with any parity, or two heads."""
    head: Fields = [(_APPEND, 4), (int(chance.integers(16)), 4), (int(chance.integers(16)), 4)]
    head.append((int(chance.integers(256)), 8))
    return head * int(chance.integers(1, 3)) + _octets(_random_octets(chance)) + [_END]


def _fnc1_first(chance: Chance) -> Fields:
    text = "01049123451234591597033130128%10ABC%%"[: int(chance.integers(0, 37))].encode()
    inner = _octets(text) if chance.random() < 0.5 else number("0104912345123459")
    return [(_FNC1, 4), *inner, (_FNC1, 4), *_octets(_random_octets(chance, 8)), _END]


def _fnc1_second(chance: Chance) -> Fields:
    return [(_FNC1_SECOND, 4), (int(chance.integers(256)), 8), *_octets(_random_octets(chance)), _END]


def _beyond(chance: Chance) -> Fields:
    """Return a segment that claims more than the symbol holds."""
    mode, width = ((_NUMERIC, 10), (_ALPHANUMERIC, 9), (_BYTE, 8), (_KANJI, 8))[int(chance.integers(4))]
    return [(mode, 4), ((1 << width) - 1 - int(chance.integers(9)), width), *_values(chance, 0, 256, 8)]


def _miscounted(chance: Chance) -> Fields:
    digits = "".join(map(str, chance.integers(0, 10, int(chance.integers(1, 40)))))
    octets = _random_octets(chance)
    counted = max(0, len(digits) + _off(chance))
    return number(digits, counted) + _octets(octets, max(0, len(octets) + _off(chance))) + [_END]


def _endless(chance: Chance) -> Fields:
    """Return a stream that fills the symbol to its last bit: no terminator, no padding."""
    octets = bytes(chance.integers(0, 256, 12, dtype=np.uint8))
    return [*_octets(octets), *((int(value), 8) for value in chance.integers(0, 256, 140))]


def _reserved(chance: Chance) -> Fields:
    modes = [(int(chance.choice([6, 10, 11, 12, 14, 15])), 4) for _ in range(int(chance.integers(1, 5)))]
    return [*number("4821"), *modes, *_values(chance, 0, 256, 8)]


def _large_groups(chance: Chance) -> Fields:
    values = _values(chance, 1000, 1024, 10)
    tail: Fields = [[], [(int(chance.integers(10, 16)), 4)], [(int(chance.integers(100, 128)), 7)]][len(values) % 3]
    return [(_NUMERIC, 4), (3 * len(values) + len(values) % 3, 10), *values, *tail, _END]


def _large_pairs(chance: Chance) -> Fields:
    values = _values(chance, 2020, 2048, 11)
    return [(_ALPHANUMERIC, 4), (2 * len(values) + 1, 9), *values, (int(chance.integers(40, 64)), 6), _END]


def _bad_utf8(chance: Chance) -> Fields:
    starts = (b"\xc0\x80", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\xff\xfe", b"\xe4\xb8", b"\x00", b"\x1b[2J")
    content = b"".join(starts[int(pick)] for pick in chance.integers(0, len(starts), int(chance.integers(1, 9))))
    head: Fields = [(_ECI, 4), (26, 8)] if chance.random() < 0.5 else []
    return head + _octets(content) + [_END]


def _empty(chance: Chance) -> Fields:
    empties: tuple[Fields, ...] = ([], [_END], number(""), _octets(b""), [(_KANJI, 4), (0, 8)], [(_ECI, 4)])
    return [field for pick in chance.integers(0, 6, int(chance.integers(1, 5))) for field in empties[int(pick)]]


def _any_bits(chance: Chance) -> Fields:
    return [(int(value), 8) for value in chance.integers(0, 256, int(chance.integers(1, 100)))]


def _off(chance: Chance) -> int:
    return int(chance.integers(-6, 7))


_RECIPES: dict[str, Recipe] = {
    "eci": _eci,
    "kanji": _kanji,
    "hanzi": _hanzi,
    "append": _append,
    "fnc1_first": _fnc1_first,
    "fnc1_second": _fnc1_second,
    "beyond": _beyond,
    "miscounted": _miscounted,
    "endless": _endless,
    "reserved": _reserved,
    "large_groups": _large_groups,
    "large_pairs": _large_pairs,
    "bad_utf8": _bad_utf8,
    "empty": _empty,
    "any_bits": _any_bits,
}
KINDS = tuple(_RECIPES)


def appended(parts: Sequence[bytes], parity: int) -> list[NDArray[np.bool_]]:
    """Return the symbols of a structured append with the parity that is claimed."""
    last = len(parts) - 1
    return [
        symbol([(_APPEND, 4), (number, 4), (last, 4), (parity, 8), *_octets(part), _END])
        for number, part in enumerate(parts)
    ]
