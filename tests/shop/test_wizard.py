"""From nothing to the first order handed over, in the real window beside a real HQ; and what may go wrong."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest

from app.domain.order import Status
from app.domain.small_shop import STORE
from demo import shop as demo_shop
from demo.hands import said
from demo.headquarters import Operator, Placed
from shop.papers import Papers
from tests.shop.conftest import Owner
from ui.link import Link


def place(owner: Owner, key: str) -> Placed:
    """Have a customer order one croissant at HQ."""

    def errand() -> Placed:
        hq = owner.shop.keeper.hq
        operator = Operator(hq.url, hq.token)
        with closing(operator):
            order = demo_shop.order("林晓", "13800138000", {1001: 1}, store=STORE)
            return operator.place(key, order)

    return owner.hands.meanwhile(errand)


def ask(owner: Owner, path: str) -> Any:
    """Ask HQ something as an operator."""

    def errand() -> Any:
        with closing(owner.shop.keeper.hq.operator()) as operator:
            return operator.get(path)

    return owner.hands.meanwhile(errand)


def at_counter(owner: Owner) -> None:
    """Go from the QR code to the counter, and wait until HQ is online."""
    window = owner.shop.terminal.window
    owner.hands.click(said("shop", "To the counter"))
    owner.hands.until("the counter", lambda: window.current == "counter")
    wait_online(owner)


def wait_online(owner: Owner) -> None:
    owner.hands.until("online", lambda: owner.shop.terminal.parts.sync.link.kind == "online", within=40)


def serve(owner: Owner, placed: Placed) -> None:
    """Pack an order, scan its code, and hand it over."""
    window, hands, parts = owner.shop.terminal.window, owner.hands, owner.shop.terminal.parts
    board = window.page("board")
    hands.until("the order", lambda: placed.label in str(titles(board)), seen=lambda: str(titles(board)))
    window.go("counter")
    card = window.page("counter").card
    parts.scan.text.emit(placed.code, "scanner")
    hands.until("its card", lambda: hands.shows(placed.label, part=card) and hands.buttons(card))
    hands.press(Qt.Key.Key_Return)
    hands.until("give it", lambda: hands.shows(said("card", "Give it now"), part=card), seen=lambda: hands.screen(card))
    hands.click(said("card", "The customer has it"), card)
    hands.until("handed over", lambda: hands.shows(said("card", "Handed over"), part=card))


def titles(board: Any) -> list[str]:
    from demo.hands import views

    found = []
    for view in views(board):
        model = view.model()
        found += [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    return found


def pack(owner: Owner, placed: Placed) -> None:
    """Tap the order's card until it waits at the counter."""
    from demo.hands import views

    window, hands = owner.shop.terminal.window, owner.hands
    window.go("board")
    board = window.page("board")
    for _ in range(2):

        def tap() -> bool:
            for view in views(board):
                model = view.model()
                for row in range(model.rowCount()):
                    if model.index(row, 0).data() == placed.label:
                        hands.tap(view, view.visualRect(model.index(row, 0)).center())
                        return True
            return False

        hands.until(f"a card {placed.label}", tap, seen=lambda: str(titles(board)))
        hands.until("the tap's effect", lambda: True)


def test_from_nothing_to_the_first_order_handed_over(owner: Owner) -> None:
    owner.start()
    owner.open_shop()
    assert owner.wizard.storefront.shown
    at_counter(owner)
    placed = place(owner, "first")
    pack(owner, placed)
    serve(owner, placed)
    owner.hands.until(
        "HQ hears of it",
        lambda: ask(owner, f"/v1/orders/{placed.number}")["status"] == Status.COMPLETED.value,
    )


def test_what_the_wizard_was_told_is_what_hq_knows(owner: Owner) -> None:
    owner.start()
    owner.open_shop()
    session = ask(owner, "/v1/live-sessions/shop")
    assert (session["title"], session["store_numbers"], session["discount_percent"]) == ("Sunny Bakery", [STORE], 0)
    assert session["rules"]["window"]["kind"] == "lead"
    stock = ask(owner, f"/v1/stores/{STORE}/stock")["stock"]
    assert [each["on_hand"] for each in stock] == [20, 12, 15]
    (terminal,) = ask(owner, f"/v1/stores/{STORE}/terminals")["terminals"]
    assert terminal["leads"]
    assert owner.shop.terminal.parts.clerk == "Amy"
    assert "246810" not in (owner.root / "shop.json").read_text("utf-8")


