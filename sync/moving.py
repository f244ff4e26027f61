"""Moves an order to another pickup window at HQ, which alone knows the store's rules and what is full."""

from __future__ import annotations

from app.domain.window import WhyNot, Window, WindowOffer
from app.errors import NotFound, NotMoved
from sync.client import HqClient
from sync.failures import RefusedByHq


class Moving:
    """The counter's questions to HQ; each call waits for the line, so it belongs on a thread of its own."""

    def __init__(self, client: HqClient) -> None:
        self._client = client

    def offers(self, number: int) -> tuple[WindowOffer, ...]:
        """Return the windows that an order may be moved to, or raise `NotMoved`, `NotFound` or a transport failure."""
        try:
            answer = self._client.windows(number)
        except RefusedByHq as refusal:
            raise _named(refusal) from refusal
        if answer.why_not:
            raise NotMoved(answer.why_not)
        return tuple(
            WindowOffer(Window.of_minutes(each.opens, each.length), why=WhyNot.FULL if each.why_not else None)
            for each in answer.windows
        )

    def move(self, number: int, window: Window, by: str) -> None:
        """Move an order, or raise as `offers` does."""
        try:
            self._client.reschedule(number, window.opens_minute, window.length, by)
        except RefusedByHq as refusal:
            raise _named(refusal) from refusal

    def close(self) -> None:
        """Hang up."""
        self._client.close()


def _named(refusal: RefusedByHq) -> NotMoved | NotFound:
    code = refusal.problem.code
    if code == "order":
        return NotFound(str(refusal))
    return NotMoved(str(refusal), full=code == "window_full", other=code == "window_not_offered")
