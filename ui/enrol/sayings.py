"""Why HQ did not take this terminal in, and what to do, in words; which field to look at."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.errors import Refused, ZitiError
from ui import words
from ui.enrol.address import Flaw

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence, and the field ("address", "code", "name" or none) that has to be looked at."""

    text: str
    field: str = ""


def of_error(error: ZitiError) -> Saying:
    """Put a failed enrolment into words; `reason` is what the link's and the enrolment's errors carry."""
    reason = str(getattr(error, "reason", ""))
    said = {
        "unreachable": Saying(
            translate("enrol", "HQ cannot be reached at this address. Check it, and the network cable or Wi-Fi."),
            "address",
        ),
        "timed_out": Saying(translate("enrol", "HQ does not answer in time. Try again in a moment.")),
        "not_secure": Saying(
            translate("enrol", "No secure connection. Check this machine's date and time, then the address."), "address"
        ),
        "captive_portal": Saying(
            translate(
                "enrol", "The network's sign-in page answers instead of HQ. Sign in with a browser, then try again."
            )
        ),
        "server_trouble": Saying(
            translate("enrol", "What answers there is not HQ. Check the address; if it is right, try again later."),
            "address",
        ),
        "busy": Saying(translate("enrol", "Too many tries. Wait a minute, then try again.")),
        "protocol_too_old": Saying(translate("enrol", "This program is too old for HQ. Update it first.")),
        "not_welcome": _wrong_code(),
        "refused": _wrong_code(),
        "wrong_code": _wrong_code(),
    }
    if reason in said:
        return said[reason]
    if isinstance(error, Refused):
        return Saying(
            translate(
                "enrol", "This machine holds another store's data, or work that HQ has not got. Call HQ's support."
            )
        )
    return Saying(words.error(error))


def of_flaw(flaw: Flaw) -> Saying:
    """Say what is wrong with an address."""
    return Saying(
        {
            Flaw.EMPTY: translate("enrol", "HQ's address is missing."),
            Flaw.NOT_AN_ADDRESS: translate("enrol", "This is not an address. It looks like https://hq.example.com"),
            Flaw.NOT_PROTECTED: translate(
                "enrol", "This address is not protected: use https:// unless HQ says otherwise."
            ),
        }[flaw],
        "address",
    )


def no_code() -> Saying:
    """Say that the one-time code is missing or is none."""
    return Saying(translate("enrol", "The one-time code is missing. It looks like K7QM-2PXR-9TBD-4HWE"), "code")


def no_name() -> Saying:
    """Say that the terminal has no name."""
    return Saying(translate("enrol", "Give this terminal a name, such as Counter 1."), "name")


def _wrong_code() -> Saying:
    return Saying(
        translate("enrol", "The code is wrong, used or too old: it holds for ten minutes. Ask HQ for a new one."),
        "code",
    )
