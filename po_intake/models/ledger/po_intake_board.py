from collections import Counter

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.mail import email_split_tuples

# a person has to act
WAITING = ("quarantine", "review", "error")


class PoIntakeBoard(models.AbstractModel):
    """Part of the ledger: what the board shows of a card, counts and groups by."""

    _name = "po.intake.board"
    _description = "Order Intake: Board"

    card_title = fields.Char("Who", compute="_compute_card_title", store=True)
    line_count = fields.Integer("Number of lines", compute="_compute_line_count", store=True)
    reason = fields.Selection(
        "_selection_reason",
        compute="_compute_reason",
        store=True,
        help="The worst of what was found and not accepted.",
    )
    chips = fields.Json(
        "To look at",
        compute="_compute_reason",
        store=True,
        help="What was found and not accepted, worst first: code, severity and how often.",
    )
    touchless = fields.Boolean(
        "Drafted without touch", readonly=True, copy=False, help="No person approved it."
    )

    @api.depends("partner_id.complete_name", "party_name", "email_from", "source_name", "name")
    def _compute_card_title(self):
        for intake in self:
            sender, address = next(iter(email_split_tuples(intake.email_from)), ("", ""))
            known = intake.partner_id.complete_name or intake.party_name or sender or address
            intake.card_title = known or intake.source_name or intake.name

    @api.depends("line_ids")
    def _compute_line_count(self):
        for intake in self:
            intake.line_count = len(intake.line_ids)

    @api.model
    def _selection_reason(self):
        texts = self.env["po.intake.finding"]._get_texts()
        return [(code, title) for code, (title, _sentence) in texts.items()]

    @api.depends("finding_ids.code", "finding_ids.severity", "finding_ids.waived_by_id")
    def _compute_reason(self):
        # an addon that made findings may have gone, and their titles with it
        known = self.env["po.intake.finding"]._get_texts()
        for intake in self:
            found = intake.finding_ids.filtered(
                lambda item: (
                    not item.waived_by_id and item.severity != "info" and item.code in known
                )
            )
            worst = found.sorted(lambda item: (-item.severity_rank, item.id))
            counts = Counter((item.code, item.severity) for item in worst)
            intake.reason = worst[:1].code
            intake.chips = [[*chip, count] for chip, count in counts.items()]

    # the strip above the board

    @api.model
    def _get_strip(self):
        """Hook: name of a filter of the board -> what the strip counts under it."""
        waiting = Domain("state", "in", WAITING)
        due = Domain("requested_date", "<", "today") | Domain("received_date", "<", "now -1d")
        return {
            "received_today": Domain("received_date", ">=", "today"),
            "touchless_today": Domain("state", "=", "done")
            & Domain("touchless", "=", True)
            & Domain("done_date", ">=", "today"),
            "waiting": waiting,
            "late": waiting & due,
        }

    @api.model
    def read_strip(self, domain=()):
        """The figures above the board, of one query.

        :param domain: of the board, like that of one team
        :return: number of cards by filter, when the oldest one that waits was received, and what
            all that wait are worth in the company's currency
        """
        cells = self._get_strip()
        conditions = {
            name: self._search(cell, bypass_access=True).where_clause
            for name, cell in cells.items()
        }
        query = self._search(Domain(domain) & Domain.OR(cells.values()))
        column = {
            name: self._field_to_sql(self._table, name, query)
            for name in ("currency_id", "received_date", "amount")
        }
        query.groupby = column["currency_id"]
        rows = self.env.execute_query(
            query.select(
                column["currency_id"],
                SQL("MIN(%s) FILTER (WHERE %s)", column["received_date"], conditions["waiting"]),
                SQL("SUM(%s) FILTER (WHERE %s)", column["amount"], conditions["waiting"]),
                *(SQL("COUNT(*) FILTER (WHERE %s)", part) for part in conditions.values()),
            )
        )
        company, today = self.env.company, fields.Date.context_today(self)
        currencies = self.env["res.currency"].browse([row[0] for row in rows])
        oldest = min((row[1] for row in rows if row[1]), default=False)
        return {
            "counts": {
                name: sum(row[3 + index] for row in rows) for index, name in enumerate(cells)
            },
            "oldest": fields.Datetime.to_string(oldest),
            "value": sum(
                currency._convert(row[2], company.currency_id, company, today)
                for currency, row in zip(currencies, rows, strict=True)
                if row[2]
            ),
            "currency_id": company.currency_id.id,
        }

    @api.model
    def _web_read_group_format(self, groupby, aggregates, groups):
        """On a board by state, what was rejected is folded away."""
        result = super()._web_read_group_format(groupby, aggregates, groups)
        if groupby == ("state",) and self._web_read_group_field_expand(groupby):
            for group in result:
                group["__fold"] = group["state"] == "rejected"
        return result
