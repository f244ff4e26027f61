"""What WeChat Pay keeps, and its documented rules: orders, refunds, fields and their lengths."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

MCHID, APPID = "1900000109", "wxd678efh567hg6787"
PAID_AT = "2026-08-01T14:00:05+08:00"
_HTTPS = r"https://[^?#]{1,248}"
_ORDER = {
    "appid": r".{1,32}",
    "mchid": r".{1,32}",
    "description": r"(?s).{1,127}",
    "out_trade_no": r"[0-9A-Za-z_|*-]{6,32}",
    "time_expire": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00",
    "notify_url": _HTTPS,
    "amount.total": r"[1-9]\d*",
    "amount.currency": r"CNY",
}
_MORE = {
    "jsapi": {"payer.openid": r".{1,128}"},
    "h5": {"scene_info.payer_client_ip": r"[0-9A-Fa-f.:]{3,45}", "scene_info.h5_info.type": r"iOS|Android|Wap"},
    "native": {},
}
_REFUND = {
    "out_trade_no": r"[0-9A-Za-z_|*-]{6,32}",
    "out_refund_no": r"[0-9A-Za-z_|*@-]{1,64}",
    "amount.refund": r"[1-9]\d*",
    "amount.total": r"[1-9]\d*",
    "amount.currency": r"CNY",
}
_REFUND_EXTRA = {"reason": r"(?s).{1,80}", "notify_url": _HTTPS}

Answer = tuple[int, dict[str, Any]]


@dataclass
class Books:
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    refunds: dict[str, dict[str, Any]] = field(default_factory=dict)

    def answer(self, method: str, target: str, body: dict[str, Any]) -> Answer:
        parts = urlsplit(target)
        asked = parts.path.removeprefix("/v3/").split("/")
        match method, asked:
            case "POST", ["pay", "transactions", ("jsapi" | "h5" | "native") as kind]:
                return self._order(kind, body)
            case "GET", ["pay", "transactions", "out-trade-no", number] if parse_qs(parts.query) == {"mchid": [MCHID]}:
                return self._query(number)
            case "POST", ["pay", "transactions", "out-trade-no", number, "close"] if body == {"mchid": MCHID}:
                return self._close(number)
            case "POST", ["refund", "domestic", "refunds"]:
                return self._refund(body)
            case "GET", ["refund", "domestic", "refunds", number] if number in self.refunds:
                return 200, self.refunds[number]
            case "GET", ["refund", "domestic", "refunds", _]:
                return _no(404, "RESOURCE_NOT_EXISTS")
            case _:
                return _no(400, "PARAM_ERROR")

    def pay(self, number: str) -> dict[str, Any]:
        """Let the customer pay, as her WeChat would."""
        order = self.orders[number]
        assert order["trade_state"] == "NOTPAY"
        order.update(trade_state="SUCCESS", transaction_id=f"42000{number[:20]}", success_time=PAID_AT)
        return order

    def settle(self, number: str, status: str = "SUCCESS") -> dict[str, Any]:
        """Finish a refund."""
        refund = self.refunds[number]
        refund["status"] = status
        if status == "SUCCESS":
            refund["success_time"] = PAID_AT
        return refund

    def _order(self, kind: str, body: dict[str, Any]) -> Answer:
        if wrong := _breach(body, _ORDER | _MORE[kind], {}):
            return _no(400, "PARAM_ERROR", wrong)
        if (body["appid"], body["mchid"]) != (APPID, MCHID):
            return _no(400, "APPID_MCHID_NOT_MATCH")
        known = self.orders.setdefault(body["out_trade_no"], {"asked": body, "trade_state": "NOTPAY"})
        if refusal := {"SUCCESS": "ORDERPAID", "CLOSED": "ORDER_CLOSED"}.get(known["trade_state"]):
            return _no(400, refusal)
        if known["asked"] != body:
            return _no(403, "OUT_TRADE_NO_USED")
        made = {
            "jsapi": {"prepay_id": f"wx{body['out_trade_no']}"},
            "h5": {"h5_url": "https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=wx2016"},
            "native": {"code_url": "weixin://wxpay/bizpayurl?pr=p4lpSuKzz"},
        }
        return 200, made[kind]

    def _query(self, number: str) -> Answer:
        order = self.orders.get(number)
        return (200, transaction(order)) if order else _no(404, "ORDER_NOT_EXIST")

    def _close(self, number: str) -> Answer:
        order = self.orders.get(number)
        if order is None:
            return _no(404, "ORDER_NOT_EXIST")
        if order["trade_state"] == "SUCCESS":
            return _no(400, "ORDERPAID")
        if order["trade_state"] == "CLOSED":
            return _no(400, "ORDER_CLOSED")
        order["trade_state"] = "CLOSED"
        return 204, {}

    def _refund(self, body: dict[str, Any]) -> Answer:
        if wrong := _breach(body, _REFUND, _REFUND_EXTRA):
            return _no(400, "PARAM_ERROR", wrong)
        order = self.orders.get(body["out_trade_no"])
        if order is None or order["trade_state"] != "SUCCESS":
            return _no(404, "RESOURCE_NOT_EXISTS")
        known = self.refunds.get(body["out_refund_no"])
        if known is None:
            earlier = [each for each in self.refunds.values() if each["out_trade_no"] == body["out_trade_no"]]
            given = sum(each["amount"]["refund"] for each in earlier)
            paid = order["asked"]["amount"]["total"]
            if body["amount"]["total"] != paid or given + body["amount"]["refund"] > paid:
                return _no(400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致")
            known = {key: body[key] for key in ("out_refund_no", "out_trade_no", "amount")}
            known |= {"refund_id": f"50000{len(self.refunds):024}", "status": "PROCESSING", "channel": "ORIGINAL"}
            self.refunds[body["out_refund_no"]] = known
        elif known["amount"] != body["amount"] or known["out_trade_no"] != body["out_trade_no"]:
            return _no(400, "INVALID_REQUEST", "订单金额或退款金额与之前请求不一致")
        return 200, known


def transaction(order: dict[str, Any]) -> dict[str, Any]:
    asked = order["asked"]
    told = {"appid": APPID, "mchid": MCHID, "out_trade_no": asked["out_trade_no"], "trade_state": order["trade_state"]}
    if order["trade_state"] != "SUCCESS":
        return told | {"trade_state_desc": "订单未支付", "amount": asked["amount"]}
    return told | {
        "transaction_id": order["transaction_id"],
        "trade_type": "JSAPI",
        "trade_state_desc": "支付成功",
        "bank_type": "CMC",
        "attach": "",
        "success_time": order["success_time"],
        "payer": {"openid": "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o"},
        "amount": asked["amount"] | {"payer_total": asked["amount"]["total"], "payer_currency": "CNY"},
    }


def _no(status: int, code: str, message: str = "") -> Answer:
    return status, {"code": code, "message": message or f"stand-in: {code}"}


def _breach(body: dict[str, Any], needed: dict[str, str], extra: dict[str, str]) -> str:
    flat = dict(_flat(body, ""))
    for name, value in flat.items():
        rule = (needed | extra).get(name)
        number = name in {"amount.total", "amount.refund"}
        if rule is None or number != (type(value) is int) or not re.fullmatch(rule, str(value)):
            return f"{name} is not as documented"
    return next((f"{name} is missing" for name in needed if name not in flat), "")


def _flat(body: dict[str, Any], prefix: str) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for name, value in body.items():
        found += _flat(value, f"{prefix}{name}.") if isinstance(value, dict) else [(prefix + name, value)]
    return found
