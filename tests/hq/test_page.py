"""The customer's page and its QR code."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from pyzbar.pyzbar import decode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.util import MODE_NUMBER

from app.domain.code import MAX_DIGITS
from app.domain.events import EventKind
from hq import qr
from hq.ordering import customer_page, page_address, views
from hq.ordering.customer_page import Page
from tests.hq.server import Counter, Mall, Teller
from tests.hq.town import Town


def described(town: Town, number: int) -> Page:
    order = town.order(number)
    now = town.clock.now()
    view = town.office.read(lambda conn: views.of(conn, town.office.vault, now, order))
    return customer_page.describe(view, now)


def reached(page: Page) -> int:
    return sum(step.reached for step in page.steps)


@pytest.mark.parametrize("digits", ["1" * MAX_DIGITS, "1" + "07" * 109, "9" * 190])
def test_a_code_is_numeric_level_m_version_six_at_most_with_its_border(digits: str) -> None:
    code = qr.code(digits)
    assert code.version <= 6
    assert code.error_correction == ERROR_CORRECT_M
    assert [data.mode for data in code.data_list] == [MODE_NUMBER]
    assert code.border == 4


def test_a_drawn_code_is_read_back(town: Town) -> None:
    text = town.place(lines=((7, 999),)).pickup_code
    picture = Image.open(io.BytesIO(qr.png(text)))
    assert [found.data.decode() for found in decode(picture)] == [text]


def test_the_border_is_white_and_four_modules_wide() -> None:
    code = qr.code("1" * 200)
    picture = Image.open(io.BytesIO(qr.png("1" * 200))).convert("L")
    assert picture.width == (code.modules_count + 8) * qr.BOX
    quiet = picture.crop((0, 0, picture.width, 4 * qr.BOX))
    assert quiet.getextrema() == (255, 255)
    assert picture.getpixel((4 * qr.BOX, 4 * qr.BOX)) == 0


def test_the_page_shows_code_store_and_window_and_no_personal_data(mall: Mall) -> None:
    mall.open_store(mall.store, name="徐汇店", address="漕溪北路 88 号")
    placed = mall.place(customer={"name": "欧阳小明", "phone": "13812345678"})
    answer = mall.client.get(placed["page_url"])
    for told in (
        "徐汇店",
        "漕溪北路 88 号",
        "欧***",
        "草莓蛋糕",
        f"{placed['short_code'][:4]} {placed['short_code'][4:]}",
    ):
        assert told in answer.text
    for secret in ("欧阳", "13812345678", "5678", placed["pickup_code"]):
        assert secret not in answer.text


def test_the_picture_on_the_page_is_the_pickup_code(mall: Mall) -> None:
    placed = mall.place()
    answer = mall.client.get(placed["page_url"] + "/qr.png")
    assert answer.headers["content-type"] == "image/png"
    assert decode(Image.open(io.BytesIO(answer.content)))[0].data.decode() == placed["pickup_code"]


def test_the_page_is_kept_by_nobody_and_framed_by_nobody(mall: Mall) -> None:
    url = mall.place()["page_url"]
    for path in ("", "/qr.png", "/state"):
        headers = mall.client.get(url + path).headers
        assert headers["cache-control"] == "no-store"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        # A form's POST says where it comes from under this one only; what leaves for elsewhere says nothing.
        assert headers["referrer-policy"] in {"same-origin", "no-referrer"}
        assert headers["x-content-type-options"] == "nosniff"


def test_the_page_loads_only_what_hq_serves(mall: Mall) -> None:
    text = mall.client.get(mall.place()["page_url"]).text
    assert "<script>" not in text
    assert "style=" not in text
    for path in ("/static/shop.css", "/static/shop.js"):
        assert path in text
        assert mall.client.get(path).status_code == 200


BAD_TOKENS = ["x", "A" * 32, "%00", "é", "A" * 5000, "AADeRG8VJkSdDIMB11ZxPjkH3H1ZmxWP"]


@pytest.mark.parametrize("token", BAD_TOKENS)
def test_a_page_address_cannot_be_guessed(mall: Mall, token: str) -> None:
    for path in ("", "/qr.png", "/state"):
        assert mall.client.get(f"/o/{token}{path}").status_code == 404


def test_an_address_tells_its_number_only_to_whom_made_it() -> None:
    token = page_address.token(b"secret", 12345)
    assert page_address.number_of(b"secret", token) == 12345
    assert page_address.number_of(b"another", token) is None
    other = page_address.token(b"secret", 12346)
    assert page_address.number_of(b"secret", other[:11] + token[11:]) is None


def test_the_way_of_an_order_shows_in_five_steps(town: Town) -> None:
    number = town.place(opens=town.clock.now() + timedelta(hours=2)).row.number
    teller, pages = Teller(), [described(town, number)]
    town.push(town.lead, teller.tell(EventKind.PREPARED, number))
    pages.append(described(town, number))
    town.clock.pass_time(hours=2)
    pages.append(described(town, number))
    town.push(town.lead, teller.hand_over(number))
    pages.append(described(town, number))
    assert [reached(page) for page in pages] == [2, 3, 4, 5]
    assert [page.says_zh for page in pages] == [
        "门店正在备货",
        "已备好，请在自提时段到店",
        "可以来取了",
        "已取货，谢谢光临",
    ]
    assert [page.shows_code for page in pages] == [True, True, True, False]


def test_a_cancelled_order_shows_no_code(town: Town) -> None:
    number = town.place().row.number
    town.cancel(number)
    page = described(town, number)
    assert (page.says_zh, page.shows_code, page.tone) == ("订单已取消", False, "off")


def test_a_requested_cancellation_is_told_as_under_way(town: Town) -> None:
    number = town.place().row.number
    assert town.lead
    town.cancel(number)
    page = described(town, number)
    assert (page.says_en, page.shows_code) == ("The cancellation is under way", False)


def test_the_window_is_told_in_the_stores_own_time(town: Town) -> None:
    town.open_store(101, time_zone="Asia/Shanghai")
    number = town.place().row.number
    page = described(town, number)
    assert (page.window_zh, page.window_en) == ("8月1日 周六 14:00 – 20:00", "Sat 1 Aug 14:00 – 20:00")
    town.open_store(101, time_zone="America/Los_Angeles")
    assert described(town, number).window_en == "Fri 31 Jul 23:00 – Sat 1 Aug 05:00"


def test_an_overdue_order_says_so(town: Town) -> None:
    town.open_store(101, late_minutes=30)
    number = town.place().row.number
    town.clock.pass_time(hours=6, minutes=29)
    assert not described(town, number).overdue
    town.clock.pass_time(minutes=1)
    assert described(town, number).overdue


def test_the_page_hears_of_a_change(mall: Mall, counter: Counter) -> None:
    placed = mall.place()
    before = mall.client.get(placed["page_url"] + "/state").json()
    counter.hand_over(placed["number"])
    assert mall.client.get(placed["page_url"] + "/state").json() != before


def test_a_name_cannot_smuggle_markup_onto_the_page(mall: Mall) -> None:
    mall.open_store(mall.store, name="<script>alert(1)</script>")
    text = mall.client.get(mall.place()["page_url"]).text
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


def test_the_code_is_large_enough_on_the_smallest_phone() -> None:
    css = (Path(qr.__file__).parent / "static" / "shop.css").read_text("utf-8")
    assert "min-width: 240px" in css
