"""The words of messages: templates by kind and language, filled with facts, cut to what a provider's field takes."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hq.messages.kinds import Kind

LANGUAGES = ("zh", "en")
# What stands where a fact is missing: a provider refuses an empty field, and a customer sees that it is not known.
_UNKNOWN = "—"
_FIELD = re.compile(r"\{([a-z_]+)\}")
# WeChat's limits by the type in a field's name (thing1, character_string2), where they are lengths.
_MINI_LIMITS = {"thing": 20, "character_string": 32, "letter": 32, "number": 32, "symbol": 5, "phrase": 5, "name": 10,
                "phone_number": 17, "car_number": 8}  # fmt: skip
# Facts for previews and tests: those that every message has, and those of single kinds.
SAMPLES: dict[str, dict[str, str | int]] = {
    "zh": {
        "label": "#4821",
        "short_code": "40718294",
        "store": "人民路店",
        "address": "人民路 128 号",
        "window": "8月2日 14:00–20:00",
        "items": "草莓蛋糕 ×2、冷萃咖啡 ×1",
        "page": "/o/4821",
        "amount": 25_600,
        "reason": "重复核销",
        "coupon": "满 50 减 10",
    },
    "en": {
        "label": "#4821",
        "short_code": "40718294",
        "store": "Renmin Road",
        "address": "128 Renmin Road",
        "window": "2 Aug 14:00–20:00",
        "items": "Strawberry cake ×2, cold brew ×1",
        "page": "/o/4821",
        "amount": 25_600,
        "reason": "handed over twice",
        "coupon": "¥10 off ¥50",
    },
}


@dataclass(frozen=True, slots=True)
class Text:
    """A message in words."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SmsText:
    """An SMS in words, and the values of the registered template's variables in their order."""

    text: str
    values: tuple[tuple[str, str], ...]


def preview(kind: Kind, language: str, facts: Mapping[str, str | int], site: str = "") -> Text:
    """Return a message in words; `site` is HQ's public address."""
    told, words = _section(kind, language), spelled(facts, site)
    return Text(_fill(told["title"], words), _fill(told["text"], words))


def sms(kind: Kind, language: str, facts: Mapping[str, str | int], site: str = "") -> SmsText | None:
    """Return a message as an SMS, `None` for a kind that is never one."""
    template = _section(kind, language).get("sms")
    if template is None:
        return None
    words = spelled(facts, site)
    names = [name for name in _FIELD.findall(template) if name != "site"]
    return SmsText(_fill(template, words), tuple((name, words.get(name, _UNKNOWN)) for name in names))


def mini_fields(
    kind: Kind, language: str, facts: Mapping[str, str | int], chosen: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the fields of a subscribe message, cut to WeChat's limits; `chosen` replaces our own choice of fields."""
    words = spelled(facts, "")
    fields = chosen or _section(kind, language).get("mini", {})
    return {name: _cut(name, _fill(template, words)) for name, template in fields.items()}


def spelled(facts: Mapping[str, str | int], site: str) -> dict[str, str]:
    """Return the facts as words, with the address of the order's page; an amount in fen becomes yuan."""
    words = {name: str(value) for name, value in facts.items() if value not in {"", None}}
    if isinstance(amount := facts.get("amount"), int):
        words["amount"] = f"¥{amount // 100}.{amount % 100:02d}"
    words["site"] = site
    words["link"] = site + words.get("page", "/")
    return words


def _fill(template: str, words: Mapping[str, str]) -> str:
    return _FIELD.sub(lambda found: words.get(found[1], _UNKNOWN), template)


def _cut(name: str, value: str) -> str:
    limit = _MINI_LIMITS.get(name.rstrip("0123456789"), len(value))
    return value if len(value) <= limit else value[: limit - 1] + "…"


def _section(kind: Kind, language: str) -> Mapping[str, Any]:
    found: Mapping[str, Any] = _templates(language if language in LANGUAGES else "zh")[kind.value]
    return found


@functools.cache
def _templates(language: str) -> dict[str, Any]:
    path = Path(__file__).parent / "texts" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
