"""A printed item -> an order line, read by the habit of its document."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from ..document import Charge, OrderLine
from ..normalize import Habit, balanced, decimal_mark, find_dates, number_tokens, to_decimal
from .habits import price_and_per, unit_basis
from .header import CODES
from .items import Printed
from .lexicon import lexicon, months, weeks
from .parties import VENDOR_TYPES
from .text import squash, tidy

if TYPE_CHECKING:
    from .draft import Draft

HUNDRED = Decimal(100)
NO_LETTERS = re.compile(r"^[^A-Za-z\u00c0-\u024f]*")
COUNT = re.compile(r"^\d[\d.,]*\s*(?=\D)")
GTIN = re.compile(r"\d{12,14}")
OTHER_SIDE = {"partner_code": "our_code", "our_code": "partner_code"}


def build_line(
    item: Printed, index: int, habit: Habit, document_type: str, coded: set[str], draft: Draft
) -> OrderLine | None:
    """The order line of an item; None where the row names nothing.

    :param coded: the code columns that any item of the document fills
    """
    path = f"lines.{index}."
    values: dict[str, object] = {"sequence": index + 1}
    _codes(item, values, document_type, coded, path, draft)
    description = item.description
    if description:
        values["description"] = description
        draft.place(path + "description", [word for _c, words in item.lines for word in words])
    if not description and not any(
        key in values for key in ("partner_code", "our_code", "barcode")
    ):
        return None
    _quantity(item, values, habit, path, draft)
    _money(item, values, habit, path, draft)
    printed = find_dates(item.text("date"), months(), weeks()) if "date" in item.cells else []
    day = printed[0].value(habit.dates, draft.day("order_date")) if printed else None
    if day:
        values["requested_date"] = day
        draft.place(path + "requested_date", item.cells["date"])
    return OrderLine(**values)


def line_charge(item: Printed, habit: Habit) -> Charge | None:
    """The row as a charge, where it is one."""
    if not item.charge:
        return None
    amount = to_decimal(item.text("amount"), habit.money)
    if amount is None:
        price, quantity = (
            to_decimal(item.text("price"), habit.money),
            to_decimal(item.text("quantity"), habit.quantity),
        )
        amount = price * (quantity or 1) if price is not None else None
    return Charge(item.description.partition("\n")[0], amount) if amount is not None else None


def _quantity(
    item: Printed, values: dict[str, object], habit: Habit, path: str, draft: Draft
) -> None:
    text = item.text("quantity")
    quantity = to_decimal(text, habit.quantity) if text else None
    if quantity is not None:
        values["quantity"] = quantity
        draft.place(path + "quantity", item.cells["quantity"])
    unit = item.text("unit")
    place = item.cells.get("unit", ())
    if text and (not unit or unit[:1].isdigit()):
        tail = NO_LETTERS.sub("", text)
        unit, place = tail or unit, item.cells["quantity"]
    unit = COUNT.sub("", unit).strip(" ()/")
    if unit and any(char.isalpha() for char in unit):
        values["uom"] = unit
        draft.place(path + "uom", place)


def _money(item: Printed, values: dict[str, object], habit: Habit, path: str, draft: Draft) -> None:
    price_text, per_text = price_and_per(item)
    price = to_decimal(price_text, habit.money) if price_text else None
    amount = to_decimal(item.text("amount"), habit.money) if "amount" in item.cells else None
    if price is None and _is_free(price_text or item.text("amount")):
        price = Decimal(0)
    per = to_decimal(per_text, habit.quantity) if per_text else None
    if price is not None:
        per = per or _basis_of_unit(item, values.get("quantity"), price, amount, habit)
        values["price_unit"] = _per_one(price, per)
        draft.place(path + "price_unit", item.cells.get("price") or item.cells.get("amount") or ())
    if amount is not None:
        values["price_subtotal"] = amount
        draft.place(path + "price_subtotal", item.cells["amount"])
    discount = _percent(item.text("discount"), habit)
    if discount is not None and discount == 0 < HUNDRED:
        discount = None
    if discount is not None:
        discount = _as_percent(discount, values)
    if discount is not None:
        values["discount"] = discount
        draft.place(path + "discount", item.cells["discount"])


def _basis_of_unit(
    item: Printed, quantity: object, price: Decimal, amount: Decimal | None, habit: Habit
) -> Decimal | None:
    """How many the price is for by the unit ("100 pcs"), where only that adds up."""
    basis = to_decimal(unit_basis(item), habit.quantity)
    if basis is None or amount is None or not isinstance(quantity, Decimal):
        return None
    less = _percent(item.text("discount"), habit) or Decimal(0)
    if balanced(quantity, price, less, Decimal(1), amount):
        return None
    return basis if balanced(quantity, price, less, basis, amount) else None


def _per_one(price: Decimal, per: Decimal | None) -> Decimal:
    return price / per if per and per > 0 else price


def _percent(text: str, habit: Habit) -> Decimal | None:
    """A discount in percent; "10+5 %" is 14.5. Above 100 it can only be an amount."""
    tokens = number_tokens(text) if text else []
    if not tokens:
        return None
    left = Decimal(1)
    for token in tokens if "+" in text else tokens[:1]:
        value = to_decimal(token, decimal_mark(token) or habit.money)
        if value is None:
            return None
        if abs(value) > HUNDRED:
            # too much for a percentage, so perhaps an amount
            return abs(value) if len(tokens) == 1 and "%" not in text else None
        left *= 1 - abs(value) / HUNDRED
    return ((1 - left) * HUNDRED).normalize() + 0


def _as_percent(discount: Decimal, values: dict[str, object]) -> Decimal | None:
    """A discount printed as an amount becomes percent where only that adds up."""
    percent = discount if discount <= HUNDRED else None
    quantity, price, amount = (
        values.get(key) for key in ("quantity", "price_unit", "price_subtotal")
    )
    if not (isinstance(quantity, Decimal) and isinstance(price, Decimal) and quantity * price):
        return percent
    if not isinstance(amount, Decimal):
        return percent
    if percent is not None and balanced(quantity, price, percent, Decimal(1), amount):
        return percent
    gross = quantity * price
    for less in (discount, discount * quantity):
        if abs(gross - less - amount) <= Decimal("0.02"):
            return (less / gross * HUNDRED).quantize(Decimal("0.0001")).normalize() + 0
    return percent


def _is_free(text: str) -> bool:
    return bool(text) and lexicon().means("word", squash(text), "free")


def _codes(
    item: Printed,
    values: dict[str, object],
    document_type: str,
    coded: set[str],
    path: str,
    draft: Draft,
) -> None:
    for kind in CODES:
        words = item.cells.get(kind)
        if not words:
            continue
        text = item.codes.get(kind) or _joined([word.text for word in words])
        key = _whose(kind, document_type, coded)
        if key in values and key in OTHER_SIDE:
            key = OTHER_SIDE[key]
        if GTIN.fullmatch(text) and key != "barcode" and _is_gtin(text):
            key = "barcode" if "barcode" not in coded else key
        if key not in values and any(char.isalnum() for char in text):
            values[key] = text
            draft.place(path + key, words)


def _whose(kind: str, document_type: str, coded: set[str]) -> str:
    """``partner_code`` or ``our_code``: "our" is the sender's, and the sender is the partner.

    A code that the paper gives to nobody is the seller's, as order forms have it, unless the
    seller's stands in a column of its own.
    """
    vendor = document_type in VENDOR_TYPES
    if kind == "barcode":
        return "barcode"
    if kind == "code_own":
        return "partner_code"
    if kind == "code_your":
        return "our_code"
    if kind == "code_supplier":
        return "partner_code" if vendor else "our_code"
    if kind == "code_customer":
        return "our_code" if vendor else "partner_code"
    seller_known = coded & (
        {"code_own", "code_supplier"} if vendor else {"code_your", "code_supplier"}
    )
    seller = "partner_code" if vendor else "our_code"
    buyer = "our_code" if vendor else "partner_code"
    return buyer if seller_known else seller


def _joined(parts: list[str]) -> str:
    """A code printed in pieces; long codes wrap in narrow columns."""
    if len(parts) > 1 and all(len(part) > 1 for part in parts):
        return tidy("".join(parts)) if len(parts) == 2 else tidy(" ".join(parts))
    return tidy(" ".join(parts))


def _is_gtin(text: str) -> bool:
    from stdnum import ean

    return bool(ean.is_valid(text))
