"""The keys that sign pickup codes: rotated, retired."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nicegui import ui

from hq.console.frame import Page
from hq.console.visit import Visit
from hq.console.widgets import Column, Dialog, Table, button, card, heading
from hq.console.words import Word
from hq.counters import keys
from hq.counters.keys import SigningKey
from hq.people.operators import Role


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    shown: dict[str, SigningKey] = {}

    def show(found: list[SigningKey]) -> None:
        shown.clear()
        shown.update({str(key.key_id): key for key in found})
        table.show([_row(see, key, found) for key in found])

    def opened(key_id: str) -> None:
        if key := shown.get(key_id):
            _open(see, key)

    with heading(see.say("签名密钥", "Signing keys")):
        if see.may(Role.ADMIN):
            button(see.say("轮换密钥", "Rotate the key"), lambda: _rotate(see), icon="autorenew", kind="main")
    with card(see.say("提货码由这些密钥签名", "Pickup codes are signed by these")):
        columns = (
            Column("number", see.say("编号", "Id"), "open"),
            Column("made", see.say("生成时间", "Made")),
            Column("signs", see.say("启用时间", "Signs from")),
            Column("retired", see.say("停用时间", "Retired")),
            Column("state", see.say("状态", "State"), "chip"),
        )
        table = Table(columns, empty="", on_open=opened, sort=False)
    await see.live(keys.all_keys, show)


def _row(see: Visit, key: SigningKey, known: list[SigningKey]) -> dict[str, Any]:
    state = (see.say("仍可验证", "Still verifies"), "info")
    if key.retired_at:
        state = (see.say("已停用", "Retired"), "off")
    elif key.key_id == keys.signing(known, see.now).key_id:
        state = (see.say("签名中", "Signs"), "good")
    elif key.signs_from > see.now:
        state = (see.say("分发中", "Being distributed"), "wait")
    return {
        "id": str(key.key_id),
        "number": str(key.key_id),
        "made": see.at(key.made_at),
        "signs": see.at(key.signs_from),
        "retired": see.at(key.retired_at),
        "state": state[0],
        "state_tone": state[1],
    }


def _rotate(see: Visit) -> None:
    with Dialog(see, see.say("轮换密钥？", "Rotate the key?"), save=see.say("轮换", "Rotate")) as dialog:
        sentence = see.say(
            "将生成新密钥并分发给所有收银台，7 天后开始签名；旧的提货码继续有效。",
            "A new key is made and told to every terminal; it signs in 7 days. Codes of the old one stay good.",
        )
        ui.label(sentence).classes("whole")

    async def save() -> bool:
        done = await see.act("key_rotated", "", keys.rotate, role=Role.ADMIN)
        if done:
            see.toast(see.say(f"已生成密钥 {done.value.key_id}", f"Key {done.value.key_id} was made"))
        return done is not None

    dialog.on_save = save


def _open(see: Visit, key: SigningKey) -> None:
    may_retire = see.may(Role.ADMIN) and key.retired_at is None
    retire = see.say("停用", "Retire") if may_retire else ""
    with Dialog(see, f"{see.say('密钥', 'Key')} {key.key_id}", save=retire, danger=True) as dialog:
        ui.label(see.say("公钥（Ed25519）", "Public key (Ed25519)")).classes("whole section")
        ui.label(key.public_key.hex()).classes("whole mono")
        if may_retire:
            sentence = see.say(
                "停用后，由它签发的提货码不再有效。", "Codes that it signed are worth nothing afterwards."
            )
            ui.label(sentence).classes("whole")

    async def save() -> bool:
        key_id = key.key_id
        done = await see.act("key_retired", str(key_id), lambda work: keys.retire(work, key_id), role=Role.ADMIN)
        return done is not None

    dialog.on_save = save


PAGES = (Page("/keys", Word("签名密钥", "Keys"), draw, icon="vpn_key", place=80),)
