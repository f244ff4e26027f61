"""What both SMS providers ask of a message: a template that was registered with them, and a mobile number."""

from __future__ import annotations

from hq.messages import texts
from hq.messages.channels.phones import e164
from hq.messages.channels.port import Outgoing, Refused
from hq.messages.settings import Sms

NAME = "sms"


def obstacle(settings: Sms, outgoing: Outgoing) -> str:
    """Return why there can be no SMS, empty if there can."""
    if not _template(settings, outgoing):
        return "no template for this kind"
    return "" if e164(outgoing.contact.phone) else "no mobile number"


def registered(settings: Sms, outgoing: Outgoing) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the code of the registered template and its variables' values in order."""
    code = _template(settings, outgoing)
    # A template without one of its own in English was registered with the Chinese words and their variables.
    language = outgoing.language if f"{outgoing.kind.value}_en" in settings.templates else "zh"
    told = texts.sms(outgoing.kind, language, outgoing.facts)
    if told is None:
        raise Refused("this kind is never an SMS")
    return code, told.values


def _template(settings: Sms, outgoing: Outgoing) -> str:
    kind = outgoing.kind.value
    own = settings.templates.get(f"{kind}_en", "") if outgoing.language == "en" else ""
    return own or settings.templates.get(kind, "")
