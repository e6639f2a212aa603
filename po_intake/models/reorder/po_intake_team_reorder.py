from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_amount, format_date

from .po_intake_authority import NORM_RUNS

# of one thing, in value and in pieces; 0 = never without a person
CEILINGS = ("line", "order", "vendor_week", "day")


class PoIntakeTeamReorder(models.AbstractModel):
    """Part of a team: what its reorder agent may do, and what holding and ordering costs."""

    _name = "po.intake.team.reorder"
    _description = "Order Intake Team: Reorder"

    currency_id = fields.Many2one("res.currency")  # the team's own, of its company
    reorder = fields.Boolean(
        "Foresee and reorder",
        help="Each night demand is counted, stock-outs are foreseen, and orders are proposed for "
        "the categories and vendors that are not off.",
    )
    reorder_paused = fields.Boolean(
        "Agent is stopped",
        tracking=True,
        help="Nothing is proposed, drafted or confirmed until somebody lets it go on.",
    )
    reorder_pause_reason = fields.Char("Stopped because", tracking=True)
    reorder_safety = fields.Float(
        "Service level",
        help="Chance that the stock lasts until the next order arrives. 0: in each category the "
        "one that was cheapest in a replay of the last year.",
    )
    reorder_holding_rate = fields.Float(
        "Cost of stock", default=0.25, help="Of its value, a year: money, space, loss."
    )
    reorder_line_cost = fields.Monetary("Cost of an order line", default=2.0)
    reorder_order_cost = fields.Monetary("Cost of an order", default=10.0)
    reorder_line_value = fields.Monetary("Value of a line")
    reorder_line_quantity = fields.Float("Quantity of a line", digits="Product Unit")
    reorder_order_value = fields.Monetary("Value of an order")
    reorder_order_quantity = fields.Float("Quantity of an order", digits="Product Unit")
    reorder_vendor_week_value = fields.Monetary("Value a vendor and week")
    reorder_vendor_week_quantity = fields.Float("Quantity a vendor and week", digits="Product Unit")
    reorder_day_value = fields.Monetary("Value a day")
    reorder_day_quantity = fields.Float("Quantity a day", digits="Product Unit")
    reorder_snooze_days = fields.Integer(
        "Days of silence",
        default=28,
        help="A proposal that was cancelled or rejected comes back after these days, or when the "
        "need has grown by a quarter.",
    )
    reorder_run_ids = fields.One2many("po.intake.reorder.run", "team_id", "Runs")
    reorder_told = fields.Char("Last night", compute="_compute_reorder_told")

    _reorder_safety_range = models.Constraint(
        "CHECK(reorder_safety = 0 OR (reorder_safety >= 0.5 AND reorder_safety < 1))",
        "The service level is a share between 50 and 99.9 %, or 0.",
    )
    _reorder_uniq = models.UniqueIndex(
        "(company_id) WHERE reorder", "One team of a company reorders."
    )

    def write(self, vals):
        """Without an agent Odoo's scheduler orders again."""
        result = super().write(vals)
        if {"reorder", "active"} & vals.keys():
            self.env["po.intake.authority"]._hand_back(self.company_id)
        return result

    @api.depends("reorder_run_ids.phase", "reorder_run_ids.proposal_count")
    def _compute_reorder_told(self):
        """What the last night proposed, beside a usual one."""
        for team in self:
            done = team.reorder_run_ids.filtered(lambda run: run.phase == "done")
            usual = done[1:].filtered("proposal_count")[:NORM_RUNS]
            if not done:
                team.reorder_told = self.env._("It has not worked yet.")
                continue
            told = self.env._(
                "%(day)s: %(count)s proposals worth %(value)s.",
                day=format_date(self.env, done[0].date),
                count=done[0].proposal_count,
                value=format_amount(self.env, done[0].proposal_value, team.currency_id),
            )
            if usual:
                value = sum(usual.mapped("proposal_value")) / len(usual)
                norm = self.env._(
                    "On a usual day: %(count)s, worth %(value)s.",
                    count=round(sum(usual.mapped("proposal_count")) / len(usual)),
                    value=format_amount(self.env, value, team.currency_id),
                )
                told = f"{told} {norm}"
            team.reorder_told = told

    def _reorder_ceilings(self):
        """``{what: (value, quantity)}`` up to which orders are confirmed without a person."""
        return {
            name: (self[f"reorder_{name}_value"], self[f"reorder_{name}_quantity"])
            for name in CEILINGS
        }

    def _reorder_stop(self, reason):
        """Pull the brake and tell the one who is responsible."""
        self.write({"reorder_paused": True, "reorder_pause_reason": reason})
        self._tell_manager(reason)

    def _tell_manager(self, summary):
        """An activity on the team for its responsible, or the administrator."""
        for team in self:
            user = team.user_id or self.env.ref("base.user_admin")
            self.env["mail.activity"].sudo().create(  # sudo: the agent may not write on teams
                {
                    "res_model_id": self.env["ir.model"]._get_id(team._name),
                    "res_id": team.id,
                    "activity_type_id": self.env.ref("mail.mail_activity_data_todo").id,
                    "summary": summary[:250],
                    "user_id": user.id,
                }
            )

    def action_reorder_stop(self):
        """The kill switch."""
        self.write(
            {
                "reorder_paused": True,
                "reorder_pause_reason": self.env._("Stopped by %s", self.env.user.name),
            }
        )

    def action_reorder_resume(self):
        """Let the agent go on."""
        self.write({"reorder_paused": False, "reorder_pause_reason": False})

    def action_reorder_now(self):
        """Have today's work done now, from the start where it has been done already."""
        for team in self:
            if not team.reorder:
                raise ValidationError(self.env._("%s does not reorder.", team.name))
            team.reorder_run_ids.sudo().filtered(  # sudo: runs are written by the system
                lambda run: run.date == fields.Date.context_today(run)
            ).write({"phase": "demand", "step_cursor": 0})
        self.env.ref("po_intake.ir_cron_reorder").sudo()._trigger()  # sudo: of the system's
        return True
