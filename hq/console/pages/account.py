"""One's own account: a new password, signing out everywhere."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import ui
from starlette.concurrency import run_in_threadpool

from hq.console.frame import Page, sign_out
from hq.console.visit import Visit
from hq.console.widgets import button, card, facts, heading, text
from hq.console.words import ROLES, Word
from hq.people import operators, passwords, sign_in
from hq.people.operators import Role
from hq.problems import Rejection, invalid


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    own = see.operator
    with heading(own.name, see.say("我的账号", "My account")):
        pass
    with ui.element("div").classes("columns"):
        with card(see.say("资料", "Account")):
            facts(
                [
                    (see.say("登录名", "Login"), own.login),
                    (see.say("角色", "Role"), see.word(ROLES, own.role)),
                    (see.say("创建时间", "Since"), see.at(own.created_at)),
                ]
            )
            button(
                see.say("退出所有设备", "Sign out everywhere"), lambda: _everywhere(see), icon="logout", kind="danger"
            )
        with card(see.say("修改密码", "Change password")), ui.element("div").classes("fields single"):
            old = text(see.say("当前密码", "Current password"), password=True).props('autocomplete="current-password"')
            hint = see.say(f"至少 {passwords.SHORTEST} 个字符", f"At least {passwords.SHORTEST} characters")
            new = text(see.say("新密码", "New password"), hint=hint, password=True).props('autocomplete="new-password"')
            button(see.say("修改密码", "Change password"), lambda: _change(see, old, new), kind="main")


async def _change(see: Visit, old: ui.input, new: ui.input) -> None:
    own = see.operator
    found = await see.look(lambda conn: operators.get(conn, own.id))
    if found is None:
        return
    kept = found.value.password_hash
    try:
        see.desk.sign_in_attempts.check(see.address)
        if not await run_in_threadpool(passwords.matches, kept, str(old.value or "")):
            see.desk.sign_in_attempts.fail(see.address)
            raise invalid("password_wrong", "This is not your current password.")
        hashed = await run_in_threadpool(passwords.hashed, str(new.value or ""), own.login)
    except Rejection as refused:
        see.refuse(refused)
        return
    keep = sign_in.hash_of(see.token)
    done = await see.act(
        "password_changed",
        own.login,
        lambda work: operators.set_password(work, own.id, hashed, keep=keep),
        role=Role.VIEWER,
    )
    if done:
        old.value = new.value = ""
        see.toast(see.say("已修改；其他设备已退出。", "Changed; other devices were signed out."))


async def _everywhere(see: Visit) -> None:
    own = see.operator
    keep = sign_in.hash_of(see.token)
    done = await see.act(
        "signed_out_everywhere",
        own.login,
        lambda work: operators.end_sessions(work, own.id, keep=keep),
        role=Role.VIEWER,
    )
    if done:
        # The last session ends at the door, which also takes the cookie away.
        sign_out()


PAGES = (Page("/account", Word("我的账号", "My account"), draw, place=99),)
