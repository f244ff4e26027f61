"""Every message template in both languages, filled with a sample order."""

from __future__ import annotations

from collections.abc import Mapping

from nicegui import ui

from hq.console.frame import Page
from hq.console.visit import Visit
from hq.console.widgets import card, chip, heading
from hq.console.words import MESSAGES, Word
from hq.messages import texts
from hq.messages.kinds import FOR_OPERATORS, GENTLE, Kind


async def draw(see: Visit, _told: Mapping[str, str]) -> None:
    """Draw the page."""
    under = see.say(
        "用一个示例订单填写；短信另有更短的文字", "Filled with a sample order; an SMS has shorter words of its own"
    )
    with heading(see.say("消息模板", "Message templates"), under):
        pass
    for kind in Kind:
        with card(see.word(MESSAGES, kind)) as corner:
            with corner:
                ui.label(kind.value).classes("mono hint")
                if kind in FOR_OPERATORS:
                    chip(see.say("发给运营", "For operators"), "info")
                if kind in GENTLE:
                    chip(see.say("夜间不发", "Waits for the morning"), "wait")
            with ui.element("div").classes("columns"):
                for language in texts.LANGUAGES:
                    _one(see, kind, language)


def _one(see: Visit, kind: Kind, language: str) -> None:
    sample = texts.SAMPLES[language]
    told = texts.preview(kind, language, sample, see.site)
    short = texts.sms(kind, language, sample, see.site)
    with ui.element("div").classes("message"):
        ui.label(told.title).classes("section")
        ui.label(told.text)
        if short:
            ui.label(f"SMS（{len(short.text)}）：{short.text}").classes("hint")


PAGES = (Page("/messages/templates", Word("消息模板", "Message templates"), draw, place=28),)
