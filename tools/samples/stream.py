"""Small typed orders without end, each with a number of its own: for load and for chaos."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from . import orders_drafted as drafted
from .layouts import din_letter, erp, us_form, webshop
from .mail import Mail, compose

#: Orders that are drafted without a person, and how their customers print them.
PATTERNS = (
    (drafted.PINECREST, us_form),
    (drafted.AHRENHOLT, din_letter),
    (drafted.KESTERMANN, erp),
    (drafted.SABLESTONE, webshop),
)


def mails(count: int, most_lines: int | None = None) -> Iterator[tuple[str, bytes]]:
    """Pairs of an order number and the mail that brings this order.

    :param most_lines: of an order; None: as many as its customer orders
    """
    for place in range(count):
        pattern, layout = PATTERNS[place % len(PATTERNS)]
        order = replace(pattern, number=f"4{place:07d}", items=pattern.items[:most_lines])
        person = order.partner.people[0]
        yield (
            order.number,
            compose(
                Mail(
                    f"stream-{place}",
                    person.name,
                    person.email,
                    f"Order {order.number}",
                    "Please find our order attached.\n",
                    datetime(2026, 11, 16, 9, 0),
                    files=((f"{order.number}.pdf", layout.draw(order)),),
                )
            ),
        )
