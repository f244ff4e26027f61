"""The settings of this machine: each is in force at the moment it is tapped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QWidget

from app.domain.verdict import Tone
from app.settings import Settings
from ui import widgets
from ui.parts import Parts

translate = QCoreApplication.translate

Said = Callable[[], str]
Table = dict[str, tuple[Said, Said, Sequence[tuple[Any, Said]]]]


class Choices(QFrame):
    """A setting with a few choices side by side."""

    def __init__(
        self, title: Said, hint: Said, choices: Sequence[tuple[Any, Said]], take: Callable[[Any], None]
    ) -> None:
        super().__init__()
        self._said = title, hint
        self._title, self._hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._group = QButtonGroup(self)
        self._choices = choices
        self._buttons: list[widgets.Button] = []
        for value, _said in choices:
            button = widgets.Button(clicked=partial(take, value))
            button.setCheckable(True)
            button.setMinimumWidth(96)
            self._group.addButton(button)
            self._buttons.append(button)
        self.setLayout(_setting(self._title, self._hint, *self._buttons))
        self.retranslate()

    def show_value(self, value: Any) -> None:
        """Mark the choice in force."""
        for (choice, _said), button in zip(self._choices, self._buttons, strict=True):
            button.setChecked(choice == value)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        title, hint = self._said
        self._title.setText(title())
        self._hint.setText(hint())
        self._hint.setVisible(bool(hint()))
        for (_value, said), button in zip(self._choices, self._buttons, strict=True):
            button.setText(said())


class SettingsPage(QWidget):
    """One column of settings; the names of fields are those of `app.settings.Settings`."""

    def __init__(self, parts: Parts) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._parts = parts
        self._clerk = widgets.Field()
        self._clerk.setMaxLength(40)
        self._clerk.setMinimumWidth(300)
        self._clerk.editingFinished.connect(self._name_clerk)
        self._clerk_title, self._clerk_hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._camera = widgets.ComboBox()
        self._camera.setMinimumWidth(300)
        self._camera.activated.connect(self._choose_camera)
        self._camera_title, self._camera_hint = widgets.label("title"), widgets.label("muted", wrap=True)
        self._choices = self._make_choices()
        self._compose()
        parts.preferences.changed.connect(self._show)
        parts.scan.cameras_found.connect(self._show_cameras)
        self.retranslate()
        self._show(parts.preferences.now)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self._clerk_title.setText(self.tr("Who is at the counter"))
        self._clerk_hint.setText(self.tr("This name stands beside every hand-over."))
        self._clerk.setPlaceholderText(self.tr("Name"))
        self._clerk.setAccessibleName(self._clerk_title.text())
        self._camera_title.setText(self.tr("Which camera"))
        self._camera_hint.setText(self.tr("Its picture is seen on the counter page."))
        self._camera.setAccessibleName(self._camera_title.text())
        self._camera.setItemText(0, self.tr("The first one found"))
        for choices in self._choices.values():
            choices.retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        """Look which cameras there are, for as long as the page is shown."""
        self._parts.scan.find_cameras()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for cameras no more."""
        self._parts.scan.leave_cameras()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def _make_choices(self) -> dict[str, Choices]:
        choices: dict[str, Choices] = {}
        for name, (title, hint, values) in (_looks() | _habits()).items():
            choices[name] = Choices(title, hint, values, partial(self._take, name))
        return choices

    def _take(self, name: str, value: Any) -> None:
        self._set(name, value)
        # A second tap on the choice in force must not leave it unmarked.
        self._choices[name].show_value(value)
        if name == "sounds" and value:
            self._parts.sounds.play(Tone.YES)

    def _set(self, name: str, value: Any) -> None:
        self._parts.preferences.set(**{name: value})

    def _compose(self) -> None:
        clerk, camera = QFrame(), QFrame()
        clerk.setLayout(_setting(self._clerk_title, self._clerk_hint, self._clerk))
        camera.setLayout(_setting(self._camera_title, self._camera_hint, self._camera))
        self._camera.addItem("", "")
        settings: list[QWidget] = [clerk, *self._choices.values()]
        settings.insert(1 + list(self._choices).index("camera_on") + 1, camera)
        panel = widgets.frame("panel")
        parts: list[QWidget] = []
        for setting in settings:
            parts += [setting, widgets.frame("rule")]
        panel.setLayout(widgets.column(*parts[:-1], margin=20, gap=8))
        inside = QWidget()
        panel.setMaximumWidth(1040)
        centred = widgets.row(None, panel, None)
        centred.setStretch(1, 100)
        inside.setLayout(widgets.column(centred, None))
        self.setLayout(widgets.column(widgets.scrolled(inside), margin=16))

    @Slot(object)
    def _show(self, settings: Settings) -> None:
        if not self._clerk.hasFocus():
            self._clerk.setText(settings.clerk)
        for name, choices in self._choices.items():
            choices.show_value(getattr(settings, name))
        self._camera.setEnabled(settings.camera_on)

    @Slot(object)
    def _show_cameras(self, found: tuple[tuple[str, str], ...]) -> None:
        chosen = self._parts.preferences.now.camera
        while self._camera.count() > 1:
            self._camera.removeItem(1)
        for identity, name in found:
            self._camera.addItem(name, identity)
        index = self._camera.findData(chosen)
        if index < 0:
            # Earlier releases remembered the name.
            index = self._camera.findText(chosen)
        if index < 0:
            self._camera.addItem(self._parts.scan.camera_name(chosen), chosen)
            index = self._camera.count() - 1
        self._camera.setCurrentIndex(index)

    @Slot()
    def _name_clerk(self) -> None:
        self._set("clerk", self._clerk.text().strip())

    @Slot(int)
    def _choose_camera(self, _index: int) -> None:
        self._set("camera", self._camera.currentData())


