"""Every key that does something on all pages: what it is called, its usual key, and what somebody made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.settings import Settings
from ui.preferences import Preferences

translate = QCoreApplication.translate
Said = Callable[[], str]

_PAGE = "page_"
# A key that types something, moves the focus or presses a button belongs to fields, buttons and scanners.
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_FUNCTION_KEYS = range(Qt.Key.Key_F1, Qt.Key.Key_F35 + 1)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Something that a key does; `name` is the one in the settings."""

    name: str
    title: Said
    usual: str


def everywhere() -> tuple[Shortcut, ...]:
    """List what works on every page, apart from the pages' own."""
    return (
        Shortcut("search", lambda: translate("keys", "Search"), "Ctrl+F"),
        Shortcut("picture", lambda: translate("keys", "Choose a picture of a code"), "Ctrl+O"),
        Shortcut("lock", lambda: translate("keys", "Lock, or change who is at the counter"), "Ctrl+L"),
        Shortcut("full_screen", lambda: translate("keys", "Full screen"), "F11"),
        Shortcut("keys", lambda: translate("keys", "This list"), "F1"),
    )


def page_action(key: str) -> str:
    """Return what the shortcut of a page is called in the settings."""
    return _PAGE + key


def is_page(shortcut: Shortcut) -> bool:
    """Tell whether a shortcut goes to a page of the rail."""
    return shortcut.name.startswith(_PAGE)


def of_pages(titles: Mapping[str, Said]) -> tuple[Shortcut, ...]:
    """Give each page of the rail its number."""
    return tuple(
        Shortcut(page_action(key), partial(_page_title, said), f"Ctrl+{number}")
        for number, (key, said) in enumerate(titles.items(), 1)
    )


def fixed() -> tuple[tuple[str, str], ...]:
    """List the keys that stay as they are, with what they do."""
    return (
        ("Enter", translate("keys", "The big button")),
        ("Esc", translate("keys", "Back")),
        ("0 – 9", translate("keys", "Search at the counter")),
        ("F2 – F4", translate("keys", "The board's cards, pick list and load")),
        ("Ctrl+V", translate("keys", "Read the picture in the clipboard")),
        ("Ctrl+A", translate("keys", "Mark all cards of the board")),
        ("Tab", translate("keys", "On to the next button or field")),
    )


def _taken_for_good() -> dict[str, str]:
    """Return the fixed keys one by one, and those that every field and every system has."""
    said = dict(fixed())
    typing = translate("keys", "Typing and changing text")
    kept = {key: said[key] for key in ("Ctrl+V", "Ctrl+A")}
    kept |= dict.fromkeys(("F2", "F3", "F4"), said["F2 – F4"])
    kept |= dict.fromkeys(("Ctrl+C", "Ctrl+X", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z"), typing)
    return kept | {"Alt+F4": translate("keys", "Close the program")}


def may_be_used(combination: QKeyCombination) -> bool:
    """Tell whether a key is free to be given away: a scanner and a clerk who types must not set it off."""
    return combination.key() in _FUNCTION_KEYS or bool(combination.keyboardModifiers() & _COMMANDS)


class _Key(QAction):
    """A key that calls one function."""

    def __init__(self, act: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._act = act
        self.triggered.connect(self._run)

    @Slot()
    def _run(self) -> None:
        self._act()


class Shortcuts(QObject):
    """The keys in force; a change is a setting and works at once."""

    def __init__(self, window: QWidget, preferences: Preferences, titles: Mapping[str, Said]) -> None:
        super().__init__(window)
        self._window, self._preferences = window, preferences
        self._actions: dict[str, QAction] = {}
        self.all = (*of_pages(titles), *everywhere())
        preferences.changed.connect(self._follow)

    def bind(self, name: str, act: Callable[[], object]) -> None:
        """Say what a key does."""
        action = _Key(act, self)
        self._window.addAction(action)
        self._actions[name] = action
        self._follow(self._preferences.now)

    def keys(self, name: str) -> str:
        """Return the key in force, as Qt writes it."""
        return _changed(self._preferences.now).get(name, self._find(name).usual)

    def taken(self, name: str, keys: str) -> Shortcut | None:
        """Return what else has this key."""
        others = (each for each in self.all if each.name != name and self.keys(each.name) == keys)
        fixed_title = _taken_for_good().get(keys)
        return next(others, None) or (Shortcut("", lambda: fixed_title, keys) if fixed_title else None)

    def change(self, name: str, keys: str) -> None:
        """Give it another key."""
        wanted = {**_changed(self._preferences.now), name: keys}
        usual = {each.name: each.usual for each in self.all}
        kept = tuple(f"{each}={key}" for each, key in sorted(wanted.items()) if usual.get(each) != key)
        self._preferences.set(shortcuts=kept)

    def reset(self) -> None:
        """Return to the usual keys."""
        self._preferences.set(shortcuts=())

    @Slot(object)
    def _follow(self, settings: Settings) -> None:
        changed, given = _changed(settings), set[str]()
        for each in self.all:
            keys = changed.get(each.name, each.usual)
            if action := self._actions.get(each.name):
                # A settings file that somebody edited may give one key twice: then the first one has it.
                action.setShortcut(QKeySequence() if keys in given else QKeySequence(keys))
            given.add(keys)

    def _find(self, name: str) -> Shortcut:
        return next(each for each in self.all if each.name == name)


def _changed(settings: Settings) -> dict[str, str]:
    pairs: Sequence[tuple[str, str, str]] = [each.partition("=") for each in settings.shortcuts]
    return {name: keys for name, _, keys in pairs if keys}


def _page_title(said: Said) -> str:
    return translate("keys", "Page %1").replace("%1", said())
