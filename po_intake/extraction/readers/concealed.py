"""Rows and columns that an Excel file hides: what nobody sees is not ordered."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass

from . import xml

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
WIDEST = 16_384  # columns of a sheet


@dataclass(frozen=True)
class Hidden:
    """Numbers of hidden rows and columns, from 1."""

    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()


NOTHING = Hidden()


def by_sheet(file: zipfile.ZipFile) -> dict[str, Hidden]:
    """What each sheet hides, by the title of the sheet."""
    names = set(file.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    targets = {
        item.get("Id"): posixpath.normpath(posixpath.join("/xl", item.get("Target") or "")).lstrip(
            "/"
        )
        for item in xml.parse(file.read("xl/_rels/workbook.xml.rels")).element
    }
    found = {}
    for sheet in xml.parse(file.read("xl/workbook.xml")).element.iter("{*}sheet"):
        path = targets.get(sheet.get(_RELATION), "")
        content = file.read(path) if path in names else b""
        if b"hidden=" in content:
            found[sheet.get("name") or ""] = _hidden(content)
    return found


def _path(target: str) -> str:
    """A target as the archive names it; some programs write it from the root."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def _hidden(content: bytes) -> Hidden:
    rows, columns = set(), set()
    for item in xml.parse(content).element.iter("{*}row", "{*}col"):
        if item.get("hidden") not in ("1", "true"):
            continue
        if item.get("r"):
            rows.add(int(item.get("r")))
        elif item.get("min"):
            first, last = int(item.get("min")), int(item.get("max") or item.get("min"))
            columns |= set(range(first, min(last, WIDEST) + 1))
    return Hidden(frozenset(rows), frozenset(columns))