def _setting(title: QWidget, hint: QWidget, *controls: QWidget) -> Any:
    words = widgets.column(title, hint, gap=0)
    layout = widgets.row(words, *controls, gap=8)
    layout.setStretch(0, 1)
    layout.setContentsMargins(0, 4, 0, 4)
    return layout


def _nothing() -> str:
    return ""


def _on_off() -> tuple[tuple[bool, Said], tuple[bool, Said]]:
    return (True, lambda: translate("settings", "On")), (False, lambda: translate("settings", "Off"))


def _looks() -> Table:
    """Return how the screen looks, by field: its title, its hint, its choices."""
    return {
        "language": (
            lambda: translate("settings", "Language"),
            _nothing,
            (("zh_CN", lambda: "中文"), ("en", lambda: "English")),
        ),
        "theme": (
            lambda: translate("settings", "Colours"),
            _nothing,
            (("light", lambda: translate("settings", "Light")), ("dark", lambda: translate("settings", "Dark"))),
        ),
        "text_size": (
            lambda: translate("settings", "Text size"),
            _nothing,
            (
                ("normal", lambda: translate("settings", "Normal")),
                ("large", lambda: translate("settings", "Large")),
                ("larger", lambda: translate("settings", "Larger")),
            ),
        ),
        "full_screen": (lambda: translate("settings", "Full screen"), _nothing, _on_off()),
    }


def _habits() -> Table:
    """Return how the counter works, by field: its title, its hint, its choices."""
    return {
        "sounds": (
            lambda: translate("settings", "Sounds"),
            lambda: translate("settings", "One for yes, one for wait, one for no."),
            _on_off(),
        ),
        "camera_on": (
            lambda: translate("settings", "Camera"),
            lambda: translate("settings", "A USB scanner works without it."),
            _on_off(),
        ),
        "mirrored": (
            lambda: translate("settings", "Mirrored picture"),
            lambda: translate("settings", "As in a mirror: right for a camera that faces the customer."),
            _on_off(),
        ),
        "one_tap": (
            lambda: translate("settings", "Hand over with one tap"),
            lambda: translate(
                "settings", "The second question is left out: for a counter where the goods are at hand."
            ),
            _on_off(),
        ),
        "confirm_by_same_code": (
            lambda: translate("settings", "The same code again confirms"),
            lambda: translate("settings", "Scanning the customer's code a second time says: the customer has it."),
            _on_off(),
        ),
    }
