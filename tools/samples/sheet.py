"""A page to draw on, measured in points from the top left corner, and how countries print.

Everything a layout needs from reportlab passes through :class:`Sheet`, so that all documents are
made the same way and come out the same bytes each time.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4, landscape, letter
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

SANS, SANS_BOLD, SANS_ITALIC = "Helvetica", "Helvetica-Bold", "Helvetica-Oblique"
SERIF, SERIF_BOLD, MONO = "Times-Roman", "Times-Bold", "Courier"
VERA, VERA_BOLD = "Vera", "VeraBd"
SIZES = {"A4": A4, "A4 landscape": landscape(A4), "letter": letter}
CENT = Decimal("0.01")


def _embed_fonts() -> None:
    """Bitstream Vera comes with reportlab and is free to embed."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name in (VERA, VERA_BOLD):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(folder / f"{name}.ttf")))


class Sheet:
    """Pages of one document. ``y`` grows downwards; a string's ``y`` is its base line."""

    def __init__(self, title: str, author: str, size: str = "A4") -> None:
        _embed_fonts()
        self.width, self.height = SIZES[size]
        self._buffer = io.BytesIO()
        self._canvas = Canvas(self._buffer, pagesize=SIZES[size], invariant=1)
        self._canvas.setTitle(title)
        self._canvas.setAuthor(author)
        self.page = 1

    def text(
        self, x: float, y: float, text: str, font: str = SANS, size: float = 9,
        align: str = "left", color: str = "#111111",
    ) -> None:  # fmt: skip
        self._canvas.setFont(font, size)
        self._canvas.setFillColor(HexColor(color))
        draw = {
            "left": self._canvas.drawString,
            "right": self._canvas.drawRightString,
            "center": self._canvas.drawCentredString,
        }[align]
        draw(x, self.height - y, text)

    def block(
        self, x: float, y: float, lines: Sequence[str], font: str = SANS, size: float = 9,
        leading: float = 0, width: float = 0, align: str = "left", color: str = "#111111",
    ) -> float:  # fmt: skip
        """Lines below each other, wrapped where ``width`` is given; the next free base line."""
        for line in lines:
            wrapped = simpleSplit(line, font, size, width) if width and line else [line]
            for part in wrapped:
                self.text(x, y, part, font, size, align, color)
                y += leading or size * 1.3
        return y

    def line(
        self, x0: float, y0: float, x1: float, y1: float, width: float = 0.5,
        color: str = "#111111",
    ) -> None:  # fmt: skip
        self._canvas.setLineWidth(width)
        self._canvas.setStrokeColor(HexColor(color))
        self._canvas.line(x0, self.height - y0, x1, self.height - y1)

    def box(
        self, x: float, y: float, width: float, height: float, fill: str = "",
        stroke: str = "#111111", weight: float = 0.5,
    ) -> None:  # fmt: skip
        self._canvas.setLineWidth(weight)
        if stroke:
            self._canvas.setStrokeColor(HexColor(stroke))
        if fill:
            self._canvas.setFillColor(HexColor(fill))
        self._canvas.rect(
            x, self.height - y - height, width, height, stroke=bool(stroke), fill=bool(fill)
        )

    def rounded(self, x: float, y: float, width: float, height: float, fill: str = "") -> None:
        self._canvas.setLineWidth(0.6)
        self._canvas.setStrokeColor(HexColor("#888888"))
        if fill:
            self._canvas.setFillColor(HexColor(fill))
        self._canvas.roundRect(
            x, self.height - y - height, width, height, 6, stroke=1, fill=bool(fill)
        )

    def polygon(self, points: Sequence[tuple[float, float]], fill: str) -> None:
        path = self._canvas.beginPath()
        path.moveTo(points[0][0], self.height - points[0][1])
        for x, y in points[1:]:
            path.lineTo(x, self.height - y)
        path.close()
        self._canvas.setFillColor(HexColor(fill))
        self._canvas.drawPath(path, stroke=0, fill=1)

    def circle(self, x: float, y: float, radius: float, fill: str = "", stroke: str = "",
               weight: float = 1) -> None:  # fmt: skip
        self._canvas.setLineWidth(weight)
        if fill:
            self._canvas.setFillColor(HexColor(fill))
        if stroke:
            self._canvas.setStrokeColor(HexColor(stroke))
        self._canvas.circle(x, self.height - y, radius, stroke=bool(stroke), fill=bool(fill))

    def scribble(self, x: float, y: float, name: str, color: str = "#1f3a7a") -> None:
        """A signature: a stroke that depends on the name and says nothing."""
        base = self.height - y
        path = self._canvas.beginPath()
        path.moveTo(x, base)
        capital = True
        for byte, sign in zip(hashlib.sha256(name.encode()).digest(), name, strict=False):
            tall = 17 + byte % 9 if capital else (2 + byte % 5 if byte % 4 else 15 - byte % 27)
            wide = 7 + byte % 8 if capital else 3 + byte % 6
            lean = byte % 5
            path.curveTo(x + lean, base + tall, x + wide + lean, base + tall, x + wide * 0.6, base)
            path.curveTo(
                x + wide * 0.5, base - abs(tall) / 4, x + wide, base - 2, x + wide, base + byte % 3
            )
            x += wide
            capital = sign == " "
        path.curveTo(x + 9, base + 5, x + 24, base - 6, x + 30 + len(name), base + 3)
        self._canvas.setStrokeColor(HexColor(color))
        self._canvas.setLineWidth(1.1)
        self._canvas.drawPath(path, stroke=1, fill=0)

    def turn(self) -> None:
        """The next page."""
        self._canvas.showPage()
        self.page += 1

    def bytes(self) -> bytes:
        self._canvas.save()
        return self._buffer.getvalue()


def fit(text: str, width: float, font: str = SANS, size: float = 9) -> list[str]:
    """Text broken into lines no wider than ``width``."""
    return simpleSplit(text, font, size, width)


def text_width(text: str, font: str = SANS, size: float = 9) -> float:
    return pdfmetrics.stringWidth(text, font, size)


@dataclass(frozen=True)
class Habit:
    """How a country writes numbers and dates."""

    thousands: str
    decimal: str
    date_format: str

    def number(self, value: Decimal | int, decimals: int = 2) -> str:
        digits = f"{value:,.{decimals}f}"
        return digits.translate(str.maketrans({",": self.thousands, ".": self.decimal}))

    def date(self, day: date) -> str:
        return day.strftime(self.date_format)


HABITS: dict[str, Habit] = {
    "us": Habit(",", ".", "%m/%d/%Y"),
    "ie": Habit(",", ".", "%d/%m/%Y"),
    "de": Habit(".", ",", "%d.%m.%Y"),
    "nl": Habit(".", ",", "%d-%m-%Y"),
    "fr": Habit("\u00a0", ",", "%d/%m/%Y"),
    "es": Habit(".", ",", "%d/%m/%Y"),
    "it": Habit(".", ",", "%d/%m/%Y"),
}
