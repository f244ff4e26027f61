"""Runs all measurements, and makes of them the judged figures and what is only told."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.measure import median, millis, percentile
from benchmarks.scan import live, photos
from benchmarks.scan.judged import Judged
from benchmarks.scan.photos import Seen
from benchmarks.scan.readers import LADDER, READERS, SINGLES, Read, by_all, read
from scanner.drawn import counter_frames, crafted, without_code
from scanner.drawn.counter_frames import KINDS
from scanner.vision import to_grey

VGA, HD = (640, 480), (1280, 720)
SIZES = (VGA, HD)
PPM = (2.3, 2.6, 3.0, 4.0)
# How many of BoofCV's photographs the reference reads, by set.
BOOFCV = {"boofcv-glare": 21, "boofcv-damaged": 7, "boofcv-blurred": 19, "boofcv-bright_spots": 11}

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Amounts:
    """How much of everything; `QUICK` only proves that it still runs."""

    each_kind: int = 40
    each_ppm: int = 60
    approaches: int = 22
    scenes: int = 5
    nothing: int = 25
    crafted: int = 8
    photos: int | None = None


FULL = Amounts()
QUICK = Amounts(each_kind=1, each_ppm=1, approaches=1, scenes=1, nothing=1, crafted=1, photos=3)


@dataclass(slots=True)
class Results:
    """Everything that was measured; counts are by reader unless said otherwise."""

    drawn: dict[tuple[tuple[int, int], str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_ppm: dict[float, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    drawn_seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    photos: list[Seen] = field(default_factory=list)
    watched: dict[tuple[int, int], list[dict[str, live.Watched]]] = field(default_factory=lambda: defaultdict(list))
    unread: dict[tuple[int, int], list[float]] = field(default_factory=dict)
    false_drawn: list[str] = field(default_factory=list)
    crafted_seconds: list[float] = field(default_factory=list)
    amounts: Amounts = FULL

    @property
    def with_code(self) -> list[Seen]:
        """The photographs that show a code."""
        return [seen for seen in self.photos if seen.photo.expected]

    @property
    def false_photos(self) -> list[str]:
        """What the ladder read on photographs without a code."""
        return [
            f"{seen.photo.path.name}: {text}"
            for seen in self.photos
            if not seen.photo.expected
            for text in _texts(seen.reads.get(LADDER))
        ]

    @property
    def other_texts(self) -> list[str]:
        """What the ladder read beside the known texts of photographs: a second code, or something that is not there."""
        return [
            f"{seen.photo.path.name}: {text}"
            for seen in self.with_code
            for text in _texts(seen.reads.get(LADDER))
            if not Read([text], 0.0).has(*seen.photo.expected)
        ]

    @property
    def false_reads(self) -> int:
        """How many texts the ladder read where there is none."""
        return len(self.false_photos) + len(self.false_drawn)

    def right(self, reader: str, group: str = "") -> int:
        """Return how many photographs (of one set) the reader reads correctly."""
        return sum(_right(seen, reader) for seen in self.with_code if group in {"", seen.photo.group})

    def rate(self, size: tuple[int, int], reader: str, kind: str = "") -> float:
        """Return how many percent of the drawn frames (of one kind) the reader reads."""
        kinds = [kind] if kind else list(KINDS)
        whole = self.amounts.each_kind * len(kinds)
        return 100 * sum(self.drawn[size, each][reader] for each in kinds) / whole

    def ppm_rate(self, ppm: float, reader: str) -> float:
        """Return how many percent of the combinations with so many pixels per module the reader reads."""
        return 100 * self.by_ppm[ppm][reader] / self.amounts.each_ppm

    def live_seconds(self, size: tuple[int, int]) -> list[float]:
        """Return what each live frame cost, on approaches and while nothing could be read."""
        return [spent for each in self.watched[size] for spent in each[LADDER].seconds] + self.unread[size]

    def small_seconds(self, reader: str) -> list[float]:
        """Return the CPU seconds over photographs shrunk to fit 640 × 480."""
        return [seen.small[reader].seconds for seen in self.with_code if seen.small]


def run(amounts: Amounts, place: Path | None, say: Say) -> Results:
    """Measure everything, each picture by every reader in turn."""
    results = Results(amounts=amounts)
    say(f"drawn frames: {amounts.each_kind} of each kind and size")
    _drawn(results)
    say(f"combinations at {', '.join(map(str, PPM))} pixels per module")
    _by_ppm(results)
    if place:
        say("photographs")
        found = photos.listed(place)
        chosen = found if amounts.photos is None else found[:: max(1, len(found) // amounts.photos)]
        results.photos = list(photos.seen(chosen, small=True))
    say("the live loop")
    _live(results)
    say("pictures without a code, and hostile ones")
    _without_code(results)
    _hostile(results)
    return results


def _drawn(results: Results) -> None:
    for size in SIZES:
        for kind in KINDS:
            for case in counter_frames.frames(kind, size, results.amounts.each_kind, seed=11):
                reads = by_all(to_grey(case.frame))
                results.drawn[size, kind].update(_readers_of(reads, case.text))
                results.false_drawn += [f"{kind}: {text}" for text in reads[LADDER].texts if text != case.text]
                if size == VGA:
                    for name, each in reads.items():
                        results.drawn_seconds[name].append(each.seconds)


def _by_ppm(results: Results) -> None:
    for ppm in PPM:
        for case in counter_frames.frames("combination", VGA, results.amounts.each_ppm, seed=12, ppm=ppm):
            reads = by_all(to_grey(case.frame))
            results.by_ppm[ppm].update(_readers_of(reads, case.text))
            results.false_drawn += [f"{ppm} px: {text}" for text in reads[LADDER].texts if text != case.text]


def _live(results: Results) -> None:
    for size in SIZES:
        for approach in live.approaches(size, results.amounts.approaches, seed=13):
            results.watched[size].append(live.watch_all(approach))
        results.unread[size] = live.unread(size, results.amounts.scenes, seed=14)


def _without_code(results: Results) -> None:
    for kind in without_code.KINDS:
        for frame in without_code.frames(kind, VGA, results.amounts.nothing, seed=15):
            results.false_drawn += [f"{kind}: {text}" for text in read(READERS[LADDER], to_grey(frame)).texts]


def _hostile(results: Results) -> None:
    for kind in crafted.KINDS:
        for each in crafted.symbols(kind, results.amounts.crafted, seed=16):
            results.crafted_seconds.append(read(READERS[LADDER], crafted.shown([each.modules], 3)).seconds)


def _readers_of(reads: dict[str, Read], text: str) -> list[str]:
    return [name for name, each in reads.items() if each.has(text)]


def _right(seen: Seen, reader: str) -> bool:
    return reader in seen.reads and seen.reads[reader].has(*seen.photo.expected)


def _texts(found: Read | None) -> list[str]:
    return found.texts if found else []


def judged(results: Results) -> Iterator[Judged]:
    """Yield the issue's figures; those on photographs only when there are any."""
    if results.with_code:
        yield from _judged_photos(results)
    for size, minimum, goal in ((VGA, 93, 96), (HD, 95, 98)):
        yield Judged(f"drawn frames {_by(size)}", results.rate(size, LADDER), "%", minimum, goal)
    for ppm, minimum, goal in ((2.6, 90, 98), (3.0, 97, 100)):
        yield Judged(f"combination at {ppm} px per module", results.ppm_rate(ppm, LADDER), "%", minimum, goal)
    yield from _judged_times(results)
    worst, note = millis(max(results.crafted_seconds)), f"{len(results.crafted_seconds)} bit streams"
    yield Judged("slowest crafted symbol", worst, "ms", 500, 500, at_most=True, note=note)
    yield Judged("false reads", results.false_reads, "", 0, 0, at_most=True, note="photographs without a code, noise …")


