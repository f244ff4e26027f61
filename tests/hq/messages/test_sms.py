"""SMS through Aliyun and Tencent against stand-ins that compute the signature themselves from what they heard."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import random
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from hq.messages.channels import aliyun, sms, tencent
from hq.messages.channels.aliyun import AliyunSms
from hq.messages.channels.phones import e164
from hq.messages.channels.port import Channel, Contact, Refused, Retry, Sent
from hq.messages.channels.tencent import TencentSms
from hq.messages.kinds import Kind
from hq.messages.settings import Sms
from tests.hq.messages.provider import Heard, Provider, Says, outgoing, provider
from tests.hq.town import HandClock

SECRET = "key-secret"
TEMPLATES = {"paid": "SMS_1", "ready": "SMS_2", "ready_en": "SMS_3"}


def settings(name: str, url: str) -> Sms:
    return Sms(name, "key-id", SECRET, "子体自提", "1400000001", "ap-guangzhou", TEMPLATES, url)


def is_signed_for_aliyun(heard: Heard) -> bool:
    """Check a request as https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature says."""
    scheme, _, told = heard.headers["authorization"].partition(" ")
    parts = dict(part.split("=", 1) for part in told.split(","))
    signed = parts["SignedHeaders"].split(";")
    everything = {"host", *(name for name in heard.headers if name.startswith("x-acs-"))}
    lines = "".join(f"{name}:{heard.headers[name]}\n" for name in signed)
    digest = hashlib.sha256(heard.body).hexdigest()
    request = f"{heard.method}\n{heard.path}\n{heard.raw_query}\n{lines}\n{';'.join(signed)}\n{digest}"
    text = f"ACS3-HMAC-SHA256\n{hashlib.sha256(request.encode()).hexdigest()}"
    expected = hmac.new(SECRET.encode(), text.encode(), "sha256").hexdigest()
    return (
        scheme == "ACS3-HMAC-SHA256"
        and signed == sorted(everything)
        and digest == heard.headers["x-acs-content-sha256"]
        and heard.raw_query == "&".join(sorted(heard.raw_query.split("&")))
        and parts == {"Credential": "key-id", "SignedHeaders": ";".join(signed), "Signature": expected}
    )


def is_signed_for_tencent(heard: Heard) -> bool:
    """Check a request as https://cloud.tencent.com/document/api/382/52068 says."""
    host, kind, at = (heard.headers[name] for name in ("host", "content-type", "x-tc-timestamp"))
    date = datetime.fromtimestamp(int(at), UTC).date().isoformat()
    digest = hashlib.sha256(heard.body).hexdigest()
    request = f"POST\n/\n\ncontent-type:{kind}\nhost:{host}\n\ncontent-type;host\n{digest}"
    scope = f"{date}/sms/tc3_request"
    text = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = hmac.new(b"TC3" + SECRET.encode(), date.encode(), "sha256").digest()
    key = hmac.new(key, b"sms", "sha256").digest()
    key = hmac.new(key, b"tc3_request", "sha256").digest()
    expected = hmac.new(key, text.encode(), "sha256").hexdigest()
    said = f"TC3-HMAC-SHA256 Credential=key-id/{scope}, SignedHeaders=content-type;host, Signature={expected}"
    return heard.headers["authorization"] == said


@contextlib.contextmanager
def by_aliyun(answer: Callable[[Heard], Says]) -> Iterator[tuple[Channel, Provider]]:
    def checking(heard: Heard) -> Says:
        wrong = Says({"Code": "SignatureDoesNotMatch", "Message": "no"}, 400)
        return answer(heard) if is_signed_for_aliyun(heard) else wrong

    with provider(checking) as there:
        yield AliyunSms(settings("aliyun", there.url), HandClock(), random.Random(1).getrandbits), there


