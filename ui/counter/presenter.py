"""Leads a hand-over from the scan to the customer: two durable commits with the clerk between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from enum import StrEnum
from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Slot

from app.changes import Changes
from app.domain.label import ParcelLabel
from app.domain.label import read as read_label
from app.domain.verdict import Tone
from app.domain.window import Window
from app.errors import NeedsManager, Refused, ZitiError
from app.ids import id_maker
from app.usecases.board import Task, of_same_customer
from app.usecases.check import Checked, check_order, check_text
from app.usecases.grant import Granted, GrantedTogether, GrantRequest, grant, grant_together
from app.usecases.hand_over import HandedOver, Short, Unfinished, hand_over, hand_over_together, unfinished
from app.usecases.work import Work
from ui import authorising, words
from ui.counter import model
from ui.counter.beside import Beside
from ui.counter.case import Case, ask_again, is_same, keep_all
from ui.counter.model import Act, CardView
from ui.counter.moves import Moves
from ui.counter.offers import Offers
from ui.counter.page import CounterPage
from ui.counter.photos import Photos
from ui.customer_view import CustomerView, Moment
from ui.parts import Parts

SLOW_MS = 300
DONE_MS = 5_000
# A USB scanner that fires twice, or a camera that sees the code again at once, means the same scan.
SAME_SCAN_MS = 1_200


class Phase(StrEnum):
    """Where the hand-over stands."""

    IDLE = "idle"
    CHECKING = "checking"
    SHOWN = "shown"
    GRANTING = "granting"
    GRANTED = "granted"
    HANDING_OVER = "handing_over"
    DONE = "done"
    ASKING = "asking"


class Presenter(QObject):
    """One customer at a time; every answer that belongs to a customer who has gone is dropped."""

    def __init__(self, page: CounterPage, parts: Parts) -> None:
        super().__init__(page)
        self._page, self._parts = page, parts
        self._new_attempt = id_maker(parts.times.clock)
        self._phase = Phase.IDLE
        self._case = Case()
        self._turn = 0
        self._redraw: Callable[[], CardView] = model.idle
        self._since_scan = QElapsedTimer()
        self._slow = self._timer(SLOW_MS, self._show_checking)
        self._done = self._timer(DONE_MS, self.clear)
        self._beside = Beside(page.side, parts)
        self._offers = Offers(parts, self._redraw_granted)
        self._moves = Moves(page.card.moving, parts, self._moved)
        self._photos = Photos(page.card.details.photo, parts)
        self._connect()

    def start(self) -> None:
        """Show the empty counter, or first what a crash left open."""
        self._beside.start()
        self.clear()

    @property
    def phase(self) -> Phase:
        """Where the hand-over stands."""
        return self._phase

    def _timer(self, interval: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self, singleShot=True, interval=interval)
        timer.timeout.connect(act)
        return timer

    def _connect(self) -> None:
        page, card, side = self._page, self._page.card, self._page.side
        page.entered.connect(self._enter)
        page.escaped.connect(self._escape)
        page.language_changed.connect(self._draw)
        card.acted.connect(self._act)
        card.chosen.connect(self._choose)
        card.manager.answered.connect(self._override)
        card.manager.closed.connect(page.rest)
        card.details.answered.connect(self._confirm_details)
        card.details.closed.connect(page.rest)
        card.moving.closed.connect(page.rest)
        self._moves.possible_changed.connect(self._redraw_shown)
        card.offer_taken.connect(self._offers.take)
        side.search.asked.connect(self._typed)
        side.search.picture_asked.connect(self._parts.scan.picture_wanted)
        side.chosen.connect(self._choose)
        side.manager.closed.connect(page.rest)
        scan = self._parts.scan
        scan.text.connect(self.take)
        scan.frame.connect(side.scan.show_frame)
        scan.state_changed.connect(side.scan.show_state)
        scan.hint_changed.connect(side.scan.show_hint)
        scan.reading.connect(side.scan.show_reading)
        side.scan.show_state(scan.state)
        side.scan.show_hint(scan.hint)
        self._parts.tasks.order_wanted.connect(self._choose)

    # ── in comes a code ─────────────────────────────────────────────────────────────────────────────────────

    @Slot(str, str)
    def take(self, text: str, source: str) -> None:
        """Take whatever was scanned, typed, dropped or pasted."""
        again = is_same(text, self._case.text)
        if again and self._since_scan.isValid() and self._since_scan.elapsed() < SAME_SCAN_MS:
            return
        self._since_scan.start()
        if self._phase in {Phase.GRANTING, Phase.HANDING_OVER}:
            return  # the answer is milliseconds away; the customer has not gone yet
        if self._phase is Phase.GRANTED:
            self._take_while_granted(text, again=again)
            return
        if not self._page.side.search.text():
            self._page.rest()
        self._check(partial(check_text, text=text, by=self._parts.clerk, source=source), text)

    def _take_while_granted(self, text: str, *, again: bool) -> None:
        parcel = read_label(text)
        if parcel:
            self._take_label(parcel)
            return
        if again and self._parts.preferences.now.confirm_by_same_code:
            self._confirm()
            return
        self._parts.sounds.play(Tone.WAIT)
        label = words.label(self._case.verdict.order_number or 0) if self._case.verdict else ""
        self._parts.tasks.problem.emit(self.tr("First finish %1: does the customer have it?").replace("%1", label))

    def _take_label(self, parcel: ParcelLabel) -> None:
        """Hold the label in the clerk's hand against the customer's order: the guard against the wrong bag."""
        verdict = self._case.verdict
        wanted = verdict.order_number if verdict else None
        if parcel.order_number != wanted or self._case.together:
            self._parts.sounds.play(Tone.NO)
            text = self.tr("Wrong parcel: this is %1, the customer gets %2. Put it back.")
            wrong, right = words.label(parcel.order_number), words.label(wanted or 0)
            self._parts.tasks.problem.emit(text.replace("%1", wrong).replace("%2", right))
            return
        self._case = replace(self._case, parcels=self._case.parcels | {parcel.parcel})
        left = parcel.parcels - len(self._case.parcels)
        if left <= 0:
            self._confirm()
            return
        self._parts.sounds.play(Tone.WAIT)
        self._parts.tasks.problem.emit(self.tr("Right. %n parcel(s) of this order still to come.", "", left))

    @Slot(str)
    def _typed(self, text: str) -> None:
        self.take(text, "typed")

    @Slot(object)
    def _choose(self, order_number: int) -> None:
        if self._phase in {Phase.GRANTING, Phase.HANDING_OVER}:
            return
        if self._phase is Phase.GRANTED:
            self._take_while_granted("", again=False)
            return
        self._page.rest()
        self._check(partial(check_order, order_number=order_number, by=self._parts.clerk, source="typed"), "")

    def _check(self, usecase: Callable[[Work], Checked], text: str) -> None:
        self._turn += 1
        self._done.stop()
        self._phase = Phase.CHECKING
        self._case = Case(text, scanned_at=self._parts.times.now() if text else None)
        self._slow.start()
        self._parts.tasks.ask(usecase, then=partial(self._judged, self._turn), failed=partial(self._failed, self._turn))

    def _judged(self, turn: int, checked: Checked) -> None:
        if turn != self._turn:
            return
        verdict = checked.verdict
        self._parts.sounds.play(verdict.tone)
        self._case = replace(self._case, verdict=verdict)
        self._show(Phase.SHOWN, self._shown)
        if verdict.unfinished_attempt:
            self._ask_unfinished()
        elif verdict.order and verdict.order.customer_key and verdict.hand_over_by:
            usecase = partial(of_same_customer, number=verdict.order.number)
            self._parts.tasks.ask_quietly(usecase, partial(self._show_others, self._turn))

    def _shown(self) -> CardView:
        verdict = self._case.verdict
        if verdict is None:
            return model.idle()
        view = model.with_others(model.of_verdict(verdict, self._parts.times), self._case.also, verdict)
        return model.with_move(view, verdict, possible=self._moves.possible)

    def _show_others(self, turn: int, found: tuple[Task, ...]) -> None:
        if turn == self._turn and self._phase is Phase.SHOWN and found:
            self._case = replace(self._case, also=found)
            self._redraw_shown()

    # ── out go the goods ────────────────────────────────────────────────────────────────────────────────────

    @Slot()
    def _enter(self) -> None:
        view = self._page.card.view
        # While a check is under way the card still shows the customer before: Enter must not speak of her.
        if view and view.enter and self._phase is not Phase.CHECKING:
            self._act(view.enter.act)

    @Slot()
    def _escape(self) -> None:
        if self._phase in {Phase.CHECKING, Phase.SHOWN, Phase.DONE, Phase.ASKING}:
            self.clear()

    @Slot(str)
    def _act(self, act: str) -> None:
        acts: dict[Act, Callable[[], object]] = {
            Act.HAND_OVER: self._grant,
            Act.CONFIRM: self._confirm,
            Act.RELEASE: self._release,
            Act.ASK_MANAGER: self._ask_manager,
            Act.STILL_HERE: self._release,
            Act.GONE: self._confirm,
            Act.CLEAR: self.clear,
            Act.TOGETHER: self._grant_together,
            Act.DETAILS: self._ask_details,
            Act.MOVE: self._ask_move,
        }
        acts[Act(act)]()

    def _grant(self, manager: str = "", reason: str = "") -> None:
        verdict = self._case.verdict
        if self._phase is not Phase.SHOWN or verdict is None or verdict.order_number is None:
            return
        self._phase = Phase.GRANTING
        # Born once with the intent: pressing again after an error is the same hand-over.
        attempt_id = self._case.attempt_id or self._new_attempt()
        self._case = replace(self._case, attempt_id=attempt_id)
        request = GrantRequest(
            attempt_id,
            verdict.order_number,
            self._parts.clerk,
            self._case.text,
            manager=manager,
            reason=reason,
            scanned_at=self._case.scanned_at,
        )
        self._parts.tasks.ask(
            partial(grant, request=request),
            then=partial(self._granted, self._turn),
            failed=partial(self._grant_failed, self._turn),
        )

    def _granted(self, turn: int, found: Granted) -> None:
        if turn != self._turn:
            return
        self._case = replace(self._case, verdict=found.verdict)
        self._show(Phase.GRANTED, lambda: self._offers.on(model.granted(found.verdict, self._parts.times)))
        if self._parts.preferences.now.one_tap:
            self._confirm()
            return
        self._offers.ask(found.verdict, found.attempt_id)

    def _grant_together(self) -> None:
        """Claim the customer's orders that are ready, all at once or none."""
        verdict = self._case.verdict
        if self._phase is not Phase.SHOWN or verdict is None or verdict.order_number is None:
            return
        self._phase = Phase.GRANTING
        clerk, at = self._parts.clerk, self._case.scanned_at
        first = GrantRequest(self._new_attempt(), verdict.order_number, clerk, self._case.text, scanned_at=at)
        rest = [
            GrantRequest(self._new_attempt(), task.number, clerk, scanned_at=at)
            for task in model.ready_of(self._case.also)
        ]
        requests = [first, *rest]
        self._parts.tasks.ask(
            partial(grant_together, requests=requests),
            then=partial(self._granted_together, self._turn),
            failed=partial(self._grant_failed, self._turn),
        )

    def _granted_together(self, turn: int, found: GrantedTogether) -> None:
        if turn != self._turn:
            return
        verdicts = tuple(each.verdict for each in found.granted)
        attempts = tuple(each.attempt_id for each in found.granted)
        self._case = replace(self._case, verdict=verdicts[0], together=attempts)
        self._show(Phase.GRANTED, lambda: model.granted_together(verdicts, self._parts.times))

    def _confirm(self, short: tuple[Short, ...] = (), collector: str = "", photo: bytes | None = None) -> None:
        attempt_id = self._case.left.attempt_id if self._case.left else self._case.attempt_id
        if self._phase not in {Phase.GRANTED, Phase.ASKING}:
            return
        back, self._phase = self._phase, Phase.HANDING_OVER
        by, all_of_them = self._parts.clerk, self._case.together
        usecase: Callable[[Work], Any] = partial(
            hand_over, attempt_id=attempt_id, by=by, short=short, collector=collector, photo=photo
        )
        if all_of_them:
            usecase = partial(hand_over_together, attempt_ids=all_of_them, by=by)
        self._parts.tasks.ask(
            usecase,
            then=partial(self._handed_over, self._turn),
            failed=partial(self._step_failed, self._turn, back),
        )

    def _ask_details(self) -> None:
        if self._phase is Phase.GRANTED and self._case.verdict:
            self._page.card.details.open_panel(self._case.verdict.lines)

    @Slot(object, str, object)
    def _confirm_details(self, short: tuple[Short, ...], collector: str, photo: bytes | None) -> None:
        self._confirm(short, collector, photo)

    def _redraw_granted(self) -> None:
        if self._phase is Phase.GRANTED and self._page.card.details.isHidden():
            self._draw()

    def _sell(self) -> None:
        self.clear()
        self._parts.tasks.page_wanted.emit("sale")

    def _handed_over(self, turn: int, found: HandedOver) -> None:
        if turn != self._turn:
            return
        verdict = self._case.verdict
        self._parts.sync.nudge()
        self._parts.sounds.play(Tone.YES)
        self._photos.settle(found)
        if self._case.left or verdict is None:
            self.clear()
            return
        if self._offers.taken:
            # What she takes along is paid now: the goods are in her hand.
            self._sell()
            return
        self._show(Phase.DONE, lambda: model.done(verdict, found.redemption, self._parts.times))
        self._parts.customer.show(CustomerView(Moment.GIVEN, words.label(verdict.order_number or 0)))
        self._done.start()

    def _release(self) -> None:
        attempt_id = self._case.left.attempt_id if self._case.left else self._case.attempt_id
        if self._phase not in {Phase.GRANTED, Phase.ASKING}:
            return
        back, self._phase = self._phase, Phase.HANDING_OVER
        self._offers.drop()
        attempts = self._case.together or (attempt_id,)
        self._parts.tasks.ask(
            partial(keep_all, attempt_ids=attempts, by=self._parts.clerk),
            then=self._released,
            failed=partial(self._step_failed, self._turn, back),
        )

    def _released(self, _changes: Changes) -> None:
        self.clear()

    @Slot()
    def clear(self) -> None:
        """Make room for the next customer; what a crash left open is asked first."""
        self._turn += 1
        self._slow.stop()
        self._done.stop()
        self._case = Case()
        self._offers.forget()
        self._show(Phase.IDLE, model.idle)
        self._ask_unfinished()

    # ── she comes another time ──────────────────────────────────────────────────────────────────────────────

    def _ask_move(self) -> None:
        verdict = self._case.verdict
        if self._phase is Phase.SHOWN and verdict and verdict.order_number is not None:
            self._moves.ask(verdict.order_number)

    def _moved(self, window: Window) -> None:
        if self._phase is Phase.SHOWN and (verdict := self._case.verdict):
            self._show(Phase.DONE, lambda: model.moved(verdict, window, self._parts.times))
            self._done.start()

    @Slot()
    def _redraw_shown(self) -> None:
        # What HQ is needed for comes and goes with the line; a question in place that is being answered stays as it is.
        card = self._page.card
        if self._phase is Phase.SHOWN and card.manager.isHidden() and card.moving.isHidden():
            self._draw()

    # ── what a crash left open ──────────────────────────────────────────────────────────────────────────────

    def _ask_unfinished(self) -> None:
        self._parts.tasks.ask(unfinished, then=partial(self._show_unfinished, self._turn))

    def _show_unfinished(self, turn: int, found: tuple[Unfinished, ...]) -> None:
        if turn != self._turn or self._phase not in {Phase.IDLE, Phase.SHOWN}:
            return
        wanted = self._case.verdict.unfinished_attempt if self._case.verdict else None
        left = next((each for each in found if wanted in {None, each.attempt_id}), None)
        if left:
            self._case = replace(self._case, left=left)
            self._show(Phase.ASKING, lambda: model.question(left, self._parts.times))

    # ── a manager allows it ─────────────────────────────────────────────────────────────────────────────────

    def _ask_manager(self) -> None:
        reasons = (
            self.tr("Arranged by phone"),
            self.tr("Goods are still good"),
            self.tr("Checked at the main counter"),
        )
        self._page.card.manager.open_panel(self.tr("A manager allows this hand-over"), reasons)

    @Slot(str, str)
    def _override(self, pin: str, reason: str) -> None:
        allowed = partial(self._allowed, self._turn, reason)
        authorising.check(self._parts.tasks, self._page.card.manager, pin, allowed)

    def _allowed(self, turn: int, reason: str, manager: str) -> None:
        # What a manager allowed for one customer never counts for the next.
        if turn == self._turn:
            self._grant(manager, reason)

    # ── when something does not work ────────────────────────────────────────────────────────────────────────

    def _failed(self, turn: int, error: ZitiError) -> None:
        self._parts.tasks.problem.emit(words.error(error))
        if turn == self._turn:
            self.clear()

    def _grant_failed(self, turn: int, error: ZitiError) -> None:
        if turn != self._turn:
            return
        self._phase = Phase.SHOWN
        if isinstance(error, NeedsManager):
            self._ask_manager()
            return
        self._parts.sounds.play(Tone.NO)
        self._parts.tasks.problem.emit(words.error(error))
        if isinstance(error, Refused) and self._case.verdict:
            # Something has changed since the verdict: show how the order stands now.
            self._check(ask_again(self._case, self._parts.clerk), self._case.text)

    def _step_failed(self, turn: int, back: Phase, error: ZitiError) -> None:
        # The claim stands as it was: the clerk can try again, or answer after a restart.
        if turn == self._turn:
            self._phase = back
        self._parts.sounds.play(Tone.NO)
        self._parts.tasks.problem.emit(words.error(error))

    # ── drawing ─────────────────────────────────────────────────────────────────────────────────────────────

    def _show(self, phase: Phase, view: Callable[[], CardView]) -> None:
        self._slow.stop()
        self._phase = phase
        self._redraw = view
        self._draw()
        self._tell_customer()

    def _tell_customer(self) -> None:
        """Show the customer what goes over the counter; before that and after it, nothing of anybody."""
        view = self._page.card.view
        if self._phase is Phase.GRANTED and view:
            self._parts.customer.show(CustomerView(Moment.GIVING, view.label, view.lines))
        else:
            self._parts.customer.show(CustomerView())

    @Slot()
    def _draw(self) -> None:
        self._page.card.show_view(self._redraw())

    def _show_checking(self) -> None:
        if self._phase is Phase.CHECKING:
            self._page.card.show_view(model.checking())
