"""Chores of the back office: what is due is done again and again, each in its own rhythm, none waiting for another."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from starlette.concurrency import run_in_threadpool

from app.errors import StorageFault
from hq.counters import photos
from hq.goods import sold_together, telling
from hq.mall import sharing
from hq.messages import hook_worker, worker
from hq.messages.channels.port import Channels
from hq.messages.settings import Hook
from hq.money import paying, refunds
from hq.money.takings import Payment, Taking, of_checkout
from hq.office import Office
from hq.ordering import groups, holds, reminders, replacing
from hq.ordering.holds import HoldRow, Standing
from hq.payments.port import Paid, Provider, ProviderDown, ProviderRefused

LOG = logging.getLogger("ziti.hq.chores")


@dataclass(frozen=True, slots=True)
class Chore:
    """Something to do every so many seconds, at once again while it finds plenty; blocks, so it runs in a thread."""

    name: str
    seconds: float
    act: Callable[[], int]
    # What it handles at most in one go: as much as that, and there is more.
    plenty: int = 1_000_000


def all_chores(office: Office, provider: Provider, channels: Channels, hook: Hook | None) -> list[Chore]:
    """Return everything that the back office does by itself."""
    chores = [
        Chore("holds", 5, lambda: end_holds(office, provider)),
        Chore("shortages", 0.5, lambda: replacing.settle_due(office)),
        Chore("groups", 5, lambda: fail_groups(office)),
        Chore("refunds", 2, lambda: refunds.give_due(office, provider), plenty=50),
        Chore("messages", 0.5, lambda: worker.run_once(office, channels), plenty=32),
        Chore("reminders", 60, lambda: reminders.remind_due(office)),
        Chore("stock", 2, lambda: telling.tell_due(office), plenty=telling.STORES),
        Chore("sharing", 30, lambda: sharing.renew(office)),
        Chore("pairs", 6 * 3600, lambda: sold_together.recount(office)),
        Chore("photos", 3600, lambda: photos.forget_due(office)),
    ]
    if hook:
        chores.append(Chore("profile", 1, lambda: hook_worker.run_once(office, hook), plenty=32))
    return chores


async def keep_doing(chore: Chore) -> None:
    """Do a chore until the task is cancelled; a failure is logged and does not end it."""
    while True:
        done = 0
        try:
            done = await run_in_threadpool(chore.act)
        except StorageFault as error:
            LOG.info("%s: %s", chore.name, error)
        except Exception:
            # The thread's edge: one order that cannot be handled must not end the chore for all others.
            LOG.exception("the chore %s failed", chore.name)
        if done < chore.plenty:
            await asyncio.sleep(chore.seconds)


def end_holds(office: Office, provider: Provider) -> int:
    """End holds that nobody paid in time, after a last look whether somebody did; return how many were due."""
    now = office.now()
    due = office.read(lambda conn: holds.due(conn, now))
    for hold in due:
        _end(office, provider, hold)
    return len(due)


def fail_groups(office: Office) -> int:
    """Give up groups that did not fill in time; return how many."""
    now = office.now()
    due = office.read(lambda conn: groups.due(conn, now))
    for group in due:
        office.write(partial(groups.fail, group=group))
    return len(due)


def _end(office: Office, provider: Provider, hold: HoldRow) -> None:
    payment = office.read(lambda conn: of_checkout(conn, hold.store_id, hold.id))
    if payment and payment.status == Taking.ASKED:
        paid = _paid_after_all(provider, payment)
        if paid:
            office.write(lambda work: paying.receive(work, paid))
            return
    office.write(lambda work: paying.give_up(work, hold.store_id, hold.id, Standing.EXPIRED))


def _paid_after_all(provider: Provider, payment: Payment) -> Paid | None:
    """Ask the provider, whose notice may have been lost; close the payment if nobody paid."""
    try:
        standing = provider.look(payment.id)
        if isinstance(standing, Paid):
            return standing
        provider.close(payment.id)
    except (ProviderDown, ProviderRefused) as error:
        # A payment that arrives later is still taken in, and becomes an order or goes back.
        LOG.info("payment %s could not be closed: %s", payment.id, error)
    return None
