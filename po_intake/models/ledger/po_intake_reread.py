from odoo import fields, models
from odoo.exceptions import UserError

from ...extraction.source import Source
from ..po_intake_reader import sandbox

SUMS = ("amount_untaxed", "amount_tax", "amount_total")


class PoIntakeReread(models.AbstractModel):
    """Reading once more, otherwise: by a reader that a person chooses, or from a further file."""

    _name = "po.intake.reread"
    _description = "Order Intake: Read Otherwise"

    chosen_reader = fields.Char(
        readonly=True, copy=False, help="The only reader that is asked, as a person wanted."
    )

    # another reader

    def _chosen_readers(self, readers):
        """Of the readers of an intake, those that are to be asked."""
        chosen = [reader for reader in readers if reader.code == self.chosen_reader]
        return chosen or readers

    def _able_readers(self):
        """Codes of the readers that can read what arrived, the cheapest first.

        Only those that have a name for people.
        """
        service = self.env["po.intake.reader"]
        names = service._get_reader_names()
        sources = sandbox().unpack(service._get_source(self)).sources
        readers = sorted(service._get_readers(self), key=lambda reader: reader.cost)
        return [
            reader.code
            for reader in readers
            if reader.code in names and any(reader.can_read(item) for item in sources)
        ]

    def action_retry_with(self):
        """Ask which reader is to read the document."""
        self.ensure_one()
        self._check_readable()
        codes = self._able_readers()
        if not codes:
            raise UserError(self.env._("No reader can read this kind of file."))
        return self._dialog(
            self.env._("Read with Another Reader"),
            "po.intake.reread.with",
            default_intake_id=self.id,
            default_able_readers=codes,
            default_reader=codes[0],
        )

    def _retry_with(self, code):
        if "sent" in self._open_calls().mapped("state"):
            raise UserError(
                self.env._("Claude is reading it already; the answer comes within the hour.")
            )
        self.action_retry()
        self._own_step().chosen_reader = code
        self._log(
            self.env._(
                "%(user)s has it read by “%(reader)s” alone.", user=self.env.user.name, reader=code
            )
        )

    # a further file

    def action_add_file(self):
        """Ask which further file belongs to the order."""
        self.ensure_one()
        self._check_on_desk()
        return self._dialog(self.env._("Add a File"), "po.intake.attach", default_intake_id=self.id)

    def _family_files(self):
        """Files of the card and of the cards that arrived with it, but for the one it shows."""
        origin = self.origin_id or self
        family = self | origin | self.search([("origin_id", "=", origin.id)])
        files = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self._name),
                ("res_id", "in", family.ids),
                ("res_field", "=", False),
            ]
        )
        return files - self.message_main_attachment_id

    def _read_file(self, attachment):
        """What stands in a file.

        :return: the documents as the cascade found them, at least one
        """
        service = self.env["po.intake.reader"]
        source = Source(name=attachment.name or "", content=attachment.raw or b"")
        outcome = service._run(self, source)
        service.sudo()._keep_readings(self.sudo(), outcome.readings)  # sudo: the ledger
        if not outcome.documents:
            raise UserError(self.env._("No order can be read in %s.", attachment.name))
        return outcome.documents

    def _own_file(self, attachment):
        """The file as one of this card."""
        if (attachment.res_model, attachment.res_id) == (self._name, self.id):
            return attachment
        return attachment.copy({"res_model": self._name, "res_id": self.id})

    def _take_file(self, attachment):
        """Let a file be the document of this card, instead of the one that was read."""
        self._check_on_desk()
        found, *others = self._read_file(attachment)
        if others:
            raise UserError(
                self.env._("%s holds several orders: upload it on the board.", attachment.name)
            )
        self._own_file(attachment)
        self.env["po.intake.reader"]._take(self._own_step(), found)
        self._note_file(self.env._("%(user)s took %(file)s as the document."), attachment)

    def _append_file(self, attachment):
        """Put the lines of a file below those of this card.

        They have no place on the page that is shown. Printed sums are added up where both have
        them, and forgotten where one has none.
        """
        self._check_on_desk()
        service, document = self.env["po.intake.reader"], dict(self.document or {})
        below = max(self.line_ids.mapped("sequence"), default=0)
        for found in self._read_file(attachment):
            read, lines = found.document.to_json(), document.get("lines") or []
            values = [
                service._prepare_line(self, index, line)
                for index, line in enumerate(read["lines"], len(lines))
            ]
            for number, line in enumerate(values, 1):
                line["sequence"] = below + 10 * number
            below += 10 * len(values)
            self.env["po.intake.line"]._own_step().create(values)
            for name in SUMS:
                sums = (document.get(name), read.get(name))
                document[name] = None if None in sums else sum(sums)
            document["lines"] = [*lines, *read["lines"]]
            document["charges"] = [*(document.get("charges") or []), *(read.get("charges") or [])]
        sums = {name: document[name] or 0.0 for name in SUMS}
        self._own_step().write({"document": document, **sums})
        self._own_file(attachment)
        self._note_file(self.env._("%(user)s added the lines of %(file)s."), attachment)

    def _note_file(self, sentence, attachment):
        self._reworked(sentence % {"user": self.env.user.name, "file": attachment.name})
