"""Between the two scan threads only the newest frame waits, and no state is lost."""

from __future__ import annotations

import numpy as np

from scanner.camera.inbox import Delivery, Inbox, ScanState, State
from scanner.vision import Frame


def _frame(shade: int) -> Frame:
    return np.full((48, 64, 3), shade, np.uint8)


def _newest(delivery: Delivery | None) -> int:
    assert delivery is not None
    assert delivery.frame is not None
    return int(delivery.frame[0, 0, 0])


def test_only_the_newest_frame_waits() -> None:
    inbox = Inbox()
    sender = inbox.new_sender()
    for shade in (1, 2, 3):
        sender.put_frame(_frame(shade))

    assert _newest(inbox.take(0)) == 3
    assert inbox.take(0) == Delivery()


def test_states_are_delivered_in_order() -> None:
    inbox = Inbox()
    sender = inbox.new_sender()
    sender.put_state(ScanState(State.OPENING))
    sender.put_state(ScanState(State.LOST))

    assert inbox.take(0) == Delivery((ScanState(State.OPENING), ScanState(State.LOST)))


def test_a_frame_from_before_a_state_is_dropped() -> None:
    inbox = Inbox()
    sender = inbox.new_sender()
    sender.put_frame(_frame(1))
    sender.put_state(ScanState(State.LOST))

    assert inbox.take(0) == Delivery((ScanState(State.LOST),))


def test_a_closed_inbox_delivers_nothing_more() -> None:
    inbox = Inbox()
    sender = inbox.new_sender()
    sender.put_frame(_frame(1))
    inbox.close()

    assert inbox.take(10) is None


def test_what_a_replaced_sender_leaves_is_thrown_away() -> None:
    inbox = Inbox()
    hung, fresh = inbox.new_sender(), inbox.new_sender()
    fresh.put_frame(_frame(2))

    hung.put_frame(_frame(1))
    hung.put_state(ScanState(State.LOST))

    assert _newest(inbox.take(0)) == 2
    assert inbox.take(0) == Delivery()
