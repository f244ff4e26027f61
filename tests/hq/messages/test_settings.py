"""The environment: nothing is nothing, half is refused by name, all of it makes the channels in order."""

from __future__ import annotations

import random

import pytest

from app.clock import SystemClock
from app.errors import NeedsAttention
from hq.messages import settings
from hq.messages.channels.configured import configured
from hq.messages.settings import MessageSettings
from tests.conftest import ExpectLog

MINI = {"ZITI_HQ_MINI_APPID": "wx1", "ZITI_HQ_MINI_SECRET": "s", "ZITI_HQ_MINI_TEMPLATE_PAID": "t-paid"}
SMS = {
    "ZITI_HQ_SMS": "aliyun",
    "ZITI_HQ_SMS_KEY_ID": "id",
    "ZITI_HQ_SMS_KEY_SECRET": "s",
    "ZITI_HQ_SMS_SIGN": "子体",
    "ZITI_HQ_SMS_TEMPLATE_PAID": "SMS_1",
}
WECOM = {"ZITI_HQ_WECOM_CORPID": "ww1", "ZITI_HQ_WECOM_SECRET": "s", "ZITI_HQ_WECOM_SENDER": "li"}
HOOK = {"ZITI_HQ_WEBHOOK_URL": "https://cdp.example/hook?tenant=1", "ZITI_HQ_WEBHOOK_SECRET": "s"}
NOTIFY = {"ZITI_HQ_NOTIFY_URLS": "json://ops.example/a wecombot://key-1234567"}


def names(environ: dict[str, str]) -> tuple[list[str], list[str]]:
    channels = configured(settings.load(environ), SystemClock(), random.Random(1).getrandbits)
    return [channel.name for channel in channels.customers], [channel.name for channel in channels.operators]


def test_nothing_configured_is_the_local_channel() -> None:
    assert settings.load({"ZITI_HQ_MINI_APPID": " ", "HOME": "/"}) == MessageSettings()
    assert names({}) == (["local"], ["local"])


def test_everything_configured_is_tried_in_this_order() -> None:
    assert names({**WECOM, **SMS, **MINI, **HOOK, **NOTIFY}) == (["mini", "sms", "wecom"], ["operators"])


@pytest.mark.parametrize("whole", [MINI, SMS, WECOM, HOOK], ids=["mini", "sms", "wecom", "hook"])
def test_half_a_configuration_is_refused_by_the_name_of_what_is_missing(whole: dict[str, str]) -> None:
    for name in whole:
        half = {key: value for key, value in whole.items() if key != name}
        with pytest.raises(NeedsAttention, match=name):
            settings.load(half)


@pytest.mark.parametrize(
    ("told", "named"),
    [
        ({**SMS, "ZITI_HQ_SMS": "pigeon"}, "ZITI_HQ_SMS must be one of aliyun, tencent"),
        ({**SMS, "ZITI_HQ_SMS": "tencent"}, "ZITI_HQ_SMS_APP_ID is missing"),
        ({**SMS, "ZITI_HQ_SMS_URL": "dysmsapi"}, "ZITI_HQ_SMS_URL"),
        ({**SMS, "ZITI_HQ_SMS_TEMPLATE_PIAD": "x"}, "ZITI_HQ_SMS_TEMPLATE_PIAD"),
        ({**SMS, "ZITI_HQ_SMS_TEMPLATE_INCIDENT_ALERT": "x"}, "ZITI_HQ_SMS_TEMPLATE_INCIDENT_ALERT"),
        ({**MINI, "ZITI_HQ_MINI_STATE": "beta"}, "ZITI_HQ_MINI_STATE"),
        ({**MINI, "ZITI_HQ_MINI_FIELDS_PAID": "thing1:store"}, "ZITI_HQ_MINI_FIELDS_PAID"),
        ({**HOOK, "ZITI_HQ_WEBHOOK_URL": "file:///etc/passwd"}, "ZITI_HQ_WEBHOOK_URL"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(told: dict[str, str], named: str) -> None:
    with pytest.raises(NeedsAttention, match=named):
        settings.load(told)


def test_an_address_that_apprise_cannot_read_is_refused_without_repeating_it(expect_log: ExpectLog) -> None:
    expect_log("apprise")
    with pytest.raises(NeedsAttention, match="address 2 of 2") as refused:
        names({"ZITI_HQ_NOTIFY_URLS": "json://ops.example/a carrier-pigeon://secret"})
    assert "secret" not in str(refused.value)


def test_fields_can_be_chosen_for_another_template() -> None:
    told = settings.load({**MINI, "ZITI_HQ_MINI_FIELDS_PAID": "thing9=store, character_string3=label"})
    assert told.mini
    assert told.mini.fields == {"paid": {"thing9": "{store}", "character_string3": "{label}"}}
