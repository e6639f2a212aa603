from odoo import Command, api, fields, models

PROPOSED = 3  # vendors that are ticked
SHOWN = 20
RELIABLE = 0.25  # spread of the lead time as a share of it


class PoIntakeReorderStart(models.TransientModel):
    """Where to begin: fast movers of vendors that deliver when they say, in the shadow."""

    _name = "po.intake.reorder.start"
    _description = "Start the Reorder Agent"

    company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
    line_ids = fields.One2many(
        "po.intake.reorder.start.line", "start_id", default=lambda self: self._default_lines()
    )

    is_empty = fields.Boolean(compute="_compute_is_empty")

    @api.model
    def _default_lines(self):
        """Vendors that the agent has no word about, those with most order lines to save first."""
        known = self.env["po.intake.authority"].search(
            [("company_id", "=", self.env.company.id), ("partner_id", "!=", False)]
        )
        groups = self.env["po.intake.forecast"]._read_group(
            [
                ("company_id", "=", self.env.company.id),
                ("vendor_id", "not in", [False, *known.partner_id.ids]),
                ("weekly", ">", 0),
                ("rule", "=", "forecast"),
            ],
            ["vendor_id"],
            ["__count", "weekly:sum", "lead_days:avg", "lead_spread:max"],
            order="weekly:sum desc",
            limit=SHOWN,
        )
        # sudo: how long vendors took is read from purchases and receipts, which not all may see
        supply = self.env["po.intake.supply"].sudo()
        measured = supply._lead_times(self.env.company, [group[0].id for group in groups])
        lines, ticked = [], 0
        for vendor, count, weekly, lead_days, spread in groups:
            reliable = vendor.id in measured and spread <= RELIABLE * lead_days
            delivers = "known" if reliable else "late" if vendor.id in measured else "unknown"
            # where nobody was measured yet, the fastest movers are as good a beginning as any
            chosen = ticked < PROPOSED and (reliable or not measured)
            ticked += chosen
            lines.append(
                Command.create(
                    {
                        "partner_id": vendor.id,
                        "item_count": count,
                        "weekly": weekly,
                        "lead_days": lead_days,
                        "lead_spread": spread,
                        "delivers": delivers,
                        "chosen": chosen,
                    }
                )
            )
        return lines

    @api.depends("line_ids")
    def _compute_is_empty(self):
        for start in self:
            start.is_empty = not start.line_ids

    def action_start(self):
        """Let the agent compute and show for the vendors that are ticked."""
        self.env["po.intake.authority"].create(
            [
                {"company_id": self.company_id.id, "partner_id": vendor.id, "mode": "shadow"}
                for vendor in self.line_ids.filtered("chosen").partner_id
            ]
        )
        return self.env["ir.actions.act_window"]._for_xml_id("po_intake.po_intake_authority_action")
