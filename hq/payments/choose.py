"""Picks the provider from the environment: the sandbox, unless WeChat Pay is configured."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from app.clock import Clock
from hq.payments.port import Provider
from hq.payments.sandbox import Sandbox
from hq.payments.wechat_settings import from_environment


def choose(environ: Mapping[str, str], *, folder: Path, secret: bytes, clock: Clock | None = None) -> Provider:
    """Return the provider; the folder and the secret are the sandbox's. NeedsAttention when half is configured."""
    wechat = from_environment(environ)
    if wechat is None:
        return Sandbox(folder, secret, clock=clock)
    # The library and requests load only where they are used.
    from hq.payments.wechat import WechatProvider

    return WechatProvider(wechat, clock=clock)
