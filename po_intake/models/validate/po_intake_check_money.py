from odoo import api, fields, models
from odoo.tools import format_amount

# share of a tax that roundings may come to
SLACK = 0.01


class PoIntakeCheckMoney(models.AbstractModel):
    """Part of service 3, Validate: currency, charges, taxes and credit."""

    _name = "po.intake.check.money"
    _description = "Order Intake: Check Money"

    def _check_currency(self, intake):
        if not intake.partner_id or not intake.currency_text:
            return
        prices = self.env["po.intake.price"]
        expected = prices._partner_currency(intake)
        if intake.currency_text == expected.name:
            return
        if intake.direction == "purchase":
            known = intake.currency_id.name == intake.currency_text
            code = "other_pricelist" if known else "currency_differs"
            yield self._finding(code, printed=intake.currency_text, pricelist=expected.name)
            return
        pricelist = prices._pricelist(intake)
        known = pricelist.currency_id.name == intake.currency_text
        yield self._finding(
            "other_pricelist" if known else "currency_differs",
            printed=intake.currency_text,
            pricelist=expected.name,
            taken=pricelist.display_name,
        )

    def _check_charges(self, intake):
        matcher = self.env["po.intake.matcher"]
        for charge in (intake.document or {}).get("charges") or []:
            if charge["amount"] and not matcher._charge_product(intake, charge["description"]):
                yield self._finding(
                    "charge_without_product",
                    charge=charge["description"],
                    amount=format_amount(self.env, charge["amount"], intake.currency_id),
                )

    def _check_tax(self, intake):
        """The printed tax against the one that Odoo will put on the order."""
        printed = self._printed_tax(intake)
        totals = self.env["po.intake.tax"]._totals(intake) if printed is not None else None
        if not totals or not intake.partner_id:
            return
        net, tax = totals
        goods = intake.amount_untaxed or net
        # where the sums differ, and another finding says so, the rate is what can be compared
        expected = tax * goods / net if net else tax
        cent = intake.currency_id.rounding
        slack = max(cent * (len(intake.line_ids) + 1), SLACK * abs(expected))
        if goods and abs(printed - expected) > slack:
            yield self._finding(
                "tax_differs",
                printed=format_amount(self.env, printed, intake.currency_id),
                expected=format_amount(self.env, expected, intake.currency_id),
                printed_rate=f"{100 * printed / goods:.1f}",
                expected_rate=f"{100 * expected / goods:.1f}",
            )

    @api.model
    def _printed_tax(self, intake):
        """The tax that the document names, or that lies between its totals; else ``None``."""
        document = intake.document or {}
        if document.get("amount_tax") is not None:
            return document["amount_tax"]
        if document.get("amount_untaxed") and document.get("amount_total"):
            return document["amount_total"] - document["amount_untaxed"]
        return None

    def _check_credit(self, intake):
        """Odoo's own credit limit, held against what is owed, ordered before, and ordered now."""
        company = intake.company_id
        if intake.direction != "sale" or not company.account_use_credit_limit:
            return
        # sudo: the figures of the ledger are for accountants; whether one is exceeded is not
        partner = intake.partner_id.sudo().commercial_partner_id
        limit = partner.credit_limit
        if not limit:
            return
        # one run works on many orders, and each may use up more of it
        partner.invalidate_recordset(["credit", "credit_to_invoice"])
        totals = self.env["po.intake.tax"]._totals(intake)
        order = sum(totals) if totals else intake.amount_total or intake.amount
        amount = self._in_company_currency(intake, order)
        owed = partner.credit + partner.credit_to_invoice
        if owed + amount > limit:
            yield self._finding(
                "credit_exceeded",
                partner=partner.display_name,
                owed=format_amount(self.env, owed, company.currency_id),
                amount=format_amount(self.env, amount, company.currency_id),
                limit=format_amount(self.env, limit, company.currency_id),
            )

    @api.model
    def _in_company_currency(self, intake, amount):
        today = fields.Date.context_today(intake)
        company = intake.company_id
        return intake.currency_id._convert(amount, company.currency_id, company, today)
