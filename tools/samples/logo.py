"""The picture at the foot of a mail: what must never be taken for an order."""

from __future__ import annotations


def signature() -> bytes:
    """The Ahrenholt logo as a small PNG."""
    import pymupdf

    document = pymupdf.open()
    page = document.new_page(width=320, height=80)
    blue = (0.08, 0.28, 0.48)
    page.insert_text((10, 44), "AHRENHOLT", fontname="hebo", fontsize=34, color=blue)
    page.insert_text((12, 66), "Maschinenbau GmbH", fontsize=15, color=(0.35, 0.35, 0.35))
    page.draw_circle((250, 38), 20, color=blue, width=7)
    for place in range(3):
        top = 20 + place * 5
        page.draw_rect((278 + place * 10, top, 284 + place * 10, 76 - top), color=None, fill=blue)
    return page.get_pixmap(dpi=72).tobytes("png")
