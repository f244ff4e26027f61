"""SMS through Tencent Cloud: SendSms (2021-01-11), signed with TC3-HMAC-SHA256.

https://cloud.tencent.com/document/product/382/55981, https://cloud.tencent.com/document/api/382/52068
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any
from urllib.parse import urlsplit

from app.clock import Clock
from hq.messages.channels.phones import e164
from hq.messages.channels.port import Outgoing, Refused, Retry, Sent
from hq.messages.channels.sms import NAME, obstacle, registered
from hq.messages.exchange import Answer, check_status, exchange
from hq.messages.settings import Sms

_SERVICE = "sms"
_VERSION = "2021-01-11"
_TYPE = "application/json; charset=utf-8"
# How long to wait, by the beginning of the code: limits, their trouble, what an operator can put right.
_RETRY = (
    ("LimitExceeded.PhoneNumberThirtySecondLimit", 30),
    ("LimitExceeded.PhoneNumberOneHourLimit", 3_600),
    ("LimitExceeded.DeliveryFrequencyLimit", 60),
    ("LimitExceeded.AppDailyLimit", 3_600),
    ("RequestLimitExceeded", 1),
    ("InternalError", 0),
    ("FailedOperation.InsufficientBalanceInSmsPackage", 600),
    ("AuthFailure", 600),
    ("UnauthorizedOperation", 600),
)


class TencentSms:
    """Sends one SMS per call; `SessionContext` carries our id into the receipts, it does not stop a second SMS."""

    name = NAME

    def __init__(self, settings: Sms, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def obstacle(self, outgoing: Outgoing) -> str:
        """Want a registered template and a mobile number."""
        return obstacle(self._settings, outgoing)

    def send(self, outgoing: Outgoing) -> Sent:
        """Send one SMS."""
        template, values = registered(self._settings, outgoing)
        wish = {
            "PhoneNumberSet": [e164(outgoing.contact.phone)],
            "SmsSdkAppId": self._settings.app_id,
            "SignName": self._settings.sign,
            "TemplateId": template,
            "TemplateParamSet": [value for _, value in values],
            "SessionContext": outgoing.message_id,
        }
        content = json.dumps(wish, ensure_ascii=False).encode()
        return _sorted_out(exchange("POST", self._settings.url + "/", headers=self._headers(content), content=content))

    def _headers(self, content: bytes) -> dict[str, str]:
        host, at = urlsplit(self._settings.url).netloc, int(self._clock.now().timestamp())
        date = f"{self._clock.now():%Y-%m-%d}"
        who = (self._settings.key_id, self._settings.key_secret)
        return {
            "Authorization": authorization(*who, _SERVICE, host, at, date, content),
            "Content-Type": _TYPE,
            "Host": host,
            "X-TC-Action": "SendSms",
            "X-TC-Timestamp": str(at),
            "X-TC-Version": _VERSION,
            "X-TC-Region": self._settings.region,
        }


def authorization(key_id: str, key_secret: str, service: str, host: str, at: int, date: str, content: bytes) -> str:
    """Return the Authorization of a POST of JSON to "/"; `date` is the UTC day of `at`."""
    digest = hashlib.sha256(content).hexdigest()
    request = f"POST\n/\n\ncontent-type:{_TYPE}\nhost:{host}\n\ncontent-type;host\n{digest}"
    scope = f"{date}/{service}/tc3_request"
    told = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = f"TC3{key_secret}".encode()
    for part in (date, service, "tc3_request"):
        key = hmac.digest(key, part.encode(), "sha256")
    signature = hmac.new(key, told.encode(), "sha256").hexdigest()
    return f"TC3-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders=content-type;host, Signature={signature}"


def _sorted_out(answer: Answer) -> Sent:
    check_status(answer)
    told = answer.json().get("Response")
    if not isinstance(told, dict):
        raise Retry(f"HTTP {answer.status}: no Response in the answer")
    if isinstance(error := told.get("Error"), dict):
        raise _failure(error)
    results = told.get("SendStatusSet")
    if not (isinstance(results, list) and len(results) == 1 and isinstance(results[0], dict)):
        raise Retry("the answer says nothing about the number")
    if results[0].get("Code") != "Ok":
        raise _failure(results[0])
    return Sent(str(results[0].get("SerialNo", "")))


def _failure(error: dict[str, Any]) -> Retry | Refused:
    code = str(error.get("Code", ""))
    said = f"{code} {error.get('Message', '')}"
    for beginning, after in _RETRY:
        if code.startswith(beginning):
            return Retry(said, after)
    # Among them daily limits of one number: tomorrow is too late, another channel is not.
    return Refused(said)
