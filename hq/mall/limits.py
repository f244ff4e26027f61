"""How often a customer, or an address, may ask for what costs something."""

from __future__ import annotations

from dataclasses import dataclass

from app.clock import Clock
from hq.throttle import Throttle


@dataclass(frozen=True, slots=True)
class Limits:
    """Many phones share one address of a mobile network: an address may do far more than a customer."""

    customers_of_address: Throttle
    checkouts_of_customer: Throttle
    checkouts_of_address: Throttle
    changes_of_order: Throttle

    @classmethod
    def of(cls, clock: Clock) -> Limits:
        """Return the usual limits, per minute."""
        return cls(
            customers_of_address=Throttle(clock, most=300, says="Too many new customers from this address"),
            checkouts_of_customer=Throttle(clock, most=20, says="Too many checkouts"),
            checkouts_of_address=Throttle(clock, most=600, says="Too many checkouts from this address"),
            changes_of_order=Throttle(clock, most=30, says="Too many changes"),
        )
