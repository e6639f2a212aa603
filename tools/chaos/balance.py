"""Holds what was sent against what is there."""

import hashlib
from collections import Counter

from tools import postgres
from tools.database import FILESTORES

#: Parts of the result that must be zero.
WRONG = ("lost", "doubled", "torn", "left")

ENDED = "SELECT count(*) FROM po_intake WHERE state <> 'new'"
LEFT = """
SELECT (SELECT count(*) FROM po_intake_mail WHERE state = 'received')
     + (SELECT count(*) FROM po_intake WHERE state = 'new')
"""
CARDS = """
SELECT m.message_id, i.state, (SELECT count(*) FROM sale_order WHERE po_intake_id = i.id),
       coalesce(i.error, f.codes, '')
  FROM po_intake_mail m
  JOIN po_intake i ON i.mail_id = m.id
  LEFT JOIN (SELECT intake_id, string_agg(code, ' ') AS codes FROM po_intake_finding
             WHERE severity = 'blocking' GROUP BY 1) f ON f.intake_id = i.id
"""
ORDERS = "SELECT client_order_ref FROM sale_order WHERE po_intake_id IS NOT NULL"
#: Orders with other lines than their cards.
TORN = """
SELECT o.id FROM sale_order o
 WHERE po_intake_id IS NOT NULL
   AND (SELECT count(*) FROM po_intake_line WHERE intake_id = o.po_intake_id)
    <> (SELECT count(*) FROM sale_order_line WHERE order_id = o.id AND display_type IS NULL)
"""
FILES = """
SELECT DISTINCT store_fname, checksum FROM ir_attachment
 WHERE res_model IN ('po.intake', 'sale.order') AND store_fname IS NOT NULL
"""
NOTES = "SELECT code, count(*) FROM po_intake_finding GROUP BY 1 ORDER BY 2 DESC"


def ended(name: str) -> int:
    """Cards that nobody has to work on any more."""
    return int(postgres.query(ENDED, name)[0])


def left(name: str) -> int:
    """Mails and cards that still wait for their work."""
    return int(postgres.query(LEFT, name)[0])


def count(name: str, sent: list[str]) -> dict:
    """What became of the mails with these Message-Ids."""
    rows = [row.split("|", 3) for row in postgres.query(CARDS, name)]
    cards = Counter(message_id for message_id, *_rest in rows)
    orders = Counter(postgres.query(ORDERS, name))
    waiting = Counter(f"{state}: {why}" for _id, state, _orders, why in rows if state != "done")
    unordered = sum(state == "done" and orders == "0" for _id, state, orders, _why in rows)
    return {
        "cards": len(rows),
        "orders": sum(orders.values()),
        "for a person": dict(waiting.most_common(20)),
        "findings": dict(row.split("|") for row in postgres.query(NOTES, name)),
        "left": left(name),
        "lost": sum(not cards[message_id] for message_id in sent) + unordered,
        "doubled": sum(amount - 1 for amount in [*cards.values(), *orders.values()]),
        "torn": len(postgres.query(TORN, name)) + torn_files(name),
    }


def torn_files(name: str) -> int:
    """Documents that the file store has not, or not as they came."""
    torn = 0
    for row in postgres.query(FILES, name):
        place, _bar, checksum = row.partition("|")
        path = FILESTORES / name / place
        content = path.read_bytes() if path.exists() else b""
        torn += hashlib.sha1(content, usedforsecurity=False).hexdigest() != checksum
    return torn
