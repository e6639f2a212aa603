"""XML of strangers: parsed without entities, network and document types; asked by local names."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..document import OrderDocument
from ..reader import BrokenSource, EmptySource, Hints
from ..source import Source
from .draft import Allowance, Draft, Side, clean, iso_date, number

_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_EXTERNAL = re.compile(
    rb"<!DOCTYPE\s+\w+\s+(?:SYSTEM|PUBLIC)(?:\s+(?:\"[^\"<>]*\"|'[^'<>]*'))+\s*>"
)


class XmlReader:
    """The shell of a reader of one family of XML; its code is also the kind of its sources."""

    code = ""
    cost = 10
    sandboxed = True
    external_doctype = False

    def can_read(self, source: Source) -> bool:
        """Is it of this family?"""
        return source.kind == self.code

    def read(self, source: Source, hints: Hints) -> tuple[OrderDocument, ...]:
        """The documents in it.

        :raises BrokenSource: not well formed, or with a document type
        """
        root = parse(source.content, self.external_doctype)
        return tuple(self.documents(root, hints))

    def documents(self, root: Node, hints: Hints) -> Iterator[OrderDocument]:
        """The documents below the root; at least one, be it ``other``."""
        raise NotImplementedError


class Node:
    """An element, with the questions that order readers ask.

    Paths are local names parted by slashes; namespaces differ between versions of a format,
    names do not.
    """

    def __init__(self, element: Any) -> None:
        self.element = element

    @property
    def name(self) -> str:
        """Name without namespace."""
        return str(self.element.tag).rpartition("}")[2]

    def all(self, path: str) -> Iterator[Node]:
        """Elements at the path, in document order."""
        name, _slash, rest = path.partition("/")
        for child in self.element.iterchildren(f"{{*}}{name}"):
            node = Node(child)
            if rest:
                yield from node.all(rest)
            else:
                yield node

    def one(self, *paths: str) -> Node | None:
        """The first element at the first path that has one."""
        return next((node for path in paths for node in self.all(path)), None)

    def text(self, *paths: str) -> str | None:
        """The text of the first element that has any, ``None`` if there is none."""
        for path in paths:
            for node in self.all(path):
                if node.content:
                    return node.content
        return None

    @property
    def content(self) -> str:
        """All text in it."""
        return "".join(self.element.itertext()).strip()

    @property
    def own(self) -> str:
        """The text that stands directly in it, without that of its children."""
        parts = (self.element.text, *(child.tail for child in self.element))
        return "".join(filter(None, parts)).strip()

    def get(self, attribute: str) -> str | None:
        """An attribute's value."""
        return self.element.get(attribute)

    @property
    def place(self) -> str:
        """The path from the root, like ``/Order/OrderLine[3]/LineItem/Quantity``."""
        parts = []
        for element in (self.element, *self.element.iterancestors()):
            parent = element.getparent()
            name = str(element.tag).rpartition("}")[2]
            if parent is not None:
                before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
                after = next(element.itersiblings(element.tag), None)
                name += f"[{before + 1}]" if before or after is not None else ""
            parts.append(name)
        return "/" + "/".join(reversed(parts))


def take(
    out: Draft,
    path: str,
    node: Node | None,
    *sources: str,
    convert: Callable[[str], Any] = str,
) -> None:
    """Put the value of the first element that has one into a draft, with its place."""
    for source in sources if node is not None else ():
        found = node.one(source)
        if found is not None:
            out.put(path, convert(found.content), found.place, found.content)


def take_number(out: Draft, path: str, node: Node | None, *sources: str) -> None:
    """The same for a number."""
    take(out, path, node, *sources, convert=number)


def take_date(out: Draft, path: str, node: Node | None, *sources: str) -> None:
    """The same for a date as XML writes it."""
    take(out, path, node, *sources, convert=iso_date)


def side(node: Node | None, paths: Mapping[str, Sequence[str]]) -> Side:
    """A party: for each field the first path whose element has text."""
    found: Side = {}
    for key, sources in paths.items() if node is not None else ():
        items = (item for path in sources for item in node.all(path) if item.content)
        item = next(items, None)
        if item is not None:
            found[key] = clean(item.content), item.place
    return found


def notes(out: Draft, nodes: Iterator[Node] | list[Node]) -> None:
    """The remarks of an order, one below the other."""
    nodes = [node for node in nodes if node.content]
    if nodes:
        out.put("note", "\n".join(node.content for node in nodes), nodes[0].place)


def allowance(node: Node, share: Decimal | None, amount: Decimal | None) -> Allowance:
    """An allowance, or what a ``ChargeIndicator`` says is a charge, as a negative one."""
    if is_charge(node):
        share, amount = share and -share, amount and -amount
    return Allowance(share, amount, node.place)


def is_charge(node: Node) -> bool:
    """Is it added, not taken off?"""
    return node.text("ChargeIndicator") in ("true", "1")


def parse(content: bytes, external_doctype: bool = False) -> Node:
    """The root of an XML document.

    :param external_doctype: drop a declaration that only names a DTD, as cXML always has
    :raises BrokenSource: it is not well formed, or declares a document type or entities
    """
    from lxml import etree

    content = _plain(content)
    if external_doctype:
        content = _EXTERNAL.sub(b"", content, count=1)
    if _DOCTYPE.search(content.replace(b"\x00", b"")):
        raise BrokenSource("document type declared", reason="doctype")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BrokenSource(str(error)[:200], reason="xml") from error
    if root is None:
        raise EmptySource
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenSource("document type declared", reason="doctype")
    return Node(root)


def _plain(content: bytes) -> bytes:
    """Text of two bytes a letter as UTF-8, so that declarations can be seen; else as it is."""
    if content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        text = content.decode("utf-16", "replace").lstrip("\ufeff")
        return re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).strip().encode()
    return content if b"\x00" in content[:4] else content.strip()
