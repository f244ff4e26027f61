"""Buying: a cart is held and its payment begun, looked after or given up; and what a provider tells of payments."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from hq import stores
from hq.desk import Desk
from hq.mall import checkout, customers
from hq.mall.checkout import Wish
from hq.money import paying, refunds, takings
from hq.money.refunds import RefundRow
from hq.money.takings import Payment, Taking
from hq.ordering import holds, page_address
from hq.ordering.from_hold import order_from
from hq.ordering.holds import Held, HoldRow, Standing
from hq.payments.port import (
    Acknowledgement,
    Begun,
    Channel,
    Intent,
    NotGenuine,
    Notice,
    Paid,
    ProviderDown,
    ProviderRefused,
    Refunded,
    Why,
)
from hq.problems import Rejection, conflict, missing
from hq.stores import StoreRow
from hq.work import Work

_ORDER = ("自提订单", "pickup order")
LOG = logging.getLogger("ziti.hq.mall")


@dataclass(frozen=True, slots=True)
class Way:
    """How the customer's browser or mini-program can pay; `base` is the address under which HQ is reached."""

    base: str
    channel: Channel
    payer: str = ""
    client_ip: str = ""


@dataclass(frozen=True, slots=True)
class Checkout:
    """A hold, its store and payment, and the address of the order's page once there is an order."""

    hold: HoldRow
    store: StoreRow
    payment: Payment | None
    page: str | None

    @property
    def public_id(self) -> str:
        """What the customer's side calls it: HQ finds it again without asking every store's part."""
        return f"{self.store.number}-{self.hold.id}"


async def check_out(at: Desk, customer_id: str, key: str, wish: Wish, *, openid: str = "") -> tuple[Checkout, bool]:
    """Hold a cart under the customer's key; the same again answers the same, and `False`."""
    client_key = f"{customer_id}:{key}"
    known = await at.read(lambda conn: holds.by_client_key(conn, client_key))
    if known:
        _same_wish(known, wish)
        return await at.read(lambda conn: _described(conn, at, known)), False
    provider, now = at.provider.name, at.office.now()
    hold = await at.read(
        lambda conn: checkout.hold_for(conn, client_key, customer_id, wish, now=now, provider=provider)
    )
    held = await at.write(hold)
    await at.write(lambda work: _follow(work, held, wish, openid))
    return await find(at, customer_id, f"{wish.store_number}-{held.hold.id}"), held.is_new


async def find(at: Desk, customer_id: str, public_id: str) -> Checkout:
    """Return a customer's own checkout; of anybody else's it says that there is none."""
    number, _, hold_id = public_id.partition("-")
    none = missing("checkout", "There is no such checkout.")

    def query(conn: Connection) -> Checkout:
        if not (number.isascii() and number.isdigit() and len(number) <= 10):
            raise none
        hold = holds.find(conn, stores.get(conn, int(number)).id, hold_id)
        if hold is None or hold.customer_id != customer_id:
            raise none
        return _described(conn, at, hold)

    return await at.read(query)


async def begin(at: Desk, bought: Checkout, way: Way) -> Begun | None:
    """Begin the payment, or go on with it; `None` when it turns out to be paid already."""
    payment, hold = bought.payment, bought.hold
    if bought.page:
        return None
    if payment is None or payment.status != Taking.ASKED or hold.status != Standing.OPEN:
        raise expired()
    if hold.expires_at <= at.office.now():
        raise expired()
    intent = Intent(
        payment_id=payment.id,
        amount_fen=payment.amount_fen,
        description=f"{bought.store.name} {_ORDER[hold.told['language'] == 'en']}"[:120],
        expires_at=hold.expires_at,
        notify_url=f"{way.base}/v1/payments/{at.provider.name}/notice",
        return_url=f"{way.base}/pay/{bought.public_id}",
        channel=way.channel,
        payer=way.payer,
        client_ip=way.client_ip,
    )
    try:
        return await run_in_threadpool(at.provider.begin, intent)
    except ProviderRefused as refused:
        if refused.code is Why.ALREADY_PAID:
            await look_after(at, bought)
            return None
        if refused.code in {Why.CLOSED, Why.EXPIRED}:
            raise expired() from refused
        LOG.warning("payment %s could not begin: %s %s", payment.id, refused, refused.said)
        raise conflict("payment_refused", "The payment could not be started: please try again.") from refused
    except ProviderDown as down:
        raise _away() from down


