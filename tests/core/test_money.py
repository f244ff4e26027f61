"""Whole fen: reductions, the form for people, price sheets."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.money import MOST_FEN, format_fen, parse_fen, percent_off

FEN = st.integers(0, MOST_FEN)


@pytest.mark.parametrize(
    ("fen", "percent", "left"), [(1280, 10, 1152), (99, 10, 89), (1, 1, 0), (5, 0, 5), (5, 100, 0)]
)
def test_percents_are_taken_off_and_rounded_down(fen: int, percent: int, left: int) -> None:
    assert percent_off(fen, percent) == left


@given(FEN, st.integers(0, 100))
def test_customer_gets_at_least_the_promised_percents_and_less_than_a_fen_more(fen: int, percent: int) -> None:
    promised = fen * percent
    assert promised <= (fen - percent_off(fen, percent)) * 100 < promised + 100


@pytest.mark.parametrize(("fen", "percent"), [(-1, 10), (100, -1), (100, 101)])
def test_reduction_out_of_range_is_refused(fen: int, percent: int) -> None:
    with pytest.raises(ValueError, match="0 to 100 percent"):
        percent_off(fen, percent)


@pytest.mark.parametrize(
    ("fen", "text"), [(1280, "¥12.80"), (0, "¥0.00"), (5, "¥0.05"), (-1280, "-¥12.80"), (123456, "¥1234.56")]
)
def test_amount_is_told_in_yuan(fen: int, text: str) -> None:
    assert format_fen(fen) == text


@given(FEN)
def test_what_people_read_is_what_sheets_say(fen: int) -> None:
    assert parse_fen(format_fen(fen)) == parse_fen(fen / 100) == parse_fen(Decimal(fen) / 100) == fen


@pytest.mark.parametrize(
    ("price", "fen"),
    [
        ("12.8", 1280),
        ("12.80", 1280),
        ("￥12.80", 1280),
        (" ¥ 12 ", 1200),
        ("1２．８", 1280),
        ("1,280元", 128000),
        ("12.", 1200),
        ("12.8000", 1280),
        (12.8, 1280),
        (12, 1200),
        (10.799999999999999, 1080),
        (0, 0),
    ],
)
def test_prices_of_a_sheet_are_read(price: Any, fen: int) -> None:
    assert parse_fen(price) == fen


@pytest.mark.parametrize(
    ("price", "sentence"),
    [
        ("", "written as 12.80"),
        ("abc", "written as 12.80"),
        ("-1", "written as 12.80"),
        ("1,28", "written as 12.80"),
        ("1e3", "written as 12.80"),
        ("9" * 5000, "written as 12.80"),
        (None, "written as 12.80"),
        (True, "written as 12.80"),
        ("12.805", "two decimals"),
        (12.805, "two decimals"),
        (-1, "from 0 to 1000000"),
        (float("nan"), "from 0 to 1000000"),
        (float("inf"), "from 0 to 1000000"),
        ("1000000.01", "from 0 to 1000000"),
        (1e30, "from 0 to 1000000"),
        pytest.param(10**5000, "from 0 to 1000000", id="huge"),
        (Decimal("nan"), "from 0 to 1000000"),
    ],
)
def test_what_is_no_price_is_refused_with_a_sentence(price: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parse_fen(price)
