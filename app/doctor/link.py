"""The link to HQ, asked as the terminal asks it, and with its answer this machine's clock."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from app.clock import TrustedClock
from app.doctor.data import identity
from app.doctor.finding import Finding, fail, ok, warn
from app.errors import TransportFailure

HQ, CLOCK = "HQ", "Clock"
LINE_IS_AWAY = "The terminal works on without it and sends its work later; check the cable or the Wi-Fi."
SET_THE_CLOCK = "Let the system set the time by itself; until then the terminal goes by HQ's time."
FIRST_RELEASE = datetime(2025, 1, 1, tzinfo=UTC)


def hq_and_clock(folder: Path) -> Sequence[Finding]:
    """Ask HQ for the time and compare it."""
    me = identity(folder)
    if me is None:
        return [ok(HQ, "this terminal is not enrolled yet"), _clock_alone()]
    from sync.client import BadAddress, HqClient, Limits

    try:
        with closing(HqClient(me["hq_url"], limits=Limits(connect=3, read=5, total=8))) as client:
            began = time.monotonic()
            answer = client.time()
            took = time.monotonic() - began
    except BadAddress:
        return [fail(HQ, f"“{me['hq_url']}” is no address", "Ask HQ for a code and enrol again."), _clock_alone()]
    except TransportFailure as failure:
        return [warn(HQ, f"{me['hq_url']}: {failure}", LINE_IS_AWAY), _clock_alone()]
    offset = datetime.now(UTC) - answer.hq_time - timedelta(seconds=took / 2)
    return [ok(HQ, f"{me['hq_url']} answered in {took * 1000:.0f} ms"), _clock(offset)]


def _clock(offset: timedelta) -> Finding:
    seconds = offset.total_seconds()
    if abs(offset) > TrustedClock.TOLERANCE:
        side = "ahead of" if seconds > 0 else "behind"
        return warn(CLOCK, f"{timedelta(seconds=round(abs(seconds)))} {side} HQ's", SET_THE_CLOCK)
    return ok(CLOCK, f"{seconds:+.1f} seconds against HQ's")


def _clock_alone() -> Finding:
    now = datetime.now(UTC)
    if now < FIRST_RELEASE:
        return warn(CLOCK, f"{now:%Y-%m-%d} cannot be: the battery may be empty", SET_THE_CLOCK)
    return ok(CLOCK, f"{now:%Y-%m-%d %H:%M} UTC, not compared: HQ was not heard")
