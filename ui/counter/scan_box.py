"""What the scanner does, in words, beside what the camera sees and what would help it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from ui import icons, theme, widgets
from ui.icons import Icon
from ui.workers import SEEING

PREVIEW = QSize(264, 176)
# A camera that is looked for is opened now and then; the words change only if that takes a while.
PATIENCE_MS = 1_000
_TROUBLE = frozenset({"missing", "busy", "lost", "stuck"})


class Preview(QWidget):
    """The camera's picture, cut to the box, and in its middle the place where a code is held best."""

    def __init__(self) -> None:
        super().__init__()
        self._image: QImage | None = None
        self._wanted = False
        self.setFixedSize(PREVIEW)

    def show_frame(self, image: QImage | None) -> None:
        """Show a frame, or nothing."""
        self._image = image
        self.update()

    def show_wish(self, wanted: bool) -> None:
        """Let the place for the code stand out: something would help the camera."""
        self._wanted = wanted
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the box with the middle of the frame, and draw the four corners over it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        box = QPainterPath()
        box.addRoundedRect(QRectF(self.rect()), 8, 8)
        painter.setClipPath(box)
        if self._image is None:
            self._paint_nothing(painter)
            return
        whole = self._image.size()
        part = QSize(self.size()).scaled(whole, Qt.AspectRatioMode.KeepAspectRatio)
        left, top = (whole.width() - part.width()) / 2, (whole.height() - part.height()) / 2
        painter.drawImage(QRectF(self.rect()), self._image, QRectF(left, top, part.width(), part.height()))
        self._paint_corners(painter)

    def _paint_nothing(self, painter: QPainter) -> None:
        painter.fillRect(self.rect(), QColor(theme.colour("calm")))
        drawing = icons.pixmap("camera_off", theme.colour("on_calm"), 40, self.devicePixelRatioF())
        painter.drawPixmap((self.width() - 40) // 2, (self.height() - 40) // 2, drawing)

    def _paint_corners(self, painter: QPainter) -> None:
        corners = _corners(QRectF(self.rect()))
        # Light on dark: to be seen on whatever the camera shows.
        for tint, width in (("rail", 7.0), ("wait" if self._wanted else "on_rail_active", 3.5)):
            pen = QPen(QColor(theme.colour(tint)), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.strokePath(corners, pen)


class ScanBox(QFrame):
    """The scanner's state in words, with the camera's picture while there is one."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.preview = Preview()
        self.words = QFrame()
        self._icon = Icon("scanner", "muted")
        self._text = widgets.label(wrap=True)
        self._strip = widgets.row(self._icon, self._text, gap=10)
        self._strip.setStretch(1, 1)
        self.words.setLayout(self._strip)
        body = widgets.row(self.preview, self.words, margin=12)
        body.setStretch(1, 1)
        self.setLayout(body)
        self._state, self._hint, self._reading = "off", "", 0
        self._with_picture = True
        self._later = QTimer(self, singleShot=True, interval=PATIENCE_MS)
        self._later.timeout.connect(self._say)
        self.show_state("off")

    def show_frame(self, image: QImage) -> None:
        """Show what the camera sees; a frame that was on its way when the camera went is let go."""
        if self._state in SEEING:
            self.preview.show_frame(image)

    @Slot(str)
    def show_state(self, state: str) -> None:
        """Say how the scanner stands; the USB scanner and the keyboard work in every state."""
        again = state == "opening" and self._state in {*_TROUBLE, "opening"}
        self._state = state
        if state not in SEEING:
            self.preview.show_frame(None)
        if again:
            self._later.start()
        else:
            self._say()

    @Slot(str)
    def show_hint(self, hint: str) -> None:
        """Say what would help the camera; empty for nothing."""
        self._hint = hint
        self._say()

    @Slot(int)
    def show_reading(self, count: int) -> None:
        """Say that a USB scanner is typing; 0 when it is done."""
        self._reading = count
        self._say()

    def retranslate(self) -> None:
        """Say it in the language in force."""
        self._say()

    @Slot()
    def _say(self) -> None:
        self._later.stop()
        hint = self._hints().get(self._hint) if self._state == "running" and not self._reading else None
        self._arrange()
        if hint:
            icon, text, tone = hint
            self._show(icon, f"on_{tone}_soft", text, tone)
        else:
            icon, text = self._states().get(self._state) or self._states()["off"]
            self._show(icon, "muted", self._typed() or text, "")
        # A picture that is gone has the drawing in its place.
        self._icon.setVisible(bool(hint) or self._state == "running" or not self._with_picture)
        self.preview.show_wish(bool(hint))

    def _arrange(self) -> None:
        """Stand the words beside the picture while there is a camera, in one line while there is none."""
        with_picture = self._state in SEEING or (self._state in {"lost", "opening"} and self._with_picture)
        if with_picture == self._with_picture:
            return
        self._with_picture = with_picture
        self.preview.setVisible(with_picture)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._strip.setDirection(down if with_picture else right)
        self._strip.setContentsMargins(*((10, 8, 10, 4) if with_picture else (0, 0, 0, 0)))
        self._strip.setSpacing(6 if with_picture else 10)
        self._icon.show_size(40 if with_picture else 24)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop if with_picture else Qt.AlignmentFlag.AlignVCenter)

    def _show(self, icon: str, tint: str, text: str, tone: str) -> None:
        self._icon.show_icon(icon, tint)
        self._text.setText(text)
        if self.words.property("soft") != tone:
            self._text.setProperty("role", "title" if tone else "")
            theme.mark(self.words, soft=tone)

    def _typed(self) -> str:
        return self.tr("Reading: %n character(s)", "", self._reading) if self._reading else ""

    def _states(self) -> dict[str, tuple[str, str]]:
        return {
            "off": ("scanner", self.tr("USB scanner ready. No camera in use.")),
            "opening": ("camera", self.tr("The camera is being opened.")),
            "running": ("camera", self.tr("Camera and USB scanner ready.")),
            "missing": ("camera_off", self.tr("The camera is not plugged in. The USB scanner works.")),
            "busy": (
                "camera_off",
                self.tr("The camera cannot be opened: another program may use it. The USB scanner works."),
            ),
            "lost": ("camera_off", self.tr("The camera is gone; it is being looked for. The USB scanner works.")),
            "stuck": (
                "camera_off",
                self.tr("The camera does not answer. Unplug it and plug it in again. The USB scanner works."),
            ),
            "decoder_missing": (
                "camera_off",
                self.tr("The camera cannot read codes on this machine. Use the USB scanner."),
            ),
        }

    def _hints(self) -> dict[str, tuple[str, str, str]]:
        """Return the icon, the words and the tone of each hint."""
        return {
            "closer": ("hint_closer", self.tr("Hold the phone closer"), "wait"),
            "tilt": ("hint_tilt", self.tr("Tilt the phone a little: it reflects"), "wait"),
            "hold_still": ("hint_hold_still", self.tr("Hold still"), "wait"),
            "too_dark": ("hint_too_dark", self.tr("Too dark: brighten the screen"), "wait"),
            "foreign": ("hint_foreign", self.tr("Not a pickup code"), "no"),
        }


def _corners(box: QRectF) -> QPainterPath:
    """Return the four rounded corners of the square in the middle where a code is held best."""
    side = 0.8 * box.height()
    arm, radius = 0.24 * side, 12.0
    path = QPainterPath()
    for right in (-1, 1):
        for down in (-1, 1):
            corner = box.center() + QPointF(right * side / 2, down * side / 2)
            path.moveTo(corner - QPointF(0, down * arm))
            path.lineTo(corner - QPointF(0, down * radius))
            path.quadTo(corner, corner - QPointF(right * radius, 0))
            path.lineTo(corner - QPointF(right * arm, 0))
    return path
