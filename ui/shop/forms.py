"""The wizard's questions: each form fills itself from the answers so far and takes what was typed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from app.domain.fields import clock
from app.domain.small_shop import Draft
from ui import theme, widgets
from ui.shop.sayings import Trouble
from ui.widgets import Button

translate = QCoreApplication.translate

PIN_LENGTH = 6
DISCOUNTS = (0, 5, 10, 20)


class Field(QWidget):
    """A line to fill in, with its name above."""

    def __init__(self, longest: int = 100) -> None:
        super().__init__()
        self.name = widgets.label()
        self.line = widgets.Field()
        self.line.setMinimumHeight(theme.TOUCH)
        self.line.setMaxLength(longest)
        self.setLayout(widgets.column(self.name, self.line, gap=4))

    def say(self, name: str, hint: str = "") -> None:
        """Show the field's name and an example."""
        self.name.setText(name)
        self.line.setAccessibleName(name)
        self.line.setPlaceholderText(hint)

    @property
    def text(self) -> str:
        """What was typed, without spaces around it and in usual width."""
        return unicodedata.normalize("NFKC", self.line.text()).strip()


class Form(QWidget):
    """A question; `submitted` asks to go on."""

    submitted = Signal()
    edited = Signal()

    def __init__(self, fields: dict[str, Field]) -> None:
        super().__init__()
        self.fields = fields
        for field in fields.values():
            field.line.returnPressed.connect(self._entered)
            field.line.textEdited.connect(self._changed)

    def title(self) -> str:
        """Return the question."""
        raise NotImplementedError

    def hint(self) -> str:
        """Return what helps to answer it."""
        return ""

    def retranslate(self) -> None:
        """Say everything in the language in force."""

    def fill(self, draft: Draft) -> None:
        """Show the answers so far."""

    def take(self, draft: Draft) -> Draft:
        """Return the answers with this form's, or raise `Trouble`."""
        raise NotImplementedError

    def begin(self) -> QWidget | None:
        """Return where the keyboard begins: the first field that is empty."""
        fields = list(self.fields.values())
        return next((field.line for field in fields if not field.text), fields[0].line if fields else None)

    def _entered(self) -> None:
        lines = [field.line for field in self.fields.values()]
        line = self.sender()
        at = lines.index(line) if isinstance(line, QLineEdit) and line in lines else len(lines)
        if at + 1 < len(lines):
            lines[at + 1].setFocus()
        else:
            self.submitted.emit()

    def _changed(self) -> None:
        self.edited.emit()


class AboutForm(Form):
    """What the shop is called, and where it is."""

    def __init__(self) -> None:
        super().__init__({"name": Field(60), "address": Field(200), "phone": Field(40)})
        self.setLayout(widgets.column(*self.fields.values(), None))

    def title(self) -> str:
        """Return the question."""
        return translate("shop", "What is your shop called?")

    def hint(self) -> str:
        """Return what helps to answer it."""
        return translate("shop", "Customers see this when they order. Only the name is needed.")

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.fields["name"].say(translate("shop", "The shop's name"), translate("shop", "Sunny Bakery"))
        self.fields["address"].say(translate("shop", "Address"), translate("shop", "12 Lake Street"))
        self.fields["phone"].say(translate("shop", "Phone"), "0571-8888 6666")

    def fill(self, draft: Draft) -> None:
        """Show the answers so far."""
        for name, text in (("name", draft.name), ("address", draft.address), ("phone", draft.phone)):
            self.fields[name].line.setText(text)

    def take(self, draft: Draft) -> Draft:
        """Return the answers with this form's, or raise `Trouble`."""
        name = self.fields["name"].text
        if not name:
            raise Trouble(translate("shop", "Give your shop a name."), "name")
        return replace(draft, name=name, address=self.fields["address"].text, phone=self.fields["phone"].text)


class HoursForm(Form):
    """When the shop is open."""

    def __init__(self) -> None:
        super().__init__({"opens": Field(5), "closes": Field(5)})
        self._closed = widgets.label()
        self.days = [Button() for _ in range(7)]
        for day in self.days:
            day.setCheckable(True)
        times = widgets.row(*self.fields.values(), gap=24)
        self.setLayout(widgets.column(times, 12, self._closed, widgets.row(*self.days, gap=8), None))

    def title(self) -> str:
        """Return the question."""
        return translate("shop", "When are you open?")

    def hint(self) -> str:
        """Return what helps to answer it."""
        return translate("shop", "Customers collect within these hours. 22:00–02:00 is past midnight.")

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.fields["opens"].say(translate("shop", "From"), "08:00")
        self.fields["closes"].say(translate("shop", "To"), "21:00")
        self._closed.setText(translate("shop", "Closed on"))
        for day, name in zip(self.days, _days(), strict=True):
            day.setText(name)

    def fill(self, draft: Draft) -> None:
        """Show the answers so far."""
        self.fields["opens"].line.setText(draft.opens)
        self.fields["closes"].line.setText(draft.closes)
        for at, day in enumerate(self.days):
            day.setChecked(at in draft.closed)

    def take(self, draft: Draft) -> Draft:
        """Return the answers with this form's, or raise `Trouble`."""
        opens, closes = (_clock(self.fields[name].text) for name in ("opens", "closes"))
        closed = tuple(at for at, day in enumerate(self.days) if day.isChecked())
        if len(closed) == len(self.days):
            raise Trouble(translate("shop", "The shop must be open on at least one day."))
        taken = replace(draft, opens=opens, closes=closes, closed=closed)
        for name, text in (("opens", opens), ("closes", closes)):
            try:
                clock(text, name)
            except ValueError as error:
                raise Trouble(translate("shop", "A time is written as 08:00."), name) from error
        return taken


