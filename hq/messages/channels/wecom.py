"""WeCom to a customer who is a contact of the shop's staff, through the one official way for one-to-one messages.

That is `/cgi-bin/externalcontact/add_msg_template` (chat_type single, one recipient): WeCom puts the message before the
member of staff named as sender, who confirms it with one tap; a customer takes a small number of them a month at most.
So "sent" means that WeCom took it, and the channel is the last in the plan.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote, urlencode

from app.clock import Clock
from hq.messages.channels.port import Outgoing, Refused, Sent
from hq.messages.channels.tokens import Tokens, checked, fetched, reason
from hq.messages.exchange import exchange
from hq.messages.settings import Wecom

NAME = "wecom"
_LONGEST_BYTES = 4_000


class WecomCustomer:
    """Sends as the configured member of staff; WeCom takes no id of ours."""

    name = NAME

    def __init__(self, settings: Wecom, clock: Clock) -> None:
        self._settings = settings
        self._tokens = Tokens(self._fetch, clock)

    def obstacle(self, outgoing: Outgoing) -> str:
        """Want the customer's id as a WeCom contact."""
        return "" if outgoing.contact.wecom_id else "no WeCom contact"

    def send(self, outgoing: Outgoing) -> Sent:
        """Hand one message over for confirmation."""
        wish = {
            "chat_type": "single",
            "external_userid": [outgoing.contact.wecom_id],
            "sender": self._settings.sender,
            "text": {"content": _cut(f"{outgoing.title}\n{outgoing.text}")},
        }
        content = json.dumps(wish, ensure_ascii=False).encode()
        told = self._tokens.using(lambda token: self._post(token, content))
        if told.get("errcode", 0) != 0:
            raise Refused(reason(told))
        if told.get("fail_list"):
            raise Refused("this customer takes no more messages, or is no contact of the sender")
        return Sent(str(told.get("msgid", "")))

    def _post(self, token: str, content: bytes) -> dict[str, Any]:
        url = f"{self._settings.url}/cgi-bin/externalcontact/add_msg_template?access_token={quote(token)}"
        return checked(exchange("POST", url, headers={"Content-Type": "application/json"}, content=content))

    def _fetch(self, _refused: str) -> dict[str, Any]:
        query = urlencode({"corpid": self._settings.corp_id, "corpsecret": self._settings.secret})
        return fetched(exchange("GET", f"{self._settings.url}/cgi-bin/gettoken?{query}"))


def _cut(text: str) -> str:
    return text.encode()[:_LONGEST_BYTES].decode(errors="ignore")
