"""The form of somebody who works in a store: added, changed, given a new PIN, deactivated."""

from __future__ import annotations

from typing import Literal

from starlette.concurrency import run_in_threadpool

from hq import stores
from hq.console import entries
from hq.console.visit import Visit
from hq.console.widgets import Dialog, choice, text, tick, typed
from hq.console.words import STAFF_ROLES
from hq.people import passwords
from hq.problems import Rejection
from hq.stores import Person, StoreRow


def open_person(see: Visit, store: StoreRow, person: Person | None) -> None:
    """Ask for somebody new, or for changes of somebody known."""
    title = see.say("编辑店员", "Edit staff") if person else see.say("新增店员", "Add staff")
    hint = (
        see.say("6 位数字；留空则不变", "Six digits; empty: as it was") if person else see.say("6 位数字", "Six digits")
    )
    with Dialog(see, title, save=see.say("保存", "Save")) as dialog:
        id_field = text(see.say("工号", "Id"), person.id if person else "")
        id_field.set_enabled(person is None)
        name = text(see.say("姓名", "Name"), person.name if person else "")
        role = choice(see.say("岗位", "Role"), see.choices(STAFF_ROLES), person.role if person else "clerk")
        pin = text(see.say("新 PIN", "New PIN") if person else "PIN", hint=hint, password=True)
        pin.props('autocomplete="new-password" inputmode="numeric"')
        active = tick(
            see.say("在职（可登录收银台）", "Active (may sign in at the counter)"),
            value=person is None or person.active,
        )

    async def save() -> bool:
        try:
            person_id = person.id if person else entries.words(typed(id_field), "person", 64, needed=True)
            named = entries.words(typed(name), "name", 60, needed=True)
            # Tens of milliseconds: beside the loop and before the transaction.
            pin_hash = await run_in_threadpool(passwords.hashed_pin, typed(pin)) if typed(pin) else None
        except Rejection as refused:
            see.refuse(refused)
            return False
        its_role: Literal["clerk", "manager"] = "manager" if role.value == "manager" else "clerk"
        wanted = Person(person_id, named, its_role, bool(active.value), pin_hash)
        detail = f"{its_role}, {'active' if wanted.active else 'inactive'}{', new PIN' if pin_hash else ''}"
        what = f"{store.number} {person_id}"
        number = store.number
        done = await see.act("person_saved", what, lambda work: stores.put_person(work, number, wanted), detail=detail)
        if done:
            see.toast(see.say("已保存", "Saved"))
        return done is not None

    dialog.on_save = save