def _judged_photos(results: Results) -> Iterator[Judged]:
    whole = len(results.with_code)
    percent = {name: 100 * results.right(name) / whole for name in READERS}
    yield Judged("photographs", percent[LADDER], "%", 94, 97, note=f"{results.right(LADDER)} of {whole}")
    best = max(percent[name] for name in SINGLES)
    yield Judged("photographs, points above the best single decoder", percent[LADDER] - best, "", 7, 7)
    for group, reference in BOOFCV.items():
        if size := sum(seen.photo.group == group for seen in results.with_code):
            yield Judged(group, results.right(LADDER, group), f"of {size}", reference, min(size, reference + 1))


def _judged_times(results: Results) -> Iterator[Judged]:
    yield from _still("640 × 480, drawn", results.drawn_seconds[LADDER], results.drawn_seconds["zxing-cpp"])
    if results.with_code:
        small = results.small_seconds
        yield from _still("photographs within 640 × 480", small(LADDER), small("zxing-cpp"))
    for size in SIZES:
        spent = millis(percentile(results.live_seconds(size), 95))
        yield Judged(f"live loop {_by(size)}, p95 of a frame", spent, "ms", 33, 20, at_most=True)
    delays = [delay for size in SIZES for delay in live.delays(results.watched[size], LADDER)]
    note = f"{len(delays)} approaches"
    p90 = millis(percentile(delays, 90)) if delays else 0.0
    yield Judged("first readable frame → text, p90", p90, "ms", 100, 40, at_most=True, note=note)


def _still(what: str, ours: list[float], theirs: list[float]) -> Iterator[Judged]:
    ratio = median(ours) / median(theirs)
    yield Judged(f"still, {what}, median beside zxing-cpp", ratio, "×", 3, 1.5, at_most=True)
    yield Judged(f"still, {what}, p95", millis(percentile(ours, 95)), "ms", 70, 40, at_most=True)


def _by(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"
