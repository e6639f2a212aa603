"""Who orders and where the goods go, in files that know their lines: under or beside a label,
or in the signature of a mail.

On paper this is guessed from positions; here the lines of an address are known to follow each
other, so what is found here is preferred to what the layout engine saw.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..document import BUYER, ORDER_CONFIRMATION, QUOTATION, SELLER, Evidence, OrderDocument, Party
from ..layout.address import parse_address
from ..layout.lexicon import LONGEST_PHRASE, Lexicon, lexicon
from ..layout.lines import Box
from ..layout.page import Word
from ..layout.shapes import BARE_PHONE, COMPANY, PHONE
from ..layout.text import squash
from ..normalize import find_dates
from ..reader import Hints
from .draft import is_own
from .typeset import Cell

Grid = Sequence[Sequence["Cell | None"]]

MOST = 9  # lines of an address
MOST_WORDS = 7  # of a company's name
SEPARATED = re.compile(r"\s+[|·•]\s+|\s{3,}")
SHORT = 4  # "to" and "van" are labels only with a colon
SURE = 0.95
UNKNOWN = "unknown"  # an address under a heading that no word list knows
_ADDRESS = ("name", "street", "zip", "city", "country")


@dataclass
class Block:
    """The lines at one label; ``party`` is what they say.

    :param contact: the label may name a person as well
    """

    role: str
    lines: list[Cell] = field(default_factory=list)
    party: Party = field(default_factory=Party)
    contact: bool = False


def apply(
    document: OrderDocument,
    grid: Grid,
    hints: Hints,
    reader: str,
    signature: Sequence[Cell] = (),
    writer: str | None = None,
) -> OrderDocument:
    """The document with the parties that the lines of its file name.

    :param grid: the file's text, one row per line
    :param signature: lines under the closing words of a mail, ``writer`` the sender's own name
    """
    words = lexicon()
    found = {block.role: block for block in reversed(blocks(grid, words))}
    ours = [role for role in (BUYER, SELLER) if role in found and is_own(found[role].party, hints)]
    if len(ours) == 1:
        document = replace(document, own_role=ours[0])
    sent_by = "seller" if document.document_type in (ORDER_CONFIRMATION, QUOTATION) else "buyer"
    other = "buyer" if sent_by == "seller" else "seller"
    mine = found.get(sent_by) or found.get(UNKNOWN)
    if mine and is_own(mine.party, hints):
        mine = found.get(other)
    if mine is None or not mine.party:
        mine = signed(signature, writer, words, hints.sender)
    if mine and mine.party and not is_own(mine.party, hints) and not _is_person(mine, document):
        document = _with(document, "partner", mine, found.get("delivery"), reader)
    if "delivery" in found and found["delivery"].party.zip:
        document = _with(document, "delivery", found["delivery"], None, reader)
    return _without_false_note(document)


def _is_person(block: Block, document: OrderDocument) -> bool:
    """Does a label name a buyer of a company that stands elsewhere, with its address?"""
    known = document.partner.name and document.partner.zip
    alone = not block.party.zip and not COMPANY.search(block.party.name or "")
    return bool(block.contact and known and alone)


def _without_false_note(document: OrderDocument) -> OrderDocument:
    """A line of an address that the layout engine took for a note is none."""
    note = squash(document.note or "")
    names = (document.partner.name, document.delivery.name, document.partner.street)
    if note and any(note in squash(name or "") for name in names):
        evidence = {key: item for key, item in document.evidence.items() if key != "note"}
        return replace(document, note=None, evidence=evidence)
    return document


def blocks(grid: Grid, words: Lexicon) -> list[Block]:
    """The lines at each label of a party, in reading order."""
    result = []
    for row, cells in enumerate(grid):
        for column, cell in enumerate(cells):
            role, rest = _role(cell, words) if cell else (None, None)
            if role:
                lines = _lines(grid, row, column, rest, words)
                contact = words.means("label", squash(cell.text.partition(":")[0]), "contact")
                result.append(Block(role, lines, party_of(lines, words), contact))
            elif cell and result and not result[-1].party.zip and _is_address(cell, words):
                lines = [*result[-1].lines, *_lines(grid, row, column, None, words)]
                result[-1] = replace(result[-1], lines=lines, party=party_of(lines, words))
        if result and len(cells) > 1:
            result += _unknown(grid, row, words)
    return [block for block in result if block.party]


def _is_address(cell: Cell, words: Lexicon) -> bool:
    """Does a cell head the address, or a part of it, of the party that is named above it?"""
    keys = [squash(part) for part in re.split(r"[\s/+,&]+", cell.text.strip(" :"))]
    return all(words.means("part", key, "address", "street", "zip", "city") for key in keys) or (
        words.means("part", squash(cell.text), "address", "street", "zip", "city")
    )


def _unknown(grid: Grid, row: int, words: Lexicon) -> list[Block]:
    """Addresses under other headings in a row that holds the label of a party."""
    cells = grid[row]
    if not any(cell and _role(cell, words)[0] for cell in cells):
        return []
    result = []
    for column, cell in enumerate(cells):
        named = cell and ("\n" in cell.text or COMPANY.search(cell.text))
        named = named or _is_value(grid, row, column, words)
        if cell and not named and not is_label(cell, words):
            lines = _below(grid, row, column, words)
            party = party_of(lines, words)
            if party.zip:
                result.append(Block(UNKNOWN, lines, party))
    return result


def _is_value(grid: Grid, row: int, column: int, words: Lexicon) -> bool:
    """Does a label stand in front of a cell, and another one under that? They head no lines."""
    before = next((at for at in range(column - 1, -1, -1) if grid[row][at]), None)
    if before is None or row + 1 >= len(grid) or before >= len(grid[row + 1]):
        return False
    below = grid[row + 1][before]
    return below is not None and (is_label(below, words) or _is_address(below, words))


def letterhead(blocks: Sequence[object], hints: Hints) -> list[Cell]:
    """The lines of the first paragraph of a letter that is an address, and not ours."""
    words = lexicon()
    for block in blocks:
        if isinstance(block, Cell) and "\n" in block.text:
            lines = [Cell(line, block.place) for line in block.text.splitlines()]
            party = Party() if is_label(lines[0], words) else party_of(lines, words)
            if party.zip and not is_own(party, hints):
                return lines
    return []


def signed(
    lines: Sequence[Cell], writer: str | None, words: Lexicon, sender: str | None = None
) -> Block | None:
    """The company in a signature: its address, or only its name, phone and VAT number."""
    best = _addressed(lines, writer, words) or _named(lines, sender)
    if best is None:
        return None
    facts: dict[str, str] = {}
    for line in lines:
        for part in SEPARATED.split(line.text):
            if BARE_PHONE.fullmatch(part.strip()) and not find_dates(part, {}):
                facts.setdefault("phone", part.strip())
            for kind, value in labelled(part, words):
                match = PHONE.search(value)
                if kind == "phone" and match:
                    facts.setdefault("phone", match.group().strip())
                elif kind == "vat" and sum(char.isdigit() for char in value) >= 7:
                    facts.setdefault("vat", value)
    return Block("buyer", list(lines), replace(best.party, **facts))


def _addressed(lines: Sequence[Cell], writer: str | None, words: Lexicon) -> Block | None:
    """The first paragraph that holds an address."""
    paragraph: list[Cell] = []
    for line in (*lines, Cell("", "")):
        if line.text.strip():
            paragraph.append(line)
            continue
        named = [item for item in paragraph if squash(item.text) != squash(writer or "-")]
        party = party_of(named, words)
        if party.zip:
            return Block("buyer", named, party)
        paragraph = []
    return None


def _named(lines: Sequence[Cell], sender: str | None) -> Block | None:
    """The line that names a company: with its legal form, or like the domain of the sender."""
    domain = squash((sender or "").rpartition("@")[2].rpartition(".")[0])
    for line in lines:
        for part in SEPARATED.split(line.text):
            text = part.strip(" ,;")
            if any(char.isdigit() for char in text) or len(text.split()) > MOST_WORDS:
                continue
            if COMPANY.search(text) or (len(domain) > 3 and squash(text) == domain):
                return Block("buyer", [line], Party(name=text))
    return None


def labelled(text: str, words: Lexicon) -> Iterable[tuple[str, str]]:
    """``(kind, value)`` of a line that begins with a label."""
    parts = text.split()
    for size in range(min(LONGEST_PHRASE, len(parts) - 1), 0, -1):
        kinds = words.kinds("label", squash("".join(parts[:size])))
        if kinds:
            value = " ".join(parts[size:]).lstrip(": ")
            return [(kind, value) for kind in dict.fromkeys(kinds)]
    return []


def party_of(lines: Sequence[Cell], words: Lexicon) -> Party:
    """The party that the lines of an address name; only a name where there is no place."""
    texts = [part for line in lines for part in line.text.splitlines() if part.strip()]
    boxes = [_box(text, number) for number, text in enumerate(texts)]
    address = parse_address(boxes, words)
    if address is None:
        name = texts[0] if texts and not re.search(r"[@:]|\d{3}", texts[0]) else None
        return Party(name=name)
    values = {key: address.get(key) for key in _ADDRESS}
    if values["name"] and address.more:
        values["name"] = ", ".join((values["name"], *address.more))
    return Party(**values)


def _box(text: str, number: int) -> Box:
    x, words = 0.0, []
    for part in text.split():
        words.append(Word(part, x, number * 12.0, x + 5.0 * len(part), number * 12.0 + 9.0))
        x += 5.0 * len(part) + 2.5
    return Box(words)


def _role(cell: Cell, words: Lexicon) -> tuple[str | None, str | None]:
    """Whose label a cell is, and what stands behind the colon in it."""
    text = cell.text.strip()
    label, colon, rest = text.partition(":")
    key = squash(label)
    if not key or (len(key) < SHORT and not colon) or len(label.split()) > LONGEST_PHRASE:
        return None, None
    if rest.strip() and "\n" in label:
        return None, None
    kinds = words.kinds("party", key)
    if not kinds and words.means("part", key, "company"):
        kinds = [UNKNOWN]
    return (kinds[0], rest.strip() or None) if kinds else (None, None)


def _lines(grid: Grid, row: int, column: int, rest: str | None, words: Lexicon) -> list[Cell]:
    """The cells beside a label, or those below it, up to a gap or the next label."""
    label = grid[row][column]
    beside = []
    for cell in grid[row][column + 1 :]:
        if cell is None or is_label(cell, words):
            break
        beside.append(cell)
    if rest and label:
        return [Cell(rest, label.place), *_below(grid, row, column, words)]
    if len(beside) > 1:
        return beside
    if beside:
        return [beside[0], *_below(grid, row, column + 1, words, alone=column)]
    below = _below(grid, row, column, words)
    # merged cells leave empty ones between a label and its value
    value = next((at for at, cell in enumerate(grid[row]) if at > column and cell), None)
    if value is None or is_label(grid[row][value], words):
        return below
    if below and not (label and _is_address(label, words)):
        return below
    return [grid[row][value], *_below(grid, row, value, words, alone=column)]


def _below(
    grid: Grid, row: int, column: int, words: Lexicon, alone: int | None = None
) -> list[Cell]:
    """Cells under each other; with ``alone``, while that column has no label of its own."""
    result: list[Cell] = []
    label_cell = grid[row][column]
    if label_cell and label_cell.text.rstrip().endswith(":") and not any(_filled(grid, row + 1)):
        row += 1  # people leave a line blank under "Deliver to:"
    for cells in grid[row + 1 : row + 1 + MOST]:
        cell = cells[column] if column < len(cells) else None
        label = cells[alone] if alone is not None and alone < len(cells) else None
        if cell is None or not cell.text.strip() or label or is_label(cell, words):
            break
        if _is_address(cell, words):
            break
        result.append(cell)
    return result


def _filled(grid: Grid, row: int) -> list[Cell]:
    cells = grid[row] if row < len(grid) else ()
    return [cell for cell in cells if cell and cell.text.strip()]


def is_label(cell: Cell, words: Lexicon) -> bool:
    """Does a cell say what stands beside or below it?"""
    key = squash(cell.text)
    if len(key) >= SHORT and (words.knows("party", key) or words.knows("label", key)):
        return True
    head, colon, _rest = cell.text.partition(":")
    return bool(colon) and (
        words.knows("party", squash(head)) or words.knows("label", squash(head))
    )


def _with(
    document: OrderDocument, prefix: str, block: Block, elsewhere: Block | None, reader: str
) -> OrderDocument:
    """The document with this party; what belongs to another place is taken from it."""
    known: Party = getattr(document, prefix)
    values: Mapping[str, str | None]
    if block.party.zip:
        values = {key: getattr(block.party, key) for key in _ADDRESS}
    else:
        values = {"name": block.party.name}
        if elsewhere and known.zip == elsewhere.party.zip:
            values |= dict.fromkeys(("street", "zip", "city", "country"))
    facts = {
        key: getattr(block.party, key)
        for key in ("vat", "phone")
        if getattr(block.party, key) and not getattr(known, key)
    }
    party = replace(known, **values, **facts)
    evidence = dict(document.evidence)
    for key, value in {**values, **facts}.items():
        evidence.pop(f"{prefix}.{key}", None)
        if value:
            text = value.split(",")[0]
            cell = next((line for line in block.lines if text in line.text), None)
            place = cell.place if cell else None
            evidence[f"{prefix}.{key}"] = Evidence(
                text=value, reader=reader, confidence=SURE, place=place
            )
    return replace(document, **{prefix: party}, evidence=evidence)
