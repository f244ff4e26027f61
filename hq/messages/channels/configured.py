"""Makes the channels that the settings speak of; without any, the local one."""

from __future__ import annotations

from app.clock import Clock
from app.ids import RandomBits
from hq.messages.channels.aliyun import AliyunSms
from hq.messages.channels.local import Local
from hq.messages.channels.mini import MiniProgram
from hq.messages.channels.operators import Operators
from hq.messages.channels.port import Channel, Channels
from hq.messages.channels.tencent import TencentSms
from hq.messages.channels.wecom import WecomCustomer
from hq.messages.settings import MessageSettings, Sms


def configured(settings: MessageSettings, clock: Clock, random_bits: RandomBits) -> Channels:
    """Return the channels in the order in which a message tries them: free first, the one that needs a person last."""
    customers: list[Channel] = []
    if settings.mini:
        customers.append(MiniProgram(settings.mini, clock))
    if settings.sms:
        customers.append(_sms(settings.sms, clock, random_bits))
    if settings.wecom:
        customers.append(WecomCustomer(settings.wecom, clock))
    operators: list[Channel] = [Operators(settings.notify)] if settings.notify else []
    return Channels(tuple(customers or [Local()]), tuple(operators or [Local()]))


def _sms(settings: Sms, clock: Clock, random_bits: RandomBits) -> Channel:
    if settings.provider == "aliyun":
        return AliyunSms(settings, clock, random_bits)
    return TencentSms(settings, clock)
