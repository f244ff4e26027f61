"""What the console calls things in both languages: the shared catalogue; a page's own sentences stand in the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

LANGUAGES = ("zh", "en")


class Word(NamedTuple):
    """One thing in both languages."""

    zh: str
    en: str

    def of(self, language: str) -> str:
        """Return it in a language; whatever is not English is Chinese."""
        return self.en if language == "en" else self.zh


STATUS: Mapping[str, Word] = {
    "awaiting_group": Word("待成团", "Awaiting group"),
    "paid": Word("已付款", "Paid"),
    "assigned": Word("已分配", "Assigned"),
    "preparing": Word("备货中", "Preparing"),
    "prepared": Word("已备好", "Packed"),
    "awaiting_pickup": Word("待自提", "Ready"),
    "completed": Word("已完成", "Collected"),
    "shortage": Word("缺货", "Shortage"),
    "cancelled": Word("已取消", "Cancelled"),
    "put_back": Word("已回库", "Put back"),
}
TONES: Mapping[str, str] = {
    "assigned": "info",
    "preparing": "info",
    "prepared": "info",
    "awaiting_pickup": "wait",
    "completed": "good",
    "shortage": "bad",
    "cancelled": "off",
    "put_back": "off",
    "paid": "info",
    "awaiting_group": "off",
}
FACTS: Mapping[str, Word] = {
    "preparation_started": Word("开始备货", "Preparation started"),
    "prepared": Word("备货完成", "Packed"),
    "preparation_undone": Word("撤销备货", "Preparation undone"),
    "handed_over": Word("已交付", "Handed over"),
    "hand_over_revoked": Word("撤销核销", "Hand-over revoked"),
    "cancellation_accepted": Word("门店同意取消", "Store accepted the cancellation"),
    "cancellation_requested": Word("请求门店取消", "Asked the store to cancel"),
    "cancelled": Word("已取消", "Cancelled"),
    "group_joined": Word("等待成团", "Waits for its group"),
    "routed": Word("已分配门店", "Sent to the store"),
    "fell_short": Word("分配时缺货", "Short when routed"),
    "line_rejected": Word("门店报缺货", "Rejected by the store"),
    "put_back": Word("已回库", "Put back"),
}
STANDINGS: Mapping[str, Word] = {
    "stands": Word("有效", "Counts"),
    "revoked": Word("已撤销", "Revoked"),
    "twice": Word("重复交付", "Second hand-over"),
    "after_cancellation": Word("取消后交付", "After the cancellation"),
}
ROLES: Mapping[str, Word] = {
    "viewer": Word("只读", "Viewer"),
    "operator": Word("运营", "Operator"),
    "admin": Word("管理员", "Admin"),
}
STAFF_ROLES: Mapping[str, Word] = {"clerk": Word("店员", "Clerk"), "manager": Word("店长", "Manager")}
ZONES: Mapping[str, Word] = {
    "ambient": Word("常温", "Ambient"),
    "chilled": Word("冷藏", "Chilled"),
    "frozen": Word("冷冻", "Frozen"),
    "warm": Word("热食", "Warm"),
}
INCIDENTS: Mapping[str, Word] = {
    "handed_over_after_cancellation": Word("取消后仍被交付", "Handed over after cancellation"),
    "handed_over_twice": Word("同一订单交付两次", "Handed over twice"),
    "event_altered": Word("终端数据被改动", "Terminal data altered"),
    "events_missing": Word("终端数据有缺失", "Terminal data missing"),
    "unknown_order": Word("未知订单被交付", "Unknown order handed over"),
    "unguarded_hand_over": Word("无主收银台确认的交付", "Hand-over without the lead's guard"),
}
ALERTS: Mapping[str, Word] = {
    "shortage": Word("缺货", "Shortage"),
    "refund_failed": Word("退款失败", "Refund failed"),
    "payment": Word("支付异常", "Payment"),
    "message": Word("消息发送失败", "Message failed"),
    "webhook": Word("回调失败", "Webhook failed"),
    "overdue": Word("逾期未取", "Overdue"),
    "capacity": Word("门店超负荷", "Store over capacity"),
    "silent_store": Word("门店失联", "Store silent"),
}
STORY: Mapping[str, Word] = {
    "at": Word("时间", "At"),
    "by": Word("经手人", "By"),
    "terminal": Word("收银台", "Terminal"),
    "verdict": Word("判定", "Verdict"),
    "manager": Word("店长", "Manager"),
    "reason": Word("原因", "Reason"),
    "attempt_id": Word("交付编号", "Attempt"),
    "cancelled_at": Word("取消时间", "Cancelled at"),
    "cancel_reason": Word("取消原因", "Cancellation's reason"),
    "counts": Word("以何者为准", "What counts"),
    "finding": Word("发现", "Finding"),
    "event_id": Word("事件", "Event"),
    "seq": Word("序号", "Number"),
    "kind": Word("类型", "Kind"),
    "incarnation": Word("数据版本", "Incarnation"),
    "missing_before": Word("缺失于此序号之前", "Missing before number"),
}
ACTIONS: Mapping[str, Word] = {
    "sign_in": Word("登录", "Signed in"),
    "sign_in_refused": Word("登录被拒绝", "Sign-in refused"),
    "sign_out": Word("退出登录", "Signed out"),
    "locked": Word("登录已锁定", "Sign-in locked"),
    "first_admin": Word("创建首位管理员", "Made the first admin"),
    "store_saved": Word("保存门店", "Saved a store"),
    "person_saved": Word("保存店员", "Saved staff"),
    "code_issued": Word("生成注册码", "Issued an enrolment code"),
    "terminal_revoked": Word("停用收银台", "Revoked a terminal"),
    "lead_moved": Word("更换主收银台", "Moved the lead"),
    "product_saved": Word("保存商品", "Saved a product"),
    "order_cancelled": Word("取消订单", "Cancelled an order"),
    "order_rescheduled": Word("订单改期", "Rescheduled an order"),
    "alert_closed": Word("关闭提醒", "Closed an alert"),
    "key_rotated": Word("轮换密钥", "Rotated the key"),
    "key_retired": Word("停用密钥", "Retired a key"),
    "operator_added": Word("新增账号", "Added an operator"),
    "operator_changed": Word("修改账号", "Changed an operator"),
    "password_set": Word("重设密码", "Set a password"),
    "password_changed": Word("修改本人密码", "Changed own password"),
    "signed_out_everywhere": Word("退出所有设备", "Signed out everywhere"),
}
# A refusal's code in Chinese; in English its own sentence says more.
REFUSALS: Mapping[str, str] = {
    "address": "地址最多 200 字。",
    "alert": "没有这条提醒。",
    "alert_closed": "这条提醒已被他人关闭。",
    "attempts": "尝试次数过多，请稍后再试。",
    "barcode": "条码最多 64 个字符。",
    "busy": "总部正忙，请一秒后重试。",
    "capacity": "每刻钟接单上限须为 1–100000 的整数，不限则留空。",
    "closed": "订单已关闭，无法改期。",
    "completed": "订单已交付，无法取消。",
    "day": "日期格式应为 2026-10-01。",
    "description": "描述最多 2000 字。",
    "district": "区域最多 60 字。",
    "first": "已有账号，请直接登录。",
    "hours": "营业时间格式应为 08:00-22:00，多段用逗号分隔。",
    "idempotency_key": "该幂等键已用于另一个订单。",
    "invalid": "填写有误。",
    "key": "该密钥仍在签名，或顾客手机上可能还有它签发的提货码，暂不能停用。",
    "keys": "同时使用的密钥已达上限，请先停用最旧的一个。",
    "last_admin": "这是最后一位管理员，请先新增另一位。",
    "lead_minutes": "制作时间须为整分钟，最多 7 天。",
    "lead": "两台主收银台会重复交付：请先关闭旧的主收银台，再确认。",
    "lines": "订单须有 1–50 行，每种商品一行。",
    "login": "登录名已存在，或格式不对（2–40 位小写字母、数字、点、横线）。",
    "minutes": "分钟数须为 0–10080 的整数。",
    "name": "名称不能为空，也不能过长。",
    "number": "编号须为正整数。",
    "operator": "没有这个账号。",
    "order": "没有这个订单。",
    "password": "密码须为 10–200 个字符，且不易被猜到。",
    "password_wrong": "当前密码不正确。",
    "person": "店员编号须为 1–64 个字符。",
    "phone": "电话号码格式有误。",
    "pin": "PIN 须为 6 位数字。",
    "place": "经纬度需同时填写，且在有效范围内。",
    "price": "价格格式应为 12.80。",
    "product": "没有这个商品，或商品已下架。",
    "quantity": "数量须为 1–999。",
    "reason": "请填写原因（最多 1000 字）。",
    "role": "您的权限不足以执行此操作。",
    "session": "登录已失效，请重新登录。",
    "sku": "SKU 最多 200 个字符。",
    "store": "没有这家门店。",
    "storage": "总部数据库暂无响应，请稍后重试。",
    "terminal": "门店没有这台在用的收银台。",
    "terminal_name": "收银台需要名称。",
    "time_zone": "没有这个时区。",
    "token": "这不是总部的运营令牌。",
    "window": "自提时段有误：须为整分钟、结束晚于开始、尚未过去、不超过 7 天。",
}


def named(words: Mapping[str, Word], key: str, language: str) -> str:
    """Return a key's word, or the key itself when a newer release made it."""
    word = words.get(key)
    return word.of(language) if word else key