@contextlib.contextmanager
def by_tencent(answer: Callable[[Heard], Says]) -> Iterator[tuple[Channel, Provider]]:
    def checking(heard: Heard) -> Says:
        wrong = Says({"Response": {"Error": {"Code": "AuthFailure.SignatureFailure", "Message": "no"}}})
        return answer(heard) if is_signed_for_tencent(heard) else wrong

    with provider(checking) as there:
        yield TencentSms(settings("tencent", there.url), HandClock()), there


def test_aliyuns_own_example_has_this_signature() -> None:
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": hashlib.sha256(b"").hexdigest(),
        "x-acs-date": aliyun.stamp(datetime(2023, 10, 26, 10, 22, 32, tzinfo=UTC)),
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    image = "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd"
    query = aliyun.canonical_query({"RegionId": "cn-shanghai", "ImageId": image})
    told = aliyun.authorization("YourAccessKeyId", "YourAccessKeySecret", query, headers)
    assert told.endswith("Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")


def test_tencents_own_example_has_this_signature() -> None:
    content = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    who = ("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE")
    told = tencent.authorization(*who, "cvm", "cvm.tencentcloudapi.com", 1551113065, "2019-02-25", content)
    assert told.endswith("Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168")


def test_an_sms_by_aliyun_has_the_official_shape() -> None:
    with by_aliyun(lambda _: Says({"Code": "OK", "Message": "OK", "BizId": "9006^0"})) as (channel, there):
        assert channel.send(outgoing()) == Sent("9006^0")
    heard = there.last
    assert (heard.method, heard.path, heard.body) == ("POST", "/", b"")
    parameters = heard.query
    assert json.loads(parameters.pop("TemplateParam")) == {
        "label": "#4821",
        "window": "8月2日 14:00–20:00",
        "store": "人民路店",
        "address": "人民路 128 号",
        "short_code": "40718294",
    }
    assert parameters == {
        "OutId": "0190-message-1",
        "PhoneNumbers": "13812345678",
        "SignName": "子体自提",
        "TemplateCode": "SMS_1",
    }
    told = {name: heard.headers[f"x-acs-{name}"] for name in ("action", "version", "date")}
    assert told == {"action": "SendSms", "version": "2017-05-25", "date": "2026-08-01T06:00:00Z"}


def test_an_sms_by_tencent_has_the_official_shape() -> None:
    ok = {"SerialNo": "2028:f825", "PhoneNumber": "+8613812345678", "Fee": 1, "Code": "Ok", "Message": "send success"}
    with by_tencent(lambda _: Says({"Response": {"SendStatusSet": [ok], "RequestId": "r"}})) as (channel, there):
        assert channel.send(outgoing()) == Sent("2028:f825")
    assert there.last.json == {
        "PhoneNumberSet": ["+8613812345678"],
        "SmsSdkAppId": "1400000001",
        "SignName": "子体自提",
        "TemplateId": "SMS_1",
        "TemplateParamSet": ["#4821", "8月2日 14:00–20:00", "人民路店", "人民路 128 号", "40718294"],
        "SessionContext": "0190-message-1",
    }
    told = {name: there.last.headers[f"x-tc-{name}"] for name in ("action", "version", "region")}
    assert told == {"action": "SendSms", "version": "2021-01-11", "region": "ap-guangzhou"}


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("isv.BUSINESS_LIMIT_CONTROL", 3_600),
        ("isv.AMOUNT_NOT_ENOUGH", 600),
        ("isp.SYSTEM_ERROR", 0),
        ("Throttling.User", 1),
    ],
)
@pytest.mark.parametrize("status", [200, 400, 503])
def test_aliyuns_limits_and_troubles_are_worth_another_try(code: str, after: int, status: int) -> None:
    with (
        by_aliyun(lambda _: Says({"Code": code, "Message": "later"}, status)) as (channel, _),
        pytest.raises(Retry) as later,
    ):
        channel.send(outgoing())
    assert code in later.value.reason
    assert later.value.after == after


