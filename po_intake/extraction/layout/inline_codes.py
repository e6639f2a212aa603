"""Codes without a column: in front of the names of all items, or in brackets behind them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .header import CODES
from .items import DASHES, Printed
from .page import Word

CODE = re.compile(r"([A-Z]{1,4})[-.]?\d{3,}(?:[-./][A-Z\d]{1,4})*")
BRACKETS = re.compile(r"[(\[](.+)[)\]]")


def take_inline_codes(items: Sequence[Printed]) -> None:
    """Give the items the codes that their names begin or end with, where no column has codes.

    Only where every item has one and all begin with the same letters: a norm or a size in the
    name of one item is no code.
    """
    goods = [item for item in items if not item.charge]
    if not goods or any(set(CODES) & set(item.cells) - {"barcode"} for item in items):
        return
    if not all(item.lines for item in goods):
        return
    first = [item.lines[0][1] for item in goods]
    if _alike([_code(words[0].text) if _is_dashed(words) else "" for words in first]):
        for item in goods:
            continues, words = item.lines[0]
            item.cells["code"] = list(words[:1])
            item.lines[0] = continues, words[2:]
        return
    codes = [_in_brackets(item.lines[-1][1][-1].text) for item in goods]
    # of one item alone nobody knows whether the brackets hold a norm
    if _alike(codes) and len(set(codes)) > 1:
        for item, code in zip(goods, codes):
            _take_last(item, code)


def _take_last(item: Printed, code: str) -> None:
    continues, words = item.lines.pop()
    item.cells["code"], item.codes["code"] = list(words[-1:]), code
    if len(words) > 1:
        item.lines.append((continues, words[:-1]))


def _is_dashed(words: Sequence[Word]) -> bool:
    return len(words) > 2 and words[1].text in DASHES


def _in_brackets(text: str) -> str:
    match = BRACKETS.fullmatch(text)
    return _code(match.group(1)) if match else ""


def _code(text: str) -> str:
    return text if CODE.fullmatch(text) else ""


def _alike(codes: Sequence[str]) -> bool:
    """Are all of them codes of one series?"""
    series = [CODE.match(code) for code in codes]
    return len({match and match.group(1) for match in series}) == 1 and all(series)
