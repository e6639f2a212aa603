from odoo import http
from odoo.http import request
from odoo.tools import consteq


class HealthController(http.Controller):
    """Figures for a monitoring system; who knows the token may ask."""

    @http.route(
        "/po_intake/health", type="http", auth="public", methods=["GET"], save_session=False
    )
    def health(self, **_kwargs):
        """JSON with counts and the codes of what is wrong; 503 where somebody has to look.

        The token is read from ``Authorization: Bearer``; in the address it would stand in every
        log on the way. Without a token in the settings the page does not exist.
        """
        given = request.httprequest.headers.get("Authorization", "").removeprefix("Bearer ").strip()
        # sudo: secrets are for administrators; this one lets in whoever knows it
        known = request.env["ir.config_parameter"].sudo().get_param("po_intake.health_token")
        if not known or not consteq(given.encode(), known.encode()):
            raise request.not_found()
        figures = request.env["po.intake.health"]._figures()
        status = 200 if figures["status"] == "ok" else 503
        return request.make_json_response(figures, status=status)
