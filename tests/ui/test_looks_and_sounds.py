"""Each verdict has its own word, drawing and sentence, and each tone its own sound."""

from __future__ import annotations

import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from app.domain.code import Flaw
from app.domain.verdict import Kind, Tone, Verdict
from resources import ROOT
from resources.make_sounds import TUNES, samples
from tests.core.till import TestClock
from tests.ui.verdicts import EVERY, verdict
from ui import icons
from ui.counter.model import Act, of_verdict
from ui.counter.sayings import say
from ui.i18n import Language
from ui.sounds import NEW, Sounds
from ui.words import Times

ICONS = sorted((ROOT / "icons").glob("*.svg"))


@pytest.fixture(params=["en", "zh_CN"])
def times(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Times]:
    language = Language(qapp)
    language.speak(request.param)
    yield Times(TestClock())
    language.speak("en")


def test_each_verdict_has_its_own_word_and_reason(times: Times) -> None:
    sayings = [say(each, times) for each in EVERY]
    assert len({each.word for each in sayings}) == len(Kind)
    assert len({each.why for each in sayings}) == len(Kind)
    assert all(each.step for each in sayings)


def test_no_saying_shows_a_placeholder_or_a_code(times: Times) -> None:
    for each in EVERY:
        said = say(each, times)
        assert "%" not in said.word + said.why + said.step
        assert each.kind.value not in said.why or "_" not in each.kind.value


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("flaw", [None, *Flaw])
def test_a_verdict_with_only_its_kind_is_still_said(qapp: QApplication, kind: Kind, flaw: Flaw | None) -> None:
    bare = verdict(
        kind, flaw=flaw, order=None, order_number=None, window=None, lines=(), handed_over=None, retry_at=None
    )
    assert say(bare, Times(TestClock())).word


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.kind)
def test_enter_hands_over_only_where_a_clerk_may(qapp: QApplication, each: Verdict) -> None:
    view = of_verdict(each, Times(TestClock()))
    assert view.enter is not None
    clerk_may = each.hand_over_by == "clerk"
    assert (view.enter.act is Act.HAND_OVER) == clerk_may
    assert bool(view.lines) == (each.hand_over_by is not None)


@pytest.mark.parametrize("each", EVERY, ids=lambda each: each.kind)
def test_a_manager_is_asked_only_where_one_may_allow_it(qapp: QApplication, each: Verdict) -> None:
    offered = [choice.act for choice in of_verdict(each, Times(TestClock())).others]
    assert (Act.ASK_MANAGER in offered) == (each.hand_over_by == "manager")


def test_each_verdict_has_its_own_drawing() -> None:
    drawings = {(ROOT / "icons" / f"verdict_{kind}.svg").read_text("utf-8") for kind in Kind}
    assert len(drawings) == len(Kind)


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_each_drawing_takes_its_colour_from_the_theme(qapp: QApplication, path: Path) -> None:
    assert "currentColor" in path.read_text("utf-8")
    red = icons.pixmap(path.stem, "#ff0000", 24).toImage()
    seen = {red.pixelColor(x, y).name() for x in range(24) for y in range(24) if red.pixelColor(x, y).alpha() > 200}
    assert seen == {"#ff0000"}


def test_the_sounds_differ_and_are_what_the_script_makes() -> None:
    files = {}
    for tone in (*Tone, NEW):
        with wave.open(str(ROOT / "sounds" / f"{tone}.wav"), "rb") as file:
            files[tone] = file.readframes(file.getnframes())
    assert len(set(files.values())) == 4
    assert files[Tone.NO] == samples(TUNES["no"], rough=True)


def test_without_a_sound_library_the_program_beeps(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    beeps = []
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    monkeypatch.setattr("ui.sounds.QApplication.beep", lambda: beeps.append(1))
    sounds = Sounds()
    sounds.prepare()
    sounds.play(Tone.NO)
    assert beeps == [1]


def test_sounds_that_are_off_are_silent(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.sounds.QApplication.beep", lambda: pytest.fail("it beeped"))
    sounds = Sounds()
    sounds.on = False
    sounds.play(Tone.NO)
