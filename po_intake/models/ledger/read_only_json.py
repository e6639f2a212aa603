from odoo import fields


class ReadOnlyJson(fields.Json):
    """JSON that is looked at often and never changed in place, only written anew.

    Odoo copies the whole value for each look at it: for every line of a long order, all lines with
    their evidence.
    """

    def convert_to_record(self, value, record):
        return False if value is None else value
