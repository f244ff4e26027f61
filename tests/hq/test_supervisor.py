"""The supervisor: gives up when the start fails, and is patient with what dies later."""

from __future__ import annotations

import sys
import time
from multiprocessing.connection import Connection

import pytest

from hq.supervisor import Post, Supervisor


def end_at_once(code: int, _line: Connection) -> None:
    """Be a worker that cannot start."""
    sys.exit(code)


def test_when_one_cannot_start_all_end_and_the_exit_code_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    ready: list[bool] = []
    posts = [Post("one", end_at_once, (3,)), Post("other", end_at_once, (3,))]
    assert Supervisor(posts, lambda: ready.append(True)).run() == 1
    assert not ready
    assert "has ended (3)" in capsys.readouterr().err
    assert [post.living for post in posts] == [None, None]


def test_the_first_death_is_mended_at_once_and_the_next_after_a_pause() -> None:
    post = Post("one", end_at_once, (3,))
    pauses = []
    for _ in range(3):
        post.fill()
        assert post.living
        post.living.process.join()
        assert post.bury(post.living) == 3
        pauses.append(post.due - time.monotonic())
    assert pauses[0] <= 0 < pauses[1] < pauses[2]
