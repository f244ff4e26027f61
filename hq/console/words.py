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
    "refund_stuck": Word("退款受阻", "Refund stuck"),
    "payment_amount": Word("实付不符", "Wrong amount paid"),
    "group_without_day": Word("成团无日期", "Group without a day"),
    "put_back_due": Word("该回库了", "To be put back"),
    "short_hand_over": Word("交付不齐", "Handed over short"),
    "short_revoked": Word("不齐交付已撤销", "Short hand-over revoked"),
    "overpromised": Word("超卖", "Overpromised"),
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
RULES: Mapping[str, Word] = {
    "clock": Word("按钟点：如次日 14:00–20:00", "By the clock: next day 14:00–20:00"),
    "lead": Word("按备货时长：如下单 2 小时后", "By lead time: from 2 hours after ordering"),
    "group": Word("拼团：成团后第几天", "Groups: on a day after the group is complete"),
    "evening": Word("当晚：今晚到店", "The same evening"),
}
WHY_NOT: Mapping[str, Word] = {
    "full": Word("已约满", "full"),
    "closed": Word("休息", "closed"),
    "too_soon": Word("来不及", "too soon"),
    "not_offered": Word("不可选", "not offered"),
}
SESSION_STATES: Mapping[str, Word] = {
    "planned": Word("未开始", "Planned"),
    "live": Word("直播中", "Live"),
    "over": Word("已结束", "Over"),
    "unpublished": Word("未发布", "Unpublished"),
}
SESSION_TONES: Mapping[str, str] = {"planned": "info", "live": "good", "over": "off", "unpublished": "wait"}
GROUPS: Mapping[str, Word] = {
    "forming": Word("拼团中", "Forming"),
    "complete": Word("已成团", "Complete"),
    "failed": Word("未成团", "Failed"),
}
MOVES: Mapping[str, Word] = {
    "promise": Word("下单承诺", "Promised"),
    "expired": Word("超时未付", "Not paid in time"),
    "given_up": Word("放弃结算", "Checkout given up"),
    "count": Word("点数", "Counted"),
    "lost": Word("报损", "Lost"),
    "short": Word("未交付", "Not handed over"),
    "sale": Word("柜台售出", "Sold at the counter"),
    "sale_refunded": Word("柜台退货", "Returned at the counter"),
    "completed": Word("交付", "Handed over"),
    "cancelled": Word("订单取消", "Order cancelled"),
    "shortage": Word("缺货释放", "Released by a shortage"),
    "put_back": Word("回库", "Put back"),
    "assigned": Word("重新分配", "Assigned again"),
    "preparing": Word("备货中", "Preparing"),
    "prepared": Word("已备好", "Packed"),
    "awaiting_pickup": Word("撤销交付", "Hand-over revoked"),
}
PERIODS: Mapping[str, Word] = {
    "day": Word("一天", "A day"),
    "week": Word("一周", "A week"),
    "month": Word("一个月", "A month"),
    "range": Word("自选范围", "A range"),
}
WHY: Mapping[str, Word] = {
    "not_counted": Word("不计库存", "not counted"),
    "in_stock": Word("有货", "in stock"),
    "held": Word("已预留", "held"),
    "sold_out": Word("售罄", "sold out"),
    "too_few": Word("数量不足", "too few"),
    "unlisted": Word("已下架", "not listed"),
    "gone": Word("预留后被卖掉", "gone since it was held"),
    "store_closed": Word("门店停业", "store closed"),
    "window_full": Word("时段已满", "window full"),
    "rejected_by_store": Word("门店报缺", "rejected by the store"),
}
OUTCOMES: Mapping[str, Word] = {"assigned": Word("分配到店", "Assigned"), "shortage": Word("缺货", "Shortage")}
CAUSES: Mapping[str, Word] = {"routing": Word("分配时", "When routed"), "store": Word("门店上报", "By the store")}
ANSWERS: Mapping[str, Word] = {
    "open": Word("等待答复", "Waiting"),
    "accepted": Word("已选替代", "Took something else"),
    "refused": Word("要求退款", "Wants the money back"),
    "silent": Word("逾时未答复，自动退款", "No answer in time: refunded"),
}
TENDERS: Mapping[str, Word] = {
    "cash": Word("现金", "Cash"),
    "wechat": Word("微信", "WeChat"),
    "alipay": Word("支付宝", "Alipay"),
    "card": Word("刷卡", "Card"),
}
STAYED: Mapping[str, Word] = {
    "broken": Word("损坏", "broken"),
    "missing": Word("找不到", "not there"),
    "refused": Word("顾客不要", "refused"),
}
TAKINGS: Mapping[str, Word] = {
    "asked": Word("待付款", "Asked for"),
    "paid": Word("已付款", "Paid"),
    "closed": Word("已关闭", "Closed"),
    "moved": Word("已转到替代订单", "Moved to the order that replaced it"),
}
REFUNDS: Mapping[str, Word] = {
    "wanted": Word("退款中", "On its way"),
    "done": Word("已退款", "Done"),
    "failed": Word("退款失败", "Failed"),
}
MESSAGES: Mapping[str, Word] = {
    "paid": Word("付款成功", "Paid"),
    "assigned": Word("已分配门店", "Assigned"),
    "ready": Word("可以取货", "Ready"),
    "day_before": Word("前一天提醒", "Day before"),
    "overdue": Word("逾期提醒", "Overdue"),
    "overdue_coupon": Word("逾期优惠券", "Overdue coupon"),
    "shortage": Word("缺货请选择", "Shortage"),
    "rescheduled": Word("改期", "Rescheduled"),
    "cancelled": Word("已取消", "Cancelled"),
    "refunded": Word("已退款", "Refunded"),
    "group_failed": Word("未成团", "Group failed"),
    "thanks": Word("感谢", "Thanks"),
    "moved": Word("已换订单", "Moved"),
    "shortage_alert": Word("缺货通知（运营）", "Shortage alert"),
    "incident_alert": Word("异常通知（运营）", "Incident alert"),
    "payment_alert": Word("支付通知（运营）", "Payment alert"),
}
STANDING: Mapping[str, Word] = {
    "queued": Word("排队中", "Queued"),
    "sending": Word("发送中", "Sending"),
    "sent": Word("已发送", "Sent"),
    "dead": Word("已放弃", "Given up"),
    "skipped": Word("已跳过", "Skipped"),
}
MESSAGE_TONES: Mapping[str, str] = {
    "queued": "info",
    "sending": "info",
    "sent": "good",
    "dead": "bad",
    "skipped": "wait",
}
CHANNELS: Mapping[str, Word] = {
    "local": Word("本地记录", "Local log"),
    "mini": Word("小程序", "Mini-program"),
    "sms": Word("短信", "SMS"),
    "wecom": Word("企业微信", "WeCom"),
    "operators": Word("运营通知", "Operators"),
}
AUDIENCES: Mapping[str, Word] = {"customer": Word("顾客", "Customer"), "operators": Word("运营", "Operators")}
TRIES: Mapping[str, Word] = {
    "sent": Word("已发送", "Sent"),
    "refused": Word("被拒绝", "Refused"),
    "retry": Word("稍后重试", "Tried again later"),
}
SHEETS: Mapping[str, Word] = {
    "products": Word("商品（可带库存列）", "Products (a stock column may come along)"),
    "stock": Word("库存点数", "Stock counts"),
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
    "counter_rescheduled": Word("柜台改期", "Rescheduled at a counter"),
    "order_rerouted": Word("改派门店", "Offered an order to another store"),
    "shortage_answered": Word("替顾客选择替代", "Chose for a customer"),
    "shortage_refunded": Word("替顾客选择退款", "Refunded for a customer"),
    "session_saved": Word("保存直播场次", "Saved a live session"),
    "session_published": Word("发布直播场次", "Published a live session"),
    "session_unpublished": Word("下架直播场次", "Unpublished a live session"),
    "stock_set": Word("修改库存", "Set stock"),
    "evening_saved": Word("保存今晚清单", "Saved the evening list"),
    "sheet_imported": Word("导入表格", "Imported a sheet"),
    "exported": Word("导出数据", "Exported data"),
    "message_revived": Word("重发消息", "Sent a message again"),
    "webhook_revived": Word("重发回调", "Sent a webhook again"),
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
    "answered": "这单缺货已有答复。",
    "alert": "没有这条提醒。",
    "alert_closed": "这条提醒已被他人关闭。",
    "attempts": "尝试次数过多，请稍后再试。",
    "barcode": "条码最多 64 个字符。",
    "busy": "总部正忙，请一秒后重试。",
    "choice": "这个选项不在可选范围内。",
    "capacity": "每刻钟接单上限须为 1–100000 的整数，不限则留空。",
    "closed": "订单已关闭，无法改期。",
    "completed": "订单已交付，无法取消。",
    "day": "日期格式应为 2026-10-01。",
    "description": "描述最多 2000 字。",
    "discount": "到店自提优惠须为 0–90 的整数。",
    "district": "区域最多 60 字。",
    "first": "已有账号，请直接登录。",
    "host": "主播名最多 60 字。",
    "hours": "营业时间格式应为 08:00-22:00，多段用逗号分隔，且不能重叠。",
    "idempotency_key": "该幂等键已用于另一个订单。",
    "invalid": "填写有误。",
    "key": "该密钥仍在签名，或顾客手机上可能还有它签发的提货码，暂不能停用。",
    "keys": "同时使用的密钥已达上限，请先停用最旧的一个。",
    "last_admin": "这是最后一位管理员，请先新增另一位。",
    "lead_minutes": "制作时间须为整分钟，最多 7 天。",
    "pack_minutes": "最早打包须为整分钟，最多 7 天。",
    "live_price": "每个商品都要填直播价。",
    "live_session": "没有这个直播场次。",
    "lead": "两台主收银台会重复交付：请先关闭旧的主收银台，再确认。",
    "lines": "订单须有 1–50 行，每种商品一行。",
    "login": "登录名已存在，或格式不对（2–40 位小写字母、数字、点、横线）。",
    "message": "没有这条消息。",
    "message_alive": "只有已放弃或已跳过的消息可以重发。",
    "minutes": "分钟数须为 0–10080 的整数。",
    "name": "名称不能为空，也不能过长。",
    "no_other_store": "没有别的门店能整单供货，订单未改动。",
    "no_shortage": "这单不缺货，或已经处理。",
    "not_found": "没有这个地址。",
    "number": "编号须为正整数。",
    "on_hand": "数量须为 0–1000000 的整数。",
    "operator": "没有这个账号。",
    "order": "没有这个订单。",
    "overdue": "逾期步骤须按提醒、优惠券、回库、退款的先后；优惠券要同时填小时和金额；退款前须先回库。",
    "password": "密码须为 10–200 个字符，且不易被猜到。",
    "password_wrong": "当前密码不正确。",
    "person": "店员编号须为 1–64 个字符。",
    "period": "时间段须为 1–92 天，且结束不早于开始。",
    "phone": "电话号码格式有误。",
    "pin": "PIN 须为 6 位数字。",
    "place": "经纬度需同时填写，且在有效范围内。",
    "policy": "改期与逾期的各项须填整数：分钟、次数或小时（最多 1440）。",
    "price": "价格格式应为 12.80。",
    "products": "一场直播须有 1–200 种商品，每种只列一次，限购 1–999。",
    "product": "没有这个商品，或商品已下架。",
    "quantity": "数量须为 1–999。",
    "reason": "请填写原因（最多 1000 字）。",
    "reroute": "这单已不能改派门店。",
    "role": "您的权限不足以执行此操作。",
    "rule": "时段规则有误：请检查开始、结束、截单时间和各个数字。",
    "session": "登录已失效，请重新登录。",
    "slug": "链接名须为 1–64 个小写字母、数字或连字符。",
    "slug_taken": "已有一场直播用了这个链接名。",
    "sold_out": "刚刚被订完了，请另选。",
    "sku": "SKU 最多 200 个字符。",
    "store": "没有这家门店。",
    "storage": "总部数据库暂无响应，请稍后重试。",
    "terminal": "门店没有这台在用的收银台。",
    "terminal_name": "收银台需要名称。",
    "time": "结束须晚于开始。",
    "title": "标题须为 1–60 字。",
    "time_zone": "没有这个时区。",
    "token": "这不是总部的运营令牌。",
    "webhook": "没有这条已放弃的回调。",
    "window": "自提时段有误：须为整分钟、结束晚于开始、尚未过去、不超过 7 天。",
}


def named(words: Mapping[str, Word], key: str, language: str) -> str:
    """Return a key's word, or the key itself when a newer release made it."""
    word = words.get(key)
    return word.of(language) if word else key
