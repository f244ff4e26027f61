"""Traces of scanners are replayed through the reducer that the window uses, and each problem is named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.faults import NotATrace
from scanner.keys.diagnosis import Diagnosis, Problem, Source, diagnose, diagnose_text
from scanner.keys.trace import TEST_CODE, Stroke, Trace, as_json, from_json, recorded, replay
from scanner.keys.wedge import Ending

FOLDER = Path(__file__).parent / "data" / "traces"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))

FOUND: dict[str, tuple[Source, bool, Ending, tuple[Problem, ...]]] = {
    "gap_1ms": (Source.WEDGE, True, Ending.ENTER, ()),
    "gap_8ms": (Source.WEDGE, True, Ending.ENTER, ()),
    "gap_16ms": (Source.WEDGE, True, Ending.ENTER, ()),
    "gap_30ms": (Source.WEDGE, True, Ending.ENTER, ()),
    "hiccups": (Source.WEDGE, True, Ending.ENTER, ()),
    "crlf": (Source.WEDGE, True, Ending.ENTER, ()),
    "late_enter": (Source.WEDGE, True, Ending.ENTER, ()),
    "aim_id": (Source.WEDGE, True, Ending.ENTER, ()),
    "tab": (Source.WEDGE, True, Ending.TAB, ()),
    "no_ending": (Source.WEDGE, True, Ending.SILENCE, (Problem.NO_ENDING,)),
    "caps_lock": (Source.WEDGE, True, Ending.ENTER, (Problem.CAPS_LOCK,)),
    "full_width": (Source.WEDGE, True, Ending.ENTER, (Problem.FULL_WIDTH,)),
    "shift_locked": (Source.WEDGE, True, Ending.ENTER, (Problem.SHIFTED,)),
    "czech_layout": (Source.WEDGE, False, Ending.ENTER, (Problem.OTHER_LAYOUT,)),
    "digits_lost": (Source.WEDGE, False, Ending.ENTER, (Problem.DIGITS_LOST,)),
    "too_slow": (Source.WEDGE, False, Ending.ENTER, (Problem.TOO_SLOW,)),
    "pauses": (Source.WEDGE, False, Ending.ENTER, (Problem.PAUSES,)),
    "input_method": (Source.WEDGE, False, Ending.SILENCE, (Problem.INPUT_METHOD,)),
    "fingers": (Source.FINGERS, False, Ending.ENTER, ()),
}


def _load(name: str) -> Trace:
    return from_json((FOLDER / f"{name}.json").read_text("utf-8"))


def _keys(text: str, gap: float = 0.008) -> Trace:
    return Trace(tuple(Stroke(number * gap, key) for number, key in enumerate(text)))


def test_every_trace_has_its_finding() -> None:
    assert set(FOUND) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_trace_is_diagnosed(name: str) -> None:
    found = diagnose(_load(name))
    assert (found.source, found.works, found.ending, found.problems) == FOUND[name]


@pytest.mark.parametrize("name", [name for name, finding in FOUND.items() if finding[1]])
def test_a_trace_that_works_is_one_scan_and_leaves_the_field_empty(name: str) -> None:
    done = replay(_load(name), lambda text: text == TEST_CODE)
    assert [scan.text for scan in done.scans] == [TEST_CODE]
    assert done.typed == ""


@pytest.mark.parametrize("name", NAMES)
def test_a_trace_says_honestly_where_it_comes_from(name: str) -> None:
    assert "not recorded from a device" in _load(name).origin


@pytest.mark.parametrize("name", NAMES)
def test_a_trace_survives_its_file(name: str) -> None:
    trace = _load(name)
    assert from_json(as_json(trace)) == trace


def test_speed_and_gaps_are_measured() -> None:
    found = diagnose(_load("hiccups"))
    assert found.characters == len(TEST_CODE)
    assert found.longest_gap == pytest.approx(0.118, abs=0.001)
    assert 90 < found.per_second < 110


def test_a_trace_without_keys_says_nothing() -> None:
    assert diagnose(Trace()) == Diagnosis(Source.NOTHING)


def test_another_code_is_no_fault_of_the_scanner() -> None:
    assert diagnose(_keys("https://example.com/a/b/c?d=42\r")).problems == (Problem.OTHER_CODE,)


def test_a_key_that_slipped_in_is_not_a_lost_digit() -> None:
    assert diagnose_text(Source.SERIAL, TEST_CODE + "5", 0.01, Ending.ENTER).problems == (Problem.DIGITS_ADDED,)


@pytest.mark.parametrize("source", [Source.SERIAL, Source.CAMERA])
def test_a_text_without_keys_is_judged_by_its_content(source: Source) -> None:
    assert diagnose_text(source, TEST_CODE, 0.01, Ending.ENTER).works
    assert diagnose_text(source, TEST_CODE[:200], 0.01, Ending.ENTER).problems == (Problem.DIGITS_LOST,)
    assert diagnose_text(source, "4006381333931", 0.01, Ending.ENTER).problems == (Problem.OTHER_CODE,)


def test_a_recording_begins_at_nought_and_is_bounded() -> None:
    trace = recorded([Stroke(1000 + number * 0.001, "1") for number in range(5000)], "here")
    assert (trace.strokes[0].at, len(trace.strokes)) == (0, 4096)


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"trace": 2, "origin": "", "keys": []}',
        '{"trace": 1, "origin": "", "keys": [[0]]}',
        '{"trace": 1, "origin": "", "keys": [[0, 1]]}',
        '{"trace": 1, "origin": "", "keys": [["soon", "1"]]}',
        '{"trace": 1, "origin": "", "keys": [[NaN, "1"]]}',
        '{"trace": 1, "origin": "", "keys": [[0, "1", "later"]]}',
        '{"trace": 1, "origin": "", "keys": [[5, "1"], [4, "2"]]}',
        '{"trace": 1, "origin": "", "keys": ' + json.dumps([[0, "1"]] * 5000) + "}",
        "[" * 100_000,
    ],
)
def test_a_file_that_is_no_trace_is_refused_in_words(content: str) -> None:
    with pytest.raises(NotATrace, match=r"recording"):
        from_json(content)


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from("0123456789abÄ０\r\t "), st.booleans(), st.booleans())))
def test_any_recording_can_be_diagnosed_and_kept(pressed: list[tuple[float, str, bool, bool]]) -> None:
    strokes, now = [], 5.0
    for gap, text, preedit, caps in pressed:
        now += gap
        strokes.append(Stroke(now, text, preedit=preedit, caps=caps and not preedit))
    trace = recorded(strokes, "made up")
    assert diagnose(from_json(as_json(trace))) == diagnose(trace)
