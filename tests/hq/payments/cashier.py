"""A process that pays: `python -m tests.hq.payments.cashier FOLDER ID…` prints each charge that it was told of."""

from __future__ import annotations

import sys
from pathlib import Path

from hq.payments.port import ProviderRefused
from hq.payments.sandbox import Sandbox
from tests.hq.payments.shops import SECRET, FixedClock, intent, ticket_of


def main(folder: str, *payments: str) -> None:
    sandbox = Sandbox(Path(folder), SECRET, clock=FixedClock())
    for payment in payments:
        try:
            sys.stdout.write(f"{sandbox.pay(ticket_of(sandbox, intent(payment))).payment_id}\n")
        except ProviderRefused as refusal:
            sys.stdout.write(f"{refusal.code}\n")
        sys.stdout.flush()
    sandbox.stop()


if __name__ == "__main__":
    main(*sys.argv[1:])
