from odoo import fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .ledger.po_intake_board import WAITING


class DigestDigest(models.Model):
    _inherit = "digest.digest"

    kpi_po_intake_received = fields.Boolean("Orders Received")
    kpi_po_intake_received_value = fields.Integer(compute="_compute_kpi_po_intake_received_value")
    kpi_po_intake_touchless = fields.Boolean("Orders Drafted without Touch")
    kpi_po_intake_touchless_value = fields.Integer(compute="_compute_kpi_po_intake_touchless_value")
    kpi_po_intake_waiting = fields.Boolean("Orders that Wait for a Person")
    kpi_po_intake_waiting_value = fields.Integer(compute="_compute_kpi_po_intake_waiting_value")

    def _compute_kpi_po_intake_received_value(self):
        self._count_intakes("kpi_po_intake_received_value", "received_date")

    def _compute_kpi_po_intake_touchless_value(self):
        touchless = Domain("state", "=", "done") & Domain("touchless", "=", True)
        self._count_intakes("kpi_po_intake_touchless_value", "done_date", touchless)

    def _compute_kpi_po_intake_waiting_value(self):
        """Of what was received in that time; what waits is no flow that a period has."""
        waiting = Domain("state", "in", WAITING)
        self._count_intakes("kpi_po_intake_waiting_value", "received_date", waiting)

    def _count_intakes(self, field, date_field, domain=None):
        if not self.env["po.intake"].has_access("read"):
            # how a digest leaves a figure out for those who may not see it
            raise AccessError(self.env._("No access to order intakes."))
        self._calculate_company_based_kpi("po.intake", field, date_field, domain)

    def _compute_kpis_actions(self, company, user):
        result = super()._compute_kpis_actions(company, user)
        menu = self.env.ref("po_intake.menu_root").id
        for name in ("received", "touchless", "waiting"):
            result[f"kpi_po_intake_{name}"] = f"po_intake.po_intake_action?menu_id={menu}"
        return result
