"""The first page of a new terminal: what may be typed or pasted, and what HQ's refusals read like."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.errors import DiskFull, Refused, ZitiError
from sync import failures
from sync.enrolment import WrongCode
from tests.ui.shop import Shop
from ui.enrol.address import BadAddress, Flaw, Invitation, clean_address, clean_code, read_invitation
from ui.enrol.page import EnrolPage
from ui.enrol.sayings import of_error
from ui.window import Window

CODE = "K7QM-2PXR-9TBD-4HWE"
LINK = f"ziti-enrol:https://hq.example.com/ziti#{CODE}"


class Hq:
    """HQ as the enrolment reaches it: answers what it is told to, when it is let."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str, str]] = []
        self.answer: Exception | None = None
        self.may_answer = threading.Event()
        self.may_answer.set()

    def __call__(self, url: str, code: str, name: str) -> object:
        self.calls.append((url, code, name))
        answer = self.answer
        self.may_answer.wait(10)
        if answer:
            raise answer
        return object()


@pytest.fixture
def hq(shop: Shop) -> Iterator[Hq]:
    hq = Hq()
    shop.parts.sync._enrol = hq
    yield hq
    hq.may_answer.set()


@pytest.fixture
def page(shop: Shop, hq: Hq, qtbot: QtBot) -> EnrolPage:
    page = EnrolPage(shop.parts)
    qtbot.addWidget(page)
    page.resize(1366, 768)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.fields["address"].line.hasFocus)
    return page


def line(page: EnrolPage, name: str) -> QLineEdit:
    return page.fields[name].line


def fill(page: EnrolPage, address: str = "https://hq.example.com", code: str = CODE, name: str = "Counter 1") -> None:
    for field, text in (("address", address), ("code", code), ("name", name)):
        line(page, field).setText(text)


def test_enter_leads_through_the_fields_to_hq(page: EnrolPage, hq: Hq, shop: Shop, qtbot: QtBot) -> None:
    for name, text in (("address", "hq.example.com"), ("code", CODE.lower()), ("name", "Counter 1")):
        assert line(page, name).hasFocus()
        QTest.keyClicks(line(page, name), text)
        if name == "name":
            break
        QTest.keyClick(line(page, name), Qt.Key.Key_Return)
    with qtbot.waitSignal(shop.parts.sync.enrolled):
        QTest.keyClick(line(page, "name"), Qt.Key.Key_Return)
    assert hq.calls == [("https://hq.example.com", CODE, "Counter 1")]


def test_after_a_tap_on_a_language_the_keys_go_to_the_first_empty_field(page: EnrolPage, shop: Shop) -> None:
    QTest.mouseClick(page.languages["en"], Qt.MouseButton.LeftButton)
    assert shop.parts.preferences.now.language == "en"
    assert line(page, "address").hasFocus()


def test_a_pasted_link_fills_address_and_code(page: EnrolPage) -> None:
    QTest.keyClicks(line(page, "address"), "")
    line(page, "address").insert(LINK)
    line(page, "address").textEdited.emit(LINK)
    assert (line(page, "address").text(), line(page, "code").text()) == ("https://hq.example.com/ziti", CODE)
    assert line(page, "name").hasFocus()


def test_a_link_that_a_usb_scanner_types_is_taken_at_its_enter(page: EnrolPage) -> None:
    QTest.keyClicks(line(page, "address"), LINK)
    QTest.keyClick(line(page, "address"), Qt.Key.Key_Return)
    assert line(page, "code").text() == CODE
    assert line(page, "name").hasFocus()


def test_a_link_in_a_picture_is_taken(page: EnrolPage, shop: Shop) -> None:
    shop.parts.scan.text.emit(LINK, "image")
    assert line(page, "address").text() == "https://hq.example.com/ziti"


def test_while_hq_is_asked_it_shows_and_can_be_given_up(page: EnrolPage, hq: Hq, shop: Shop, qtbot: QtBot) -> None:
    hq.may_answer.clear()
    hq.answer = failures.TimedOut("late")
    fill(page)
    page.go.click()
    assert page._progress.isVisible()
    assert not page.go.isEnabled()
    page._slow.timeout.emit()
    page.stop.click()
    assert page.go.isEnabled()
    with qtbot.waitSignal(shop.parts.sync.enrol_failed):
        hq.may_answer.set()
    assert page.trouble == ""


def test_a_second_press_asks_once(page: EnrolPage, hq: Hq, shop: Shop, qtbot: QtBot) -> None:
    hq.may_answer.clear()
    fill(page)
    page.go.click()
    page.submit()
    with qtbot.waitSignal(shop.parts.sync.enrolled):
        hq.may_answer.set()
    assert len(hq.calls) == 1


def test_after_a_refusal_the_field_to_mend_has_the_focus(page: EnrolPage, hq: Hq, qtbot: QtBot) -> None:
    hq.answer = WrongCode("wrong")
    fill(page)
    page.go.click()
    qtbot.waitUntil(lambda: "Ask HQ for a new one" in page.trouble)
    assert line(page, "code").hasFocus()
    assert page.go.isEnabled()


def test_the_complaint_goes_when_something_is_typed(page: EnrolPage) -> None:
    page.submit()
    assert page.trouble == "HQ's address is missing."
    QTest.keyClicks(line(page, "address"), "h")
    assert page.trouble == ""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"address": "hq .example"}, "This is not an address"),
        ({"code": ""}, "The one-time code is missing"),
        ({"code": "???"}, "The one-time code is missing"),
        ({"name": "  "}, "Give this terminal a name"),
    ],
)
def test_what_is_missing_is_said_without_asking_hq(page: EnrolPage, hq: Hq, changed: dict[str, str], said: str) -> None:
    fill(page, **changed)
    page.submit()
    assert page.trouble.startswith(said)
    assert hq.calls == []


