from odoo import models

# what makes a spreadsheet take a text for a formula; Odoo guards + and - where that matters
FORMULAS = ("=", "@", "{", "\t", "\r")


class PoIntakeExport(models.AbstractModel):
    """Records with texts of documents leave as text: no spreadsheet runs what a stranger wrote.

    Odoo writes a text that begins with ``=`` into a workbook as a formula.
    """

    _name = "po.intake.export"
    _description = "Order Intake: Export of Texts"

    def export_data(self, fields_to_export):
        exported = super().export_data(fields_to_export)
        exported["datas"] = [[_plain(value) for value in row] for row in exported["datas"]]
        return exported


def _plain(value):
    """A text with an apostrophe before what would make it a formula; anything else as it is."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULAS) else value
