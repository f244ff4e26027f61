"""The pickup code: one spelling, one signer, and nothing that a scanner can be fed breaks it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.domain import code as pickup
from app.domain.code import CodeFlaw, Flaw, KeyRing, PickupCode, parse, sign
from app.domain.window import Window

KEY = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
OTHER = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
RING = KeyRing({1: [KEY.public_key().public_bytes_raw()]})
SAMPLE = PickupCode(1, 7, 2**52 + 4821, 0, Window.of_minutes(29_900_000, 360), ((1001, 2), (1002, 1)))

varint = st.integers(0, 2**32 - 1)
codes = st.builds(
    PickupCode,
    key_id=st.just(1),
    store_number=varint,
    order_number=st.integers(0, 2**64 - 1),
    issue=st.integers(0, 1000),
    window=st.builds(Window.of_minutes, st.integers(0, 60_000_000), st.integers(1, 20_000)),
    lines=st.lists(st.tuples(varint, varint), max_size=12).map(tuple),
)


def flaw_of(text: str) -> Flaw:
    with pytest.raises(CodeFlaw) as caught:
        RING.verify(parse(text))
    return caught.value.flaw


@given(codes)
def test_what_is_signed_is_read_back(code: PickupCode) -> None:
    text = sign(code, KEY)
    read = RING.verify(parse(text))
    assert len(text) <= pickup.MAX_DIGITS
    assert read == replace(code, lines=read.lines, lines_cut=read.lines_cut)
    assert read.lines == code.lines[: len(read.lines)]
    assert read.lines_cut == (len(read.lines) < len(code.lines))


@given(codes, st.data())
def test_any_changed_digit_is_refused(code: PickupCode, data: st.DataObject) -> None:
    text = sign(code, KEY)
    at = data.draw(st.integers(0, len(text) - 1))
    digit = data.draw(st.sampled_from("0123456789").filter(lambda other: other != text[at]))
    assert flaw_of(text[:at] + digit + text[at + 1 :]) in Flaw


@given(st.text(max_size=600) | st.text("0123456789", min_size=80, max_size=254).map(lambda digits: "1" + digits))
def test_no_text_raises_anything_but_a_flaw(text: str) -> None:
    assert flaw_of(text) in Flaw


@pytest.mark.parametrize(
    ("text", "flaw"),
    [
        ("", Flaw.EMPTY),
        (" \n", Flaw.EMPTY),
        ("9" * 1_000_000, Flaw.TOO_LONG),
        ("1" * 300, Flaw.TOO_LONG),
        ("\x00\xff\x1b[2J", Flaw.NOT_A_CODE),
        ("🥐🥐🥐", Flaw.NOT_A_CODE),
        ("https://example.com/o/1", Flaw.NOT_A_CODE),
        ("12345", Flaw.TRUNCATED),
        ("2" + sign(SAMPLE, KEY)[1:], Flaw.OTHER_VERSION),
        (sign(SAMPLE, KEY)[:-17], Flaw.NOT_CANONICAL),
        (sign(SAMPLE, KEY)[:-18], Flaw.TRUNCATED),
        (sign(SAMPLE, KEY)[:100], Flaw.TRUNCATED),
        (sign(replace(SAMPLE, key_id=2), KEY), Flaw.UNKNOWN_KEY),
        (sign(SAMPLE, OTHER), Flaw.BAD_SIGNATURE),
    ],
)
def test_bad_input_has_a_name(text: str, flaw: Flaw) -> None:
    assert flaw_of(text) is flaw


def test_what_scanners_do_to_digits_is_undone() -> None:
    text = sign(SAMPLE, KEY)
    wide = text.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    for typed in (wide, "]Q1" + text, f"  {text}\r\n"):
        assert RING.verify(parse(typed)) == SAMPLE


def test_group_that_no_encoder_writes_is_not_canonical() -> None:
    text = sign(SAMPLE, KEY)
    assert flaw_of("1" + "9" * 17 + text[18:]) is Flaw.NOT_CANONICAL


def test_longer_spelling_of_a_number_is_not_canonical() -> None:
    payload = bytearray(pickup._payload(SAMPLE, SAMPLE.lines, cut=False))
    payload[1:2] = b"\x81\x00"  # key id 1 in two bytes
    text = "1" + pickup._to_digits(bytes(payload) + KEY.sign(pickup.DOMAIN + bytes(payload)))
    assert flaw_of(text) is Flaw.NOT_CANONICAL


def test_signature_over_the_payload_without_its_domain_is_refused() -> None:
    payload = pickup._payload(SAMPLE, SAMPLE.lines, cut=False)
    assert flaw_of("1" + pickup._to_digits(payload + KEY.sign(payload))) is Flaw.BAD_SIGNATURE


def test_key_that_is_being_replaced_still_verifies() -> None:
    ring = KeyRing({1: [OTHER.public_key().public_bytes_raw(), KEY.public_key().public_bytes_raw()]})
    assert ring.verify(parse(sign(SAMPLE, KEY))) == ring.verify(parse(sign(SAMPLE, OTHER)))


def test_fullest_code_stays_within_qr_version_6() -> None:
    many = replace(SAMPLE, lines=tuple((10_000 + number, 3) for number in range(30)))
    text = sign(many, KEY)
    assert len(text) <= 254
    assert RING.verify(parse(text)).lines_cut