def test_an_unprotected_address_needs_a_word_from_hq(page: EnrolPage, hq: Hq, shop: Shop, qtbot: QtBot) -> None:
    fill(page, address="http://hq.example.com")
    page.submit()
    assert page.anyway.isVisible()
    with qtbot.waitSignal(shop.parts.sync.enrolled):
        page.anyway.click()
    assert hq.calls[0][0] == "http://hq.example.com"


def test_the_language_can_be_changed_before_anything_else(window: Window, shop: Shop, hq: Hq, qtbot: QtBot) -> None:
    window.go("enrol")
    page = window.page("enrol")
    assert isinstance(page, EnrolPage)
    page.languages["zh_CN"].click()
    qtbot.waitUntil(lambda: page.go.text() == "连接")
    page.languages["en"].click()
    qtbot.waitUntil(lambda: page.go.text() == "Connect")


def test_after_enrolment_the_window_shows_the_counter(window: Window, shop: Shop, hq: Hq, qtbot: QtBot) -> None:
    window.go("enrol")
    page = window.page("enrol")
    assert isinstance(page, EnrolPage)
    fill(page)
    page.submit()
    qtbot.waitUntil(lambda: window.current == "counter")


def all_failures(kind: type[failures.Failure] = failures.Failure) -> list[type[failures.Failure]]:
    found = [each for sub in kind.__subclasses__() for each in (sub, *all_failures(sub))]
    return [each for each in found if each.__module__ == failures.__name__]  # a test may have made more


def test_every_failure_of_the_line_has_its_sentence() -> None:
    from sync.wire import Problem

    made = [
        kind(Problem(code="x", title="x", status=403), status=403) if kind is failures.RefusedByHq else kind("x")
        for kind in all_failures()
    ]
    said = {of_error(each).text for each in made}
    assert len(said) >= len(made) - 1  # a terminal that is not welcome and a refusal are both about the code
    assert of_error(failures.CaptivePortal("x")).text.startswith("The network's sign-in page")


@pytest.mark.parametrize("error", [Refused("xyz 1"), DiskFull("xyz 2"), ZitiError("xyz 3")])
def test_other_errors_are_said_in_words_too(error: ZitiError) -> None:
    assert of_error(error).text.endswith(".")
    assert str(error) not in of_error(error).text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hq.example.com", "https://hq.example.com"),
        (" https://hq.example.com/ziti/ ", "https://hq.example.com/ziti"),
        ("192.168.1.20:8080", "http://192.168.1.20:8080"),
        ("localhost:8080", "http://localhost:8080"),
        ("http://127.0.0.1:9", "http://127.0.0.1:9"),
        ("http://[::1]:9", "http://[::1]:9"),
        ("http://backoffice.local", "http://backoffice.local"),
        ("ｈｔｔｐｓ：／／ｈｑ。example．com", "https://hq.example.com"),
    ],
)
def test_an_address_is_taken_as_it_was_meant(typed: str, meant: str) -> None:
    assert clean_address(typed) == meant


@pytest.mark.parametrize(
    ("typed", "flaw"),
    [
        ("", Flaw.EMPTY),
        ("ftp://hq.example.com", Flaw.NOT_AN_ADDRESS),
        ("https://", Flaw.NOT_AN_ADDRESS),
        ("https://hq.example.com:99999", Flaw.NOT_AN_ADDRESS),
        ("https://[::1", Flaw.NOT_AN_ADDRESS),
        ("https://user:secret@hq.example.com", Flaw.NOT_AN_ADDRESS),
        ("https://hq.example.com/?q=1", Flaw.NOT_AN_ADDRESS),
        ("javascript:alert(1)", Flaw.NOT_AN_ADDRESS),
        ("http://hq.example.com", Flaw.NOT_PROTECTED),
        ("http://8.8.8.8", Flaw.NOT_PROTECTED),
    ],
)
def test_what_is_no_address_is_refused(typed: str, flaw: Flaw) -> None:
    with pytest.raises(BadAddress) as refused:
        clean_address(typed)
    assert refused.value.flaw is flaw


def test_the_qr_code_that_hq_shows_fills_in_address_and_code(page: EnrolPage, shop: Shop) -> None:
    shop.parts.scan.text.emit(f"http://192.168.1.20:8000/enrol#{CODE}", "camera")
    assert line(page, "address").text() == "http://192.168.1.20:8000"
    assert line(page, "code").text() == CODE
    assert line(page, "name").hasFocus()


@pytest.mark.parametrize("text", ["", "hello", "https://hq.example.com", "#CODE", "ziti-enrol:https://hq#", "1234567"])
def test_other_texts_are_no_invitation(text: str) -> None:
    assert read_invitation(text) is None


def test_an_invitation_is_read_in_any_case_and_with_spaces() -> None:
    assert read_invitation(f"  ZITI-ENROL:https://hq.example.com#{CODE} ") == Invitation("https://hq.example.com", CODE)
    assert read_invitation(f"https://hq.example.com#{CODE}") == Invitation("https://hq.example.com", CODE)
    assert clean_code(" k7qm-2pxr ") == "K7QM-2PXR"
