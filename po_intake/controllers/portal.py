import os

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..extraction.containers.names import clean

LIST = "/my/sent-orders"
MOST_FILES = 10
MOST_BYTES = 20_000_000
# what readers take; a name that promises something else is refused before anything is stored
EXTENSIONS = (
    ".pdf .png .jpg .jpeg .tif .tiff .xlsx .xls .ods .csv .docx .xml .edi .txt .eml .msg .zip"
).split()


class PortalController(CustomerPortal):
    """Orders that a customer has sent: where each is, new ones, and answers to questions.

    Every page asks :meth:`po.intake._portal_card` or ``_portal_cards`` what the user may see.
    """

    def _prepare_portal_layout_values(self):
        values = super()._prepare_portal_layout_values()
        values["po_intake_team"] = request.env["po.intake"]._portal_team()
        return values

    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "po_intake_count" in counters:
            cards, domain = request.env["po.intake"]._portal_cards()
            values["po_intake_count"] = cards.search_count(domain)
        return values

    @http.route([LIST, f"{LIST}/page/<int:page>"], type="http", auth="user", website=True)
    def po_intake_list(self, page=1, **_kwargs):
        """All orders that were sent, the newest first."""
        return self._render_list(page)

    def _render_list(self, page=1, error=None):
        cards, domain = request.env["po.intake"]._portal_cards()
        pages = pager(
            url=LIST, total=cards.search_count(domain), page=page, step=self._items_per_page
        )
        found = cards.search(domain, limit=self._items_per_page, offset=pages["offset"])
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "po_intakes",
            "intakes": found,
            "pager": pages,
            "default_url": LIST,
            "accept": ",".join(EXTENSIONS),
            "error": error,
        }
        return request.render("po_intake.portal_list", values)

    @http.route(f"{LIST}/<int:intake_id>", type="http", auth="user", website=True)
    def po_intake_page(self, intake_id, **_kwargs):
        """One order: its life, its document, and what was written about it."""
        return self._render_page(self._own(intake_id))

    def _render_page(self, card, error=None):
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "po_intake",
            "intake": card,
            "error": error,
        }
        return request.render("po_intake.portal_page", values)

    @http.route(f"{LIST}/<int:intake_id>/document", type="http", auth="user", website=True)
    def po_intake_document(self, intake_id, **_kwargs):
        """The file as it was sent; always a download, so that no browser runs it."""
        attachment = self._own(intake_id).message_main_attachment_id
        if not attachment:
            raise request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(attachment)
        return stream.get_response(
            as_attachment=True, content_security_policy="default-src 'none'; sandbox"
        )

    @http.route(
        f"{LIST}/upload",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
        max_content_length=MOST_FILES * MOST_BYTES,
    )
    def po_intake_upload(self, **_kwargs):
        """New orders; they come in by the same way as those that are mailed."""
        try:
            files = self._files(request.httprequest.files.getlist("files"))
            cards = request.env["po.intake"]._portal_upload(files)
        except UserError as error:
            return self._render_list(error=str(error))
        return request.redirect(f"{LIST}/{cards.id}" if len(cards) == 1 else LIST)

    @http.route(
        f"{LIST}/<int:intake_id>/answer", type="http", auth="user", website=True, methods=["POST"]
    )
    def po_intake_answer(self, intake_id, text="", **_kwargs):
        """What the customer answers to a question, or asks."""
        card = self._own(intake_id)
        try:
            card._portal_answer(text)
        except UserError as error:
            return self._render_page(card, error=str(error))
        return request.redirect(f"{LIST}/{card.id}#conversation")

    def _own(self, intake_id):
        """One of the user's cards; whoever may not see it does not learn whether it is there."""
        card = request.env["po.intake"]._portal_card(intake_id)
        if not card:
            raise request.not_found()
        return card

    def _files(self, uploads):
        """Names and bytes of what was uploaded, if it may be taken.

        :raises UserError: with a sentence for the customer
        """
        _ = request.env._
        uploads = [upload for upload in uploads if upload.filename]
        if not uploads:
            raise UserError(_("Please choose a file."))
        if len(uploads) > MOST_FILES:
            raise UserError(_("Please send at most %s files at once.", MOST_FILES))
        files = []
        for upload in uploads:
            name = clean(upload.filename)
            if os.path.splitext(name)[1].lower() not in EXTENSIONS:
                raise UserError(_("%(file)s is of no kind that we can read.", file=name))
            content = upload.stream.read(MOST_BYTES + 1)
            if len(content) > MOST_BYTES:
                raise UserError(_("%(file)s is too large: 20 MB at most.", file=name))
            if not content:
                raise UserError(_("%(file)s is empty.", file=name))
            files.append((name, content))
        return files
