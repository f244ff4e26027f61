"""What the wizard says: steps, mistakes in the answers, and why something did not work."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.small_shop import SheetFlaw, Step, Storefront
from app.errors import HqDidNotStart, TransportFailure, ZitiError
from ui import words

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Trouble(Exception):
    """A sentence about an answer, and the field that it is about."""

    text: str
    field: str = ""


def of_step(step: Step) -> str:
    """Say what is being done."""
    return {
        Step.START: translate("shop", "Starting HQ on this PC"),
        Step.STORE: translate("shop", "Opening the store"),
        Step.PRODUCTS: translate("shop", "Putting the products on the shelf"),
        Step.STAFF: translate("shop", "Writing down who you are"),
        Step.STOREFRONT: translate("shop", "Opening the storefront"),
        Step.TERMINAL: translate("shop", "Connecting this counter"),
        Step.OPEN: translate("shop", "Letting customers in"),
    }[step]


def of_error(error: ZitiError) -> str:
    """Say why something did not work, and what to do."""
    reason = str(getattr(error, "reason", ""))
    if reason == "unreadable":
        return translate("shop", "This file cannot be read or written. Close it in other programs, then try again.")
    if reason == "not_an_address":
        return translate("shop", "This is not an address. It looks like 192.168.1.20 or https://shop.example.com")
    if isinstance(error, HqDidNotStart):
        return translate("shop", "HQ does not start on this PC: %1").replace("%1", str(error))
    if isinstance(error, TransportFailure):
        return translate("shop", "HQ on this PC did not answer. It is being started again: try once more in a moment.")
    if detail := str(getattr(error, "detail", "")):
        return translate("shop", "HQ did not take this: %1").replace("%1", detail)
    return words.error(error)


def of_flaw(flaw: SheetFlaw, language: str) -> str:
    """Say what is wrong with a cell."""
    sentence = flaw.zh if language == "zh_CN" else flaw.en
    return f"{flaw.column}: {sentence}" if flaw.column else sentence


def of_reach(found: Storefront) -> str:
    """Say who can open the storefront."""
    return {
        "public": translate("shop", "Every phone with Internet can open it."),
        "network": translate(
            "shop",
            "A phone must be in the same Wi-Fi as this PC. For customers elsewhere, give the PC a public address: "
            "docs/small-shop.md says how.",
        ),
        "here": translate("shop", "Only this PC can open it, as you chose."),
    }[found.reach]
