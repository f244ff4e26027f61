"""The wizard's question for products: drop or choose a sheet, see what becomes of each row, or take three examples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QAbstractItemView, QFileDialog, QFrame, QHeaderView, QStackedWidget, QTableView, QWidget

from app.domain.money import format_fen
from app.domain.small_shop import MOST_ON_STOREFRONT, Draft, Preview, Products, SheetFlaw, SheetRow
from app.errors import ZitiError
from ui import theme, widgets
from ui.icons import Icon
from ui.parts import Parts
from ui.shop import sayings
from ui.shop.forms import Form
from ui.shop.sayings import Trouble
from ui.shop_worker import ShopWorker
from ui.widgets import Button

translate = QCoreApplication.translate

_KINDS = "*.xlsx *.csv *.txt"
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class SheetModel(QAbstractTableModel):
    """The rows of a sheet: what is wrong first, then what can be taken."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[SheetFlaw | SheetRow] = []
        self.language = "zh_CN"

    def show_preview(self, preview: Preview) -> None:
        """Show another sheet."""
        self.beginResetModel()
        self._rows = [*preview.flaws, *preview.rows]
        self.endResetModel()

    def flaw_at(self, row: int) -> bool:
        """Tell whether a row is something that is wrong."""
        return isinstance(self._rows[row], SheetFlaw)

    def rowCount(self, parent: Index = _ROOT) -> int:
        """Return how many there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Return the row's number, the product, its price, how many there are."""
        return 0 if parent.isValid() else 4

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name the columns."""
        if role != Qt.ItemDataRole.DisplayRole or orientation != Qt.Orientation.Horizontal:
            return None
        names = (
            translate("shop", "Row"),
            translate("shop", "Product"),
            translate("shop", "Price"),
            translate("shop", "Stock"),
        )
        return names[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, and the colours of what is wrong."""
        found = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._texts(found)[index.column()]
        if isinstance(found, SheetFlaw):
            if role == Qt.ItemDataRole.BackgroundRole:
                return QColor(theme.colour("no_soft"))
            if role == Qt.ItemDataRole.ForegroundRole:
                return QColor(theme.colour("on_no_soft"))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in {0, 2, 3}:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _texts(self, found: SheetFlaw | SheetRow) -> tuple[str, str, str, str]:
        number = str(found.row) if found.row else ""
        if isinstance(found, SheetFlaw):
            return number, sayings.of_flaw(found, self.language), "", ""
        return number, found.name, format_fen(found.price_fen), "" if found.stock is None else str(found.stock)


