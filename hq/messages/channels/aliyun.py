"""SMS through Aliyun: SendSms (2017-05-25), signed with ACS3-HMAC-SHA256.

https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlsplit

from app.clock import Clock
from app.ids import RandomBits
from hq.messages.channels.phones import e164
from hq.messages.channels.port import Outgoing, Refused, Retry, Sent
from hq.messages.channels.sms import NAME, obstacle, registered
from hq.messages.exchange import Answer, check_status, exchange
from hq.messages.settings import Sms

_VERSION = "2017-05-25"
_NOTHING = hashlib.sha256(b"").hexdigest()
# How long to wait, by code: limits, their trouble, and what an operator can put right (keys, balance).
_RETRY = {
    "isv.BUSINESS_LIMIT_CONTROL": 3_600,
    "isv.DENY_IP_RANGE": 600,
    "isv.AMOUNT_NOT_ENOUGH": 600,
    "isv.OUT_OF_SERVICE": 600,
    "isp.RAM_PERMISSION_DENY": 600,
    "isp.SYSTEM_ERROR": 0,
    "isp.GATEWAY_ERROR": 0,
    "InternalError": 0,
    "ServiceUnavailable": 0,
    "SignatureNonceUsed": 0,
    "SignatureDoesNotMatch": 600,
    "InvalidTimeStamp.Expired": 600,
    "InvalidAccessKeyId.NotFound": 600,
    "InvalidAccessKeyId.Inactive": 600,
}


class AliyunSms:
    """Sends one SMS per call; `OutId` carries our id into the receipts, it does not stop a second SMS."""

    name = NAME

    def __init__(self, settings: Sms, clock: Clock, random_bits: RandomBits) -> None:
        self._settings = settings
        self._clock = clock
        self._random_bits = random_bits

    def obstacle(self, outgoing: Outgoing) -> str:
        """Want a registered template and a mobile number."""
        return obstacle(self._settings, outgoing)

    def send(self, outgoing: Outgoing) -> Sent:
        """Send one SMS."""
        template, values = registered(self._settings, outgoing)
        number = e164(outgoing.contact.phone)
        query = canonical_query(
            {
                "OutId": outgoing.message_id,
                "PhoneNumbers": number.removeprefix("+86").removeprefix("+"),
                "SignName": self._settings.sign,
                "TemplateCode": template,
                "TemplateParam": json.dumps(dict(values), ensure_ascii=False),
            }
        )
        headers = self._headers(query)
        return _sorted_out(exchange("POST", f"{self._settings.url}/?{query}", headers=headers))

    def _headers(self, query: str) -> dict[str, str]:
        signed = {
            "host": urlsplit(self._settings.url).netloc,
            "x-acs-action": "SendSms",
            "x-acs-content-sha256": _NOTHING,
            "x-acs-date": stamp(self._clock.now()),
            "x-acs-signature-nonce": f"{self._random_bits(128):032x}",
            "x-acs-version": _VERSION,
        }
        return {
            **signed,
            "authorization": authorization(self._settings.key_id, self._settings.key_secret, query, signed),
        }


def authorization(key_id: str, key_secret: str, query: str, headers: Mapping[str, str]) -> str:
    """Return the Authorization of a POST to "/" without a body; `headers` are lower case and all are signed."""
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name].strip()}\n" for name in sorted(headers))
    request = "\n".join(("POST", "/", query, lines, names, headers["x-acs-content-sha256"]))
    told = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
    signature = hmac.new(key_secret.encode(), told.encode(), "sha256").hexdigest()
    return f"ACS3-HMAC-SHA256 Credential={key_id},SignedHeaders={names},Signature={signature}"


def canonical_query(parameters: Mapping[str, str]) -> str:
    """Return the parameters sorted and percent-encoded as RFC 3986 says."""
    return "&".join(f"{quote(name, safe='')}={quote(parameters[name], safe='')}" for name in sorted(parameters))


def stamp(at: datetime) -> str:
    """Return a UTC time as the signature wants it."""
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _sorted_out(answer: Answer) -> Sent:
    # Errors of the gateway come with a 4xx and the same JSON; only what is not JSON is judged by its status.
    if answer.body[:1] != b"{":
        check_status(answer)
    told = answer.json()
    code, said = str(told.get("Code", "")), str(told.get("Message", ""))
    if code == "OK":
        return Sent(str(told.get("BizId", "")))
    if code in _RETRY:
        raise Retry(f"{code} {said}", _RETRY[code])
    if code.startswith("Throttling"):
        raise Retry(f"{code} {said}", 1)
    if not code:
        check_status(answer)
    raise Refused(f"{code or answer.status} {said}")
