"""What the environment says about providers; half a configuration is refused by the name of what is missing."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.errors import NeedsAttention
from hq.messages.kinds import FOR_OPERATORS, Kind

_PREFIX = "ZITI_HQ_"
_URL = re.compile(r"https?://[^\s/?#@]+[^\s#]*")


@dataclass(frozen=True, slots=True)
class Mini:
    """The WeChat mini-program: templates by kind, and their fields where they are not ours."""

    app_id: str
    secret: str
    templates: Mapping[str, str]
    fields: Mapping[str, Mapping[str, str]]
    page: str
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Sms:
    """An SMS provider: templates by kind, or by kind and "_en"."""

    provider: str
    key_id: str
    key_secret: str
    sign: str
    app_id: str
    region: str
    templates: Mapping[str, str]
    url: str


@dataclass(frozen=True, slots=True)
class Wecom:
    """WeCom's customer contact: in whose name it writes."""

    corp_id: str
    secret: str
    sender: str
    url: str


@dataclass(frozen=True, slots=True)
class Hook:
    """Where the customer profile listens, and the secret it shares with HQ."""

    url: str
    secret: str


@dataclass(frozen=True, slots=True)
class MessageSettings:
    """What is configured; `None` or empty: not at all."""

    mini: Mini | None = None
    sms: Sms | None = None
    wecom: Wecom | None = None
    hook: Hook | None = None
    notify: tuple[str, ...] = ()


def load(environ: Mapping[str, str] = os.environ) -> MessageSettings:
    """Read the settings; raise `NeedsAttention` for half of one."""
    told = {name.removeprefix(_PREFIX): value.strip() for name, value in environ.items() if name.startswith(_PREFIX)}
    told = {name: value for name, value in told.items() if value}
    return MessageSettings(
        _mini(told), _sms(told), _wecom(told), _hook(told), tuple(told.get("NOTIFY_URLS", "").split())
    )


def _mini(told: Mapping[str, str]) -> Mini | None:
    if not _begun(told, "MINI_"):
        return None
    _need(told, "MINI_APPID", "MINI_SECRET")
    return Mini(
        told["MINI_APPID"],
        told["MINI_SECRET"],
        _templates(told, "MINI_TEMPLATE_", languages=False),
        {kind: _fields(kind, text) for kind, text in _by_kind(told, "MINI_FIELDS_").items()},
        told.get("MINI_PAGE", "pages/order/index?page={page}"),
        _one_of(told, "MINI_STATE", ("formal", "trial", "developer")),
        _url(told, "MINI_URL", "https://api.weixin.qq.com").rstrip("/"),
    )


def _sms(told: Mapping[str, str]) -> Sms | None:
    if not any(name == "SMS" or name.startswith("SMS_") for name in told):
        return None
    _need(told, "SMS", "SMS_KEY_ID", "SMS_KEY_SECRET", "SMS_SIGN")
    provider = _one_of(told, "SMS", ("aliyun", "tencent"))
    if provider == "tencent":
        _need(told, "SMS_APP_ID")
    at = "https://dysmsapi.aliyuncs.com" if provider == "aliyun" else "https://sms.tencentcloudapi.com"
    return Sms(
        provider,
        told["SMS_KEY_ID"],
        told["SMS_KEY_SECRET"],
        told["SMS_SIGN"],
        told.get("SMS_APP_ID", ""),
        told.get("SMS_REGION", "ap-guangzhou"),
        _templates(told, "SMS_TEMPLATE_", languages=True),
        _url(told, "SMS_URL", at).rstrip("/"),
    )


def _wecom(told: Mapping[str, str]) -> Wecom | None:
    if not _begun(told, "WECOM_"):
        return None
    _need(told, "WECOM_CORPID", "WECOM_SECRET", "WECOM_SENDER")
    url = _url(told, "WECOM_URL", "https://qyapi.weixin.qq.com").rstrip("/")
    return Wecom(told["WECOM_CORPID"], told["WECOM_SECRET"], told["WECOM_SENDER"], url)


def _hook(told: Mapping[str, str]) -> Hook | None:
    if not _begun(told, "WEBHOOK_"):
        return None
    _need(told, "WEBHOOK_URL", "WEBHOOK_SECRET")
    return Hook(_url(told, "WEBHOOK_URL", ""), told["WEBHOOK_SECRET"])


def _begun(told: Mapping[str, str], prefix: str) -> bool:
    return any(name.startswith(prefix) for name in told)


def _need(told: Mapping[str, str], *names: str) -> None:
    for name in names:
        if name not in told:
            raise NeedsAttention(f"{_PREFIX}{name} is missing: set it, or none of {_PREFIX}{name.split('_')[0]}….")


def _one_of(told: Mapping[str, str], name: str, values: tuple[str, ...]) -> str:
    value = told.get(name, values[0])
    if value not in values:
        raise NeedsAttention(f"{_PREFIX}{name} must be one of {', '.join(values)}.")
    return value


def _url(told: Mapping[str, str], name: str, default: str) -> str:
    value = told.get(name, default)
    if not _URL.fullmatch(value):
        raise NeedsAttention(f"{_PREFIX}{name} must be an address like https://example.com/path.")
    return value


def _templates(told: Mapping[str, str], prefix: str, *, languages: bool) -> dict[str, str]:
    found = _by_kind(told, prefix, languages=languages)
    if not found:
        raise NeedsAttention(f"{_PREFIX}{prefix}PAID is missing: at least one kind of message needs a template.")
    return found


def _by_kind(told: Mapping[str, str], prefix: str, *, languages: bool = False) -> dict[str, str]:
    kinds = {kind.value for kind in Kind if kind not in FOR_OPERATORS}
    known = kinds | {f"{kind}_en" for kind in kinds} if languages else kinds
    found = {name.removeprefix(prefix).lower(): value for name, value in told.items() if name.startswith(prefix)}
    for kind in found:
        if kind not in known:
            raise NeedsAttention(f"{_PREFIX}{prefix}{kind.upper()} names no kind of message to customers.")
    return found


def _fields(kind: str, text: str) -> dict[str, str]:
    """Read "thing1=store,character_string2=label" as fields and the facts that fill them."""
    pairs = [pair.partition("=") for pair in text.split(",")]
    for name, _, fact in pairs:
        if not (re.fullmatch(r"\s*[a-z_]+\d+\s*", name) and re.fullmatch(r"\s*[a-z_]+\s*", fact)):
            raise NeedsAttention(f"{_PREFIX}MINI_FIELDS_{kind.upper()} must look like thing1=store,thing2=window.")
    return {name.strip(): f"{{{fact.strip()}}}" for name, _, fact in pairs}
