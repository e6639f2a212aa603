"""An order from a shop-like buying portal: a web page printed to PDF, no table rules."""

from __future__ import annotations

import io
from html import escape

from ..order import Item, Order
from ..partners import OWN
from ..sheet import HABITS

HABIT = HABITS["us"]
CSS = """
body { font-family: sans-serif; font-size: 9pt; color: #26221f; }
h1 { font-size: 19pt; margin: 0 0 2pt 0; }
h2 { font-size: 10pt; margin: 14pt 0 4pt 0; color: #8a5a2b; }
p { margin: 0; line-height: 1.35; }
table { width: 100%; border-collapse: collapse; }
td, th { padding: 4pt 3pt; vertical-align: top; text-align: left; }
th { font-size: 8pt; color: #777777; font-weight: normal; }
.num { text-align: right; }
.sku { font-size: 7.5pt; color: #777777; }
.small { font-size: 7.5pt; color: #777777; }
.total { font-size: 12pt; font-weight: bold; }
"""


def draw(order: Order) -> bytes:
    import pymupdf

    story = pymupdf.Story(_page(order), user_css=CSS)
    buffer = io.BytesIO()
    writer = pymupdf.DocumentWriter(buffer)
    media = pymupdf.paper_rect("letter")
    more = 1
    while more:
        device = writer.begin_page(media)
        more, _filled = story.place(media + (39, 88, -39, -54))
        story.draw(device)
        writer.end_page()
    writer.close()
    return _dress(buffer.getvalue(), order)


def _dress(content: bytes, order: Order) -> bytes:
    """Banner, logo and browser footer, and nothing in the file that changes with time."""
    import pymupdf

    document = pymupdf.open(stream=content, filetype="pdf")
    for number, page in enumerate(document, 1):
        page.draw_rect((0, 0, 612, 70), color=None, fill=(0.15, 0.13, 0.12))
        page.draw_rect((48, 24, 70, 46), color=None, fill=(0.84, 0.63, 0.38))
        page.draw_circle((70, 46), 11, color=None, fill=(0.96, 0.94, 0.9))
        page.insert_text((92, 42), "SABLE & STONE", fontname="hebo", fontsize=16, color=(1, 1, 1))
        page.insert_text((93, 54), "INTERIORS", fontsize=8, color=(0.84, 0.63, 0.38))
        page.insert_text((470, 42), "Buying portal", fontsize=9, color=(0.8, 0.8, 0.8))
        grey = {"fontsize": 7, "color": (0.5, 0.5, 0.5)}
        page.insert_text((48, 772), f"portal.sablestone.example/orders/{order.number}", **grey)
        page.insert_text((546, 772), f"{number}/{len(document)}", **grey)
    document.set_metadata({"title": f"Order {order.number}", "author": order.partner.name})
    document.subset_fonts()
    return document.tobytes(garbage=3, deflate=True, no_new_id=True)


def _page(order: Order) -> str:
    ship, partner = order.ship_to, order.partner
    rows = "".join(_row(item) for item in order.items)
    total = HABIT.number(order.total)
    return f"""
<h1>Purchase order {order.number}</h1>
<p class="small">Placed on {order.day:%B %d, %Y} by {partner.people[0].name}
({partner.people[0].email})</p>
<table><tr><td style="width:150pt">
<h2>Supplier</h2><p>{OWN.name}<br>{OWN.street}<br>{OWN.city}, {OWN.state} {OWN.zip}</p>
</td><td style="width:190pt">
<h2>Ship to</h2><p>{escape(ship.name)}<br>{ship.street}<br>{ship.city}, {ship.state} {ship.zip}</p>
</td><td>
<h2>Bill to</h2><p>{escape(partner.name)}<br>{partner.address.street}<br>
{partner.address.city}, {partner.address.state} {partner.address.zip}</p>
</td></tr></table>
<h2>{len(order.items)} items</h2>
<table>
<tr><th style="width:300pt">Item</th><th class="num" style="width:50pt">Qty</th>
<th class="num" style="width:75pt">Price</th><th class="num" style="width:80pt">Total</th></tr>
{rows}
</table>
<table>
<tr><td class="num" style="width:435pt">Subtotal</td><td class="num" style="width:80pt">${total}</td></tr>
<tr><td class="num">Shipping</td><td class="num">$0.00</td></tr>
<tr><td class="num total">Order total</td><td class="num total">${total}</td></tr>
</table>
<h2>Delivery notes</h2><p>{escape(order.note)}</p>
<p class="small" style="margin-top:14pt">Payment: {order.extra["terms"]}. Please quote order number {order.number} on all
paperwork. This order was created electronically and is valid without a signature.</p>
"""


def _row(item: Item) -> str:
    return (
        f'<tr><td><b>{escape(item.name)}</b><br><span class="sku">SKU: {item.code}</span></td>'
        f'<td class="num">{HABIT.number(item.quantity, 0)}</td>'
        f'<td class="num">${HABIT.number(item.price)}</td>'
        f'<td class="num">${HABIT.number(item.amount)}</td></tr>'
    )
