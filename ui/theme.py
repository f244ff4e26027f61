"""One table of colours, sizes and fonts, rendered to the one style sheet; no widget names a colour of its own."""

from __future__ import annotations

from dataclasses import dataclass, fields
from string import Template

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from resources import read_text

FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Segoe UI",
    "sans-serif",
)
TOUCH = 48


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme; `on_x` is what stands on `x`, and every such pair reads at 4.5:1 or better."""

    ground: str
    surface: str
    raised: str
    line: str
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_soft: str
    on_accent_soft: str
    rail: str
    on_rail: str
    rail_active: str
    on_rail_active: str
    focus: str
    yes: str
    on_yes: str
    yes_soft: str
    on_yes_soft: str
    wait: str
    on_wait: str
    wait_soft: str
    on_wait_soft: str
    no: str
    on_no: str
    no_soft: str
    on_no_soft: str
    calm: str
    on_calm: str


LIGHT = Colours(
    ground="#F2F0EB",
    surface="#FFFFFF",
    raised="#F8F6F2",
    line="#D8D2C7",
    text="#1C2028",
    muted="#555B66",
    accent="#1B4F9C",
    on_accent="#FFFFFF",
    accent_soft="#E2EBF8",
    on_accent_soft="#153E7B",
    rail="#182433",
    on_rail="#C5CEDA",
    rail_active="#30465F",
    on_rail_active="#FFFFFF",
    focus="#B65A00",
    yes="#0B6B3A",
    on_yes="#FFFFFF",
    yes_soft="#E0F2E7",
    on_yes_soft="#0A5A31",
    wait="#F4B41E",
    on_wait="#2A1B00",
    wait_soft="#FFF2D1",
    on_wait_soft="#5E4200",
    no="#B3211C",
    on_no="#FFFFFF",
    no_soft="#FBE4E2",
    on_no_soft="#8E1813",
    calm="#E6E3DC",
    on_calm="#3E444F",
)

DARK = Colours(
    ground="#12151A",
    surface="#1C2128",
    raised="#252B34",
    line="#3B4450",
    text="#ECEFF3",
    muted="#A9B1BD",
    accent="#8AB6FF",
    on_accent="#0B1B33",
    accent_soft="#22344F",
    on_accent_soft="#CFE0FF",
    rail="#0B0E12",
    on_rail="#B4BDC9",
    rail_active="#26344A",
    on_rail_active="#FFFFFF",
    focus="#FFB454",
    yes="#157A46",
    on_yes="#FFFFFF",
    yes_soft="#143021",
    on_yes_soft="#9BE0B8",
    wait="#F4B41E",
    on_wait="#2A1B00",
    wait_soft="#3A2E10",
    on_wait_soft="#FFD98A",
    no="#C6332C",
    on_no="#FFFFFF",
    no_soft="#42201E",
    on_no_soft="#FFB9B3",
    calm="#2B323C",
    on_calm="#CBD2DB",
)

THEMES = {"light": LIGHT, "dark": DARK}
TEXT_SCALES = {"normal": 1.0, "large": 1.15, "larger": 1.3, "largest": 1.5}


@dataclass(frozen=True, slots=True)
class Sizes:
    """Type sizes in pixels at one text size; body text never falls below 16."""

    body: int
    title: int
    big: int
    word: int

    @classmethod
    def at(cls, scale: float) -> Sizes:
        """Return the type sizes: reading text grows by `scale`, what is large already stays as it is."""
        return cls(body=round(16 * scale), title=round(20 * scale), big=28, word=46)


@dataclass(frozen=True, slots=True)
class Look:
    """What is on screen now."""

    colours: Colours
    sizes: Sizes


_shown = Look(LIGHT, Sizes.at(1.0))


def look() -> Look:
    """Return the look in force; like the style sheet, there is one for the whole application."""
    return _shown


def apply(app: QApplication, theme: str, text_size: str) -> None:
    """Dress the application; every widget hears of it by a `StyleChange` event."""
    global _shown  # noqa: PLW0603 - mirrors Qt's own application-wide style sheet
    _shown = Look(THEMES.get(theme, LIGHT), Sizes.at(TEXT_SCALES.get(text_size, 1.0)))
    app.setPalette(_palette(_shown.colours))
    font = QFont(list(FONTS))
    font.setPixelSize(_shown.sizes.body)
    app.setFont(font)
    app.setStyleSheet(style_sheet(_shown))


def style_sheet(shown: Look) -> str:
    """Render the tokens into the style sheet."""
    tokens: dict[str, object] = {"touch": TOUCH, "touch_inner": TOUCH - 4, "radius": 10, "radius_small": 6}
    tokens["fonts"] = ", ".join(f'"{name}"' for name in FONTS)
    for table in (shown.colours, shown.sizes):
        tokens |= {field.name: getattr(table, field.name) for field in fields(table)}
    sheet = Template(read_text("theme.qss"))
    toned = Template(read_text("tone.qss"))
    colours = shown.colours
    tones = [
        toned.substitute(
            tokens,
            tone=tone,
            fill=getattr(colours, tone),
            ink=getattr(colours, f"on_{tone}"),
            soft=getattr(colours, f"{tone}_soft", colours.calm),
            soft_ink=getattr(colours, f"on_{tone}_soft", colours.on_calm),
        )
        for tone in ("yes", "wait", "no", "accent", "calm")
    ]
    return sheet.substitute(tokens) + "".join(tones)


def colour(token: str) -> str:
    """Return a colour of the look in force by its name."""
    return str(getattr(_shown.colours, token))


def mark(widget: QWidget, **properties: object) -> None:
    """Set the properties that the style sheet selects by, and draw the widget and what is in it again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    for part in (widget, *widget.findChildren(QWidget)):
        # What was never shown is dressed when it is.
        if part.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            part.style().unpolish(part)
            part.style().polish(part)
    if isinstance(widget, QLabel):
        # A label takes the padding of its new look only when it hears of a new style.
        QApplication.sendEvent(widget, QEvent(QEvent.Type.StyleChange))


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.ground,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.raised,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.ToolTipBase: colours.surface,
        QPalette.ColorRole.ToolTipText: colours.text,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    return palette
