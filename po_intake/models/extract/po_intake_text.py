from datetime import date

from odoo import api, models

from ...extraction.layout.lexicon import months
from ...extraction.layout.text import squash
from ...extraction.normalize import (
    decimal_mark,
    find_currency,
    find_dates,
    number_tokens,
    to_decimal,
)

YES = {"1", "ja", "j", "oui", "si", "sim", "tak", "true", "x", "y", "yes"}
NO = {"0", "false", "n", "nao", "nee", "nein", "nie", "no", "non"}


class PoIntakeText(models.AbstractModel):
    """Printed text as the values of fields, in the language it is printed in.

    Each ``_as_<type>`` gives ``None`` for what it does not understand.
    """

    _name = "po.intake.text"
    _description = "Order Intake: Printed Text"

    @api.model
    def _lang(self, document):
        """Code of the installed language that a document is written in.

        It decides "1.234" and "03/04/2026".

        :param document: the JSON of a reading, or nothing
        """
        language = (document or {}).get("language")
        return self.env["res.lang"].search([("iso_code", "=", language)], limit=1).code

    @api.model
    def _country(self, code):
        """The country of an ISO code in either case; none where it is unknown or not printed."""
        return self.env["res.country"].search([("code", "=", (code or "").upper())], limit=1)

    @api.model
    def _as(self, kind, text, lang=None):
        """The text as a value of a field's type; of types without conversion the text itself."""
        converter = getattr(self, f"_as_{kind}", None)
        return converter(text, lang) if converter else text

    @api.model
    def _as_boolean(self, text, _lang=None):
        key = squash(text)
        return True if key in YES else False if key in NO else None

    @api.model
    def _as_float(self, text, lang=None):
        tokens = number_tokens(text)
        if len(tokens) != 1:
            return None
        usual = self.env["res.lang"]._get_data(code=lang or self.env.lang).decimal_point
        number = to_decimal(tokens[0], decimal_mark(tokens[0]) or usual or ".")
        return float(number) if number is not None else None

    _as_monetary = _as_float

    @api.model
    def _as_integer(self, text, lang=None):
        number = self._as_float(text, lang)
        return int(number) if number is not None and number == int(number) else None

    @api.model
    def _as_date(self, text, lang=None):
        try:
            return date.fromisoformat(text)
        except ValueError:
            found = find_dates(text, months())
        usual = self.env["res.lang"]._get_data(code=lang or self.env.lang).date_format or ""
        order = "mdy" if usual.startswith("%m") else "dmy"
        return found[0].value(order) if len(found) == 1 else None

    _as_datetime = _as_date

    @api.model
    def _as_currency(self, text, _lang=None):
        return find_currency(text)