def test_answers_outlive_the_window_and_so_does_an_open_shop(owner: Owner) -> None:
    owner.start()
    owner.fill(0, name="Sunny Bakery")
    owner.wizard.submit()
    owner.hands.until("the answer on the disk", lambda: Papers(owner.root).now.draft.name)
    owner.stop()
    owner.start()
    assert owner.wizard.at == 1
    owner.wizard.back.click()
    owner.open_shop()
    link = owner.wizard.storefront.link.text()
    owner.stop()
    owner.start()
    window = owner.shop.terminal.window
    owner.hands.until("the counter", lambda: window.current == "counter")
    wait_online(owner)
    window.go("settings")
    owner.hands.click("Show the QR code")
    assert owner.wait_for_storefront() == link
    owner.hands.click("To the counter")
    assert window.current == "counter"


def test_hq_that_is_killed_comes_back_and_orders_go_on(owner: Owner) -> None:
    owner.start()
    owner.open_shop()
    at_counter(owner)
    process = owner.shop.keeper.hq._process
    assert process
    links: list[Link] = []
    owner.shop.terminal.parts.sync.link_changed.connect(links.append)
    os.kill(process.pid, signal.SIGKILL)
    owner.hands.until("offline", lambda: any(link.kind == "offline" for link in links), within=40)
    wait_online(owner)
    placed = place(owner, "after")
    window = owner.shop.terminal.window
    window.go("board")
    owner.hands.until("the order", lambda: placed.label in titles(window.page("board")), within=40)


def test_a_crash_in_the_middle_goes_on_where_it_was_and_leaves_one_leading_terminal(
    owner: Owner, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    expect_log("nobody foresaw")
    owner.start()
    owner.answer_until_owner()
    terminal = owner.shop.terminal

    def dies(_url: str, code: str, name: str) -> object:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        from sync.client import HqClient
        from sync.enrolment import _request

        client = HqClient(_url)
        client.enrol(_request(code, name, Ed25519PrivateKey.generate()))
        client.close()
        raise OSError("the power went away after HQ had taken the terminal in")

    monkeypatch.setattr(terminal, "_enrol", dies)
    owner.wizard.submit()
    owner.hands.until("the mistake", lambda: owner.wizard.trouble, within=60)
    owner.stop()
    owner.start()
    # The PIN is at HQ already: nothing is asked again.
    owner.wait_for_storefront()
    terminals = ask(owner, f"/v1/stores/{STORE}/terminals")["terminals"]
    assert sorted((each["leads"], each["revoked_at"] is None) for each in terminals) == [(False, False), (True, True)]
    with closing(sqlite3.connect(owner.root / "hq" / "hq.sqlite3")) as hq:
        assert hq.execute("SELECT count(*) FROM products").fetchone() == (3,)


def test_a_port_that_is_taken_is_said_and_another_one_used(owner: Owner, taken_port: int) -> None:
    owner.start(port=taken_port)
    banner = owner.shop.terminal.window.banner
    owner.hands.until("the sentence", lambda: "Another program has the storefront's port" in banner.text)
    owner.open_shop()
    assert f":{taken_port}/" not in owner.wizard.storefront.link.text()
    assert owner.wizard.storefront.shown
    assert owner.wizard.storefront.shown.moved


def test_a_sheet_that_is_dropped_is_shown_with_its_mistakes(owner: Owner, tmp_path: Path) -> None:
    owner.start()
    owner.fill(0, name="Sunny Bakery")
    owner.wizard.submit()
    owner.wizard.submit()
    sheet = tmp_path / "商品.csv"
    sheet.write_text("名称,价格\n可颂,9\n蛋糕,一百\n", "gb18030")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet))])
    form = owner.wizard.products
    actions, buttons, keys = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    form.place.dropEvent(QDropEvent(QPointF(5, 5), actions, data, buttons, keys))
    owner.hands.until("the preview", lambda: form.preview)
    assert [form.model.index(0, column).data() for column in (0, 1)] == [
        "3",
        "价格: A price is written as 12.80, not as '一百'.",
    ]
    assert form.model.index(1, 1).data() == "可颂"
    assert "1 product can be taken. 1 mistake." in form.said.text()
    owner.wizard.submit()
    assert owner.wizard.at == 3


