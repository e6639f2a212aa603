"""Letterheads: the name in large letters, and under it the address in one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .address import Address
from .blocks import Block
from .labels import Labels
from .lines import Box, overlap
from .shapes import COMPANY
from .text import has_digit, squash

NAME_ABOVE, LARGER = 2.5, 1.3
"""How far above its address the name stands at most, in heights, and how much larger it is."""
DOMAIN, FOLLOWING = 6, 3
"""So many letters of a domain name its owner, who stands at most so many lines below."""


def named_by_mail(values: Mapping[str, str], lines: Sequence[Box]) -> Box | None:
    """The line of a letterhead that its mail address names, where another was taken for the name.

    Public bodies have no legal form: a town hall's letter begins with the name of the state.

    :param values: of the party: ``name``, ``email``
    """
    name, mail = values.get("name", ""), values.get("email", "")
    domain = squash(mail.rpartition("@")[2].rpartition(".")[0])
    first = next((at for at, line in enumerate(lines) if line.text == name), None)
    if first is None or COMPANY.search(name) or len(domain) < DOMAIN or domain in squash(name):
        return None
    for line in lines[first + 1 : first + 1 + FOLLOWING]:
        if has_digit(line.text) or "@" in line.text:
            return None
        if domain in line.key:
            return line
    return None


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
