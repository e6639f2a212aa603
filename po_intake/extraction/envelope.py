"""What only the envelope of a mail says about an order in it."""

from __future__ import annotations

import datetime
from dataclasses import replace

from .document import OTHER, Evidence, OrderDocument
from .reader import Hints

READER = "mail"


def add(document: OrderDocument, hints: Hints) -> OrderDocument:
    """The document with the sender's address and the day of sending where none is printed.

    Our own people's addresses are never the other party's.
    """
    if document.document_type == OTHER:
        return document
    evidence = dict(document.evidence)
    partner, order_date = document.partner, document.order_date
    if not partner.email and hints.sender and not _is_own(hints.sender, hints):
        partner = replace(partner, email=hints.sender)
        evidence["partner.email"] = Evidence(text=hints.sender, reader=READER, place="From")
    if order_date is None and hints.date:
        order_date = datetime.date.fromisoformat(hints.date)
        evidence["order_date"] = Evidence(text=hints.date, reader=READER, place="Date")
    return replace(document, partner=partner, order_date=order_date, evidence=evidence)


def _is_own(address: str, hints: Hints) -> bool:
    domains = {(party.email or "").rpartition("@")[2].lower() for party in hints.own} - {""}
    return address.rpartition("@")[2].lower() in domains
