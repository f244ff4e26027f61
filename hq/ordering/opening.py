"""A store's opening hours as its row keeps them: JSON by `app.domain.hours`, nothing for always open."""

from __future__ import annotations

import json
from typing import Any

from app.domain.hours import ALWAYS, Hours
from hq.problems import invalid
from hq.stores import StoreRow


def hours_of(store: StoreRow) -> Hours:
    """Return when a store is open."""
    return Hours.from_json(json.loads(store.hours)) if store.hours else ALWAYS


def read(text: str) -> str:
    """Return opening hours that came as JSON in a text as they are kept, or refuse them."""
    try:
        return checked(json.loads(text)) if text.strip() else ""
    except (json.JSONDecodeError, RecursionError) as error:
        raise invalid("hours", "Opening hours are a JSON object in a text.") from error


def checked(told: Any) -> str:
    """Return opening hours as they are kept, or refuse them with a sentence; nothing means always open."""
    if not told:
        return ""
    try:
        return json.dumps(Hours.from_json(told).as_json)
    except ValueError as error:
        raise invalid("hours", str(error)) from error
