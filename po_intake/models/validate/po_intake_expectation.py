from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_amount, format_date
from odoo.tools.misc import formatLang

SAME = "same"
WITHIN = "within"
CONVERTED = "converted"
POSSIBLE = "possible"
DIFFERS = "differs"
UNKNOWN = "unknown"


class PoIntakeExpectation(models.AbstractModel):
    """What a document says beside what Odoo would say of the same order, value by value.

    Nothing is stored: it is worked out by the checks' own arithmetic when somebody wants to see it.
    """

    _name = "po.intake.expectation"
    _description = "Order Intake: Document against Odoo"

    @api.model
    def _rows(self, intake):
        """Every value that both can speak of.

        :return: list of ``{key, item, what, printed, expected, status, note}``, texts for people
        """
        intake = intake.with_company(intake.company_id)
        self = self.with_env(intake.env)
        lines = self.env["po.intake.policy"]._ordered(intake)
        known = lines.filtered("product_id")
        prices, ready = self._prices(intake, lines), self._ready(intake, known)
        parts = intake.line_ids.grouped(lambda line: line._document_lines())
        rows = []
        for line in lines:
            found = [self._price_row(intake, line, prices.get(line))]
            if line in known:
                found += [
                    self._unit_row(line),
                    self._quantity_row(line, parts[line._document_lines()]),
                    self._date_row(intake, line, ready[line]),
                ]
            item = f"{line.sequence // 10}. {line.product_id.display_name or line._item()}"
            rows += [{**row, "key": f"{line.id}.{row['key']}", "item": item} for row in found]
        return rows + [
            {**row, "item": self.env._("Order")} for row in self._total_rows(intake, lines)
        ]

    # what Odoo would say

    @api.model
    def _prices(self, intake, lines):
        lines = lines.filtered(lambda line: line.product_id and not line.uom_unclear)
        return self.env["po.intake.price"]._expected(intake, lines) if intake.partner_id else {}

    @api.model
    def _ready(self, intake, lines):
        """The first day on which each line can be delivered."""
        sold = intake.direction == "sale"
        short = self.env["po.intake.stock"]._shortages(intake) if sold else {}
        policy, today = self.env["po.intake.policy"], fields.Date.context_today(intake)
        return {
            line: today + timedelta(days=policy._lead_days(intake, line, line in short))
            for line in lines
        }

    # a line

    @api.model
    def _price_row(self, intake, line, expected):
        printed = self.env["po.intake.policy"]._net(line) if line.has_price else None
        note, status = "", UNKNOWN
        if printed is not None and expected:
            share = printed / expected - 1
            tolerance = intake.team_id.price_tolerance
            places = self.env["decimal.precision"].precision_get("Product Price")
            if round(printed - expected, places) == 0:
                status = SAME
            else:
                status = WITHIN if abs(share) <= tolerance else DIFFERS
                note = f"{100 * share:+.1f} %"
        return self._row(
            "price",
            self.env._("Price, net"),
            self._price(intake, printed),
            self._price(intake, expected or None),
            status,
            note,
        )

    @api.model
    def _unit_row(self, line):
        own = line.product_id.uom_id
        unit = line.product_uom_id or own
        if line.uom_unclear:
            status, note = DIFFERS, self.env._("say which unit is meant")
        elif not line.uom_text:
            status, note = UNKNOWN, ""
        else:
            status, note = CONVERTED if (line.factor or 1.0) != 1.0 else SAME, ""
        return self._row("unit", self.env._("Unit"), line.uom_text, unit.name, status, note)

    @api.model
    def _quantity_row(self, line, parts):
        """As printed, and what it is in the unit that stock is counted in.

        :param parts: the lines that are made of the same printed ones, this one included
        """
        own = line.product_id.uom_id
        unit = line.product_uom_id or own
        ordered = unit._compute_quantity(line.quantity, own, raise_if_failure=False)
        taught, note = line.factor or 1.0, ""
        # parts of a printed line, or a line that stands for several, are held against the whole
        printed, whole = self._printed_quantity(line), sum(parts.mapped("quantity"))
        if printed is None:
            status = UNKNOWN
        elif abs(printed * taught - whole) > 1e-6 * max(1.0, abs(whole)):
            status, note = DIFFERS, self.env._("corrected on the card")
        elif len(parts) > 1:
            status, note = CONVERTED, self.env._("a part of it")
        else:
            status = SAME if unit == own and taught == 1.0 else CONVERTED
        return self._row(
            "quantity",
            self.env._("Quantity"),
            self._amount(printed, line.uom_text),
            self._amount(ordered, own.name),
            status,
            note,
        )

    @api.model
    def _printed_quantity(self, line):
        """The sum of the printed lines that a line stands for; ``None`` where one has none."""
        read = (line.intake_id.document or {}).get("lines") or []
        said = [read[i].get("quantity") for i in line._document_lines() if i < len(read)]
        return sum(said) if said and None not in said else None

    @api.model
    def _date_row(self, intake, line, ready):
        wanted, note = line.requested_date or intake.requested_date, ""
        status = POSSIBLE if wanted else UNKNOWN
        if wanted and wanted < ready:
            status = DIFFERS
            note = self.env._("%s days too early", (ready - wanted).days)
        return self._row(
            "date",
            self.env._("Delivery"),
            wanted and format_date(self.env, wanted),
            self.env._("from %s", format_date(self.env, ready)),
            status,
            note,
        )

    # the whole

    @api.model
    def _total_rows(self, intake, lines):
        """Net, tax and total of the order that would be drafted at the document's own prices."""
        totals = self.env["po.intake.tax"]._totals(intake) if intake.partner_id else None
        net, tax = totals or (None, None)
        printed_tax = self.env["po.intake.policy"]._printed_tax(intake)
        total = None if totals is None else net + tax
        slack = intake.currency_id.rounding * (len(lines) + 1)
        for key, what, printed, expected in (
            ("net", self.env._("Net"), intake.amount_untaxed or None, net),
            ("tax", self.env._("Tax"), printed_tax, tax),
            ("total", self.env._("Total"), intake.amount_total or None, total),
        ):
            status, note = UNKNOWN, ""
            if printed is not None and expected is not None:
                difference = printed - expected
                status = DIFFERS if abs(difference) > slack else SAME
                if status == DIFFERS:
                    sign = "+" if difference > 0 else ""
                    note = sign + format_amount(self.env, difference, intake.currency_id)
            texts = [
                None if value is None else format_amount(self.env, value, intake.currency_id)
                for value in (printed, expected)
            ]
            yield self._row(key, what, *texts, status, note)

    # in words

    @api.model
    def _row(self, key, what, printed, expected, status, note=""):
        return {
            "key": key,
            "what": what,
            "printed": printed or "–",
            "expected": expected or "–",
            "status": status,
            "note": note,
        }

    @api.model
    def _price(self, intake, price):
        if price is None:
            return None
        return formatLang(self.env, price, dp="Product Price", currency_obj=intake.currency_id)

    @api.model
    def _amount(self, quantity, unit):
        if quantity is None:
            return None
        return self.env["po.intake.policy"]._amount(quantity, unit or "").strip()
