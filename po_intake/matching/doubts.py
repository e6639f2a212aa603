"""What speaks against drafting without a look, and what it costs as long as nobody has measured it.

:data:`CAUTION` is what people of the trade would say before they have seen a case. It holds one
certain point: a reading's confidence is calibrated by itself (``extraction.acceptance``), so
without other doubts the whole is as sure as the reading. ``bench/confidence.py`` fits the prices
around it on what the intake of a corpus proposed, with and without the customers' item codes.
:data:`SHIPPED` is the dearer of both for each doubt: cases that went well never make it cheaper,
since a wrong order costs more than a look. A database refits them on its own history.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .calibrate import Calibration, shortfall

# reasons of a match that name a product without a description's help
NAMED = frozenset({"partner_code", "barcode", "default_code", "vendor_code", "partner_wording"})
HINTED = frozenset(
    {
        "partner_code_crossed",
        "barcode_crossed",
        "default_code_crossed",
        "vendor_code_crossed",
        "code_without_zeros",
        "code_in_description",
    }
)
DISPUTED = frozenset({"conflict", "differs"})
# a partner that is known by one of these alone could be another one of the same name or house
WEAK_SIGNS = frozenset({"domain", "name", "similar_name", "vat_misread", "zip", "city", "street"})
# the second candidate is this near
NARROW = 0.1

CAUTION = Calibration(
    base=5.293,
    prices={
        "reading": 1.0,
        "reading_witnessed": 0.75,
        "stranger": 4.0,
        "partner_sign": 0.5,
        "sender": 0.2,
        "unmatched": 3.0,
        "described": 0.25,
        "hinted": 0.4,
        "disputed": 1.0,
        "narrow": 0.6,
        "unpriced": 0.2,
        "price_differs": 0.4,
        "warning": 0.1,
    },
)
SHIPPED = Calibration(CAUTION.base, {**CAUTION.prices, "unpriced": 0.33, "warning": 0.12})


@dataclass(frozen=True)
class Doubt:
    """One kind of doubt about an intake.

    :param value: how much of it, from 0 upwards
    :param lines: numbers of the lines that it is about
    :param parameters: values for its sentence
    """

    code: str
    value: float
    lines: tuple[int, ...] = ()
    parameters: Mapping[str, object] = field(default_factory=dict)


def reading_doubts(confidence: float, witnessed: float) -> tuple[Doubt, ...]:
    """What the reading lacks to certainty.

    What the catalogue bears witness to counts apart: on a document whose sum is right, a line whose
    product is named by a code, at the catalogue's price, and whose quantity and price give the
    printed amount, is hardly misread.

    :param witnessed: share of such lines
    """
    lack, parameters = shortfall(confidence), {"percent": round(100 * confidence)}
    return (
        Doubt("reading", lack * (1.0 - witnessed), parameters=parameters),
        Doubt("reading_witnessed", lack * witnessed, parameters=parameters),
    )


def is_weak(codes: Sequence[str]) -> bool:
    """Is a partner known by nothing but what it may share with another one?"""
    told = {code for code in codes if not code.endswith("_differs")} - {"conflict", "ambiguous"}
    return told <= WEAK_SIGNS


def match_doubt(codes: Sequence[str], margin: float | None) -> str | None:
    """The doubt about a product that was matched, by the codes of the reasons; none for a code.

    :param margin: to the next candidate
    """
    found = frozenset(codes)
    if found & DISPUTED:
        return "disputed"
    if found & NAMED:
        return None
    if found & HINTED:
        return "hinted"
    if margin is not None and margin < NARROW:
        return "narrow"
    return "described"