async def look_after(at: Desk, bought: Checkout) -> Checkout:
    """Ask the provider whether somebody paid, whose notice may have been lost or is on its way."""
    payment = bought.payment
    if bought.page or payment is None or payment.status != Taking.ASKED:
        return bought
    try:
        standing = await run_in_threadpool(at.provider.look, payment.id)
    except (ProviderDown, ProviderRefused) as error:
        LOG.info("payment %s could not be looked at: %s", payment.id, error)
        return bought
    if not isinstance(standing, Paid):
        return bought
    await at.write(lambda work: paying.receive(work, standing))
    return await find(at, bought.hold.customer_id, bought.public_id)


async def give_up(at: Desk, bought: Checkout) -> Checkout:
    """End a checkout at its customer's wish; one that was paid after all stays an order."""
    payment, hold = bought.payment, bought.hold
    if bought.page or hold.status != Standing.OPEN:
        return bought
    if payment:
        try:
            await run_in_threadpool(at.provider.close, payment.id)
        except ProviderRefused as refused:
            if refused.code is Why.ALREADY_PAID:
                return await look_after(at, bought)
            LOG.info("payment %s could not be closed: %s", payment.id, refused)
        except ProviderDown as down:
            # A payment that arrives later is still taken in, and becomes an order or goes back.
            LOG.info("payment %s could not be closed: %s", payment.id, down)
    await at.write(lambda work: paying.give_up(work, hold.store_id, hold.id, Standing.GIVEN_UP))
    return await find(at, hold.customer_id, bought.public_id)


async def take_notice(at: Desk, provider: str, headers: Mapping[str, str], body: bytes) -> Acknowledgement:
    """Take in what a provider tells, once it is proven genuine; anything else is to be sent again, or by nobody."""
    if provider != at.provider.name:
        raise missing("provider", "This provider is not set up here.")
    try:
        notice = await run_in_threadpool(at.provider.read_notice, headers, body)
        await _heed(at, notice)
    except NotGenuine as error:
        LOG.info("a payment notice was refused: %s", error)
        return at.provider.acknowledgement(ok=False)
    except Rejection as error:
        LOG.warning("a payment notice was not taken: %s", error)
        return at.provider.acknowledgement(ok=False)
    return at.provider.acknowledgement(ok=True)


def expired() -> Rejection:
    """Return the refusal of a payment whose time is over."""
    return conflict("expired", "The time to pay is over: please order again.")


def _away() -> Rejection:
    return conflict("payment_away", "The payment service cannot be reached: please try again in a moment.")


async def _heed(at: Desk, notice: Notice) -> None:
    if isinstance(notice, Paid):
        await at.write(lambda work: paying.receive(work, notice))
    elif isinstance(notice, Refunded):
        refund, told = await at.read(lambda conn: _refund(conn, notice)), notice.at
        await at.write(lambda work: refunds.settle(work, refund, told))
    # What failed the chore that gives refunds hears from the provider, and calls the operators.


def _refund(conn: Connection, notice: Refunded) -> RefundRow:
    row = refunds.find(conn, notice.payment_id, notice.refund_id)
    if row is None or row.amount_fen != notice.amount_fen:
        raise missing("refund", "There is no such refund.")
    return row


def _follow(work: Work, held: Held, wish: Wish, openid: str) -> None:
    hold = held.hold
    if held.payment is None:
        order_from(work, hold)
    if held.is_new:
        told = hold.told
        customers.remember(
            work,
            hold.customer_id,
            name=told["name"],
            phone=told["phone"],
            language=told["language"],
            consents=wish.consents or {},
            openid=openid,
        )


def _same_wish(known: HoldRow, wish: Wish) -> None:
    """Refuse a key that was used for another cart; prices and windows may have moved on since."""
    told = known.told
    lines = [(line.product_number, line.quantity) for line in known.lines]
    if (lines, told["name"]) != (list(wish.lines), " ".join(wish.name.split())) or (known.opens, known.length) != (
        wish.opens,
        wish.length,
    ):
        raise conflict("idempotency_key", "This Idempotency-Key was used for another checkout: take a new one.")


def _described(conn: Connection, at: Desk, hold: HoldRow) -> Checkout:
    page = None if hold.order_number is None else page_address.token(at.office.vault.secret("page"), hold.order_number)
    payment = takings.of_checkout(conn, hold.store_id, hold.id)
    return Checkout(hold, stores.by_id(conn, hold.store_id), payment, page)
