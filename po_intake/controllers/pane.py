from odoo import http
from odoo.exceptions import AccessError, MissingError
from odoo.http import request

from ..extraction.reader import ReaderError

ZOOMS = (1.0, 1.5, 2.0, 3.0)
WEEK = 7 * 24 * 3600


class PaneController(http.Controller):
    """Pages of documents as pictures, for whoever may read the intake."""

    @http.route("/po_intake/page/<int:intake_id>/<int:number>", type="http", auth="user")
    def page(self, intake_id, number, zoom="2", **_kwargs):
        """PNG of one page.

        :param zoom: pixels for each point; the next larger one that is offered is taken
        """
        intake = request.env["po.intake"].browse(intake_id)
        try:
            intake.check_access("read")
            wanted = min((item for item in ZOOMS if item >= float(zoom)), default=ZOOMS[-1])
            content = intake._page_picture(number, wanted)
        except (AccessError, MissingError, ReaderError, ValueError):
            # who may not read it does not learn whether it is there
            raise request.not_found() from None
        headers = [
            ("Content-Type", "image/png"),
            ("Content-Length", len(content)),
            # the address carries the document's digest: other bytes have another address
            ("Cache-Control", f"private, max-age={WEEK}, immutable"),
            ("X-Content-Type-Options", "nosniff"),
        ]
        return request.make_response(content, headers)
