"""The second half of the story: the line is cut, HQ dies, the counter goes on; then everybody agrees again."""

from __future__ import annotations

import io
from concurrent.futures import Future
from typing import Any

import qrcode
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.code import parse, sign
from app.usecases.health import health
from demo import ledgers, shop
from demo.counter import Counter, Customer
from demo.hands import said
from demo.headquarters import Operator
from demo.stage import Stage
from demo.story import Patience, until_status
from demo.telling import NotAsTold, Step
from scanner.vision import Frame

LATE = "顾客改变主意"
WRONG_PIN = "This PIN was not taken. After several wrong ones there is a pause."


class Outage:
    """A day on which HQ dies at the wrong moment; some customers had ordered before."""

    def __init__(self, stage: Stage, counter: Counter) -> None:
        self.stage, self.counter, self.hands = stage, counter, stage.hands
        self.cancelled: Customer
        self.elsewhere: Customer
        self.unseen: Customer
        self._forged: Future[list[Frame]]
        self._altered: Future[list[Frame]]

    def steps(self) -> list[Step]:
        """Return the steps in their order."""
        return [
            Step("cancelled-before", "A customer cancels; the store hears of it and agrees", self.cancel_one),
            Step("hq-is-dead", "The line is cut, one more order is placed, HQ is killed", self.lose_hq),
            Step("never-seen-order", "That order is scanned: this terminal has never seen it", self.scan_unseen),
            Step("given-offline", "It is handed over without HQ", self.give_unseen),
            Step("same-code-again", "The same code again", self.scan_again),
            Step("forged", "A code signed with somebody else's key", self.scan_forged),
            Step("digit-changed", "A genuine code with one digit changed", self.scan_altered),
            Step("other-store", "A code of the chain's other store", self.scan_elsewhere),
            Step("cancelled", "The code of the order that was cancelled before", self.scan_cancelled),
            Step("hq-is-back", "HQ comes back; the customer cancels what has been handed over", self.cancel_late),
            Step("in-step-again", "The line is mended: everything is told once, both sides agree", self.mend),
            Step("incident", "The late cancellation is an incident on both sides", self.see_incident),
            Step("incident-closed", "The manager closes it with her PIN", self.close_incident),
        ]

    # ── before ─────────────────────────────────────────────────────────────────────────────────────────────

    def cancel_one(self) -> str:
        """Place an order, cancel it, and wait until the store has agreed."""
        here = shop.order("何婷", "13655556666", {shop.DUCK: 1, shop.TOAST: 1})
        there = shop.order("马超", "13377778888", {shop.MOCHI: 1}, store=shop.OTHER_STORE)
        self.stage.terminal.window.go("board")
        self.cancelled = self.stage.ask(lambda operator: self.counter.customer(operator, "cancelled", here))
        self.elsewhere = self.stage.ask(lambda operator: self.counter.customer(operator, "elsewhere", there))
        order = self.cancelled.order
        self.counter.in_column(order.label, 0)
        self.stage.ask(lambda operator: operator.post(f"/v1/orders/{order.number}/cancel", {"reason": "下错门店"}))
        self.hands.until(f"{order.label} gone from the board", lambda: self.counter.card_on_board(order.label) is None)
        status = self.stage.ask(lambda operator: until_status(operator, order.number, "cancelled"))
        return f"{order.label} has left the board; HQ says {status}"

    def lose_hq(self) -> str:
        """Cut the store's line, place an order that can therefore not reach it, and kill HQ."""
        self.stage.relay.cut()
        wanted = shop.order("顾晓梦", "13244441111", {shop.CROISSANT: 6, shop.MOCHI: 2, shop.PORK: 1})
        self.unseen = self.stage.ask(lambda operator: self.counter.customer(operator, "unseen", wanted))
        self._forge()
        self.stage.hq.kill()
        offline = said("link", "Offline since %1").partition("%1")[0]
        top = self.stage.terminal.window.top
        self.hands.until("the badge to say offline", lambda: self.hands.shows(offline, part=top))
        if self.counter.card_on_board(self.unseen.order.label):
            raise NotAsTold("an order that this terminal has never seen", "it stands on the board")
        return f"{self.unseen.order.label} is placed, HQ is dead; on top: {self.hands.screen(top)}"

    def _forge(self) -> None:
        genuine = self.unseen.order.code
        claimed = parse(genuine).code
        self._forged = self.counter.draw(_picture(sign(claimed, Ed25519PrivateKey.generate())))
        last = int(genuine[-1])
        self._altered = self.counter.draw(_picture(genuine[:-1] + str(last - 1 if last else 1)))

    # ── without HQ ─────────────────────────────────────────────────────────────────────────────────────────

    def scan_unseen(self) -> str:
        """Show the code of an order that only HQ knew."""
        names = [str(shop.PRODUCTS[number]["name"]) for number in (shop.CROISSANT, shop.MOCHI, shop.PORK)]
        return self.counter.scan(self.unseen.phone, said("sayings", "Genuine code"), "6 ×", *names)

    def give_unseen(self) -> str:
        """Hand it over: two commits on this machine alone."""
        card = self.counter.card
        self.counter.put_away()
        self.hands.press(Qt.Key.Key_Return)
        self.counter.wait_for(said("card", "Give it now"))
        self.hands.press(Qt.Key.Key_Return)
        self.counter.wait_for(said("card", "Handed over"))
        waiting = self.stage.look(health).unsent
        if not waiting:
            raise NotAsTold("the hand-over waits to be sent", "nothing waits")
        return f"{self.hands.screen(card)}; {waiting} events wait for HQ"

    def scan_again(self) -> str:
        """Show the same code once more: refused, with when and by whom."""
        who = (shop.CLERK, shop.TERMINAL)
        return self._refused(self.unseen.phone, said("sayings", "Already handed over"), *who)

    def scan_forged(self) -> str:
        """Show a code that has everything right but the key."""
        return self._refused(self._forged, said("sayings", "Not genuine"))

    def scan_altered(self) -> str:
        """Show a code of which one digit was changed."""
        return self._refused(self._altered, said("sayings", "Not genuine"))

    def scan_elsewhere(self) -> str:
        """Show a genuine code of another store: the card says where to go."""
        other = shop.STORES[shop.OTHER_STORE]
        return self._refused(
            self.elsewhere.phone, said("sayings", "Another store"), str(other["name"]), str(other["address"])
        )

    def scan_cancelled(self) -> str:
        """Show the code of a cancelled order."""
        return self._refused(self.cancelled.phone, said("sayings", "Cancelled"))

    def _refused(self, phone: Future[list[Frame]], word: str, *also: str) -> str:
        seen = self.counter.scan(phone, word, *also)
        if any(text.startswith(said("card", "Hand over")) for text in self.hands.buttons(self.counter.card)):
            raise NotAsTold("no way to hand this over", seen)
        return seen

    # ── HQ is back ─────────────────────────────────────────────────────────────────────────────────────────

    def cancel_late(self) -> str:
        """Start HQ on the same data and cancel the order there, before the store's line works again."""
        self.hands.meanwhile(self.stage.hq.start)
        self.stage.relay.lead_to(self.stage.hq.port)
        number = self.unseen.order.number
        answer = self.stage.ask(lambda operator: operator.post(f"/v1/orders/{number}/cancel", {"reason": LATE}))
        if answer["status"] == "completed" or not answer["cancel_requested"]:
            raise NotAsTold("HQ asks the store to cancel", str(answer))
        self.stage.terminal.window.go("sync")
        top = self.hands.screen(self.stage.terminal.window.top)
        return f"HQ has asked the store to cancel {self.unseen.order.label}; on top: {top}"

    def mend(self) -> str:
        """Mend the line, press “sync now” and compare what both sides have written down."""
        window = self.stage.terminal.window
        window.go("sync")
        page, top = window.page("sync"), window.top
        self.stage.relay.mend()
        self.hands.click(said("SyncPage", "Sync now"), page)
        self.hands.until(
            "the badge to say online", lambda: self.hands.shows(said("link", "Online"), part=top), within=40
        )
        self.hands.until("nothing left to send", lambda: not top.queue.isVisible(), seen=lambda: self.hands.screen(top))
        self.hands.until("the incident on the page", lambda: bool(self._cards()), seen=lambda: self.hands.screen(page))
        return self._compared()

    def _compared(self) -> str:
        here, there = self.stage.both_sides()
        if found := ledgers.differences(here, there):
            raise NotAsTold("both sides equal", "; ".join(found))
        return (
            f"{len(here.events)} events at the terminal, each exactly once in HQ's inbox; "
            f"{len(here.orders)} orders in the same state on both sides"
        )

    def see_incident(self) -> str:
        """Look at the incident on the Sync page and at HQ, and begin to close it."""
        (card,) = self._cards()
        label = self.unseen.order.label
        self.hands.until(f"both stories of {label}", lambda: self.hands.shows(label, shop.CLERK, LATE, part=card))
        found = [each for each in self._incidents() if each["closed_at"] is None]
        if [each["incident"] for each in found] != ["handed_over_after_cancellation"]:
            raise NotAsTold("one open incident at HQ: handed over after cancellation", str(found))
        seen = f"HQ: {found[0]['incident']}, open; on the page: {self.hands.screen(card)}"
        self.hands.click(said("IncidentCard", "Close it"), card)
        return seen

    def close_incident(self) -> str:
        """Give a wrong PIN, then the right one and a reason, and see it closed on both sides."""
        (card,) = self._cards()
        reason = said("stories", "Settled with the customer")
        self.hands.click(reason, card)
        self._give_pin(card, "000000")
        self.hands.until("the wrong PIN refused", lambda: self.hands.shows(said("ManagerPanel", WRONG_PIN), part=card))
        self._give_pin(card, shop.PIN)
        self.hands.until("no incident on the page", lambda: not self._cards(), seen=self.hands.screen)
        closed = self.stage.ask(until_closed)
        if (closed["closed_by"], closed["reason"]) != (shop.MANAGER, reason):
            raise NotAsTold(f"closed by {shop.MANAGER}: {reason}", str(closed))
        return f"a wrong PIN is refused; HQ: closed by {closed['closed_by']}, “{closed['reason']}”; {self._compared()}"

    def _give_pin(self, card: QWidget, pin: str) -> None:
        fields = [field for field in card.findChildren(QLineEdit) if field.isVisible()]
        secret = next(field for field in fields if field.echoMode() is QLineEdit.EchoMode.Password)
        self.hands.write(secret, pin)
        self.hands.click(said("ManagerPanel", "Allow"), card)

    def _cards(self) -> list[QWidget]:
        page = self.stage.terminal.window.page("sync")
        return [card for card in page.incidents.values() if card.isVisible()]

    def _incidents(self) -> list[dict[str, Any]]:
        return self.stage.ask(incidents)


def incidents(operator: Operator) -> list[dict[str, Any]]:
    """Return what HQ has found in the store."""
    found: list[dict[str, Any]] = operator.get(f"/v1/stores/{shop.STORE}/incidents")["incidents"]
    return found


def until_closed(operator: Operator) -> dict[str, Any]:
    """Ask HQ until its one incident is closed."""
    patience = Patience()
    while (found := incidents(operator)[0])["closed_at"] is None:
        patience.wait(NotAsTold("the incident closed at HQ", str(found)))
    return found


def _picture(text: str) -> bytes:
    # Drawn as HQ draws: digits only, level M.
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, box_size=12, border=4)
    code.add_data(text)
    code.make()
    file = io.BytesIO()
    code.make_image().save(file)
    return file.getvalue()
