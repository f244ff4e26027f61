"""WeChat mini-program subscribe messages: one consent, one message."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from app.clock import Clock
from hq.messages import texts
from hq.messages.channels.port import Outgoing, Refused, Sent
from hq.messages.channels.tokens import Tokens, checked, fetched, reason
from hq.messages.exchange import exchange
from hq.messages.settings import Mini

NAME = "mini"
_JSON = {"Content-Type": "application/json"}
_LANGUAGES = {"zh": "zh_CN", "en": "en_US"}


class MiniProgram:
    """Sends by /cgi-bin/message/subscribe/send; WeChat takes no id of ours, a repeat is a second message."""

    name = NAME

    def __init__(self, settings: Mini, clock: Clock) -> None:
        self._settings = settings
        self._tokens = Tokens(self._fetch, clock)

    def obstacle(self, outgoing: Outgoing) -> str:
        """Want a template of the kind and an openid."""
        if outgoing.kind.value not in self._settings.templates:
            return "no template for this kind"
        return "" if outgoing.contact.openid else "no openid"

    def send(self, outgoing: Outgoing) -> Sent:
        """Send one message."""
        content = json.dumps(self._message(outgoing), ensure_ascii=False).encode()
        told = self._tokens.using(lambda token: self._post(token, content))
        if told.get("errcode", 0) != 0:
            # 43101: the customer refused, or the one consent is used up; 40003, 40037, 41030, 47003: openid, template,
            # page or a field is wrong; 43107, 45168: banned, a sensitive word. Another try changes none of them.
            raise Refused(reason(told))
        return Sent(str(told.get("msgid", "")))

    def _message(self, outgoing: Outgoing) -> dict[str, Any]:
        kind = outgoing.kind
        chosen = self._settings.fields.get(kind.value)
        fields = texts.mini_fields(kind, outgoing.language, outgoing.facts, chosen)
        return {
            "touser": outgoing.contact.openid,
            "template_id": self._settings.templates[kind.value],
            "page": self._settings.page.replace("{page}", quote(outgoing.facts.get("page", "/"), safe="")),
            "miniprogram_state": self._settings.state,
            "lang": _LANGUAGES.get(outgoing.language, "zh_CN"),
            "data": {name: {"value": value} for name, value in fields.items()},
        }

    def _post(self, token: str, content: bytes) -> dict[str, Any]:
        url = f"{self._settings.url}/cgi-bin/message/subscribe/send?access_token={quote(token)}"
        return checked(exchange("POST", url, headers=_JSON, content=content))

    def _fetch(self, refused: str) -> dict[str, Any]:
        told = self._stable(force=False)
        # Forcing is allowed twenty times a day and ends the token for everyone: only when WeChat insists on a dead one.
        return self._stable(force=True) if refused and told["access_token"] == refused else told

    def _stable(self, *, force: bool) -> dict[str, Any]:
        wish = {
            "grant_type": "client_credential",
            "appid": self._settings.app_id,
            "secret": self._settings.secret,
            "force_refresh": force,
        }
        url = f"{self._settings.url}/cgi-bin/stable_token"
        return fetched(exchange("POST", url, headers=_JSON, content=json.dumps(wish).encode()))
