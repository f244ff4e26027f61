"""What every provider promises, asked of the sandbox and of WeChat Pay's stand-in alike."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from hq.payments.port import (
    Closed,
    NotGenuine,
    Paid,
    ProviderRefused,
    Refunded,
    RefundPending,
    RefundUnknown,
    Unknown,
    Unpaid,
    Why,
)
from tests.hq.payments.shops import OTHER, PAYMENT, REFUND, Shop, intent, refund


def paid(shop: Shop) -> Paid:
    shop.provider.begin(intent())
    shop.pay(intent())
    standing = shop.provider.look(PAYMENT)
    assert isinstance(standing, Paid)
    return standing


def test_a_payment_goes_from_unknown_to_unpaid_to_paid(shop: Shop) -> None:
    assert shop.provider.look(PAYMENT) == Unknown(payment_id=PAYMENT)
    shop.provider.begin(intent())
    assert shop.provider.look(PAYMENT) == Unpaid(payment_id=PAYMENT)
    shop.pay(intent())
    standing = shop.provider.look(PAYMENT)
    assert isinstance(standing, Paid)
    assert (standing.payment_id, standing.amount_fen, standing.at.tzinfo) == (PAYMENT, 1280, UTC)


def test_beginning_again_is_the_same_payment(shop: Shop) -> None:
    assert shop.provider.begin(intent()) == shop.provider.begin(intent())


def test_another_amount_under_the_same_id_is_refused(shop: Shop) -> None:
    shop.provider.begin(intent())
    with pytest.raises(ProviderRefused) as refusal:
        shop.provider.begin(intent(amount_fen=1))
    assert refusal.value.code is Why.ID_TAKEN


def test_a_paid_payment_is_not_begun_again(shop: Shop) -> None:
    paid(shop)
    with pytest.raises(ProviderRefused) as refusal:
        shop.provider.begin(intent())
    assert refusal.value.code is Why.ALREADY_PAID


def test_a_closed_payment_stays_closed(shop: Shop) -> None:
    shop.provider.begin(intent())
    shop.provider.close(PAYMENT)
    shop.provider.close(PAYMENT)
    assert shop.provider.look(PAYMENT) == Closed(payment_id=PAYMENT)
    with pytest.raises(ProviderRefused) as refusal:
        shop.provider.begin(intent())
    assert refusal.value.code is Why.CLOSED


def test_closing_what_nobody_knows_is_no_error(shop: Shop) -> None:
    shop.provider.close(OTHER)
    assert shop.provider.look(OTHER) == Unknown(payment_id=OTHER)


def test_a_paid_payment_is_not_closed(shop: Shop) -> None:
    standing = paid(shop)
    with pytest.raises(ProviderRefused) as refusal:
        shop.provider.close(PAYMENT)
    assert refusal.value.code is Why.ALREADY_PAID
    assert shop.provider.look(PAYMENT) == standing


def test_the_notice_says_what_looking_says(shop: Shop) -> None:
    standing = paid(shop)
    assert shop.provider.read_notice(*shop.notice(PAYMENT)) == standing


def test_a_notice_sent_again_says_the_same(shop: Shop) -> None:
    paid(shop)
    headers, body = shop.notice(PAYMENT)
    first = shop.provider.read_notice(headers, body)
    shop.clock.pass_seconds(300)
    assert shop.provider.read_notice({name.upper(): value for name, value in headers.items()}, body) == first


@pytest.mark.parametrize("seconds", [301, -301, 86_400])
def test_a_stale_notice_is_not_believed(shop: Shop, seconds: int) -> None:
    paid(shop)
    headers, body = shop.notice(PAYMENT)
    shop.clock.pass_seconds(seconds)
    with pytest.raises(NotGenuine):
        shop.provider.read_notice(headers, body)


def test_a_notice_altered_by_one_byte_is_not_believed(shop: Shop) -> None:
    paid(shop)
    headers, body = shop.notice(PAYMENT)
    for place in range(0, len(body), 29):
        altered = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        with pytest.raises(NotGenuine):
            shop.provider.read_notice(headers, altered)


def test_a_notice_without_one_of_its_marks_is_not_believed(shop: Shop) -> None:
    paid(shop)
    headers, body = shop.notice(PAYMENT)
    for name in [name for name in headers if name.lower() != "content-type"]:
        for value in ("", "x", "0", "é", "9" * 30, None):
            marred = {**headers, name: value} if value is not None else {k: v for k, v in headers.items() if k != name}
            with pytest.raises(NotGenuine):
                shop.provider.read_notice(marred, body)


@pytest.mark.parametrize("body", [b"", b"{}", b"null", b"\xff\xfe", b"[" * 5000, b"0" * 1_000_000])
def test_rubbish_is_not_believed(shop: Shop, body: bytes) -> None:
    paid(shop)
    headers, _ = shop.notice(PAYMENT)
    with pytest.raises(NotGenuine):
        shop.provider.read_notice(headers, body)


def test_a_refund_is_given_once_for_its_id(shop: Shop) -> None:
    paid(shop)
    first = shop.provider.refund(refund(amount_fen=500))
    assert isinstance(first, RefundPending | Refunded)
    shop.settle(REFUND)
    again = shop.provider.refund(refund(amount_fen=500))
    assert isinstance(again, Refunded)
    assert (again.payment_id, again.amount_fen) == (PAYMENT, 500)
    assert shop.provider.look_refund(REFUND) == again == shop.provider.read_notice(*shop.refund_notice(REFUND))


def test_a_refund_id_means_one_refund(shop: Shop) -> None:
    paid(shop)
    shop.provider.refund(refund(amount_fen=500))
    with pytest.raises(ProviderRefused) as refusal:
        shop.provider.refund(refund(amount_fen=501))
    assert refusal.value.code is Why.INVALID


def test_more_than_was_paid_is_never_given_back(shop: Shop) -> None:
    paid(shop)
    shop.provider.refund(refund("first", 800))
    with pytest.raises(ProviderRefused) as refusal:
        shop.provider.refund(refund("second", 481))
    assert refusal.value.code is Why.INVALID
    shop.provider.refund(refund("third", 480))


def test_what_was_not_paid_is_not_refunded(shop: Shop) -> None:
    shop.provider.begin(intent())
    for wish in (refund(), replace(refund(), payment_id=OTHER)):
        with pytest.raises(ProviderRefused) as refusal:
            shop.provider.refund(wish)
        assert refusal.value.code is Why.NOT_FOUND
    assert shop.provider.look_refund(REFUND) == RefundUnknown(refund_id=REFUND)


def test_a_refunded_payment_still_counts_as_paid(shop: Shop) -> None:
    standing = paid(shop)
    shop.provider.refund(refund())
    assert shop.provider.look(PAYMENT) == standing


def test_a_notice_is_answered_so_that_its_provider_understands(shop: Shop) -> None:
    assert shop.provider.acknowledgement(ok=True).status == 204
    refused = shop.provider.acknowledgement(ok=False)
    assert (refused.status, b'"FAIL"' in refused.body) == (500, True)


@pytest.mark.parametrize(
    "wrong", [{"payment_id": "7"}, {"amount_fen": 0}, {"description": " "}, {"payment_id": PAYMENT.upper()}]
)
def test_a_wish_that_makes_no_sense_is_a_mistake_of_the_caller(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        replace(intent(), **wrong)  # type: ignore[arg-type]
