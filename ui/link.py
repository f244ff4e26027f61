"""The line to HQ in words: the one badge of the top bar, and the sentence that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QCoreApplication

from ui.words import Times

translate = QCoreApplication.translate

Kind = Literal["online", "offline", "attention"]


@dataclass(frozen=True, slots=True)
class Link:
    """The line as `ui.workers` last heard of it; `reason` is one of `sync.failures.Reason`, empty when online."""

    kind: Kind = "offline"
    reason: str = "not_tried"
    since: datetime | None = None
    last_contact: datetime | None = None


@dataclass(frozen=True, slots=True)
class Badge:
    """What the top bar shows: tone of the style sheet, drawing, words."""

    tone: str
    icon: str
    text: str


def badge(link: Link, times: Times) -> Badge:
    """Return the badge: offline is calm, only what a person must mend is loud."""
    if link.kind == "online":
        return Badge("yes", "online", translate("link", "Online"))
    if link.kind == "attention":
        return Badge("wait", "attention", translate("link", "HQ: needs attention"))
    if link.since is None:
        return Badge("calm", "offline", translate("link", "Connecting"))
    since = translate("link", "Offline since %1").replace("%1", times.moment(link.since))
    if link.last_contact is None:
        return Badge("calm", "offline", since)
    age = translate("link", "data %1 old").replace("%1", times.ago(link.last_contact))
    return Badge("calm", "offline", f"{since} · {age}")


def reason(link: Link) -> str:
    """Return why the line is away, and that the work goes on."""
    said = {
        "not_tried": translate("link", "HQ has not been called yet."),
        "unreachable": translate("link", "There is no way to HQ: check the network cable or Wi-Fi."),
        "timed_out": translate("link", "HQ does not answer in time. The network may be slow."),
        "not_secure": translate("link", "No secure connection to HQ: check this machine's date and time."),
        "captive_portal": translate(
            "link", "Something else answers instead of HQ: the network may want a sign-in page."
        ),
        "server_trouble": translate("link", "HQ answers, but not properly: it may be under repair."),
        "busy": translate("link", "HQ is busy and asked to come back later."),
        "not_welcome": translate("link", "HQ does not know this terminal any more. Ask HQ for a new code."),
        "protocol_too_old": translate("link", "This program is too old for HQ. Update it."),
        "refused": translate("link", "HQ refused a request. Call HQ's support."),
    }
    return said.get(link.reason, "")
