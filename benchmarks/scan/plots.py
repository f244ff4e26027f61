"""Plots of what each decoder reads: by kind of trouble, and by how small the code is."""

from __future__ import annotations

from pathlib import Path

from matplotlib import pyplot as plt

from benchmarks.scan.readers import READERS
from benchmarks.scan.results import HD, PPM, VGA, Results
from scanner.drawn.counter_frames import KINDS

plt.switch_backend("agg")

# Told apart without colour vision, too: from light to dark.
_COLOURS = dict(zip(READERS, ("#9ecae1", "#4292c6", "#bdbdbd", "#08306b"), strict=True))


def draw(results: Results, folder: Path) -> None:
    """Write `scanner-kinds.png` and `scanner-size.png`."""
    folder.mkdir(parents=True, exist_ok=True)
    _kinds(results, folder / "scanner-kinds.png")
    _sizes(results, folder / "scanner-size.png")


def _kinds(results: Results, path: Path) -> None:
    figure, panels = plt.subplots(2, 1, figsize=(11, 6.4), sharex=True, layout="constrained")
    for panel, size in zip(panels, (VGA, HD), strict=True):
        for place, name in enumerate(READERS):
            at = [number + 0.21 * (place - 1.5) for number in range(len(KINDS) + 1)]
            rates = [results.rate(size, name), *(results.rate(size, name, kind) for kind in KINDS)]
            panel.bar(at, rates, width=0.2, label=name, color=_COLOURS[name])
        panel.set_ylabel("read, %")
        panel.set_title(f"Drawn frames, {size[0]} × {size[1]}", loc="left", fontsize=11)
        panel.spines[["top", "right"]].set_visible(False)
    names = ["all", *(kind.replace("_", "\n") for kind in KINDS)]
    panels[1].set_xticks(range(len(names)), names, fontsize=9)
    panels[0].legend(ncols=len(READERS), loc="lower right", bbox_to_anchor=(1, 1), frameon=False)
    figure.savefig(path, dpi=110)
    plt.close(figure)


def _sizes(results: Results, path: Path) -> None:
    figure, panel = plt.subplots(figsize=(7, 3.8), layout="constrained")
    for name in READERS:
        rates = [results.ppm_rate(ppm, name) for ppm in PPM]
        panel.plot(PPM, rates, marker="o", label=name, color=_COLOURS[name], linewidth=2)
    panel.set_xlabel("pixels per module")
    panel.set_ylabel("read, %")
    panel.set_xticks(PPM)
    panel.set_ylim(-3, 103)
    panel.set_title("Tilted, moved, unsharp and noisy at once, 640 × 480", loc="left", fontsize=11)
    panel.spines[["top", "right"]].set_visible(False)
    panel.legend(frameon=False, loc="lower right")
    figure.savefig(path, dpi=110)
    plt.close(figure)