class CustomersForm(Form):
    """What collecting is worth, and who can open the storefront."""

    def __init__(self) -> None:
        super().__init__({})
        self._discount, self._discount_hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._reach, self._reach_hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self.discounts = {percent: Button(clicked=partial(self._choose_discount, percent)) for percent in DISCOUNTS}
        self.reach = {far: Button(clicked=partial(self._choose_reach, far)) for far in (True, False)}
        self._percent, self._far = 0, True
        for button in (*self.discounts.values(), *self.reach.values()):
            button.setCheckable(True)
        self.setLayout(
            widgets.column(
                self._discount,
                self._discount_hint,
                widgets.row(*self.discounts.values(), gap=8),
                20,
                self._reach,
                self._reach_hint,
                widgets.row(*self.reach.values(), gap=8),
                None,
            )
        )

    def title(self) -> str:
        """Return the question."""
        return translate("shop", "How do customers order?")

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._discount.setText(translate("shop", "Price when collecting in the shop"))
        self._discount_hint.setText(translate("shop", "The storefront shows it beside every product."))
        self._reach.setText(translate("shop", "Who can open the storefront"))
        self._reach_hint.setText(
            translate("shop", "Phones in your Wi-Fi need this PC to answer the network. You can try it out here first.")
        )
        for percent, button in self.discounts.items():
            button.setText(
                translate("shop", "%1 % off").replace("%1", str(percent)) if percent else translate("shop", "As usual")
            )
        self.reach[True].setText(translate("shop", "Phones in this network"))
        self.reach[False].setText(translate("shop", "Only this PC"))

    def fill(self, draft: Draft) -> None:
        """Show the answers so far."""
        self._choose_discount(draft.discount_percent)
        self._choose_reach(draft.on_network)

    def take(self, draft: Draft) -> Draft:
        """Return the answers with this form's."""
        return replace(draft, discount_percent=self._percent, on_network=self._far)

    def _choose_discount(self, percent: int) -> None:
        self._percent = percent
        for one, button in self.discounts.items():
            button.setChecked(one == percent)

    def _choose_reach(self, far: bool) -> None:
        self._far = far
        for one, button in self.reach.items():
            button.setChecked(one == far)


class OwnerForm(Form):
    """Who stands at the counter, and the PIN."""

    def __init__(self) -> None:
        super().__init__({"person": Field(40), "pin": Field(PIN_LENGTH), "again": Field(PIN_LENGTH)})
        for name in ("pin", "again"):
            line = self.fields[name].line
            line.setEchoMode(QLineEdit.EchoMode.Password)
            widgets.without_input_method(line)
        pins = widgets.row(self.fields["pin"], self.fields["again"], gap=24)
        self.setLayout(widgets.column(self.fields["person"], pins, None))

    @property
    def pin(self) -> str:
        """The PIN that was typed."""
        return self.fields["pin"].text

    def title(self) -> str:
        """Return the question."""
        return translate("shop", "Who are you?")

    def hint(self) -> str:
        """Return what helps to answer it."""
        return translate("shop", "Your name stands beside every hand-over. The PIN allows exceptions: remember it.")

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.fields["person"].say(translate("shop", "Your name"))
        self.fields["pin"].say(translate("shop", "PIN, six digits"))
        self.fields["again"].say(translate("shop", "The PIN once more"))

    def fill(self, draft: Draft) -> None:
        """Show the answers so far; never a PIN."""
        self.fields["person"].line.setText(draft.person)

    def forget_pin(self) -> None:
        """Empty both fields."""
        for name in ("pin", "again"):
            self.fields[name].line.clear()

    def take(self, draft: Draft) -> Draft:
        """Return the answers with this form's, or raise `Trouble`."""
        person, pin = self.fields["person"].text, self.pin
        if not person:
            raise Trouble(translate("shop", "Your name is missing."), "person")
        if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
            raise Trouble(translate("shop", "The PIN has six digits."), "pin")
        if pin != self.fields["again"].text:
            raise Trouble(translate("shop", "The two PINs are not the same."), "again")
        return replace(draft, person=person, terminal=translate("shop", "Counter 1"))


def _days() -> Iterator[str]:
    yield from (
        translate("shop", "Mon"),
        translate("shop", "Tue"),
        translate("shop", "Wed"),
        translate("shop", "Thu"),
        translate("shop", "Fri"),
        translate("shop", "Sat"),
        translate("shop", "Sun"),
    )


def _clock(text: str) -> str:
    """Return 8 and 8:30 as 08:00 and 08:30."""
    hours, colon, minutes = text.replace(".", ":").partition(":")
    return f"{hours.zfill(2)}:{minutes if colon else '00'}" if hours.isdigit() and len(hours) <= 2 else text
