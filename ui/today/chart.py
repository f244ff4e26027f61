"""Hand-overs by the hour as bars, in the theme's colours."""

from __future__ import annotations

from PySide6.QtCharts import QBarCategoryAxis, QBarSeries, QBarSet, QChart, QChartView, QValueAxis
from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPen, QResizeEvent

from ui import theme

# Nobody hands over at night: the hours around those that have something are enough.
FIRST, LAST = 8, 21
# How much of the width is left for the bars at least, and the smallest letters that can be read.
_PLOT, _SMALLEST = 0.85, 10


class HourChart(QChartView):
    """One bar for each hour of the day."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: tuple[int, ...] = (0,) * 24
        self._hours: QBarCategoryAxis | None = None
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setFrameShape(QChartView.Shape.NoFrame)
        self.setMinimumHeight(220)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_counts(self, counts: tuple[int, ...]) -> None:
        """Show the hand-overs of 24 hours."""
        self._counts = counts
        self.dress()

    def dress(self) -> None:
        """Draw it anew in the theme in force."""
        first, last = self._span()
        series, bars = QBarSeries(), QBarSet("")
        bars.append([float(count) for count in self._counts[first : last + 1]])
        bars.setColor(QColor(theme.colour("accent")))
        bars.setBorderColor(QColor(theme.colour("accent")))
        series.append(bars)
        series.setBarWidth(0.7)
        chart = QChart()
        chart.addSeries(series)
        chart.legend().hide()
        chart.setMargins(QMargins(0, 0, 0, 0))
        chart.setBackgroundBrush(QBrush(QColor(theme.colour("surface"))))
        self._add_axes(chart, series, first, last)
        before = self.chart()
        self.setChart(chart)
        before.deleteLater()
        self.setBackgroundBrush(QBrush(QColor(theme.colour("surface"))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the hours to the new width."""
        super().resizeEvent(event)
        self._fit()

    def _add_axes(self, chart: QChart, series: QBarSeries, first: int, last: int) -> None:
        ink = QBrush(QColor(theme.colour("muted")))
        font = self._font(theme.look().sizes.body - 2)
        hours, values = QBarCategoryAxis(), QValueAxis()
        hours.append([f"{hour}" for hour in range(first, last + 1)])
        most = max(4, *self._counts)
        values.setRange(0, most)
        values.setTickCount(min(5, most + 1))
        values.setLabelFormat("%d")
        for axis, side in ((hours, Qt.AlignmentFlag.AlignBottom), (values, Qt.AlignmentFlag.AlignLeft)):
            axis.setLabelsBrush(ink)
            axis.setLabelsFont(font)
            axis.setLinePen(QPen(QColor(theme.colour("line"))))
            axis.setGridLinePen(QPen(QColor(theme.colour("line"))))
            chart.addAxis(axis, side)
            series.attachAxis(axis)
        hours.setGridLineVisible(False)
        self._hours = hours
        self._fit()

    def _fit(self) -> None:
        """Let the hours fit under their bars: Qt would write dots for those that do not."""
        if self._hours:
            room = _PLOT * self.width() / self._hours.count()
            # An hour has two digits of 0.6 of the height each, and Qt wants air around them.
            self._hours.setLabelsFont(self._font(max(_SMALLEST, min(theme.look().sizes.body - 2, int(room / 2)))))

    @staticmethod
    def _font(pixels: int) -> QFont:
        font = QFont()
        font.setPixelSize(pixels)
        return font

    def _span(self) -> tuple[int, int]:
        busy = [hour for hour, count in enumerate(self._counts) if count]
        return min([FIRST, *busy]), max([LAST, *busy])
