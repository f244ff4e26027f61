"""What the camera says to the customer: each frame's hint as it comes, and a foreign code once for each showing."""

from __future__ import annotations

from scanner.camera.hints import Hints
from scanner.reading.sight import Hint, Look

NOTHING, POSTER = Look(), Look(foreign=("https://example.org",))


def test_a_hint_is_shown_as_it_comes_and_goes() -> None:
    hints = Hints()
    looks = [NOTHING, Look(hint=Hint.CLOSER), Look(hint=Hint.TILT), NOTHING]

    assert [hints.after(look, at) for at, look in enumerate(looks)] == [None, Hint.CLOSER, Hint.TILT, None]


def test_a_foreign_code_is_told_for_two_seconds() -> None:
    hints = Hints()

    assert hints.after(POSTER, 10.0) is Hint.FOREIGN
    assert hints.after(Look(hint=Hint.CLOSER), 11.9) is Hint.FOREIGN
    assert hints.after(Look(hint=Hint.CLOSER), 12.1) is Hint.CLOSER


def test_a_foreign_code_that_stays_in_view_is_told_once() -> None:
    hints = Hints()
    told = [hints.after(POSTER, 10 + step / 10) for step in range(100)]

    assert told == [Hint.FOREIGN] * 20 + [None] * 80


def test_a_foreign_code_that_is_shown_again_is_told_again() -> None:
    hints = Hints()
    hints.after(POSTER, 10.0)

    assert hints.after(NOTHING, 13.0) is None
    assert hints.after(POSTER, 14.0) is Hint.FOREIGN


def test_a_pickup_code_ends_every_hint() -> None:
    hints = Hints()
    hints.after(POSTER, 10.0)

    assert hints.after(Look(texts=("4821",), foreign=POSTER.foreign), 10.1) is None
    assert hints.after(NOTHING, 10.2) is None


def test_a_phone_that_was_read_is_taken_away_in_peace() -> None:
    hints = Hints()
    hints.after(Look(texts=("4821",)), 10.0)

    assert hints.after(Look(hint=Hint.CLOSER), 12.9) is None
    assert hints.after(POSTER, 12.95) is Hint.FOREIGN
    assert hints.after(Look(hint=Hint.CLOSER), 15.0) is Hint.CLOSER


def test_a_foreign_code_beside_a_poster_that_hangs_there_is_told_too() -> None:
    hints = Hints()
    hints.after(POSTER, 10.0)
    hints.after(POSTER, 12.4)

    assert hints.after(Look(foreign=(*POSTER.foreign, "WIFI:S:shop;;")), 12.5) is Hint.FOREIGN


def test_who_names_a_code_foreign_is_not_the_decoder() -> None:
    assert Hints().after(Look(hint=Hint.FOREIGN), 10.0) is None
