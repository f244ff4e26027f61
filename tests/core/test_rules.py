"""The pure rules: moves, windows, what a clerk may type, and the one order of checks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.code import PickupCode
from app.domain.lookup import (
    QueryKind,
    check_digit,
    classify,
    is_mistyped,
    keyed_hash,
    mask_name,
    mask_phone,
    short_code,
)
from app.domain.order import MOVES, Line, Order, Redemption, Status, effective, may_move, move
from app.domain.verdict import RULES, Facts, Kind, Role, judge_code, judge_order
from app.domain.window import Phase, Window, WindowPolicy
from app.errors import MoveNotAllowed

NOON = datetime(2026, 8, 1, 12, tzinfo=UTC)
WINDOW = Window(NOON - timedelta(hours=1), NOON + timedelta(hours=5))
ORDER = Order(4821, Status.PREPARED, 1, WINDOW, (Line(1001, 2),))
CODE = PickupCode(1, 7, 4821, 1, WINDOW, ((1001, 2),))
FACTS = Facts(7, WindowPolicy(0, 30), leads=True, order=ORDER)


def facts(**changes: Any) -> Facts:
    return replace(FACTS, order=replace(ORDER, **changes))


def test_every_state_has_its_moves_and_only_cancelled_is_an_end() -> None:
    assert set(MOVES) == set(Status)
    assert [state for state, moves in MOVES.items() if not moves] == [Status.CANCELLED]


def test_move_outside_the_table_is_refused() -> None:
    with pytest.raises(MoveNotAllowed):
        move(Status.CANCELLED, Status.COMPLETED)
    assert not may_move(Status.PAID, Status.COMPLETED)


def test_prepared_becomes_awaiting_pickup_when_the_window_opens() -> None:
    before = WINDOW.opens - timedelta(seconds=1)
    assert effective(Status.PREPARED, WINDOW, before) is Status.PREPARED
    assert effective(Status.PREPARED, WINDOW, WINDOW.opens) is Status.AWAITING_PICKUP


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (WINDOW.opens - timedelta(seconds=1), Phase.EARLY),
        (WINDOW.opens, Phase.OPEN),
        (WINDOW.closes - timedelta(seconds=1), Phase.OPEN),
        (WINDOW.closes, Phase.LATE),
        (WINDOW.closes + timedelta(minutes=30), Phase.OVERDUE),
    ],
)
def test_window_includes_its_opening_and_not_its_closing(moment: datetime, phase: Phase) -> None:
    assert WindowPolicy(0, 30).phase(WINDOW, moment) is phase


def test_window_without_a_zone_or_turned_round_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        Window(datetime(2026, 8, 1), datetime(2026, 8, 2))  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="closes"):
        Window(NOON, NOON)


@given(st.integers(0, 60_000_000), st.integers(1, 100_000))
def test_window_survives_its_wire_form(opens: int, length: int) -> None:
    window = Window.of_minutes(opens, length)
    assert (window.opens_minute, window.length) == (opens, length)


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        (facts(), Kind.READY),
        (facts(status=Status.AWAITING_PICKUP), Kind.READY),
        (facts(status=Status.ASSIGNED), Kind.NOT_PREPARED),
        (facts(status=Status.SHORTAGE), Kind.NOT_PREPARED),
        (facts(status=Status.PUT_BACK), Kind.NOT_PREPARED),
        (facts(status=Status.CANCELLED), Kind.CANCELLED),
        (facts(cancel_requested=True), Kind.CANCELLED),
        (facts(cancel_requested=True, granted_attempt="a"), Kind.READY),
        (facts(status=Status.COMPLETED), Kind.ALREADY_HANDED_OVER),
        (facts(status=Status.COMPLETED, cancel_requested=True), Kind.ALREADY_HANDED_OVER),
        (facts(issue=2), Kind.SUPERSEDED),
        (replace(FACTS, store_number=8), Kind.WRONG_STORE),
        (replace(FACTS, order=None), Kind.UNKNOWN_ORDER_VERIFIED),
        (replace(FACTS, order=None, leads=False), Kind.NEEDS_LEAD),
        (replace(FACTS, leads=False), Kind.NEEDS_LEAD),
    ],
)
def test_one_order_of_checks(case: Facts, kind: Kind) -> None:
    assert judge_code(CODE, case, NOON).kind is kind


def test_window_is_judged_before_preparation_with_and_without_a_local_order() -> None:
    early, late = WINDOW.opens - timedelta(hours=1), WINDOW.closes + timedelta(hours=1)
    for known in (facts(status=Status.ASSIGNED), replace(FACTS, order=None)):
        assert judge_code(CODE, known, early).kind is Kind.TOO_EARLY
        assert judge_code(CODE, known, late).kind is Kind.OVERDUE


def test_newer_code_knows_the_window_better_than_the_local_copy() -> None:
    moved = replace(CODE, issue=2, window=Window(NOON + timedelta(days=1), NOON + timedelta(days=2)))
    assert judge_code(moved, FACTS, NOON).kind is Kind.TOO_EARLY


def test_handed_over_says_when_and_by_whom() -> None:
    fact = Redemption("a", NOON, "Li", "Counter 1")
    case = facts(status=Status.COMPLETED, redemption=fact)
    assert judge_code(CODE, case, NOON).handed_over == fact


def test_every_verdict_has_its_rule_and_other_terminals_need_a_manager() -> None:
    assert set(RULES) == set(Kind)
    unprepared = judge_order(replace(ORDER, status=Status.ASSIGNED), replace(FACTS, leads=False), NOON)
    assert (unprepared.kind, unprepared.hand_over_by) == (Kind.NOT_PREPARED, Role.MANAGER)


@pytest.mark.parametrize(
    ("text", "kind", "plain"),
    [
        ("5600", QueryKind.PHONE_TAIL, "5600"),
        ("13812345600", QueryKind.PHONE_TAIL, "5600"),
        ("138 1234 5600", QueryKind.PHONE_TAIL, "5600"),
        ("1234-5678", QueryKind.SHORT_CODE, "12345678"),
        ("4503599627374821", QueryKind.ORDER_NUMBER, "4503599627374821"),
        ("５６００", QueryKind.PHONE_TAIL, "5600"),
        ("", QueryKind.PICKUP_CODE, ""),
        ("12", QueryKind.PICKUP_CODE, "12"),
    ],
)
def test_what_is_typed_is_told_by_its_shape(text: str, kind: QueryKind, plain: str) -> None:
    query = classify(text)
    assert (query.kind, query.text) == (kind, plain)


@given(st.integers(0, 10**7 - 1), st.data())
def test_check_digit_finds_a_wrong_digit_and_a_swap(body: int, data: st.DataObject) -> None:
    code = f"{body:07d}"
    code += check_digit(code)
    at = data.draw(st.integers(0, 6))
    assert not is_mistyped(code)
    if code[at] != code[at + 1]:
        assert is_mistyped(code[:at] + code[at + 1] + code[at] + code[at + 2 :])
    assert is_mistyped(code[:at] + str((int(code[at]) + 1) % 10) + code[at + 1 :])


def test_short_code_is_the_same_again_and_moves_on_with_the_attempt() -> None:
    first = short_code(b"secret", 4821)
    assert first == short_code(b"secret", 4821)
    assert len({first, short_code(b"secret", 4821, 1), short_code(b"other", 4821)}) == 3


def test_hash_depends_on_the_stores_key_and_on_what_is_hashed() -> None:
    hashes = {
        keyed_hash(b"a", QueryKind.PHONE_TAIL, "5600"),
        keyed_hash(b"b", QueryKind.PHONE_TAIL, "5600"),
        keyed_hash(b"a", QueryKind.SHORT_CODE, "5600"),
    }
    assert len(hashes) == 3


def test_masks_hide_at_least_six_digits_and_all_but_the_first_character() -> None:
    assert mask_phone("13812345600") == "138******00"
    assert (mask_phone("12345"), mask_name("张小明"), mask_name(""), mask_name("A")) == ("*****", "张**", "", "A")
