"""One terminal's exchange with HQ, one step at a time: no thread, no timer, no Qt."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Protocol

from app.usecases.work import Submit
from sync.download import Download, Pulled, WayDown
from sync.failures import Failure
from sync.local import LearnTime, Local
from sync.upload import Pushed, Upload, WayUp

__all__ = ["Engine", "Pulled", "Pushed", "Transport"]


class Transport(WayUp, WayDown, Protocol):
    """The way to HQ: `sync.client.HqClient`, or the simulation's."""


class Engine:
    """Push and pull over one transport; neither depends on the other, and each may have a thread of its own."""

    def __init__(
        self,
        transport: Transport,
        submit: Submit,
        learn_time: LearnTime,
        *,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take the way to HQ, the storage's `submit`, and who wants to know HQ's time and the round trip's seconds."""
        local = Local(submit, learn_time, monotonic)
        self._upload = Upload(transport, local)
        self._download = Download(transport, local)

    def push_once(self) -> Pushed:
        """Send one batch of the outbox; raise the `Failure` when nothing of it was taken."""
        return self._upload.step()

    def pull_once(self, wait: int = 0) -> Pulled:
        """Fetch and apply one page of the feed, waiting up to `wait` seconds at HQ for news."""
        return self._download.step(wait)

    def run_once(self) -> tuple[Pushed, Pulled]:
        """Push a batch and pull a page; a push that fails is raised after the pull had its turn."""
        failure: Failure | None = None
        pushed = Pushed()
        try:
            pushed = self.push_once()
        except Failure as error:
            failure = error
        pulled = self.pull_once()
        if failure:
            raise failure
        return pushed, pulled
