"""The two languages: a translator that reads the `.ts` files themselves, so that no build step can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from xml.etree import ElementTree as ET

from PySide6.QtCore import QEvent, QLibraryInfo, QLocale, QObject, QTranslator
from PySide6.QtWidgets import QApplication

from app.settings import LANGUAGES
from resources import read_text

Key = tuple[str, str, str]


def read_ts(language: str) -> dict[Key, tuple[str, ...]]:
    """Return every finished translation by (context, source, disambiguation): one text, or one for each plural form."""
    found: dict[Key, tuple[str, ...]] = {}
    tree = ET.fromstring(read_text(f"translations/ziti_{language}.ts"))  # noqa: S314 - our own file
    for context in tree.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is None or translation.get("type") in {"unfinished", "vanished", "obsolete"}:
                continue
            forms = tuple(form.text or "" for form in translation.iter("numerusform")) or (translation.text or "",)
            key = (context.findtext("name", ""), message.findtext("source", ""), message.findtext("comment", ""))
            found[key] = forms
    return found


class TsTranslator(QTranslator):
    """Qt's translator over one `.ts` file."""

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._texts = read_ts(language)

    def isEmpty(self) -> bool:
        """Tell Qt that there is something to ask for."""
        return not self._texts

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Return the text, or `None` to let Qt look further; one and many are the only plural forms we have."""
        forms = self._texts.get((context, source, disambiguation or ""))
        if not forms:
            return None
        return forms[0] if n == 1 else forms[-1]


class _Hush(QObject):
    """Keeps a change of language from the application, and so from every widget."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Swallow it."""
        return event.type() == QEvent.Type.LanguageChange


class Language:
    """Speaks one language at a time; a switch reaches every widget as a `LanguageChange` event.

    It falls silent with its `owner`: a window that is gone must not go on speaking for the next one.
    """

    def __init__(self, app: QApplication, owner: QObject | None = None) -> None:
        self._app = app
        self._owner = owner
        self._spoken: list[QTranslator] = []
        self.name = ""

    def speak(self, name: str) -> None:
        """Switch to a language of `LANGUAGES`."""
        if name == self.name or name not in LANGUAGES:
            return
        for translator in self._spoken:
            self._app.removeTranslator(translator)
            translator.deleteLater()
        self.name = name
        QLocale.setDefault(QLocale(name))
        qt_own = QTranslator(self._owner)
        qt_own.load(f"qtbase_{name}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._spoken = [qt_own, TsTranslator(name, self._owner)]
        for translator in self._spoken:
            self._app.installTranslator(translator)

    @contextmanager
    def unasked(self) -> Iterator[None]:
        """Keep Qt from asking for translations, unnoticed by the widgets, while it loads one of its own plugins.

        A plugin may ask while it holds the system's loader. Our answer needs Python's lock, which a thread has that
        imports a compiled module and waits for the loader: so one start in three hung for ever.
        """
        hush = _Hush()
        self._app.installEventFilter(hush)
        try:
            for translator in self._spoken:
                self._app.removeTranslator(translator)
            yield
        finally:
            for translator in self._spoken:
                self._app.installTranslator(translator)
            self._app.removeEventFilter(hush)
