"""The sandbox: its cashier's tickets, its memory over restarts and kills, and one charge for each payment."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import uuid
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from app.errors import NeedsAttention
from hq.payments.port import NotGenuine, Paid, ProviderDown, ProviderRefused, Refunded, Why
from hq.payments.sandbox import Sandbox
from tests.hq.payments.shops import OTHER, PAYMENT, REFUND, SECRET, FixedClock, SandboxShop, intent, refund, ticket_of

ROOT = Path(__file__).parents[3]


def cashier(folder: Path, payments: list[str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.hq.payments.cashier", str(folder), *payments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def many(number: int) -> list[str]:
    return [str(uuid.UUID(int=(0x7 << 76) | (0b10 << 62) | each)) for each in range(number)]


def test_the_customer_is_sent_to_the_cashier_page_of_her_payment(sandbox: SandboxShop) -> None:
    begun = sandbox.provider.begin(intent())
    assert begun.how == "redirect"
    assert begun.data["url"].startswith(f"/pay/sandbox/{PAYMENT}?ticket=")


def test_the_ticket_says_what_is_to_be_paid(sandbox: SandboxShop) -> None:
    ticket = ticket_of(sandbox.provider, intent())
    assert (ticket.payment_id, ticket.amount_fen, ticket.return_url) == (PAYMENT, 1280, intent().return_url)


def test_an_altered_ticket_is_not_believed(sandbox: SandboxShop) -> None:
    asked = parse_qs(urlsplit(sandbox.provider.begin(intent()).data["url"]).query)
    ticket, token = asked["ticket"][0], asked["token"][0]
    for forged in (ticket.replace("1280", "1"), "", "{}"):
        with pytest.raises(NotGenuine):
            sandbox.provider.read_ticket(PAYMENT, forged, token)
    with pytest.raises(NotGenuine):
        sandbox.provider.read_ticket(OTHER, ticket, token)
    with pytest.raises(NotGenuine):
        sandbox.provider.read_ticket(PAYMENT, ticket, "ё")


def test_another_installation_s_ticket_and_notice_are_not_believed(sandbox: SandboxShop, tmp_path: Path) -> None:
    stranger = Sandbox(tmp_path / "other", b"another secret", clock=sandbox.clock)
    asked = parse_qs(urlsplit(stranger.begin(intent()).data["url"]).query)
    with pytest.raises(NotGenuine):
        sandbox.provider.read_ticket(PAYMENT, asked["ticket"][0], asked["token"][0])
    stranger.pay(ticket_of(stranger, intent()))
    with pytest.raises(NotGenuine):
        sandbox.provider.read_notice(*stranger.notice(PAYMENT))
    stranger.stop()


def test_a_notice_for_another_merchant_is_not_believed(sandbox: SandboxShop, tmp_path: Path) -> None:
    neighbour = Sandbox(tmp_path / "other", SECRET, clock=sandbox.clock, merchant="neighbour")
    neighbour.pay(ticket_of(neighbour, intent()))
    with pytest.raises(NotGenuine, match="another merchant"):
        sandbox.provider.read_notice(*neighbour.notice(PAYMENT))
    neighbour.stop()


def test_paying_after_the_end_is_refused(sandbox: SandboxShop) -> None:
    ticket = ticket_of(sandbox.provider, intent())
    sandbox.clock.pass_seconds(15 * 60)
    with pytest.raises(ProviderRefused) as refusal:
        sandbox.provider.pay(ticket)
    assert (refusal.value.code, sandbox.provider.ledger()) == (Why.EXPIRED, ())


def test_a_closed_payment_cannot_be_paid_with_the_page_still_open(sandbox: SandboxShop) -> None:
    ticket = ticket_of(sandbox.provider, intent())
    sandbox.provider.close(PAYMENT)
    with pytest.raises(ProviderRefused) as refusal:
        sandbox.provider.pay(ticket)
    assert refusal.value.code is Why.CLOSED


def test_a_second_charge_is_refused_and_seen_in_the_ledger(sandbox: SandboxShop) -> None:
    ticket = ticket_of(sandbox.provider, intent())
    sandbox.provider.pay(ticket)
    with pytest.raises(ProviderRefused) as refusal:
        sandbox.provider.pay(ticket)
    (charge,) = sandbox.provider.ledger()
    assert (refusal.value.code, charge.amount_fen, charge.refused) == (Why.ALREADY_PAID, 1280, 1)


def test_notices_are_made_only_of_what_happened(sandbox: SandboxShop) -> None:
    sandbox.provider.begin(intent())
    with pytest.raises(ProviderRefused):
        sandbox.provider.notice(PAYMENT)
    with pytest.raises(ProviderRefused):
        sandbox.provider.refund_notice(REFUND)


def test_a_restart_forgets_nothing(sandbox: SandboxShop, tmp_path: Path) -> None:
    sandbox.pay(intent())
    given = sandbox.provider.refund(refund())
    sandbox.provider.close(OTHER)
    sandbox.provider.stop()
    again = Sandbox(tmp_path / "pay", SECRET, clock=sandbox.clock)
    assert isinstance(again.look(PAYMENT), Paid)
    assert again.look_refund(REFUND) == given == again.refund(refund())
    assert [entry.kind for entry in again.ledger()] == ["charge", "refund"]
    again.stop()


def test_a_ticket_is_enough_when_a_power_cut_took_what_was_begun(sandbox: SandboxShop, tmp_path: Path) -> None:
    empty = Sandbox(tmp_path / "other", SECRET, clock=sandbox.clock)
    assert isinstance(empty.pay(ticket_of(sandbox.provider, intent())), Paid)
    empty.stop()


def test_threads_that_pay_at_once_charge_once(sandbox: SandboxShop) -> None:
    ticket, told = ticket_of(sandbox.provider, intent()), []
    gate = threading.Barrier(8)

    def pay() -> None:
        gate.wait()
        with contextlib.suppress(ProviderRefused):
            told.append(sandbox.provider.pay(ticket))

    threads = [threading.Thread(target=pay) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(told), sandbox.provider.ledger()[0].refused) == (1, 7)


def test_processes_that_pay_at_once_charge_once(tmp_path: Path) -> None:
    payments = many(30)
    rivals = [cashier(tmp_path, payments) for _ in range(3)]
    lines = [line for rival in rivals for line in rival.communicate()[0].split()]
    sandbox = Sandbox(tmp_path, SECRET, clock=FixedClock())
    charged = [entry.id for entry in sandbox.ledger()]
    assert sorted(charged) == payments == sorted(line for line in lines if line != Why.ALREADY_PAID)
    assert len(lines) == 90
    sandbox.stop()


@pytest.mark.parametrize("told", [1, 7, 20])
def test_a_charge_that_was_told_survives_a_kill(tmp_path: Path, told: int) -> None:
    payments = many(200)
    with cashier(tmp_path, payments) as victim:
        assert victim.stdout
        heard = [victim.stdout.readline().strip() for _ in range(told)]
        victim.kill()
    sandbox = Sandbox(tmp_path, SECRET, clock=FixedClock())
    charged = [entry.id for entry in sandbox.ledger()]
    assert heard == payments[:told]
    assert set(heard) <= set(charged)
    assert len(charged) == len(set(charged))
    sandbox.stop()


def test_a_damaged_till_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "sandbox.sqlite3").write_bytes(b"this was never a database" * 100)
    with pytest.raises(NeedsAttention, match=r"till .* cannot be used"):
        Sandbox(tmp_path, SECRET)


def test_a_till_that_fails_later_is_a_provider_that_is_down(sandbox: SandboxShop) -> None:
    with sandbox.provider._till.writing() as till:
        till.execute("DROP TABLE refund")
        till.execute("DROP TABLE charge")
    with pytest.raises(ProviderDown):
        sandbox.provider.look(PAYMENT)
    with pytest.raises(ProviderDown):
        sandbox.provider.begin(intent())


def test_a_refund_is_a_whole_movement_in_the_ledger(sandbox: SandboxShop) -> None:
    sandbox.pay(intent())
    assert isinstance(sandbox.provider.refund(refund(amount_fen=80)), Refunded)
    charge, given = sandbox.provider.ledger()
    assert (charge.kind, charge.amount_fen, given.kind, given.amount_fen) == ("charge", 1280, "refund", 80)
