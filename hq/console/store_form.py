"""The form of a store's profile: what is typed becomes a `Profile`, or is refused."""

from __future__ import annotations

from dataclasses import dataclass

from nicegui import ui

from hq import stores
from hq.console import entries
from hq.console.visit import Visit
from hq.console.widgets import Dialog, text, tick, typed
from hq.people.operators import Role
from hq.problems import Rejection
from hq.stores import Profile, StoreRow

_WEEK = 7 * 24 * 60
_MOST_STORES = 2**31 - 1
_DAYS = (
    ("周一", "Mon"),
    ("周二", "Tue"),
    ("周三", "Wed"),
    ("周四", "Thu"),
    ("周五", "Fri"),
    ("周六", "Sat"),
    ("周日", "Sun"),
)


@dataclass(frozen=True, slots=True)
class _Fields:
    number: ui.input
    texts: dict[str, ui.input]
    days: tuple[ui.input, ...]
    active: ui.checkbox


def open_form(see: Visit, store: StoreRow | None) -> None:
    """Ask for a new store's profile, or for changes of one that exists."""
    title = see.say("编辑门店", "Edit store") if store else see.say("新增门店", "Add a store")
    with Dialog(see, title, save=see.say("保存", "Save"), wide=True) as dialog:
        fields = _fields(see, store)

    async def save() -> bool:
        try:
            number = store.number if store else entries.whole(typed(fields.number), "number", 1, _MOST_STORES)
            profile = _profile(fields, store)
        except Rejection as refused:
            see.refuse(refused)
            return False
        what = f"{number} {profile.name}"
        done = await see.act("store_saved", what, lambda work: stores.put(work, number, profile), role=Role.OPERATOR)
        if done:
            see.toast(see.say("已保存", "Saved"))
        return done is not None

    dialog.on_save = save


def _fields(see: Visit, store: StoreRow | None) -> _Fields:
    known = store or Profile(name="")
    number = text(see.say("编号", "Number"), str(store.number) if store else "")
    number.set_enabled(store is None)
    texts = {
        "name": text(see.say("名称", "Name"), known.name),
        "address": text(see.say("地址", "Address"), known.address, classes="whole"),
        "phone": text(see.say("电话", "Phone"), known.phone),
        "district": text(see.say("区域", "District"), known.district),
        "lat": text(see.say("纬度（WGS-84）", "Latitude (WGS-84)"), _number(known.lat)),
        "lon": text(see.say("经度（WGS-84）", "Longitude (WGS-84)"), _number(known.lon)),
        "early": text(see.say("可提前（分钟）", "Early by (minutes)"), str(known.early_minutes)),
        "late": text(see.say("可延后（分钟）", "Late by (minutes)"), str(known.late_minutes)),
        "revoke": text(see.say("撤销核销期限（分钟）", "Revoke within (minutes)"), str(known.revoke_minutes)),
        "capacity": text(
            see.say("每刻钟接单上限", "Orders per quarter of an hour"),
            _number(known.capacity),
            hint=see.say("空：不限", "Empty: unbounded"),
        ),
        "pack": text(
            see.say("最早打包（自提开始前分钟）", "Packed within (minutes before the window)"),
            str(known.pack_minutes),
            hint=see.say("0：不限", "0: at any time"),
        ),
        "zone": text(see.say("时区", "Time zone"), known.time_zone),
    }
    ui.label(see.say("营业时间", "Opening hours")).classes("whole section")
    hint = see.say(
        "例：08:00-22:00，多段用逗号分隔；空的一天休息；全部留空为全天营业。",
        "Such as 08:00-22:00, several with commas; an empty day is closed; all empty: always open.",
    )
    ui.label(hint).classes("whole hint")
    days = tuple(text(see.say(*name), value) for name, value in zip(_DAYS, entries.week(known.hours), strict=True))
    active = tick(see.say("营业中（可接新订单）", "Active (takes new orders)"), value=known.active)
    return _Fields(number, texts, days, active)


def _profile(fields: _Fields, store: StoreRow | None) -> Profile:
    said = {name: typed(field) for name, field in fields.texts.items()}
    lat, lon = entries.place(said["lat"], said["lon"])
    return Profile(
        name=entries.words(said["name"], "name", 100, needed=True),
        address=entries.words(said["address"], "address", 200),
        time_zone=said["zone"],
        early_minutes=entries.whole(said["early"], "minutes", 0, _WEEK),
        late_minutes=entries.whole(said["late"], "minutes", 0, _WEEK),
        revoke_minutes=entries.whole(said["revoke"], "minutes", 0, _WEEK),
        lat=lat,
        lon=lon,
        phone=entries.words(said["phone"], "phone", 30),
        district=entries.words(said["district"], "district", 60),
        hours=entries.hours([typed(field) for field in fields.days], store.hours if store else ""),
        capacity=entries.whole(said["capacity"], "capacity", 1, 100_000) if said["capacity"] else None,
        active=bool(fields.active.value),
        pack_minutes=entries.whole(said["pack"], "pack_minutes", 0, _WEEK),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, int) else str(value)