def test_a_file_that_is_no_sheet_is_refused_in_words_and_the_examples_still_do(owner: Owner, tmp_path: Path) -> None:
    owner.start()
    owner.fill(0, name="Sunny Bakery")
    owner.wizard.submit()
    owner.wizard.submit()
    form = owner.wizard.products
    form.read(str(tmp_path / "gone.xlsx"))
    owner.hands.until("the refusal", lambda: "cannot be read" in form.said.text())
    (tmp_path / "picture.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n")
    form.read(str(tmp_path / "picture.xlsx"))
    owner.hands.until("the flaw", lambda: form.preview and form.preview.flaws)
    owner.wizard.submit()
    assert owner.wizard.trouble == "Choose a sheet, or start with the examples."
    form.examples.click()
    owner.wizard.submit()
    assert owner.wizard.at == 3


@pytest.mark.parametrize(
    ("at", "texts", "sentence"),
    [
        (0, {"name": "  "}, "Give your shop a name."),
        (1, {"opens": "late"}, "A time is written as 08:00."),
        (4, {"person": ""}, "Your name is missing."),
        (4, {"person": "Amy", "pin": "12345"}, "The PIN has six digits."),
        (4, {"person": "Amy", "pin": "123456", "again": "123457"}, "The two PINs are not the same."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_goes_on(owner: Owner, at: int, texts: dict[str, str], sentence: str) -> None:
    owner.start()
    wizard = owner.wizard
    wizard._go(at, keep=False)
    owner.fill(at, **texts)
    wizard.submit()
    assert (wizard.trouble, wizard.at) == (sentence, at)
    QTest.keyClicks(wizard.forms[at].fields[next(iter(texts))].line, "1")
    assert wizard.trouble == ""


def test_enter_leads_through_a_question_to_the_next(owner: Owner) -> None:
    owner.start()
    wizard = owner.wizard
    for name, text in (("name", "Sunny"), ("address", "Lake Street"), ("phone", "0571")):
        QTest.keyClicks(wizard.forms[0].fields[name].line, text)
        QTest.keyClick(wizard.forms[0].fields[name].line, Qt.Key.Key_Return)
    assert wizard.at == 1
    assert wizard.draft.address == "Lake Street"


def test_enter_goes_on_or_presses_the_button_that_has_the_keyboard(owner: Owner) -> None:
    owner.start()
    wizard = owner.wizard
    wizard._go(3, keep=False)
    wizard.forms[3].reach[False].setFocus()  # type: ignore[attr-defined]
    owner.hands.press(Qt.Key.Key_Return)
    assert wizard.at == 4
    wizard.back.setFocus()
    owner.hands.press(Qt.Key.Key_Return)
    assert wizard.at == 3


def test_the_link_is_copied_printed_and_can_be_moved(owner: Owner, tmp_path: Path) -> None:
    owner.start()
    owner.open_shop()
    panel = owner.wizard.storefront
    panel.copy.click()
    assert QGuiApplication.clipboard().text() == panel.link.text()
    for name, magic in (("poster.pdf", b"%PDF"), ("poster.png", b"\x89PNG")):
        panel.write(str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(magic)
    panel.write(str(tmp_path / "nowhere" / "poster.png"))
    assert "could not be written" in panel.said.text()
    panel.address.setText("not an address")
    panel.use.click()
    owner.hands.until("the refusal", lambda: "This is not an address" in panel.said.text())


def test_the_empty_sheet_is_saved_and_read_back_as_one(owner: Owner, tmp_path: Path) -> None:
    owner.start()
    form = owner.wizard.products
    owner.shop.terminal.parts.shop.write_template(str(tmp_path / "empty.xlsx"))  # type: ignore[union-attr]
    owner.hands.until("saved", lambda: "Saved" in form.said.text())
    form.read(str(tmp_path / "empty.xlsx"))
    owner.hands.until("the preview", lambda: form.preview and form.preview.flaws)
    assert form.preview
    assert form.preview.flaws[0].en == "There is nothing below the heading."
