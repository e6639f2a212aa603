from dataclasses import replace
from decimal import Decimal

from odoo import api, models

from ..extraction import document as paper

VENDOR_TYPES = (paper.ORDER_CONFIRMATION, paper.QUOTATION)


class PoIntakeCheckDocument(models.AbstractModel):
    """Part of service 3, Validate: what kind of document it is, and whether its figures agree."""

    _name = "po.intake.check.document"
    _description = "Order Intake: Check Documents"

    def _check_kind(self, intake):
        name = intake.source_name or intake.subject or intake.name
        if intake.document_type == paper.OTHER:
            yield self._finding("not_an_order", source=name)
        elif intake.direction == "sale" and intake.document_type in VENDOR_TYPES:
            yield self._finding("vendor_document", source=name)

    def _check_reading(self, intake):
        """What is odd about the document itself: line and sum arithmetic, gaps, doubts.

        The reader has found it; where people have corrected figures it is worked out anew.
        """
        if not intake.document:
            return
        lines = intake.line_ids.sorted()
        document = self._as_corrected(intake, lines)
        for finding in document.findings:
            if not self._is_checked_elsewhere(finding):
                yield {
                    "code": finding.code,
                    "severity": finding.severity,
                    "parameters": dict(finding.parameters),
                    "path": finding.path,
                    "line": self._line_of(finding, lines),
                }

    @api.model
    def _is_checked_elsewhere(self, finding):
        """Does another check say the same?"""
        return (
            finding.code == "no_lines"
            or finding.code == "missing_value"
            and finding.parameters.get("field") in ("partner", "quantity")
            or finding.code == "implausible_value"
            and (finding.path or "").endswith(".quantity")
        )

    @api.model
    def _line_of(self, finding, lines):
        """The line that a finding's path, like ``lines.3.quantity``, is about."""
        words = (finding.path or "").split(".")
        if words[0] != "lines" or len(words) < 2 or not words[1].isdecimal():
            return lines.browse()
        return lines[int(words[1]) : int(words[1]) + 1]

    @api.model
    def _as_corrected(self, intake, lines):
        """The document as it was read, or judged anew with what people have corrected in it."""
        document = paper.OrderDocument.from_json(intake.document)
        corrected = replace(
            document,
            number=intake.order_reference or None,
            order_date=intake.order_date or None,
            requested_date=intake.requested_date or None,
            lines=tuple(self._corrected_line(line, document.lines) for line in lines),
        )
        if corrected == document:
            return document
        return self.env["po.intake.reader"]._accept(corrected)

    @api.model
    def _corrected_line(self, line, printed):
        """One line as printed, with the figures that a person has changed."""
        read = paper.OrderLine(sequence=line.sequence // 10)
        if 0 <= line.document_line < len(printed):
            read = printed[line.document_line]
        # a taught unit has changed quantity and price together, nobody has corrected them
        taught = line.factor or 1.0
        figures = {
            "quantity": line.quantity / taught,
            "price_unit": line.price_unit * taught,
            "discount": line.discount,
        }
        changed = {}
        for name, value in figures.items():
            _digits, places = line._fields[name].get_digits(self.env)
            rounding = 0.51 * 10**-places * max(taught, 1.0)
            if abs(value - float(getattr(read, name) or 0)) > rounding:
                changed[name] = Decimal(str(value))
        return replace(read, **changed)
