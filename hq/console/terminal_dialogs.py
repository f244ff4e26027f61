"""Dialogs about a store's terminals: the enrolment code with its QR, access taken away, the lead moved."""

from __future__ import annotations

import base64
from datetime import datetime

from nicegui import ui
from starlette.concurrency import run_in_threadpool

from hq import qr, stores
from hq.console.visit import Visit
from hq.console.widgets import Dialog, button, chip, facts, tick
from hq.counters import enrolment, terminals
from hq.counters.terminals import Terminal
from hq.people.operators import Role
from hq.stores import StoreRow


async def open_code(see: Visit, store: StoreRow) -> None:
    """Issue a code and show it, as text and as a QR, for as long as it is worth something."""
    number = store.number
    done = await see.act("code_issued", str(number), lambda work: enrolment.issue_code(work, number))
    if done is None:
        return
    code, expires_at = done.value
    address = see.site
    # After `#`, so that whoever opens it as a link does not write the code into a log.
    picture = base64.b64encode(await run_in_threadpool(qr.text_png, f"{address}/enrol#{code}")).decode()
    with Dialog(see, see.say("收银台注册码", "Enrolment code")):
        with ui.element("div").classes("whole enrol"):
            drawn = ui.element("img").props(f'src="data:image/png;base64,{picture}"')
            drawn.props["alt"] = see.say("注册二维码", "Enrolment QR code")
            ui.label(code).classes("code")
            left = ui.label().classes("left")
            ui.label(
                see.say(
                    "在新收银台上扫码，或输入总部地址和注册码：",
                    "Scan at the new terminal, or type HQ's address and the code:",
                )
            )
            ui.label(address).classes("mono")
        _count_down(see, left, expires_at, [drawn])


def _count_down(see: Visit, left: ui.label, expires_at: datetime, gone: list[ui.element]) -> None:
    def show() -> None:
        seconds = int((expires_at - see.now).total_seconds())
        if seconds > 0:
            left.text = f"{see.say('剩余', 'Valid for')} {seconds // 60}:{seconds % 60:02d}"
            return
        left.text = see.say("已过期，请重新生成。", "Expired: issue a new one.")
        for each in gone:
            each.visible = False
        timer.deactivate()

    timer = ui.timer(1.0, show)
    show()


def open_terminal(see: Visit, store: StoreRow, terminal: Terminal, *, leads: bool, heard_at: datetime | None) -> None:
    """Show a terminal and what may be done with it."""
    in_use = terminal.revoked_at is None
    with Dialog(see, terminal.name) as dialog:
        with ui.element("div").classes("whole"):
            facts(
                [
                    (see.say("门店", "Store"), f"{store.number} {store.name}"),
                    (see.say("注册时间", "Enrolled"), see.at(terminal.enrolled_at)),
                    (see.say("最后联系", "Last contact"), see.at(heard_at)),
                    (see.say("停用时间", "Revoked"), see.at(terminal.revoked_at)),
                ]
            )
        if leads:
            chip(see.say("主收银台", "Leads"), "info")
        if see.may(Role.OPERATOR) and in_use:
            with ui.element("div").classes("whole tools"):
                if not leads:
                    button(
                        see.say("设为主收银台", "Make it the lead"),
                        lambda: _lead(see, store, terminal, dialog),
                        icon="stars",
                    )
                revoke = see.say("停用", "Revoke")
                button(revoke, lambda: _revoke(see, store, terminal, dialog, leads=leads), icon="block", kind="danger")


def _lead(see: Visit, store: StoreRow, terminal: Terminal, opened: Dialog) -> None:
    opened.close()
    with Dialog(see, see.say("更换主收银台", "Move the lead"), save=see.say("更换", "Move")) as dialog:
        ui.label(
            see.say(
                "门店的交付由主收银台一台说了算。若旧的还在运行，两台会各自交付，同一订单可能被取走两次。",
                "One terminal alone grants the store's hand-overs. While the old one still runs, both would grant.",
            )
        ).classes("whole")
        is_off = tick(see.say("我确认旧的主收银台已关机", "The old one is switched off: I have made sure"), value=False)

    async def save() -> bool:
        off, number = bool(is_off.value), store.number
        done = await see.act(
            "lead_moved",
            f"{number} {terminal.name}",
            lambda work: stores.move_lead(work, number, terminal.id, old_is_switched_off=off, by=see.operator.login),
            detail="the old one is switched off" if off else "",
        )
        if done:
            see.toast(see.say("已更换主收银台", "The lead was moved"))
        return done is not None

    dialog.on_save = save


def _revoke(see: Visit, store: StoreRow, terminal: Terminal, opened: Dialog, *, leads: bool) -> None:
    opened.close()
    title = see.say("停用收银台？", "Revoke this terminal?")
    with Dialog(see, title, save=see.say("停用", "Revoke"), danger=True) as dialog:
        sentence = see.say(
            f"“{terminal.name}”将不能再与总部同步，恢复须重新注册。",
            f"{terminal.name} will no longer sync with HQ; to bring it back it must be enrolled again.",
        )
        ui.label(sentence).classes("whole")
        if leads:
            chip(
                see.say("它是主收银台：停用后请另设一台。", "It leads: give the lead to another one then."), "wait"
            ).classes("whole")

    async def save() -> bool:
        number = store.number
        what = f"{number} {terminal.name}"
        done = await see.act("terminal_revoked", what, lambda work: terminals.revoke(work, number, terminal.id))
        if done:
            see.toast(see.say("已停用", "Revoked"))
        return done is not None

    dialog.on_save = save
