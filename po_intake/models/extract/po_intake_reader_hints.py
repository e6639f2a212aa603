from babel import Locale, UnknownLocaleError

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import escape_psql

from ...extraction.document import Party
from ...extraction.reader import Hints
from ...matching.party import domain_of

# learned layouts that one reading is handed at the most
LAYOUT_LIMIT = 200


class PoIntakeReaderHints(models.AbstractModel):
    """Part of service 1, Extract: what is known before reading."""

    _name = "po.intake.reader.hints"
    _description = "Order Intake: Hints for Readers"

    @api.model
    def _get_hints(self, intake):
        """Hook: what is known before reading: our own companies, the sender, the day."""
        # sudo: an order for a sister company is not from a customer, whoever may see that company
        companies = self.env["res.company"].sudo().search(Domain.TRUE)
        branches = companies.partner_id.child_ids.filtered("street")
        labels, line_labels = self.env["po.intake.field"]._labels(intake)
        return Hints(
            own=tuple(self._own_party(partner) for partner in companies.partner_id | branches),
            locale=self._locale(intake),
            sender=intake.email_from,
            date=intake.received_date.date().isoformat() if intake.received_date else None,
            layouts=tuple(layout.rules for layout in self._layouts(intake) if layout.rules),
            labels=labels,
            line_labels=line_labels,
        )

    @api.model
    def _locale(self, intake):
        """How the sender's country writes, like ``nl_NL``; our own where the sender is unknown.

        The country, not the language of the record: that is often the one Odoo was installed in.
        """
        address = intake.sender_address
        partners = self.env["res.partner"]
        known = Domain("email_normalized", "=", address) & Domain("country_id", "!=", False)
        sender = partners.search(known, limit=1) if address else partners
        country = sender.country_id or intake.company_id.country_id
        try:
            return str(Locale.parse(f"und_{country.code}")) if country else None
        except (UnknownLocaleError, ValueError):  # no language is known to be usual there
            return None

    @api.model
    def _layouts(self, intake):
        """What was learned about layouts: the sender's own first, as whose order it is is open."""
        layouts = self.env["po.intake.layout"]
        ours = Domain("company_id", "=", intake.company_id.id)
        domain = domain_of(intake.sender_address or "")
        senders = ours & Domain("partner_id.email_normalized", "=like", f"%@{escape_psql(domain)}")
        known = layouts.search(senders, limit=LAYOUT_LIMIT) if domain else layouts
        return known | layouts.search(ours, limit=LAYOUT_LIMIT)

    @api.model
    def _own_party(self, partner):
        return Party(
            name=partner.name or None,
            vat=partner.vat or None,
            registry=partner.company_registry or None,
            email=partner.email or None,
            phone=partner.phone or None,
            street=partner.street or None,
            zip=partner.zip or None,
            city=partner.city or None,
            country=partner.country_id.code or None,
        )
