"""The audit log: who did what, newest first."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection

from hq.console.frame import Page
from hq.console.visit import Visit
from hq.console.widgets import Column, Table, heading, search_box
from hq.console.words import ACTIONS, Word
from hq.people import audit
from hq.people.audit import AuditRow
from hq.people.operators import Role

_MOST = 200


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    wanted = {"text": ""}

    async def search(said: str) -> None:
        wanted["text"] = said
        await see.refresh()

    with heading(see.say("审计日志", "Audit log"), see.say(f"最近 {_MOST} 条", f"The latest {_MOST}")):
        search_box(see.say("搜索账号、对象、内容", "Search who, subject, detail"), search)
    columns = (
        Column("at", see.say("时间", "At")),
        Column("by", see.say("账号", "Who")),
        Column("action", see.say("操作", "What")),
        Column("subject", see.say("对象", "Subject"), "long"),
        Column("detail", see.say("内容", "Detail"), "long"),
    )
    table = Table(columns, empty=see.say("没有符合条件的记录。", "Nothing matches."), sort=False)

    def query(conn: Connection) -> list[AuditRow]:
        return audit.rows(conn, wanted["text"], limit=_MOST)

    await see.live(query, lambda rows: table.show([_row(see, row) for row in rows]))


def _row(see: Visit, row: AuditRow) -> dict[str, str]:
    return {
        "id": row.id,
        "at": see.at(row.at),
        "by": row.by,
        "action": see.word(ACTIONS, row.action),
        "subject": row.subject,
        "detail": row.detail,
    }


PAGES = (Page("/audit", Word("审计日志", "Audit log"), draw, icon="history", place=95, role=Role.OPERATOR),)
