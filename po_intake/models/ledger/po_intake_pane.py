from odoo import api, fields, models

from ...extraction.claude.claims import TYPED
from ...extraction.reader import ReaderError
from ...extraction.source import Source
from ..po_intake_reader import sandbox

# fields of the form -> paths of the reading whose boxes belong to them
PATHS = {
    "order_reference": ["number"],
    "order_revision": ["revision"],
    "order_date": ["order_date"],
    "requested_date": ["requested_date"],
    "document_type": ["document_type"],
    "currency_text": ["currency"],
    "payment_terms": ["payment_terms"],
    "incoterm": ["incoterm"],
    "note": ["note"],
    "partner_id": ["partner.name", "partner.reference", "partner.vat", "partner.email"],
    "partner_shipping_id": ["delivery.name", "delivery.street", "delivery.zip", "delivery.city"],
    "amount_untaxed": ["amount_untaxed"],
    "amount_tax": ["amount_tax"],
    "amount_total": ["amount_total"],
    **{
        f"party_{key}": [f"partner.{key}"]
        for key in "name reference vat email phone street zip city country".split()
    },
}
LINE_PATHS = {
    "description": ["description"],
    "partner_code": ["partner_code"],
    "our_code": ["our_code"],
    "barcode": ["barcode"],
    "product_id": ["our_code", "partner_code", "barcode", "description"],
    "quantity": ["quantity"],
    "uom_text": ["uom"],
    "product_uom_id": ["uom"],
    "price_unit": ["price_unit"],
    "discount": ["discount"],
    "price_subtotal": ["price_subtotal"],
    "requested_date": ["requested_date"],
}


class PoIntakePane(models.AbstractModel):
    """The document beside the fields: its pages, the words on them, and where values stand."""

    _name = "po.intake.pane"
    _description = "Order Intake Pane"

    # pages that are pictures are recognized once: it takes seconds
    page_words = fields.Json(copy=False, readonly=True, prefetch=False)
    picks = fields.Json(
        "Pointed at", copy=False, readonly=True, help="Where a person said that a value stands."
    )

    @api.model
    def _get_pane_paths(self):
        """Hook: which values of a reading belong to a field of the form, the best first.

        :return: ``(fields of the intake, fields of a line)``, each ``{field: [path, ...]}``
        """
        return PATHS, LINE_PATHS

    def get_pane(self):
        """What the review page needs to show the document.

        :return: ``name``, ``digest``; ``pages`` with width and height in points, or ``rows`` of
            ``[place, text]``; ``evidence`` by path; ``paths`` and ``line_paths`` by field;
            ``can_ask``: may Claude be asked; ``error`` with a sentence where it cannot be shown
        """
        self.ensure_one()
        self.check_access("read")
        paths, line_paths = self._get_pane_paths()
        pane = {
            "name": self.source_name or self.subject or "",
            "pages": [],
            "rows": [],
            "evidence": {**((self.document or {}).get("evidence") or {}), **(self.picks or {})},
            "paths": paths,
            "line_paths": line_paths,
            "error": False,
            "can_ask": self._can_ask(),
        }
        source = self._shown_source()
        if not source.content:
            return pane
        pane["digest"] = source.digest
        try:
            view = sandbox().view(source)
        except ReaderError as error:
            return {**pane, "error": self._why_not_shown(error)}
        return {**pane, "pages": view.pages, "rows": view.rows}

    def get_page_words(self, number):
        """The words of one page as ``[text, [x0, y0, x1, y1]]``, boxes in points.

        :param number: counts from 1
        """
        self.ensure_one()
        self.check_access("read")
        source = self._shown_source()
        key = f"{source.digest[:16]}/{number}"
        known = (self.page_words or {}).get(key)
        if known is not None:
            return known
        try:
            words = sandbox().words(source, number)
        except ReaderError:
            return []  # to be looked at, but not to be clicked
        words = [[text, [round(value, 1) for value in box]] for text, box in words]
        # sudo: a cache of what the document says; whoever may read the intake may fill it
        self.sudo().page_words = {**(self.page_words or {}), key: words}
        return words

    def _page_picture(self, number, zoom):
        """PNG of one page, for the web route.

        :raises ReaderError: there is no such page
        """
        return sandbox().picture(self._shown_source(), number, zoom)

    def convert_printed(self, kind, text):
        """Words that a person pointed at, as the value of a field.

        :param kind: type of the field
        :return: the value, or ``False`` where the words do not fit
        """
        self.ensure_one()
        printed = self.env["po.intake.text"]
        value = printed._as(kind, text.strip(), printed._lang(self.document))
        return False if value is None else value

    def pick(self, path, place):
        """Keep where a person said that a value stands.

        :param path: of the value in a reading, like ``number`` or ``lines.0.quantity``
        :param place: ``page``, ``bbox`` and ``text``, or ``place`` and ``text``; and ``reader``
            where Claude has found it for the person
        """
        self.ensure_one()
        self.check_access("write")
        kept = {key: place[key] for key in ("page", "bbox", "text", "place") if key in place}
        kept |= {"confidence": 1.0, "reader": "person"}
        if place.get("reader") == "claude":
            kept |= {"confidence": TYPED, "reader": "claude"}
        self._own_step().picks = {**(self.picks or {}), path: kept}

    def _shown_source(self):
        """The document as it is shown; nothing of one that nobody has released."""
        attachment = self.message_main_attachment_id
        if self.state == "quarantine":
            attachment = attachment.browse()
        return Source(
            name=attachment.name or "",
            content=attachment.raw or b"",
            mimetype=attachment.mimetype or "",
        )

    def _why_not_shown(self, error):
        """A sentence of the finding that reading the file gives."""
        texts = self.env["po.intake.finding"]._get_texts()
        title, _sentence = texts.get(error.code, (error.code, ""))
        return title
