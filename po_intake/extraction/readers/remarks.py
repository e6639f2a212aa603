"""What a mail says below its items beside sums, addresses and closing words: a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..document import Evidence, OrderDocument
from ..layout.lexicon import LONGEST_PHRASE, Lexicon, lexicon
from ..layout.text import squash
from . import flow, parties
from .typeset import Cell

SURE = 0.6
FEW = 3  # words; less is a name or a heading


def add(document: OrderDocument, blocks: Sequence[flow.Block], reader: str) -> OrderDocument:
    """The document with the first free paragraph under its items as its note."""
    if document.note or not document.lines:
        return document
    words = lexicon()
    known = {
        place for item in document.evidence.values() for place in (item.place or "").split(", ")
    }
    used = {
        line.place for block in parties.blocks(flow.grid(blocks), words) for line in block.lines
    }
    last = max(
        (index for index, block in enumerate(blocks) if _places(block) & known), default=len(blocks)
    )
    paragraph: list[Cell] = []
    for block in blocks[last + 1 :]:
        free = isinstance(block, Cell) and _is_free(block, words) and block.place not in used
        if free and isinstance(block, Cell):
            paragraph.append(block)
        elif paragraph:
            break
    if not paragraph:
        return document
    text = "\n".join(cell.text.strip() for cell in paragraph)
    place = Evidence(text=text, reader=reader, confidence=SURE, place=paragraph[0].place)
    return replace(document, note=text, evidence={**document.evidence, "note": place})


def _places(block: flow.Block) -> set[str]:
    if isinstance(block, Cell):
        return {block.place}
    return {cell.place for row in block.rows for cell in row if cell}


def _is_free(cell: Cell, words: Lexicon) -> bool:
    """Is it a sentence, and no label, sum, greeting or line of an address?"""
    parts = cell.text.split()
    if len(parts) < FEW or "@" in cell.text or cell.text.rstrip().endswith(":"):
        return False
    for size in range(min(len(parts), LONGEST_PHRASE), 0, -1):
        key = squash("".join(parts[:size]))
        if words.knows("total", key) or "stop" in words.kinds("word", key):
            return False
        if (words.knows("label", key) or words.knows("party", key)) and parts[size - 1].endswith(
            ":"
        ):
            return False
    return not any(char.isdigit() for char in parts[0])
