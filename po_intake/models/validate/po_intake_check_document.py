from dataclasses import replace
from decimal import Decimal

from odoo import api, models

from ...extraction import document as paper

VENDOR_TYPES = (paper.ORDER_CONFIRMATION, paper.QUOTATION)
CUSTOMER_TYPES = (paper.PURCHASE_ORDER, paper.ORDER_CHANGE)


class PoIntakeCheckDocument(models.AbstractModel):
    """Part of service 3, Validate: what kind of document it is, and whether its figures agree."""

    _name = "po.intake.check.document"
    _description = "Order Intake: Check Documents"

    def _check_kind(self, intake):
        name = intake.source_name or intake.subject or intake.name
        if intake.document_type == paper.OTHER:
            yield self._finding("not_an_order", source=name)
        elif intake.direction_unsure:
            yield self._finding("direction_unsure", source=name)
        elif intake.direction == "sale" and intake.document_type in VENDOR_TYPES:
            yield self._finding("vendor_document", source=name)
        elif intake.direction == "purchase" and intake.document_type in CUSTOMER_TYPES:
            yield self._finding("customer_document", source=name)

    def _check_reading(self, intake):
        """What is odd about the document itself: line and sum arithmetic, gaps, doubts.

        The reader has found it; where people have corrected figures it is worked out anew.
        """
        if not intake.document:
            return
        stated = self._stated(intake)
        document = self._as_corrected(intake, [line for _first, line in stated])
        for finding in document.findings:
            if not self._is_checked_elsewhere(finding):
                yield {
                    "code": finding.code,
                    "severity": finding.severity,
                    "parameters": dict(finding.parameters),
                    "path": finding.path,
                    "line": self._line_of(finding, [first for first, _line in stated]),
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
            return None
        index = int(words[1])
        return lines[index] if index < len(lines) else None

    @api.model
    def _as_corrected(self, intake, lines):
        """The document as it was read, or judged anew with what people have corrected in it."""
        document = paper.OrderDocument.from_json(intake.document)
        corrected = replace(
            document,
            number=intake.order_reference or None,
            order_date=intake.order_date or None,
            requested_date=intake.requested_date or None,
            lines=tuple(lines),
        )
        if corrected == document:
            return document
        return self.env["po.intake.reader"]._accept(corrected)

    @api.model
    def _stated(self, intake):
        """What the card says, line by line as printed: pairs of a line of it and a read line.

        The parts of a line that a person split are told as one; a merged line as the lines that
        it stands for.
        """
        printed = paper.OrderDocument.from_json(intake.document).lines
        stated = []
        for parts in intake.line_ids.sorted().grouped(self._origin_of).values():
            reads = [printed[i] for i in parts[0]._document_lines() if i < len(printed)]
            if not reads:
                reads = [paper.OrderLine(sequence=parts[0].sequence // 10)]
            total = sum(read.quantity or 0 for read in reads)
            for read in reads:
                share = (read.quantity or 0) / total if total else Decimal(1) / len(reads)
                stated.append((parts[0], self._corrected_line(parts, read, float(share))))
        return stated

    @api.model
    def _origin_of(self, line):
        return line._document_lines() or line

    @api.model
    def _corrected_line(self, parts, read, share):
        """One printed line with the figures that a person has changed.

        :param parts: the lines that are made of it
        :param share: of their quantity
        """
        # a taught unit has changed quantity and price together, nobody has corrected them
        taught = parts[0].factor or 1.0
        quantity, price = sum(parts.mapped("quantity")), parts[0].price_unit
        if len(parts) > 1 and quantity:
            price = sum(part.quantity * part.price_unit for part in parts) / quantity
        figures = {
            "quantity": quantity * share / taught,
            "price_unit": price * taught,
            "discount": parts[0].discount,
        }
        changed = {}
        for name, value in figures.items():
            # a price is kept with all its digits
            _digits, places = parts._fields[name].get_digits(self.env) or (16, 6)
            rounding = 0.51 * 10**-places * max(taught, 1.0)
            if abs(value - float(getattr(read, name) or 0)) > rounding:
                changed[name] = Decimal(str(value))
        return replace(read, **changed)
