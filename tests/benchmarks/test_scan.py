"""The scanner's benchmark runs at a tiny size, counts what is right, and renews only what lies between the marks."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.scan import live, photos, told
from benchmarks.scan.__main__ import main
from benchmarks.scan.judged import Judged
from benchmarks.scan.readers import LADDER, READERS, Read, by_all
from benchmarks.scan.results import QUICK, judged, run
from scanner.drawn import screen
from scanner.vision import Frame, cv2, to_uint8

HEAD = ("file", "set", "expected_text", "expected_all", "truth")


def code(digits: str) -> Frame:
    return to_uint8(np.kron(np.where(np.pad(screen.matrix(digits, 2), 4), 0, 255), np.ones((4, 4))))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a code, the same under a wrong name, an empty picture, and a row without a truth."""
    rows = [
        ("a/right.png", "boofcv-glare", "4821", '["4821"]', "given"),
        ("a/wrong.png", "boofcv-glare", "1111", '["1111"]', "given"),
        ("b/none.png", "b", "", "", "no-QR"),
        ("b/unknown.png", "b", "", "", "unknown"),
        ("a/missing.png", "boofcv-glare", "4821", '["4821"]', "given"),
    ]
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    for file in ("a/right.png", "a/wrong.png"):
        cv2.imwrite(str(tmp_path / file), code("4821"))
    cv2.imwrite(str(tmp_path / "b/none.png"), np.full((60, 60), 200, np.uint8))
    with (tmp_path / "index.csv").open("w", encoding="utf-8", newline="") as index:
        csv.writer(index).writerows([HEAD, *rows])
    return tmp_path


def test_a_run_judges_every_figure_of_the_issue(folder: Path) -> None:
    results = run(QUICK, folder, lambda _: None)

    names = " ".join(figure.name for figure in judged(results))

    for part in (
        "photographs",
        "boofcv-glare",
        "640 × 480",
        "1280 × 720",
        "2.6 px",
        "3.0 px",
        "p95",
        "p90",
        "false reads",
    ):
        assert part in names
    assert (results.right(LADDER), results.right(LADDER, "b"), len(results.with_code)) == (1, 0, 3)
    assert results.false_photos == []
    assert results.other_texts == ["wrong.png: 4821"]
    assert json.loads(told.kept(results, list(judged(results))))["photographs"]["boofcv-glare"]["of"] == 3
    assert told.tables(results, list(judged(results))).count("\n|---|") == 3


def test_photographs_are_skipped_in_words_where_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("benchmarks.scan.results.run", lambda _amounts, place, _say: place)
    monkeypatch.setattr("benchmarks.scan.__main__._tell", lambda measured, write_docs: None)

    assert main(["--quick", "--photos", str(tmp_path)]) == 0
    assert "no photographs" in capsys.readouterr().out


def test_rows_without_a_truth_are_left_out(folder: Path) -> None:
    assert [photo.path.name for photo in photos.listed(folder)] == ["right.png", "wrong.png", "none.png", "missing.png"]


def test_only_what_lies_between_the_marks_is_renewed() -> None:
    document = f"before\n{told.BEGIN}\nold\n{told.END}\nafter"

    renewed = told.written(document, "new")

    assert renewed == f"before\n{told.BEGIN}\n\nnew\n\n{told.END}\nafter"


def test_line_ends_and_outer_blanks_are_no_difference() -> None:
    read = Read(["one\r\ntwo "], 0.0)

    assert read.has("nothing", "one\ntwo")
    assert not read.has("one")
    assert not Read([], 0.0).has("")


def test_every_reader_reads_a_clean_code() -> None:
    reads = by_all(code("4821"))

    assert {name: read.texts for name, read in reads.items()} == {name: ["4821"] for name in READERS}


def test_a_large_photograph_is_shrunk_to_fit_and_a_small_one_left_alone() -> None:
    large, small = np.zeros((1200, 900), np.uint8), np.zeros((100, 90), np.uint8)

    assert photos.fitted(large).shape == (480, 360)
    assert photos.fitted(small) is small


@pytest.mark.parametrize(("value", "outcome"), [(92.9, "MISSED"), (93, "minimum reached"), (96, "goal reached")])
def test_a_share_is_to_reach_its_marks(value: float, outcome: str) -> None:
    assert Judged("f", value, "%", 93, 96).outcome == outcome


@pytest.mark.parametrize(("value", "outcome"), [(71, "MISSED"), (70, "minimum reached"), (39.9, "goal reached")])
def test_a_time_is_to_stay_below_its_marks(value: float, outcome: str) -> None:
    assert Judged("f", value, "ms", 70, 40, at_most=True).outcome == outcome


def test_frames_pass_by_while_the_decoder_is_busy() -> None:
    seen: list[int] = []
    frames = [np.full((2, 2), number, np.uint8) for number in range(9)]

    def slow(frame: Frame, _: float) -> tuple[list[str], float]:
        seen.append(int(frame[0, 0]))
        return (["it"] if frame[0, 0] >= 4 else []), 0.070

    watched = live._watch(slow, live.Approach(frames, "it"), readable=3)

    assert seen == [0, 2, 4]
    assert watched.delay == pytest.approx(4 / 30 + 0.010 + 0.070 - 3 / 30, abs=0.01)
