"""What the console's pages are made of: headings, cards, tables, chips, dialogs with fields, and the empty state."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from nicegui import events, ui

from hq.console.visit import Visit

_CELLS = {
    "link": '<q-td :props="props"><a class="row-link" :href="props.row.href">{{ props.value }}</a></q-td>',
    "chip": '<q-td :props="props"><span v-if="props.value" :class="\'chip \' + props.row[props.col.name + \'_tone\']">'
    "{{ props.value }}</span></q-td>",
    "open": '<q-td :props="props"><button type="button" class="row-link" '
    "@click.stop=\"$parent.$emit('open', props.row.id)\">{{ props.value }}</button></q-td>",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the row's field, its heading, and how it is drawn ("", "link", "open", "chip", "number" or "long").

    A "link" leads to the row's `href`; an "open" calls the table's `on_open`; a "chip" takes its colour from the
    field `<name>_tone`; "long" ones are wrapped.
    """

    name: str
    label: str
    kind: str = ""


class Table:
    """Rows that are replaced as a whole; the browser keeps place, sorting and everything that did not change."""

    def __init__(
        self, columns: Sequence[Column], *, empty: str, on_open: Callable[[str], Any] | None = None, sort: bool = True
    ) -> None:
        with ui.element("div").classes("sheet"):
            self._table = ui.table(rows=[], columns=[_column(column, sort=sort) for column in columns])
            self._empty = ui.label(empty).classes("empty")
        self._table.props("flat hide-no-data binary-state-sort").classes("rows")
        for column in columns:
            if column.kind in _CELLS:
                self._table.add_slot(f"body-cell-{column.name}", _CELLS[column.kind])
        if on_open:
            self._table.on("open", _opening(on_open))

    def show(self, rows: list[dict[str, Any]]) -> None:
        """Replace the rows; each has an `id`."""
        self._table.rows = rows
        self._table.visible = bool(rows)
        self._empty.visible = not rows


def _column(column: Column, *, sort: bool) -> dict[str, Any]:
    align = "right" if column.kind == "number" else "left"
    drawn = {"name": column.name, "label": column.label, "field": column.name, "align": align, "sortable": sort}
    return {**drawn, "classes": "long"} if column.kind == "long" else drawn


def _opening(on_open: Callable[[str], Any]) -> Callable[[events.GenericEventArguments], Any]:
    def opened(event: events.GenericEventArguments) -> Any:
        return on_open(str(event.args))

    return opened


@contextlib.contextmanager
def heading(title: str, under: str = "") -> Iterator[None]:
    """Write the page's title; what the block makes stands at its right."""
    with ui.element("div").classes("heading"):
        with ui.element("div"):
            ui.label(title).classes("title").props('role="heading" aria-level="1"')
            if under:
                ui.label(under).classes("under")
        with ui.element("div").classes("tools"):
            yield


@contextlib.contextmanager
def card(title: str, classes: str = "") -> Iterator[ui.element]:
    """Make a card; yield the place at the right of its title."""
    with ui.element("section").classes(f"card {classes}"):
        with ui.element("div").classes("card-head"):
            ui.label(title).classes("card-title").props('role="heading" aria-level="2"')
            corner = ui.element("div").classes("tools")
        yield corner


def button(text: str, on_click: Callable[[], Any], *, icon: str = "", kind: str = "") -> ui.button:
    """Make a button: plain, "main" or "danger"."""
    looks = {"main": "unelevated color=primary", "danger": "outline color=negative"}.get(kind, "outline color=primary")
    return ui.button(text, icon=icon or None, on_click=on_click).props(f"{looks} no-caps dense").classes("button")


def chip(text: str, tone: str = "off") -> ui.label:
    """Write a word on a colour: "good", "info", "wait", "bad" or "off"."""
    return ui.label(text).classes(f"chip {tone}")


def facts(pairs: Sequence[tuple[str, str]]) -> None:
    """List names and values."""
    with ui.element("dl").classes("facts"):
        for name, value in pairs:
            with ui.element("dt"):
                ui.label(name)
            with ui.element("dd"):
                ui.label(value or "—")


def nothing_here(icon: str, sentence: str) -> None:
    """Say why there is nothing to see."""
    with ui.element("div").classes("nothing"):
        ui.icon(icon)
        ui.label(sentence)


def search_box(label: str, on_search: Callable[[str], Awaitable[None]]) -> ui.input:
    """Make a field that searches while one types."""

    async def typed(event: events.ValueChangeEventArguments[Any]) -> None:
        await on_search(_storable(str(event.value or "")))

    box = ui.input(placeholder=label, on_change=typed).props("dense outlined clearable debounce=250")
    box.props["aria-label"] = label
    with box.add_slot("prepend"):
        ui.icon("search")
    return box.classes("search")


class Dialog:
    """A question with fields: stays open, with what was typed, when the answer is refused."""

    def __init__(self, see: Visit, title: str, *, save: str = "", danger: bool = False, wide: bool = False) -> None:
        self._see = see
        self.on_save: Callable[[], Awaitable[bool]] | None = None
        with see.client:
            self._dialog = ui.dialog().on("hide", self._forget)
        self._dialog.props["aria-label"] = title
        with self._dialog, ui.card().classes("dialog wide" if wide else "dialog"):
            ui.label(title).classes("card-title")
            self._body = ui.element("div").classes("fields")
            with ui.element("div").classes("dialog-end"):
                close = see.say("取消", "Cancel") if save else see.say("关闭", "Close")
                button(close, self._dialog.close).props("flat")
                if save:
                    self._save = button(save, self._saving, kind="danger" if danger else "main")

    def __enter__(self) -> Self:
        self._body.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._body.__exit__(*_)
        self._dialog.open()

    def close(self) -> None:
        """Close it."""
        self._dialog.close()

    async def _saving(self) -> None:
        if self.on_save is None:
            return
        self._save.disable()
        try:
            if await self.on_save():
                self._dialog.close()
        finally:
            self._save.enable()

    def _forget(self) -> None:
        self._dialog.delete()


def text(label: str, value: str = "", *, hint: str = "", password: bool = False, classes: str = "") -> ui.input:
    """Make a text field."""
    field = ui.input(label, value=value, password=password).props("dense outlined").classes(f"field {classes}")
    if hint:
        field.props["hint"] = hint
    return field


def long_text(label: str, value: str = "") -> ui.textarea:
    """Make a field for several lines."""
    return ui.textarea(label, value=value).props("dense outlined autogrow").classes("field whole")


def choice(label: str, options: dict[Any, str], value: Any) -> ui.select:
    """Make a select box."""
    return ui.select(options, label=label, value=value).props("dense outlined options-dense").classes("field")


def tick(label: str, *, value: bool) -> ui.checkbox:
    """Make a box to tick."""
    return ui.checkbox(label, value=value).classes("field whole")


def typed(field: ui.input | ui.textarea | ui.select) -> str:
    """Return what stands in a field."""
    return _storable(str(field.value if field.value is not None else "")).strip()


def _storable(text: str) -> str:
    """Drop what no database can hold: NUL, and half a pair of UTF-16."""
    return text.replace("\0", "").encode("utf-8", "ignore").decode()
