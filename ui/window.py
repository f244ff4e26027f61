"""The frame: rail, top bar, banner and the stacked pages; it decides nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from weakref import WeakMethod

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QIcon, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QFrame,
    QMainWindow,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from ui import icons, pictures, theme, widgets
from ui.banner import Banner
from ui.topbar import TopBar


@dataclass(frozen=True, slots=True)
class PageSpec:
    """A page of the rail: built when it is first shown; `title` is asked again after a change of language."""

    key: str
    icon: str
    title: Callable[[], str]
    build: Callable[[], QWidget]
    on_rail: bool = True


class _Stack(QStackedWidget):
    """Needs the room of the page that is shown, not of the largest that is not."""

    def minimumSizeHint(self) -> QSize:
        """Return what the page on screen needs."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page else QSize()


class Window(QMainWindow):
    """Shows one page at a time and passes on pictures that are dropped or pasted."""

    picture_given = Signal(object)  # a file's path (str) or a QImage
    page_shown = Signal(str)
    closing = Signal()
    language_changed = Signal()
    minimised = Signal()

    def __init__(self, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self._specs = {page.key: page for page in pages}
        self._built: dict[str, QWidget] = {}
        # The page that may be shown and no other; where somebody was who looks at one for a while, and what was kept.
        self._only, self._beneath, self._kept = "", "", ""
        self._visited: set[str] = set()
        self._asked: WeakMethod[Callable[[], bool]] | None = None
        self._buttons: dict[str, QToolButton] = {}
        self.top = TopBar()
        self.banner = Banner()
        self._stack = _Stack()
        self.waiting = widgets.EmptyState()
        self._stack.addWidget(self.waiting)
        self._rail = self._make_rail()
        self._compose()
        self.setAcceptDrops(True)
        self.retranslate()
        self.resize(1366, 768)

    @property
    def current(self) -> str:
        """The key of the page on screen."""
        return next((key for key, page in self._built.items() if page is self._stack.currentWidget()), "")

    @property
    def rail(self) -> dict[str, Callable[[], str]]:
        """The pages of the rail, with what they are called."""
        return {key: self._specs[key].title for key in self._buttons}

    def add(self, spec: PageSpec) -> None:
        """Take in a page that the frame brings along; it is not on the rail."""
        self._specs[spec.key] = spec

    def page(self, key: str) -> QWidget:
        """Return a page, building it the first time."""
        if key not in self._built:
            page = self._specs[key].build()
            page.setProperty("role", "page")
            page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self._built[key] = page
            self._stack.addWidget(page)
        return self._built[key]

    def ask_before_closing(self, ask: Callable[[], bool]) -> None:
        """Let a method say whether somebody may close the window; it is not kept alive by this."""
        self._asked = WeakMethod(ask)

    def may_close(self) -> bool:
        """Tell whether somebody may close the window now."""
        ask = self._asked() if self._asked else None
        return ask is None or ask()

    def keep_to(self, key: str) -> None:
        """Show one page and no other, until it is let go with an empty key."""
        self._only = key
        if key:
            self.go(key)

    @property
    def is_kept(self) -> bool:
        """Whether one page is shown and no other may be."""
        return bool(self._only)

    def visit(self, key: str) -> None:
        """Show a page for a while, also where no other may be shown: `leave` returns to where one was."""
        if self.current not in self._visited:
            self._beneath, self._kept = self.current, self._only
        self._visited.add(key)
        self._only = key if self._only else ""
        self.go(key)

    def leave(self) -> None:
        """Return to the page beneath the one that was visited."""
        self._only = self._kept
        self.go(self._beneath or "counter")

    def go(self, key: str) -> None:
        """Bring a page forward; its keyboard focus starts on the page itself, where a scan types nothing."""
        if self._only not in ("", key):
            return
        page = self.page(key)
        self._stack.setCurrentWidget(page)
        if key in self._buttons:
            self._buttons[key].setChecked(True)
        page.setFocus()
        self.page_shown.emit(key)

    def show_frame(self, shown: bool) -> None:
        """Show or hide what surrounds the page (hidden while the terminal belongs to no store)."""
        self._rail.setVisible(shown)
        self.top.setVisible(shown)

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.setWindowTitle(self.tr("Ziti POS"))
        for key, button in self._buttons.items():
            button.setText(self._specs[key].title())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.language_changed.emit()
        elif event.type() == QEvent.Type.StyleChange:
            self._tint()
        elif event.type() == QEvent.Type.WindowStateChange and self.isMinimized():
            self.minimised.emit()
        super().changeEvent(event)

    def closeEvent(self, event: QEvent) -> None:
        """Tell that the window goes, unless somebody closes it and something is to be said first.

        A program that is told to end (`kill`, a shutdown) ends: Qt asks the windows then too.
        """
        if event.spontaneous() and not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)  # type: ignore[arg-type]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take pictures."""
        if event.mimeData().hasImage() or event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass on a picture that was dropped."""
        self._give(event.mimeData())
        event.acceptProposedAction()

    def paste(self) -> None:
        """Pass on a picture from the clipboard."""
        self._give(QGuiApplication.clipboard().mimeData())

    def choose_picture(self) -> None:
        """Let the clerk choose a picture from a folder."""
        dialog = pictures.dialog(self)
        dialog.fileSelected.connect(self.picture_given.emit)
        dialog.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the picture that a field has no use for."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        else:
            super().keyPressEvent(event)

    def _give(self, data: QMimeData) -> None:
        for picture in pictures.given(data):
            self.picture_given.emit(picture)

    def _make_rail(self) -> QFrame:
        rail = widgets.frame("rail")
        group = QButtonGroup(rail)
        group.buttonClicked.connect(self._follow_rail)
        buttons: list[QWidget | int | None] = []
        for key, spec in self._specs.items():
            if not spec.on_rail:
                continue
            button = QToolButton()
            button.setProperty("role", "rail")
            button.setCheckable(True)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
            button.setIconSize(QSize(28, 28))
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            button.setObjectName(key)
            group.addButton(button)
            self._buttons[key] = button
            buttons.append(button)
        rail.setLayout(widgets.column(*buttons, None, margin=8, gap=8))
        self._tint()
        return rail

    @Slot(QAbstractButton)
    def _follow_rail(self, button: QAbstractButton) -> None:
        self.go(button.objectName())

    def _tint(self) -> None:
        for key, button in self._buttons.items():
            button.setIcon(icons.icon(self._specs[key].icon, "on_rail", checked="on_rail_active", size=28))

    def _compose(self) -> None:
        side = widgets.column(self.top, self.banner, self._stack, gap=0)
        side.setStretch(2, 1)
        body = widgets.row(self._rail, side, gap=0)
        body.setStretch(1, 1)
        centre = QWidget()
        centre.setLayout(body)
        self.setCentralWidget(centre)
        self.setWindowIcon(QIcon(icons.pixmap("counter", theme.colour("accent"), 64)))
