from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..matching.calibrate import fit, foretold
from ..matching.doubts import SHIPPED
from ..matching.reliability import reliability

# with fewer cases, or fewer of either kind, chance would be fitted
FEWEST_CASES = 50
FEWEST_OF_A_KIND = 5
# older history speaks of other customers and another catalogue
MOST_CASES = 2000


class PoIntakeCalibrate(models.TransientModel):
    """Fit the confidence on what people have accepted and edited, and show before and after."""

    _name = "po.intake.calibrate"
    _description = "Calibrate the Confidence"

    company_id = fields.Many2one("res.company", required=True, readonly=True)
    formula = fields.Json(readonly=True)
    case_count = fields.Integer("Cases", readonly=True)
    edited_count = fields.Integer("Edited", readonly=True)
    log_loss_before = fields.Float(digits=(16, 4), readonly=True)
    log_loss_after = fields.Float(digits=(16, 4), readonly=True)
    brier_before = fields.Float(digits=(16, 4), readonly=True)
    brier_after = fields.Float(digits=(16, 4), readonly=True)
    refusal = fields.Char(readonly=True)
    advice = fields.Char(readonly=True)
    in_force = fields.Char(readonly=True)
    table = fields.Html("Reliability", readonly=True, sanitize=False)

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        company = self.env.company
        cases, right = self._cases(company)
        values.update(
            company_id=company.id,
            case_count=len(cases),
            edited_count=len(right) - sum(right),
            in_force=self._in_force(company),
            refusal=self._refusal(cases, right),
        )
        if not values["refusal"]:
            values.update(self._fitted(company, cases, right))
        return values

    @api.model
    def _cases(self, company):
        """Doubts and outcomes of what people have decided, the newest first.

        Left out is what waited for a person whatever its confidence was.
        """
        intakes = self.env["po.intake"].search(
            [("company_id", "=", company.id), ("outcome", "!=", False)], limit=MOST_CASES
        )
        kept = [item for item in intakes if item.proposal and not item.proposal.get("blocked")]
        cases = [item.proposal.get("doubts") or {} for item in kept]
        return cases, [item.outcome == "accepted" for item in kept]

    @api.model
    def _in_force(self, company):
        known = self.env["po.intake.calibration"].search([("company_id", "=", company.id)], limit=1)
        if not known:
            return self.env._("As shipped")
        date = format_date(self.env, known.create_date)
        return self.env._("Fitted on %(date)s, %(cases)s cases", date=date, cases=known.case_count)

    @api.model
    def _refusal(self, cases, right):
        """Why nothing can be fitted, as a sentence; empty where it can."""
        edited = len(right) - sum(right)
        if len(cases) < FEWEST_CASES:
            return self.env._(
                "%(cases)s intakes were approved or confirmed by people so far; at least "
                "%(fewest)s are needed. Until then what is in force is the safer choice.",
                cases=len(cases),
                fewest=FEWEST_CASES,
            )
        if min(edited, len(right) - edited) < FEWEST_OF_A_KIND:
            return self.env._(
                "%(edited)s of %(cases)s intakes were edited; at least %(fewest)s edited and as "
                "many unedited ones are needed to tell them apart.",
                edited=edited,
                cases=len(cases),
                fewest=FEWEST_OF_A_KIND,
            )
        return False

    @api.model
    def _fitted(self, company, cases, right):
        """The new formula, and how both foretell: the new one on cases it was not fitted on."""
        current = self.env["po.intake.calibration"]._current(company)
        before = reliability([current.apply(case) for case in cases], right)
        after = reliability(foretold(cases, right, SHIPPED), right)
        better = after.log_loss < before.log_loss
        return {
            "formula": fit(cases, right, SHIPPED).to_json(),
            "log_loss_before": before.log_loss,
            "log_loss_after": after.log_loss,
            "brier_before": before.brier,
            "brier_after": after.brier,
            "advice": self.env._("The new calibration foretells better: apply it.")
            if better
            else self.env._("The new calibration foretells no better: discard it."),
            "table": self._tabulate(before, after),
        }

    @api.model
    def _tabulate(self, before, after):
        """Stated against observed, by ranges of confidence."""
        _ = self.env._
        heads = [_("Confidence"), _("Cases"), _("Unedited"), _("Cases, new"), _("Unedited, new")]
        head = Markup("").join(Markup("<th>%s</th>") % text for text in heads)
        body = Markup("").join(
            Markup("<tr><td>%s</td>%s%s</tr>")
            % (f"{old.low:.0%} – {old.high:.0%}", self._cells(old), self._cells(new))
            for old, new in zip(before.bins, after.bins, strict=True)
        )
        return Markup(
            '<table class="table table-sm"><thead><tr>%s</tr></thead><tbody>%s</tbody></table>'
        ) % (head, body)

    @api.model
    def _cells(self, found):
        share = f"{found.observed:.1%}" if found.cases else "–"
        return Markup("<td>%s</td><td>%s</td>") % (found.cases, share)

    def action_apply(self):
        self.ensure_one()
        if self.refusal or not self.formula:
            raise UserError(self.refusal or self.env._("Nothing was fitted."))
        names = ["formula", "case_count", "edited_count", "log_loss_before", "log_loss_after"]
        values = {name: self[name] for name in [*names, "brier_before", "brier_after"]}
        self.env["po.intake.calibration"]._put_in_force(self.company_id, values)
        return {"type": "ir.actions.act_window_close"}

    def action_reset(self):
        """Back to what the addon ships."""
        self.env["po.intake.calibration"]._reset(self.company_id)
        return {"type": "ir.actions.act_window_close"}
