"""A cat. People do attach such things to orders."""

from __future__ import annotations

from collections.abc import Callable

FUR, DARK, PINK = (0.85, 0.6, 0.3), (0.15, 0.12, 0.1), (0.95, 0.6, 0.6)


def _cat():
    import pymupdf

    page = pymupdf.open().new_page(width=320, height=320)
    page.draw_rect(page.rect, color=None, fill=(0.8, 0.9, 0.95))
    page.draw_oval((80, 190, 240, 340), color=None, fill=FUR)
    for left in (95, 175):
        page.draw_polyline(
            [(left, 120), (left + 25, 45), (left + 50, 110)], color=DARK, fill=FUR, width=2,
            closePath=True,
        )  # fmt: skip
    page.draw_circle((160, 150), 78, color=DARK, fill=FUR, width=2)
    for x in (130, 190):
        page.draw_oval((x - 13, 122, x + 13, 154), color=DARK, fill=(0.7, 0.85, 0.3), width=2)
        page.draw_oval((x - 4, 124, x + 4, 152), color=None, fill=DARK)
    page.draw_polyline([(152, 168), (168, 168), (160, 178)], color=DARK, fill=PINK, closePath=True)
    page.draw_bezier((160, 178), (158, 194), (140, 196), (134, 186), color=DARK, width=2)
    page.draw_bezier((160, 178), (162, 194), (180, 196), (186, 186), color=DARK, width=2)
    for side in (-1, 1):
        for lift in (-8, 2, 12):
            page.draw_line((160 + side * 30, 178), (160 + side * 96, 172 + lift), color=DARK)
    return page.get_pixmap(dpi=72)


def png() -> bytes:
    return _cat().tobytes("png")


def jpeg() -> bytes:
    return _cat().tobytes("jpeg")


PICTURES: dict[str, Callable[[], bytes]] = {"cat.png": png, "cat.jpg": jpeg}