@pytest.mark.parametrize(
    "code", ["isv.MOBILE_NUMBER_ILLEGAL", "isv.SMS_TEMPLATE_ILLEGAL", "isv.PARAM_LENGTH_LIMIT", "MissingPhoneNumbers"]
)
def test_what_aliyun_will_never_send_is_refused(code: str) -> None:
    with (
        by_aliyun(lambda _: Says({"Code": code, "Message": "no"}, 400)) as (channel, _),
        pytest.raises(Refused, match=code),
    ):
        channel.send(outgoing())


@pytest.mark.parametrize("answer", [Says(b"<html>", 502), Says(b"<html>"), Says({}, 500), Says(b"", 429)])
def test_what_is_not_aliyuns_answer_is_worth_another_try(answer: Says) -> None:
    with by_aliyun(lambda _: answer) as (channel, _), pytest.raises(Retry):
        channel.send(outgoing())


@pytest.mark.parametrize(
    ("code", "after"),
    [
        ("LimitExceeded.PhoneNumberThirtySecondLimit", 30),
        ("LimitExceeded.PhoneNumberOneHourLimit", 3_600),
        ("RequestLimitExceeded", 1),
        ("InternalError.Timeout", 0),
        ("AuthFailure.SignatureFailure", 600),
    ],
)
@pytest.mark.parametrize("whole", [True, False], ids=["request", "number"])
def test_tencents_limits_and_troubles_are_worth_another_try(code: str, after: int, whole: bool) -> None:
    error = {"Code": code, "Message": "later"}
    response = {"Error": error} if whole else {"SendStatusSet": [error]}
    with by_tencent(lambda _: Says({"Response": response})) as (channel, _), pytest.raises(Retry, match=code) as later:
        channel.send(outgoing())
    assert later.value.after == after


@pytest.mark.parametrize(
    "code",
    [
        "InvalidParameterValue.IncorrectPhoneNumber",
        "FailedOperation.PhoneNumberInBlacklist",
        "LimitExceeded.PhoneNumberDailyLimit",
    ],
)
def test_what_tencent_will_never_send_is_refused(code: str) -> None:
    response = {"SendStatusSet": [{"Code": code, "Message": "no"}]}
    with by_tencent(lambda _: Says({"Response": response})) as (channel, _), pytest.raises(Refused, match=code):
        channel.send(outgoing())


@pytest.mark.parametrize(
    "body", [{}, {"Response": []}, {"Response": {}}, {"Response": {"SendStatusSet": []}}, {"Response": {"Error": "x"}}]
)
def test_what_is_not_tencents_answer_is_worth_another_try(body: dict[str, object]) -> None:
    with by_tencent(lambda _: Says(body)) as (channel, _), pytest.raises(Retry):
        channel.send(outgoing())


def test_a_template_in_english_is_used_where_there_is_one() -> None:
    told = settings("aliyun", "http://x")
    assert sms.registered(told, outgoing(Kind.READY, "en"))[0] == "SMS_3"
    code, values = sms.registered(told, outgoing(Kind.PAID, "en"))
    assert (code, [name for name, _ in values]) == ("SMS_1", ["label", "window", "store", "address", "short_code"])


def test_no_template_and_no_mobile_number_are_not_for_sms() -> None:
    told = settings("aliyun", "http://x")
    assert sms.obstacle(told, outgoing(Kind.THANKS)) == "no template for this kind"
    assert sms.obstacle(told, outgoing(contact=Contact("021-5555 1234"))) == "no mobile number"
    assert sms.obstacle(told, outgoing()) == ""


@pytest.mark.parametrize(
    ("phone", "number"),
    [
        ("13812345678", "+8613812345678"),
        ("+86 138-1234-5678", "+8613812345678"),
        ("008613812345678", "+8613812345678"),
        ("+852 9123 4567", "+85291234567"),
        ("0049 (170) 1234567", "+491701234567"),
        ("", ""),
        ("12345", ""),
        ("02155551234", ""),
        ("138*****678", ""),
        ("+86 10 5555 1234", ""),
    ],
)
def test_phones_become_numbers_with_their_country(phone: str, number: str) -> None:
    assert e164(phone) == number
