"""Decides, without asking anyone: which channels a message may take, when the next try is, and when nobody is woken."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.ids import RandomBits
from hq.messages.channels import local, operators
from hq.messages.channels.port import Channel, Outgoing
from hq.messages.kinds import GENTLE, Kind

_EVENING, _MORNING = time(22), time(8)
_FIRST_WAIT_SECONDS = 15
_LONGEST_WAIT_SECONDS = 3_600
# About two minutes while another channel is left; on the last one half a day, which outlasts a provider's bad morning.
_TRIES, _LAST_TRIES = 4, 18
_LONGEST_PATIENCE_SECONDS = 300
_BITS = 16
_ASKS_NOBODY = {local.NAME, operators.NAME}


@dataclass(frozen=True, slots=True)
class Plan:
    """What was agreed to, the channels left (`None`: not decided yet), why others are not, the tries on the first."""

    consents: dict[str, Any]
    left: tuple[str, ...] | None = None
    failed: tuple[str, ...] = ()
    tries: int = 0

    @classmethod
    def parse(cls, text: str) -> Plan:
        """Read a stored plan; what cannot be read agrees to nothing."""
        try:
            told = json.loads(text)
        except ValueError:
            return cls({})
        if not isinstance(told, dict):
            return cls({})
        left, consents = told.get("left"), told.get("consents")
        return cls(
            consents if isinstance(consents, dict) else {},
            None if left is None else tuple(left),
            tuple(told.get("failed", ())),
            told.get("tries", 0),
        )

    def text(self) -> str:
        """Return the plan as it is stored."""
        told = {"consents": self.consents, "left": self.left, "failed": self.failed, "tries": self.tries}
        return json.dumps(told, ensure_ascii=False)

    def without_first(self, reason: str) -> Plan:
        """Give the first channel up."""
        first, *left = self.left or ()
        return replace(self, left=tuple(left), failed=(*self.failed, f"{first}: {reason}"), tries=0)

    def another_try(self) -> Plan:
        """Count a try of the first channel."""
        return replace(self, tries=self.tries + 1)

    def is_over(self, after: int) -> bool:
        """Whether the first channel had its tries, or wants a pause while another channel is free."""
        if len(self.left or ()) > 1:
            return self.tries >= _TRIES or after > _LONGEST_PATIENCE_SECONDS
        return self.tries >= _LAST_TRIES


def decide(plan: Plan, channels: Sequence[Channel], outgoing: Outgoing, now_agreed: str) -> Plan:
    """Return the plan with the channels that may carry a message, and why the others may not."""
    withdrawn = consents_of(now_agreed)
    hindrances = {
        channel.name: _no_consent(channel.name, outgoing.kind, plan.consents, withdrawn) or channel.obstacle(outgoing)
        for channel in channels
    }
    left = tuple(name for name, why in hindrances.items() if not why)
    return replace(plan, left=left, failed=tuple(f"{name}: {why}" for name, why in hindrances.items() if why), tries=0)


def consents_of(text: str) -> dict[str, Any]:
    """Read stored consents; what cannot be read says nothing."""
    return Plan.parse(f'{{"consents": {text or "{}"}}}').consents


def wait(tries: int, after: int, random_bits: RandomBits) -> timedelta:
    """Return how long to wait after the so many-th try: twice as long each time, half of it by chance."""
    longest = min(_FIRST_WAIT_SECONDS * 2.0 ** (tries - 1), _LONGEST_WAIT_SECONDS)
    chance = random_bits(_BITS) / (1 << _BITS)
    return timedelta(seconds=after + longest * (0.5 + chance / 2))


def quiet_until(kind: Kind, zone: str, now: datetime) -> datetime | None:
    """Return when the store's night is over if the message must not come before, else `None`."""
    local_now = now.astimezone(ZoneInfo(zone))
    if kind not in GENTLE or _MORNING <= local_now.time() < _EVENING:
        return None
    day = local_now.date() + timedelta(days=local_now.time() >= _EVENING)
    return datetime.combine(day, _MORNING, local_now.tzinfo).astimezone(UTC)


def _no_consent(channel: str, kind: Kind, agreed: dict[str, Any], now_agreed: dict[str, Any]) -> str:
    if channel in _ASKS_NOBODY:
        return ""
    if now_agreed.get(channel) is False:
        return "consent was withdrawn"
    told = agreed.get(channel)
    # WeChat's consents are for one message of one kind each.
    agrees = kind.value in told if isinstance(told, list) else told is True and channel != "mini"
    return "" if agrees else "no consent"
