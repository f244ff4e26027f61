"""A keyboard scanner's burst is told from a clerk's typing, and both arrive whole."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scanner.keys.keytext import Hint
from scanner.keys.wedge import (
    MAX_KEYS,
    BurstBegan,
    BurstGrew,
    Ending,
    GivenBack,
    PassedThrough,
    ScanComplete,
    Swallowed,
    WedgeAssembler,
    WedgeEvent,
)

CODE = "1" + "".join(random.Random(4).choices("0123456789", k=229))
Stroke = tuple[float, str]


class Till:
    """Does with the events what the window does: a field that keys reach, and the scans that were heard."""

    def __init__(
        self, accept: Callable[[str], bool] | None = None, *, surely: Callable[[str], bool] | None = None
    ) -> None:
        self._wedge = WedgeAssembler(accept, surely)
        self.field = ""
        self.enters = 0
        self.scans: list[ScanComplete] = []
        self.progress: list[int] = []

    def play(self, strokes: Iterable[Stroke]) -> Till:
        """Press the keys, look at the clock every 50 ms between them, then wait a second."""
        last = 0.0
        for at, text in strokes:
            for tick in range(1, int((at - last) / 0.05) + 1):
                self._apply(self._wedge.poll(last + tick * 0.05))
            self._apply(self._wedge.feed(text, at=at))
            last = at
        self._apply(self._wedge.poll(last + 1))
        return self

    def _apply(self, events: Sequence[WedgeEvent]) -> None:
        for event in events:
            match event:
                case PassedThrough("\r" | "\n" | "\t"):
                    self.enters += 1
                case PassedThrough(text) | GivenBack(text):
                    self.field += text
                case BurstBegan(text):
                    assert self.field.endswith(text)
                    self.field = self.field.removesuffix(text)
                case BurstGrew(count):
                    self.progress.append(count)
                case ScanComplete():
                    self.scans.append(event)
                case Swallowed():
                    pass

    @property
    def texts(self) -> list[str]:
        return [scan.text for scan in self.scans]


def _strokes(text: Iterable[str], gap: float, start: float = 10.0) -> list[Stroke]:
    return [(start + number * gap, key) for number, key in enumerate(text)]


def _when(stroke: Stroke) -> float:
    return stroke[0]


def _is_the_code(text: str) -> bool:
    return text == CODE


@pytest.mark.parametrize("gap", [0.001, 0.008, 0.016, 0.034])
@pytest.mark.parametrize(("suffix", "ending"), [("\r", Ending.ENTER), ("\t", Ending.TAB), ("", Ending.SILENCE)])
def test_a_scan_is_one_text_whatever_its_pace_and_suffix(gap: float, suffix: str, ending: Ending) -> None:
    till = Till().play(_strokes(CODE + suffix, gap))

    assert [(scan.text, scan.ended_by) for scan in till.scans] == [(CODE, ending)]
    assert (till.field, till.enters) == ("", 0)


@pytest.mark.parametrize("suffix", ["\r\n", "\n", "\r\r", "\t\r"])
def test_every_key_of_a_suffix_is_swallowed(suffix: str) -> None:
    till = Till().play(_strokes(CODE + suffix, 0.008))

    assert (till.texts, till.enters, till.field) == ([CODE], 0, "")


def test_an_enter_that_comes_late_presses_nothing() -> None:
    scan = _strokes(CODE, 0.008)

    till = Till().play([*scan, (scan[-1][0] + 0.3, "\r")])

    assert (till.texts, till.enters) == ([CODE], 0)


def test_the_clerks_own_enter_after_a_scan_is_hers() -> None:
    scan = _strokes(CODE + "\r", 0.008)

    till = Till().play([*scan, (scan[-1][0] + 0.6, "\r")])

    assert till.enters == 1


def test_an_enter_after_typing_is_hers_even_right_after_a_scan() -> None:
    scan = _strokes(CODE + "\r", 0.008)

    till = Till().play([*scan, *_strokes("7\r", 0.1, start=scan[-1][0] + 0.15)])

    assert (till.field, till.enters) == ("7", 1)


def test_single_hiccups_do_not_cut_a_scan() -> None:
    gaps = [0.008] * len(CODE)
    gaps[3] = gaps[50] = gaps[120] = 0.118

    till = Till().play(zip(accumulate(gaps), CODE, strict=True))

    assert (till.texts, till.field) == ([CODE], "")


def test_a_scan_that_stumbles_over_its_first_keys_is_whole_once_it_is_known() -> None:
    pauses = [0.118, 0.118, 0.118, 0.118] + [0.03] * len(CODE)

    till = Till(_is_the_code).play(zip(accumulate(pauses, initial=10.0), CODE + "\r", strict=False))

    assert (till.texts, till.field, till.enters) == ([CODE], "", 0)


def test_the_keys_that_passed_before_a_scan_was_known_are_taken_back() -> None:
    wedge = WedgeAssembler()

    events = [wedge.feed(key, at=at) for at, key in _strokes("123456", 0.008)]

    assert events[:5] == [(PassedThrough(key),) for key in "12345"]
    assert events[5] == (BurstBegan("12345"), BurstGrew(6), Swallowed())
    assert wedge.in_burst


def test_progress_counts_every_character() -> None:
    assert Till().play(_strokes(CODE, 0.008)).progress == list(range(6, len(CODE) + 1))


def test_the_settings_panel_hears_the_pace() -> None:
    (scan,) = Till().play(_strokes(CODE, 0.008)).scans

    assert scan.keys == len(CODE)
    assert scan.seconds == pytest.approx(0.008 * (len(CODE) - 1))


@pytest.mark.parametrize("gap", [0.04, 0.06, 0.1, 0.3])
def test_a_clerk_who_types_quickly_is_no_scanner(gap: float) -> None:
    till = Till().play(_strokes("48210937 zhang san\r", gap))

    assert (till.field, till.enters, till.texts) == ("48210937 zhang san", 1, [])


def test_a_key_held_down_is_no_scanner() -> None:
    till = Till().play(_strokes("0" * 200, 0.03))

    assert (till.field, till.texts) == ("0" * 200, [])


def test_a_few_quick_keys_are_no_scan() -> None:
    till = Till().play(_strokes("12345\r", 0.01))

    assert (till.field, till.enters, till.texts) == ("12345", 1, [])


def test_keys_without_text_pass_and_disturb_nothing() -> None:
    strokes = [stroke for at, key in _strokes(CODE, 0.008) for stroke in ((at, key), (at, ""))]

    till = Till().play(strokes)

    assert (till.texts, till.field) == ([CODE], "")


def test_backspace_passes_and_what_it_edited_is_not_taken_back() -> None:
    till = Till().play([*_strokes("48\b", 0.1), *_strokes(CODE, 0.008, start=10.21)])

    assert (till.texts, till.field) == ([CODE], "48\b")


def test_two_scans_in_a_row_are_two_texts() -> None:
    first, second = "1" * 20 + "2" * 20, "3" * 20 + "4" * 20

    till = Till().play([*_strokes(first + "\r", 0.008), *_strokes(second + "\r", 0.008, start=11.0)])

    assert till.texts == [first, second]


def test_a_text_of_several_lines_is_one_scan() -> None:
    card = "BEGIN:VCARD\rN:Zhang\rEND:VCARD\r"

    till = Till(_is_the_code).play(_strokes(card, 0.008))

    assert till.texts == ["BEGIN:VCARD\nN:Zhang\nEND:VCARD"]
    assert (till.field, till.enters) == ("", 0)


def test_a_scan_that_never_ends_is_cut() -> None:
    till = Till().play(_strokes("12" * MAX_KEYS, 0.002))

    (scan,) = till.scans
    assert scan.cut
    assert len(scan.text) == MAX_KEYS


@pytest.mark.parametrize(
    ("typed", "hints"),
    [
        (CODE.translate(str.maketrans("0123456789", "０１２３４５６７８９")), {Hint.FULL_WIDTH}),
        (CODE.translate(str.maketrans("0123456789", ")!@#$%^&*(")), {Hint.SHIFTED_DIGITS}),
        (CODE.translate(str.maketrans("0123456789", "）！@#￥%…&*（")), {Hint.SHIFTED_DIGITS}),
        (CODE.translate(str.maketrans("0123456789", "à&é\"'(-è_ç")), {Hint.OTHER_LAYOUT}),
        ("]Q1" + CODE, set()),
        ("]q1" + CODE, {Hint.CAPS_LOCK}),
        ("]Q1" + CODE.translate(str.maketrans("0123456789", "０１２３４５６７８９")), {Hint.FULL_WIDTH}),
        ("}Q!" + CODE.translate(str.maketrans("0123456789", ")!@#$%^&*(")), {Hint.SHIFTED_DIGITS}),
    ],
)
def test_what_a_keyboard_does_to_digits_is_undone_and_told(typed: str, hints: set[Hint]) -> None:
    (scan,) = Till().play(_strokes(typed + "\r", 0.008)).scans

    assert (scan.text, set(scan.hints)) == (CODE, hints)


def test_a_foreign_code_is_left_as_it_is() -> None:
    (scan,) = Till().play(_strokes("https://example.com/?id=(42)&x=$1\r", 0.008)).scans

    assert (scan.text, scan.hints) == ("https://example.com/?id=(42)&x=$1", frozenset())


# -- a clerk and a scanner at the same moment -----------------------------------------------------------------------

letters = st.lists(st.tuples(st.floats(0.045, 0.6), st.sampled_from("abcXYZ 张")), max_size=12)
gaps = st.sampled_from([0.001, 0.008, 0.016, 0.030])
suffixes = st.sampled_from(["\r", "\r\n", "\t", ""])


def _typing(strokes: list[tuple[float, str]], start: float) -> list[Stroke]:
    times = accumulate((pause for pause, _ in strokes), initial=start)
    return [(at, key) for at, (_, key) in zip(times, strokes, strict=False)]


@settings(deadline=None, max_examples=60)
@given(
    typed=letters,
    start=st.floats(8.0, 12.0),
    gap=gaps,
    suffix=suffixes,
    hiccups=st.sets(st.integers(1, len(CODE) - 1), max_size=3),
)
def test_letters_typed_at_any_moment_of_a_scan_stay_in_the_field(
    typed: list[tuple[float, str]], start: float, gap: float, suffix: str, hiccups: set[int]
) -> None:
    times = accumulate((0.118 if place in hiccups else gap for place in range(1, 300)), initial=10.0)
    scan = list(zip(times, CODE + suffix, strict=False))

    till = Till(_is_the_code).play(sorted([*_typing(typed, start), *scan], key=_when))

    assert till.texts == [CODE]
    assert till.field == "".join(key for _, key in typed)


@settings(deadline=None, max_examples=60)
@given(digit=st.sampled_from("0123456789"), at=st.floats(9.8, 14.0), gap=gaps, suffix=suffixes)
def test_a_digit_typed_at_any_moment_of_a_scan_stays_in_the_field(
    digit: str, at: float, gap: float, suffix: str
) -> None:
    strokes = [*_strokes(CODE + suffix, gap), (at, digit)]

    till = Till(_is_the_code).play(sorted(strokes, key=_when))

    assert (till.texts, till.field) == ([CODE], digit)


@settings(deadline=None, max_examples=60)
@given(
    places=st.lists(st.integers(10, 25), min_size=2, max_size=8),
    within=st.floats(0.2, 0.8),
    gap=st.sampled_from([0.008, 0.016, 0.030]),
    data=st.data(),
)
def test_several_digits_typed_during_a_regular_scan_stay_in_the_field(
    places: list[int], within: float, gap: float, data: st.DataObject
) -> None:
    digits = data.draw(st.text("0123456789", min_size=len(places), max_size=len(places)))
    typed = [(10.0 + (place + within) * gap, digit) for place, digit in zip(accumulate(places), digits, strict=True)]

    till = Till(_is_the_code).play(sorted(_strokes(CODE + "\r", gap) + typed))

    assert (till.texts, till.field) == ([CODE], digits)


@settings(deadline=None, max_examples=60)
@given(typed=st.lists(st.tuples(st.floats(0.13, 0.6), st.sampled_from("0123456789ab")), max_size=9), gap=gaps)
def test_typing_before_and_after_a_scan_needs_no_knowledge_of_codes(typed: list[tuple[float, str]], gap: float) -> None:
    before = _typing(typed, 0.0)
    scan = _strokes(CODE + "\r", gap, start=30.0)
    after = _typing(typed, scan[-1][0] + 0.13)

    till = Till().play([*before, *scan, *after])

    assert till.texts == [CODE]
    assert till.field == "".join(key for _, key in typed * 2)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.floats(0.0, 0.3), st.sampled_from("0123456789abÄ０\r\n\t\b]Q")), max_size=120))
def test_no_key_is_ever_both_passed_and_scanned_or_neither(strokes: list[tuple[float, str]]) -> None:
    wedge, now, passed = WedgeAssembler(), 0.0, 0
    for pause, key in strokes:
        now += pause
        events = wedge.feed(key, at=now)
        assert [type(event) in (PassedThrough, Swallowed) for event in events].count(True) == 1
        assert isinstance(events[-1], PassedThrough | Swallowed)
        passed += isinstance(events[-1], PassedThrough)
    wedge.poll(now + 1)

    assert not wedge.in_burst


# -- harder: hiccups, an uneven pace, and several of her digits within the scan ----------------------------------------


@settings(max_examples=80)
@given(
    gap=gaps,
    stray=st.floats(0, 0.15),
    suffix=suffixes,
    hiccups=st.dictionaries(st.integers(1, len(CODE) - 1), st.floats(0.06, 0.118), max_size=3),
    begins=st.floats(-0.3, 0.8),
    typed=st.lists(st.tuples(st.floats(0.06, 0.35), st.sampled_from("0123456789")), min_size=1, max_size=8),
    seed=st.integers(0, 2**32),
)
def test_digits_typed_during_an_uneven_scan_with_hiccups_stay_in_the_field(
    gap: float,
    stray: float,
    suffix: str,
    hiccups: dict[int, float],
    begins: float,
    typed: list[tuple[float, str]],
    seed: int,
) -> None:
    chance = random.Random(seed)
    steps = (hiccups.get(place, gap * (1 + chance.uniform(-stray, stray))) for place in range(1, 300))
    scan = list(zip(accumulate(steps, initial=10.0), CODE + suffix, strict=False))
    start = 10.0 + begins * (scan[-1][0] - 10.0)

    till = Till(_is_the_code).play(sorted([*_typing(typed, start), *scan], key=_when))

    assert till.texts == [CODE]
    assert till.field == "".join(key for _, key in typed)


@settings(max_examples=150)
@given(
    strokes=st.lists(st.tuples(st.floats(0.0, 0.2), st.sampled_from("0123456789abcXYZ")), max_size=150),
    knows_codes=st.booleans(),
)
def test_every_key_ends_in_the_field_or_in_a_scan_and_never_in_both(
    strokes: list[tuple[float, str]], knows_codes: bool
) -> None:
    times = accumulate((pause for pause, _ in strokes), initial=10.0)
    keys = list(zip(times, (key for _, key in strokes), strict=False))

    till = Till(_is_the_code if knows_codes else None).play(keys)

    assert sorted(till.field + "".join(till.texts)) == sorted(key for _, key in strokes)


def test_among_well_formed_readings_the_genuine_one_is_taken() -> None:
    strokes = sorted([*_strokes(CODE + "\r", 0.008), (10.0 + 40.5 * 0.008, "7")])
    keys = "".join(key for _, key in strokes).strip()
    genuine = keys[:100] + keys[101:]

    by_form = Till(lambda text: len(text) == len(CODE)).play(strokes)
    by_signature = Till(lambda text: len(text) == len(CODE), surely=lambda text: text == genuine).play(strokes)

    assert (by_form.texts, by_form.field) == ([CODE], "7")
    assert (by_signature.texts, by_signature.field) == ([genuine], keys[100])


def test_without_a_genuine_reading_the_likeliest_form_is_taken() -> None:
    till = Till(_is_the_code, surely=lambda _text: False).play(_strokes(CODE + "\r", 0.008))

    assert till.texts == [CODE]
