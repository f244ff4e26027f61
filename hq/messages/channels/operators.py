"""Alerts to operators: WeCom robot, e-mail and whatever else apprise knows, by its URLs."""

from __future__ import annotations

import warnings
from collections import OrderedDict
from collections.abc import Sequence

from apprise import Apprise, AppriseAsset

from app.errors import NeedsAttention
from hq.messages.channels.port import Outgoing, Retry, Sent

NAME = "operators"
_MOST_REMEMBERED = 1_000


class Operators:
    """Tells every address; it is sent when all of them took it, and a retry goes to those that did not."""

    name = NAME

    def __init__(self, urls: Sequence[str]) -> None:
        self._urls = tuple(urls)
        self._left: OrderedDict[str, tuple[str, ...]] = OrderedDict()
        with warnings.catch_warnings():
            # The first address loads every plugin of apprise, with imports that newer Pythons warn of.
            warnings.simplefilter("ignore", DeprecationWarning)
            readable = [Apprise().add(url) for url in urls]
        if not all(readable):
            at = readable.index(False) + 1
            raise NeedsAttention(f"ZITI_HQ_NOTIFY_URLS: apprise cannot read address {at} of {len(urls)}.")

    def obstacle(self, outgoing: Outgoing) -> str:  # noqa: ARG002 - the port's signature
        """Carry everything."""
        return ""

    def send(self, outgoing: Outgoing) -> Sent:
        """Send one alert; apprise says only that an address failed, not why, so each failure is worth another try."""
        asked = self._left.pop(outgoing.message_id, self._urls)
        left = tuple(url for url in asked if not _told(url, outgoing))
        if not left:
            return Sent("")
        self._left[outgoing.message_id] = left
        if len(self._left) > _MOST_REMEMBERED:
            self._left.popitem(last=False)
        raise Retry(f"{len(left)} of {len(self._urls)} addresses did not take it; HQ's log says more")


def _told(url: str, outgoing: Outgoing) -> bool:
    notifier = Apprise(asset=AppriseAsset(async_mode=False, app_id="Ziti HQ"))
    notifier.add(url)
    # Apprise bounds each service itself, with a thread of a pool that it keeps for the life of the process.
    return bool(notifier.notify(body=outgoing.text, title=outgoing.title))
