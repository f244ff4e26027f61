"""Loops that are built beside the window: built again where that failed, let go of where nobody wants them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from app.background import Late


class Loop:
    """A loop that tells when it was started and stopped."""

    def __init__(self) -> None:
        self.started, self.stopped = threading.Event(), threading.Event()

    def start(self) -> None:
        self.started.set()

    def stop(self) -> None:
        self.stopped.set()


def test_a_loop_that_could_not_be_built_is_built_again(expect_log: Callable[[str], Any]) -> None:
    loop, failures = Loop(), iter((ImportError("half of a module"), OSError("a disk that was busy")))

    def build() -> Loop:
        if failure := next(failures, None):
            raise failure
        return loop

    expect_log("could not be started")
    late = Late(build, again=0.0)
    assert loop.started.wait(10)
    late.stop()
    assert loop.stopped.is_set()


def test_a_loop_that_cannot_be_built_is_let_go_of(expect_log: Callable[[str], Any]) -> None:
    tried = threading.Event()

    def build() -> Loop:
        tried.set()
        raise OSError("never")

    expect_log("could not be started")
    before = threading.active_count()
    late = Late(build, again=3600.0)
    assert tried.wait(10)
    late.stop()
    late._thread.join(10)
    assert threading.active_count() == before