class DropPlace(QFrame):
    """Where a sheet may be dropped."""

    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "row")
        self.setAcceptDrops(True)
        self.text = widgets.label("title", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.kinds = widgets.label("muted", wrap=True)
        self.kinds.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        drawing = widgets.row(None, Icon("upload", "accent", 40), None)
        self.setLayout(widgets.column(None, drawing, self.text, self.kinds, None, margin=16))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one file."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Pass its path on."""
        path = next((url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()), "")
        if path:
            event.acceptProposedAction()
            self.dropped.emit(path)


class ProductsForm(Form):
    """A sheet with a preview, or three examples."""

    def __init__(self, parts: Parts, shop: ShopWorker) -> None:
        super().__init__({})
        self._parts, self._shop = parts, shop
        self._choice: Products = ""
        self._reading = False
        self.preview: Preview | None = None
        self.place = DropPlace()
        self.place.dropped.connect(self.read)
        self.choose = Button("upload", role="second", clicked=self._choose_file)
        self.examples = Button("bag", role="second", clicked=self._take_examples)
        self.template = Button(role="quiet", clicked=self._choose_template)
        self.said = widgets.label(wrap=True)
        self.model = SheetModel()
        self.table = self._make_table()
        self._views = QStackedWidget()
        self._views.addWidget(self.place)
        self._views.addWidget(self.table)
        buttons = widgets.row(self.choose, self.examples, None, self.template, gap=8)
        layout = widgets.column(self._views, self.said, buttons)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        self.setAcceptDrops(True)
        shop.looked.connect(self._show)
        shop.look_failed.connect(self._refuse)
        shop.template_written.connect(self._say_written)

    def title(self) -> str:
        """Return the question."""
        return translate("shop", "What do you sell?")

    def hint(self) -> str:
        """Return what helps to answer it."""
        return translate("shop", "A sheet with a column for the name and one for the price is enough, in any order.")

    def retranslate(self) -> None:
        """Say everything in the language in force."""
        self.model.language = self._parts.preferences.now.language
        self.place.text.setText(translate("shop", "Drop your sheet here"))
        self.place.kinds.setText(translate("shop", "Excel (.xlsx) or .csv; also stock, zone, lead time, barcode"))
        self.choose.setText(translate("shop", "Choose a sheet"))
        self.examples.setText(translate("shop", "Start with three examples"))
        self.template.setText(translate("shop", "Save an empty sheet"))
        self._describe()

    def fill(self, draft: Draft) -> None:
        """Show the answers so far."""
        self._choice = draft.products
        if draft.products == "sheet" and self.preview is None:
            self._shop.look_again()
        self._describe()

    def take(self, draft: Draft) -> Draft:
        """Return the answers with this form's, or raise `Trouble`."""
        if self._reading:
            raise Trouble(translate("shop", "The sheet is still being read."))
        if not self._choice or (self._choice == "sheet" and not (self.preview and self.preview.rows)):
            raise Trouble(translate("shop", "Choose a sheet, or start with the examples."))
        name = self.preview.name if self._choice == "sheet" and self.preview else ""
        return replace(draft, products=self._choice, sheet_name=name)

    def begin(self) -> QWidget | None:
        """Return where the keyboard begins."""
        return self.choose

    @Slot(str)
    def read(self, path: str) -> None:
        """Read a sheet."""
        self._reading = True
        self.edited.emit()
        self.said.setText(translate("shop", "Reading %1.").replace("%1", Path(path).name))
        self._shop.look(path)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a sheet anywhere on the form, also over an earlier one."""
        self.place.dragEnterEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Read it."""
        self.place.dropEvent(event)

    @Slot(object)
    def _show(self, preview: Preview) -> None:
        self._reading = False
        self.preview = preview
        self._choice = "sheet" if preview.rows else ""
        self.model.show_preview(preview)
        self.table.clearSpans()
        for row in range(min(self.model.rowCount(), len(preview.flaws))):
            self.table.setSpan(row, 1, 1, 3)
        self._describe()

    @Slot(object)
    def _refuse(self, error: ZitiError) -> None:
        self._reading = False
        self.said.setText(sayings.of_error(error))

    def _take_examples(self) -> None:
        self._choice = "examples"
        self.edited.emit()
        self._describe()

    def _describe(self) -> None:
        self.examples.setCheckable(True)
        self.examples.setChecked(self._choice == "examples")
        preview = self.preview if self._choice != "examples" else None
        self._views.setCurrentIndex(1 if preview and (preview.rows or preview.flaws) else 0)
        if self._choice == "examples":
            text = translate("shop", "Croissant, orange juice and a warm lunch: replace them at any time.")
        elif preview:
            text = self._count(preview)
        else:
            text = ""
        self.said.setText(text)

    def _count(self, preview: Preview) -> str:
        parts = [translate("shop", "%n product(s) can be taken.", "", len(preview.rows))]
        if preview.flaw_count:
            advice = translate("shop", "Mend the sheet and drop it again, or go on without these rows.")
            parts += [translate("shop", "%n mistake(s).", "", preview.flaw_count), advice]
        if len(preview.rows) > MOST_ON_STOREFRONT:
            most = translate("shop", "The storefront shows the first %1 of them.")
            parts.append(most.replace("%1", str(MOST_ON_STOREFRONT)))
        return f"{preview.name}: {' '.join(parts)}"

    def _choose_file(self) -> None:
        kinds = translate("shop", "Sheets") + f" ({_KINDS})"
        dialog = QFileDialog(self, translate("shop", "Choose a sheet"), "", kinds)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.read)
        dialog.show()

    def _choose_template(self) -> None:
        dialog = QFileDialog(self, translate("shop", "Save an empty sheet"), "", "Excel (*.xlsx)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(translate("shop", "products") + ".xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._shop.write_template)
        dialog.show()

    @Slot(str)
    def _say_written(self, path: str) -> None:
        self.said.setText(translate("shop", "Saved: %1").replace("%1", path))

    def _make_table(self) -> QTableView:
        table = QTableView()
        table.setModel(self.model)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setShowGrid(False)
        table.setWordWrap(False)
        table.setAcceptDrops(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(40)
        header = table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        for column, width in ((0, 72), (2, 120), (3, 90)):
            table.setColumnWidth(column, width)
        return table
