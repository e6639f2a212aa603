from collections import defaultdict

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import float_compare, float_is_zero

from ..matching.units import parse_unit

# two prices of one thing in two units, each rounded to the cent
SAME_PRICE = 0.005
# a factor is shown and stored with this many decimals
FACTOR_DIGITS = 4


class PoIntakeItemCode(models.Model):
    """A lesson: what a partner calls one of our products, and how many of what it means by one.

    People teach it by approving an order, in the list, or by an import. Deleting it forgets it.
    """

    _name = "po.intake.item.code"
    _description = "Partner's Item Code"
    _inherit = ["po.intake.export", "po.intake.wording", "mail.thread"]

    code = fields.Char(tracking=True)
    product_id = fields.Many2one(tracking=True)
    uom_text = fields.Char(
        "Their unit",
        help="The unit they print with this item. Unit and factor hold for this one alone; where "
        "you leave it empty, for every unit they print.",
    )
    product_uom_id = fields.Many2one(
        "uom.uom", "Unit", tracking=True, help="The unit they mean when they order this item."
    )
    factor = fields.Float(
        "Contains",
        digits=(16, FACTOR_DIGITS),
        default=1.0,
        tracking=True,
        help="How many of the unit one of theirs is: 12 for a carton of 12 that is sold in pieces.",
    )
    line_ids = fields.One2many("po.intake.line", "lesson_id", "Used by")
    use_count = fields.Integer("Times used", compute="_compute_use")
    last_used = fields.Datetime(compute="_compute_use")

    _code_uniq = models.UniqueIndex(
        "(company_id, partner_id, code_key) WHERE code_key IS NOT NULL",
        "This partner's code is already taught for another product.",
    )
    _description_uniq = models.UniqueIndex(
        "(company_id, partner_id, description_key) WHERE code_key IS NULL",
        "This partner's wording is already taught for another product.",
    )
    _factor_positive = models.Constraint(
        "CHECK(factor > 0)", "What one of theirs contains must be more than nothing."
    )

    @api.constrains("code", "description")
    def _check_named(self):
        for lesson in self:
            if not lesson.code_key and not lesson.description_key:
                raise ValidationError(self.env._("Enter the partner's code, or its wording."))

    def _compute_use(self):
        """From the lines themselves: no counter that two workers would have to write."""
        used = {
            lesson.id: (count, last)
            for lesson, count, last in self.env["po.intake.line"]._read_group(
                [("lesson_id", "in", self.ids)], ["lesson_id"], ["__count", "create_date:max"]
            )
        }
        for lesson in self:
            lesson.use_count, lesson.last_used = used.get(lesson.id, (0, False))

    @api.model
    def get_import_templates(self):
        return [
            {
                "label": self.env._("Import Template for Item Codes"),
                "template": "/po_intake/static/import/item_codes.csv",
            }
        ]

    def action_open_intakes(self):
        """The orders in which it was used."""
        return self.line_ids.intake_id._get_records_action(name=self.env._("Used by"))

    # teaching

    @api.model
    def _learn(self, intake):
        """Remember from an approved order what its partner calls our products.

        What was suggested and replaced, or cleared, is not suggested again for the same item.
        """
        self = self.with_company(intake.company_id)
        refusals = self.env["po.intake.refusal"]
        partner = intake.partner_id.commercial_partner_id
        lines = intake.line_ids.filtered("remember")
        vague = self._vague(lines)
        for line in lines:
            if line.suggested_product_id - line.product_id:
                refusals._refuse(line)
            if line in vague or line.ignored or not self._worth_remembering(line):
                continue
            self._teach(partner, self._named(line), self._meaning(line), intake)
            refusals._withdraw(line)

    @api.model
    def _vague(self, lines):
        """Lines named like others that mean something else, as by "Misc": they teach nothing."""
        named = defaultdict(lines.browse)
        for line in lines.filtered(lambda line: line.product_id and not line.ignored):
            name = self._named(line)
            named[self._key(name["code"]) or self._wording_key(name["description"])] |= line
        return lines.browse().union(*(same for same in named.values() if len(same.product_id) > 1))

    @api.model
    def _worth_remembering(self, line):
        """Not where our own code names the product, nor where the code only counts the lines."""
        product, number = line.product_id, line.document_line + 1
        if not product or (line.partner_code or "").strip().lstrip("0") in (
            str(number),
            str(10 * number),
        ):
            return False
        if line.partner_code:
            return True
        ours = {self._key(product.default_code), self._key(product.barcode)} - {""}
        return not ours & {self._key(line.our_code), self._key(line.barcode)}

    @api.model
    def _meaning(self, line):
        """What a person has approved for a line, as values of a lesson."""
        return {
            "product_id": line.product_id.id,
            "product_uom_id": (line.product_uom_id or line.product_id.uom_id).id,
            "uom_text": line.uom_text,
            "factor": self._factor(line),
        }

    @api.model
    def _factor(self, line):
        """How many of the line's unit one of the document's is, as the figures on the line tell.

        A person who makes 24 at 2.00 out of 2 at 24.00 says that one of theirs contains 12. Other
        corrections of a quantity mend a misreading and teach nothing.
        """
        printed = line._printed()
        quantity, price = printed.get("quantity") or 0.0, printed.get("price_unit") or 0.0
        if float_is_zero(quantity, precision_digits=6) or line.quantity <= 0 or quantity < 0:
            return 1.0
        factor = round(line.quantity / quantity, FACTOR_DIGITS)
        if not float_compare(factor, 1.0, precision_digits=FACTOR_DIGITS) or factor <= 0:
            return 1.0
        if price and line.has_price:
            same = abs(line.price_unit * factor - price) <= SAME_PRICE * max(price, factor)
            return factor if same else 1.0
        other_unit = parse_unit(line.uom_text or "") != parse_unit(line.product_uom_id.name or "")
        return factor if other_unit and factor == int(factor) else 1.0

    @api.model
    def _teach(self, partner, named, meaning, intake=None):
        """Remember what a person decided. What is known gets the new meaning.

        :param named: ``code`` and ``description`` as the document prints them
        :param meaning: values of the lesson: product, unit, printed unit, factor
        :return: the lesson; none where there is neither code nor wording
        """
        known = self._find(partner, self.env.company, named)[:1]
        values = {**meaning, "description": named["description"]}
        if known:
            old = known.read(list(meaning), load="")[0]
            if all((old[key] or False) == (value or False) for key, value in meaning.items()):
                return known
            known.write({**values, "intake_id": intake.id if intake else False})
            known._tell(intake)
            return known
        if not self._key(named["code"]) and not self._wording_key(named["description"]):
            return known
        lesson = self.with_context(mail_create_nolog=True).create(
            {
                **values,
                "code": named["code"],
                "partner_id": partner.id,
                "company_id": self.env.company.id,
                "intake_id": intake.id if intake else False,
            }
        )
        lesson._tell(intake)
        return lesson

    def _tell(self, intake):
        """Leave in the lesson's history from which order it was taught."""
        if intake:
            taught = self.env._("Taught by approving %s.", intake._get_html_link())
            self.message_post(body=Markup("<p>%s</p>") % taught)

    # using

    @api.model
    def _taught(self, intake, queries):
        """What was taught about the items of some lines.

        :param queries: codes' keys by line: ``{line: iterable of text.code_key}``
        :return: lessons by line
        """
        found = defaultdict(self.browse)
        if not intake.partner_id:
            return found
        codes = {key.upper() for keys in queries.values() for key in keys}
        wordings = {line: self._wording_key(line.description) for line in queries}
        named = Domain("code_key", "in", list(codes)) | Domain(
            "description_key", "in", [key for key in wordings.values() if key]
        )
        lessons = self.search(self._of_partner(intake.partner_id, intake.company_id) & named)
        for line, keys in queries.items():
            keys = {key.upper() for key in keys}
            found[line] = lessons.filtered(
                lambda item, line=line, keys=keys: (
                    item.code_key in keys or item._is_wording_of(line, wordings[line])
                )
            )
        return found

    def _is_wording_of(self, line, wording):
        """Does the line name the item in these very words, and by no code that says otherwise?"""
        coded = line.partner_code or line.our_code
        return bool(wording) and self.description_key == wording and not coded

    def _by_wording(self, line):
        """The one product that these very words were taught for; none where they are not clear."""
        wording = self._wording_key(line.description)
        products = self.filtered(lambda item: item._is_wording_of(line, wording)).product_id
        return products if len(products) == 1 else products.browse()

    def _naming(self, line):
        """The lessons that name the line's product by its code, or else in its very words."""
        keys = {self._key(line.partner_code), self._key(line.our_code)} - {""}
        wording = self._wording_key(line.description)
        return self.filtered(
            lambda item: (
                item.product_id == line.product_id
                and (item.code_key in keys or item._is_wording_of(line, wording))
            )
        )

    def _apply(self, line):
        """Count a line as it was taught. What is printed stays in the reading.

        :return: ``False`` where the lesson does not speak of the printed unit
        """
        if not self.product_uom_id or not self._speaks_of(line.uom_text):
            return False
        if not self.product_uom_id._has_common_reference(line.product_id.uom_id):
            return False
        ratio = self.factor / (line.factor or 1.0)
        line.write(
            {
                "product_uom_id": self.product_uom_id.id,
                "uom_unclear": False,
                "factor": self.factor,
                "quantity": line.quantity * ratio,
                "price_unit": line.price_unit / ratio,
            }
        )
        return True

    def _speaks_of(self, uom_text):
        taught, printed = (self.uom_text or "").strip(), (uom_text or "").strip()
        if taught.casefold() == printed.casefold():
            return True
        if not taught:
            # a person who enters no unit means any; an order without one tells of itself alone
            return not self.intake_id
        unit = parse_unit(taught)
        return unit is not None and unit == parse_unit(printed)
