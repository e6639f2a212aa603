"""Letterheads: the name in large letters, and under it the address in one line."""

from __future__ import annotations

from .address import Address
from .blocks import Block
from .labels import Labels
from .lines import overlap
from .shapes import COMPANY
from .text import has_digit

NAME_ABOVE, LARGER = 2.5, 1.3
"""How far above its address the name stands at most, in heights, and how much larger it is."""


def take_name_above(address: Address, block: Block, labels: Labels) -> None:
    """A street and its town in one line stand under the name, in larger letters and apart."""
    line, street = block.lines[0], address.get("name")
    in_one = street and address.words["name"] == address.words["zip"] == line.words
    if not in_one or address.get("street") or COMPANY.search(street or ""):
        return
    above = [
        other
        for other in labels.pages[line.page]
        if 0 < line.middle - other.middle < NAME_ABOVE * line.height
        and other.height > LARGER * line.height
        and overlap(other, line) > 0
    ]
    name = max(above, key=lambda other: other.y0, default=None)
    if name and not has_digit(name.text) and not labels.is_label(name):
        address.parts |= {"name": name.text, "street": street or ""}
        address.words |= {"name": list(name.words), "street": list(line.words)}
