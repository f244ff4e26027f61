"""The form of a live session: what is typed becomes a `Plan`, or is refused and stays as it was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from nicegui import ui

from hq.console import entries
from hq.console.offer_rows import OfferRows
from hq.console.policy_form import PolicyForm
from hq.console.rule_form import RuleForm
from hq.console.visit import HOME, Visit
from hq.console.widgets import Dialog, text, tick, typed
from hq.goods.catalogue import Product
from hq.mall import sessions
from hq.mall.sessions import Plan, Rules, Session
from hq.problems import Rejection, conflict
from hq.stores import StoreRow
from hq.work import Work


@dataclass(frozen=True, slots=True)
class Around:
    """What a session is made of: the stores and the products that there are."""

    stores: list[StoreRow]
    products: list[Product]


@dataclass(frozen=True, slots=True)
class _Fields:
    texts: dict[str, ui.input]
    every: ui.checkbox
    stores: ui.select
    offers: OfferRows
    rule: RuleForm
    policies: PolicyForm
    published: ui.checkbox


def open_form(see: Visit, around: Around, session: Session | None) -> None:
    """Ask for a new session, or for changes of one that exists; a new one is shown once it is saved."""
    title = see.say("编辑直播场次", "Edit live session") if session else see.say("新增直播场次", "Add a live session")
    with Dialog(see, title, save=see.say("保存", "Save"), wide=True) as dialog:
        fields = _fields(see, around, session)

    async def save() -> bool:
        try:
            plan = _plan(fields, session)
        except Rejection as refused:
            see.refuse(refused)
            return False

        def usecase(work: Work) -> Session:
            if session is None and any(each.slug == plan.slug for each in sessions.all_sessions(work.conn)):
                raise conflict("slug_taken", "There is a live session with this link already.")
            return sessions.put(work, plan)

        done = await see.act("session_saved", f"{plan.slug} {plan.title}", usecase, detail=_told(plan))
        if done:
            see.toast(see.say("已保存", "Saved"))
            if session is None:
                with see.client:
                    ui.navigate.to(f"/sessions/{plan.slug}")
        return done is not None

    dialog.on_save = save


def _fields(see: Visit, around: Around, session: Session | None) -> _Fields:
    starts, ends = _usual_times(see.now) if session is None else (session.starts_at, session.ends_at)
    rules = session.rules if session else Rules()
    texts = _texts(see, session, starts, ends)
    ui.label(see.say("商品（直播价、每人限购）", "Products (live price, limit for each customer)")).classes(
        "whole section"
    )
    offers = OfferRows(see, around.products, session.offers if session else ())
    every, chosen = _stores(see, around.stores, session)
    ui.label(see.say("自提时段", "Pickup windows")).classes("whole section")
    rule = RuleForm(see, rules.window, around.stores)
    policies = PolicyForm(see, rules.reschedule, rules.overdue)
    published = tick(
        see.say("已发布（顾客能打开）", "Published (customers can open it)"), value=session is None or session.published
    )
    return _Fields(texts, every, chosen, offers, rule, policies, published)


def _texts(see: Visit, session: Session | None, starts: datetime, ends: datetime) -> dict[str, ui.input]:
    slug = text(
        see.say("链接名", "Link's name"),
        session.slug if session else "",
        hint=see.say(f"链接：{see.site}/live/…", f"Link: {see.site}/live/…"),
    )
    slug.set_enabled(session is None)
    local = "type=datetime-local stack-label"
    return {
        "slug": slug,
        "title": text(see.say("标题", "Title"), session.title if session else ""),
        "host": text(see.say("主播", "Host"), session.host if session else ""),
        "discount": text(
            see.say("到店自提优惠（%）", "Discount for collecting (%)"),
            str(session.discount_percent if session else 10),
        ),
        "starts": text(see.say("开始（北京时间）", "Starts (Beijing time)"), _local(starts)).props(local),
        "ends": text(see.say("结束（北京时间）", "Ends (Beijing time)"), _local(ends)).props(local),
    }


def _stores(see: Visit, known: list[StoreRow], session: Session | None) -> tuple[ui.checkbox, ui.select]:
    ui.label(see.say("参加门店", "Participating stores")).classes("whole section")
    everywhere = session is None or session.store_ids is None
    every = tick(see.say("所有门店参加", "Every store takes part"), value=everywhere)
    options = {store.number: f"{store.number} {store.name}" for store in known}
    ids = (session.store_ids if session else None) or frozenset()
    chosen = ui.select(
        options,
        label=see.say("选择门店", "Choose stores"),
        value=[store.number for store in known if store.id in ids],
        multiple=True,
        with_input=True,
    )
    chosen.props("dense outlined options-dense use-chips").classes("field whole")
    chosen.bind_visibility_from(every, "value", backward=lambda on: not on)
    return every, chosen


def _plan(fields: _Fields, session: Session | None) -> Plan:
    said = {name: typed(each) for name, each in fields.texts.items()}
    return Plan(
        slug=session.slug if session else said["slug"],
        title=entries.words(said["title"], "title", 60, needed=True),
        host=entries.words(said["host"], "host", 60),
        starts_at=entries.moment(said["starts"], HOME),
        ends_at=entries.moment(said["ends"], HOME),
        offers=fields.offers.read(),
        rules=Rules(fields.rule.read(), fields.policies.reschedule(), fields.policies.overdue()),
        discount_percent=entries.whole(said["discount"], "discount", 0, 90),
        store_numbers=None if fields.every.value else tuple(fields.stores.value),
        published=bool(fields.published.value),
    )


def _told(plan: Plan) -> str:
    told: Mapping[str, object] = {
        "published": plan.published,
        "discount": plan.discount_percent,
        "products": len(plan.offers),
        "stores": "all" if plan.store_numbers is None else len(plan.store_numbers),
    }
    return ", ".join(f"{name}: {value}" for name, value in told.items())


def _usual_times(now: datetime) -> tuple[datetime, datetime]:
    starts = now.astimezone(HOME).replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return starts, starts + timedelta(hours=3)


def _local(at: datetime) -> str:
    return f"{at.astimezone(HOME):%Y-%m-%dT%H:%M}"
