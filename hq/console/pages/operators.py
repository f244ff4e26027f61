"""Operators: who may do what at the console; for admins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nicegui import ui
from starlette.concurrency import run_in_threadpool

from hq.console.frame import Page
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, button, choice, heading, text, tick, typed
from hq.console.words import ROLES, Word
from hq.people import operators, passwords
from hq.people.operators import Operator, Role
from hq.problems import Rejection
from hq.work import Work


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    shown: dict[str, Operator] = {}

    def show(found: list[Operator]) -> None:
        shown.clear()
        shown.update({each.id: each for each in found})
        table.show([_row(see, each) for each in found])

    def opened(operator_id: str) -> None:
        if known := shown.get(operator_id):
            _change(see, known)

    roles = see.say(
        "只读：查看 · 运营：处理业务 · 管理员：另可管理账号和密钥",
        "Viewers look, operators work, admins also manage operators and keys",
    )
    with heading(see.say("账号", "Operators"), roles):
        button(see.say("新增账号", "Add an operator"), lambda: _add(see), icon="person_add", kind="main")
    columns = (
        Column("login", see.say("登录名", "Login"), "open"),
        Column("name", see.say("姓名", "Name")),
        Column("role", see.say("角色", "Role")),
        Column("created", see.say("创建时间", "Since")),
        Column("state", see.say("状态", "State"), "chip"),
    )
    table = Table(columns, empty="", on_open=opened)
    await see.live(operators.everyone, show)


def _row(see: Visit, each: Operator) -> dict[str, Any]:
    state = (see.say("正常", "Active"), "good") if each.active else (see.say("停用", "Inactive"), "off")
    if each.active and each.locked_until and each.locked_until > see.now:
        state = (see.say("已锁定至 ", "Locked until ") + see.at(each.locked_until), "wait")
    return {
        "id": each.id,
        "login": each.login,
        "name": each.name,
        "role": see.word(ROLES, each.role),
        "created": see.at(each.created_at),
        "state": state[0],
        "state_tone": state[1],
    }


def _add(see: Visit) -> None:
    with Dialog(see, see.say("新增账号", "Add an operator"), save=see.say("新增", "Add")) as dialog:
        login = text(see.say("登录名", "Login")).props("autocapitalize=none")
        name = text(see.say("姓名", "Name"))
        role = choice(see.say("角色", "Role"), see.choices(ROLES), Role.OPERATOR.value)
        password = _new_password(see, see.say("初始密码", "First password"))

    async def save() -> bool:
        said, named, its_role = typed(login).lower(), typed(name), Role(str(role.value))
        hashed = await _hashed(see, str(password.value or ""), said)
        if not hashed:
            return False
        done = await see.act(
            "operator_added",
            said,
            lambda work: operators.create(work, said, named, its_role, hashed),
            detail=its_role.value,
            role=Role.ADMIN,
        )
        if done:
            see.toast(see.say("已新增", "Added"))
        return done is not None

    dialog.on_save = save


def _change(see: Visit, known: Operator) -> None:
    with Dialog(see, f"{see.say('编辑账号', 'Edit operator')} {known.login}", save=see.say("保存", "Save")) as dialog:
        name = text(see.say("姓名", "Name"), known.name)
        role = choice(see.say("角色", "Role"), see.choices(ROLES), known.role.value)
        password = _new_password(see, see.say("新密码（留空则不变）", "New password (empty: as it was)"))
        active = tick(see.say("可登录", "May sign in"), value=known.active)
        hint = see.say(
            "停用或重设密码会让该账号退出所有设备。",
            "Deactivating, or a new password, signs the operator out everywhere.",
        )
        ui.label(hint).classes("whole hint")

    async def save() -> bool:
        named, its_role, may_enter = typed(name), Role(str(role.value)), bool(active.value)
        new = str(password.value or "")
        hashed = await _hashed(see, new, known.login) if new else ""
        if new and not hashed:
            return False

        def usecase(work: Work) -> None:
            operators.change(work, known.id, name=named, role=its_role, active=may_enter)
            if hashed:
                operators.set_password(work, known.id, hashed)

        detail = f"{its_role.value}, {'active' if may_enter else 'inactive'}{', new password' if hashed else ''}"
        done = await see.act("operator_changed", known.login, usecase, detail=detail, role=Role.ADMIN)
        if done:
            see.toast(see.say("已保存", "Saved"))
        return done is not None

    dialog.on_save = save


def _new_password(see: Visit, label: str) -> ui.input:
    hint = see.say(f"至少 {passwords.SHORTEST} 个字符", f"At least {passwords.SHORTEST} characters")
    return text(label, hint=hint, password=True).props('autocomplete="new-password"')


async def _hashed(see: Visit, password: str, login: str) -> str:
    try:
        return await run_in_threadpool(passwords.hashed, password, login)
    except Rejection as refused:
        see.refuse(refused)
        return ""


PAGES = (Page("/operators", Word("账号", "Operators"), draw, icon="manage_accounts", place=90, role=Role.ADMIN),)
