import time

from odoo import models
from odoo.exceptions import UserError

from ...extraction.claude.value import MEANINGS, key_of
from ...extraction.document import OrderDocument
from ...extraction.graft import graft, lines_on, renumbered
from ...extraction.reader import ReaderError, Reading


class PoIntakeSecondLook(models.AbstractModel):
    """Claude is asked, on a click, about one value or one page of the document beside the fields.

    At once and for the full price, whatever the team has chosen for what arrives.
    """

    _name = "po.intake.second.look"
    _description = "Order Intake: Second Look"

    def _can_ask(self):
        """May a person have Claude look at this document?"""
        self.ensure_one()
        on_desk = self.state in ("review", "error") and self.message_main_attachment_id
        return bool(on_desk and self.env["po.intake.reader"]._claude(self))

    def ask_value(self, path):
        """Have one value of the document read again; nothing on the card is changed.

        :param path: of the value in a reading, like ``number`` or ``lines.0.quantity``
        :return: ``{"place": {...}}`` with the words that print it, or ``{"error": sentence}``
        """
        if key_of(path)[0] not in MEANINGS:
            return {"error": self.env._("Claude cannot be asked about this field.")}
        lines = (self.document or {}).get("lines") or []
        found, error = self._look(
            lambda reader, source, hints: reader.find(source, hints, path, lines)
        )
        if error:
            return {"error": error}
        claim, evidence = found
        if evidence:
            names = ("page", "bbox", "place", "text")
            known = {name: getattr(evidence, name) for name in names}
            return {"place": {name: value for name, value in known.items() if value}}
        if claim:
            return {"error": self.env._("Claude read “%s”, which is not on the document.", claim)}
        return {"error": self.env._("Claude did not find it on the document.")}

    def ask_page(self, number):
        """Have one page read again; its lines take the place of those that were read there.

        :param number: of the page, counted from 1
        :return: ``{"lines": count}``, or ``{"error": sentence}``
        """
        documents, error = self._look(
            lambda reader, source, hints: reader.read(source, hints), page=number
        )
        if error:
            return {"error": error}
        named = [item for item in documents if item.number == self.order_reference]
        piece = next((item for item in [*named, *documents] if item.lines), None)
        if piece is None:
            return {"error": self.env._("Claude found no lines on page %s.", number)}
        self._graft(piece, number)
        return {"lines": len(piece.lines)}

    def _look(self, ask, page=None):
        """Ask, and keep on record what it took.

        :return: ``(what came of it, sentence about the failure)``
        """
        self.ensure_one()
        self.check_access("write")
        self._check_on_desk()
        service = self.env["po.intake.reader"]
        reader = service._claude(self, page)
        if not reader:
            raise UserError(self.env._("Documents of this card are not sent to Claude."))
        started = time.monotonic()
        found, problem = None, None
        try:
            found = ask(reader, self._shown_source(), service._get_hints(self))
        except ReaderError as error:
            problem = error
        source = {"source": self.source_name or self.display_name}
        reading = Reading(
            reader.code,
            seconds=time.monotonic() - started,
            error=problem and problem.code,
            parameters=source,
            usage=reader.used(),
        )
        service.sudo()._keep_readings(self.sudo(), [reading])  # sudo: the ledger
        if not problem:
            return found, None
        return None, self.env["po.intake.claude"]._why(problem)

    def _graft(self, piece, number):
        """Put the lines of another reading of a page into the document and on the card."""
        self = self._own_step()
        service = self.env["po.intake.reader"]
        document = OrderDocument.from_json(self.document or {})
        gone = lines_on(document, number)
        at = self._place_of(document, gone, number)
        document, moved = graft(document, gone, piece, at)
        lines = self.line_ids.sorted(lambda line: (line.sequence, line.id))
        replaced = lines.filtered(lambda line: gone & set(line._document_lines()))
        replaced.unlink()
        for line in lines - replaced:
            line.document_line = moved.get(line.document_line, -1)
            line.merged_lines = [moved[i] for i in line.merged_lines or [] if i in moved] or False
        read = service._accept(document).to_json()
        fresh = self.env["po.intake.line"].create(
            [
                service._prepare_line(self, index, read["lines"][index])
                for index in range(at, at + len(piece.lines))
            ]
        )
        kept = (lines - replaced).sorted(lambda line: line.document_line < 0)
        before = kept.filtered(lambda line: 0 <= line.document_line < at)
        fresh._number([*before, *fresh, *(kept - before)])
        self.write({"document": read, "picks": renumbered(self.picks or {}, moved)})
        self._reworked(
            self.env._(
                "%(user)s had page %(page)s read by Claude: %(count)s lines.",
                user=self.env.user.name,
                page=number,
                count=len(fresh),
            )
        )

    def _place_of(self, document, gone, number):
        """How many of the remaining lines stand before a page."""
        if gone:
            return len([index for index in range(min(gone)) if index not in gone])
        later = [
            index
            for page in {item.page for item in document.evidence.values()}
            if page and page > number
            for index in lines_on(document, page)
        ]
        return min(later, default=len(document.lines))
