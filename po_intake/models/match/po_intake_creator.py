import logging

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import float_compare

from ...extraction import document as paper

_logger = logging.getLogger(__name__)


class PoIntakeCreator(models.AbstractModel):
    """Between match and validate: makes the customers and products that a team lets it make.

    Only what no record comes near to, from readings that are sure; each is a finding and a note.
    """

    _name = "po.intake.creator"
    _description = "Order Intake: Create Missing"

    def _create_missing(self, intake):
        """Create the partner and the products that are missing, as far as the team allows."""
        team = intake.team_id
        sure = (intake.document or {}).get("confidence") or 0.0
        if (
            not (team.create_partners or team.create_products)
            or intake.document_type == paper.OTHER
            or float_compare(sure, team.draft_confidence, 4) < 0
        ):
            return
        if team.create_partners and not intake.partner_id and not intake.partner_candidates:
            self._create_partner(intake)
        if team.create_products and intake.partner_id:
            self._create_products(intake)

    # customers

    def _create_partner(self, intake):
        identified = (
            intake.party_vat or intake.party_email or (intake.party_street and intake.party_city)
        )
        if not intake.party_name or not identified:
            return
        # sudo: a manager of the team allowed it; the technical user may not edit contacts
        partner = self._try_create("res.partner", self._prepare_partner(intake), intake)
        if partner:
            intake.write(
                {
                    "partner_id": partner.id,
                    "partner_score": 1.0,
                    "partner_reason": self.env._("created from the document"),
                }
            )
            self._tell(intake, "partner_created", partner)

    @api.model
    def _prepare_partner(self, intake):
        """Hook: values of a customer who is made from a document."""
        printed = self.env["po.intake.text"]
        rank = "supplier_rank" if intake.direction == "purchase" else "customer_rank"
        return {
            "name": intake.party_name,
            "is_company": True,
            "vat": intake.party_vat,
            "email": intake.party_email,
            "phone": intake.party_phone,
            "street": intake.party_street,
            "zip": intake.party_zip,
            "city": intake.party_city,
            "country_id": printed._country(intake.party_country).id,
            "lang": printed._lang(intake.document) or intake.company_id.partner_id.lang,
            rank: 1,
        }

    # products

    def _create_products(self, intake):
        made = {}
        unknown = intake.line_ids.filtered(lambda line: not line.product_id)
        retired = self.env["po.intake.policy"]._retired(intake, unknown)
        for line in unknown.filtered(lambda line: line not in retired):
            code = line.our_code or line.partner_code or line.barcode
            wanted = code and line.description and line.price_unit > 0
            if line.candidates or line.ignored or not wanted:
                continue
            product = made.get(code) or self._try_create(
                "product.product", self._prepare_product(line), intake
            )
            if not product:
                continue
            if code not in made:
                made[code] = product
                self._tell(intake, "product_created", product, line)
            line.write(
                {
                    "product_id": product.id,
                    "product_uom_id": product.uom_id.id,
                    "match_score": 1.0,
                    "match_reason": self.env._("created from the document"),
                }
            )
            self.env["po.intake.unit"]._match(line)

    @api.model
    def _prepare_product(self, line):
        """Hook: values of a product that is made from a line."""
        intake = line.intake_id
        company = intake.company_id
        purchase = intake.direction == "purchase"
        price = intake.currency_id._convert(
            line.price_unit, company.currency_id, company, fields.Date.context_today(intake)
        )
        return {
            "name": line.description.split("\n")[0][:200],
            "default_code": line.our_code or (line.partner_code if purchase else False),
            "barcode": line.barcode or False,
            "type": "consu",
            "sale_ok": not purchase,
            "purchase_ok": purchase,
            "standard_price" if purchase else "list_price": price,
        }

    # both

    @api.model
    def _try_create(self, model, values, intake):
        """The new record; none where Odoo refuses it, like a VAT number that is not valid."""
        try:
            with self.env.cr.savepoint():
                # sudo: a manager of the team allowed it; the technical user may not edit these
                record = self.env[model].sudo().create(values)
        except UserError as error:
            _logger.info("intake=%s stage=create model=%s refused: %s", intake.id, model, error)
            return None
        return record.sudo(False)

    @api.model
    def _tell(self, intake, code, record, line=None):
        self.env["po.intake.policy"]._add_finding(
            intake,
            {
                "code": code,
                "severity": paper.WARNING,
                "parameters": {
                    "name": record.display_name,
                    **({"line": line.sequence // 10} if line else {}),
                },
                "line": line,
            },
        )
        intake._log(self.env._("%s was created from the document.", record.sudo()._get_html_link()))
