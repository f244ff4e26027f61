"""The long run: `python -m tests.simulation --seeds 5000 --from 1000`."""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import time
import traceback

from tests.simulation.day import ORDERS, Report, run


def main() -> int:
    """Live the days, print those that broke a promise, return how many (at most 1 as an exit code)."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=1000, help="how many days")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the first day's seed")
    parser.add_argument("--workers", type=int, default=multiprocessing.cpu_count())
    parser.add_argument("--trace", action="store_true", help="print the whole trace of a day that broke a promise")
    options = parser.parse_args()
    began, broken = time.monotonic(), 0
    with multiprocessing.Pool(options.workers) as pool:
        for report in pool.imap_unordered(live, range(options.first, options.first + options.seeds), chunksize=4):
            if report.broken:
                broken += 1
                tell(report, trace=options.trace)
        pool.close()
        pool.join()  # a worker that ends by itself tidies up
    took = time.monotonic() - began
    sys.stdout.write(f"{options.seeds} days of {ORDERS} orders in {took:.0f} s: {broken} broke a promise\n")
    return min(broken, 1)


def live(seed: int) -> Report:
    """Live a day; a mistake in the code breaks a promise too."""
    try:
        return run(seed)
    except Exception:  # noqa: BLE001 - the other days go on, and this one's story is told
        return Report(seed, "", (), traceback.format_exc())


def tell(report: Report, *, trace: bool) -> None:
    """Print a day that broke a promise."""
    lines = report.lines if trace else ()
    sys.stdout.write("\n".join([f"seed {report.seed}: {report.broken}", *lines]) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
