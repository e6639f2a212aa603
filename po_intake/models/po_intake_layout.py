from collections import Counter
from dataclasses import replace

from odoo import api, fields, models
from odoo.tools import float_compare

from ..extraction.layout.learned import LEARNED, Layout
from .po_intake_reader import sandbox

# paths of the document that people correct in these fields of an intake
HEAD = {
    "number": "order_reference",
    "revision": "order_revision",
    "order_date": "order_date",
    "requested_date": "requested_date",
    "payment_terms": "payment_terms",
    "incoterm": "incoterm",
    "partner.reference": "party_reference",
}
# the same of the lines: paths of a line's value -> fields of an intake line
LINE = {
    "lines.partner_code": "partner_code",
    "lines.our_code": "our_code",
    "lines.description": "description",
    "lines.quantity": "quantity",
    "lines.uom": "uom_text",
    "lines.price_unit": "price_unit",
    "lines.requested_date": "requested_date",
}


class PoIntakeLayout(models.Model):
    """What corrections taught about the way one partner lays out its orders.

    Deleting it undoes it: the partner's next order is read without.
    """

    _name = "po.intake.layout"
    _description = "Learned Layout"
    _inherit = ["po.intake.guard"]
    _order = "partner_id, id"
    _check_company_auto = True

    name = fields.Char("Learned", compute="_compute_name")
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner", required=True, index=True, ondelete="cascade", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    rules = fields.Json(
        readonly=True, help="Marks of the page and what stands where, as the reader stores it."
    )

    @api.depends("rules")
    @api.depends_context("lang")
    def _compute_name(self):
        for layout in self:
            rules = (layout.rules or {}).get("rules") or []
            layout.name = ", ".join(self._label(rule["path"]) for rule in rules)

    @api.model
    def _label(self, path):
        model, names = ("po.intake.line", LINE) if path in LINE else ("po.intake", HEAD)
        name = names.get(path)
        return self.env[model].fields_get([name], ["string"])[name]["string"] if name else path

    @api.model
    def _learn(self, intake, patient=False):
        """Remember from an approved order where its partner prints what a person corrected.

        What a new correction contradicts is forgotten, also where nothing can be learned from it.

        :param patient: nobody waits; else what takes seconds, like scans, is left to the cron
        """
        partner = intake.partner_id.commercial_partner_id
        corrections = self._corrections(intake)
        if not partner or not corrections:
            return
        known = self.search(
            [("partner_id", "=", partner.id), ("company_id", "=", intake.company_id.id)]
        )
        if not known and not any(corrections.values()):
            return
        source, reader = self._reader_of(intake)
        if getattr(reader, "limits", None) and not patient:
            intake.learn_later = True
            # sudo: whoever approves need not be allowed to see crons
            self.env.ref("po_intake.ir_cron_learn").sudo()._trigger()
            return
        taught = self._study(intake, corrections, source, reader) if reader else None
        if not taught:
            return
        for layout in known:
            earlier = self._parsed(layout.rules)
            if earlier and earlier.is_like(taught):
                # sudo: as below
                layout.sudo()._set_rules(earlier.taught(taught.rules, tuple(corrections)))
                break
        else:
            if not taught.rules:
                return
            # sudo: a correction teaches, whoever made it; by hand nobody writes what is learned
            self.sudo().create(
                {
                    "partner_id": partner.id,
                    "company_id": intake.company_id.id,
                    "rules": taught.to_json(),
                }
            )
        if taught.rules:
            names = ", ".join(self._label(rule.path) for rule in taught.rules)
            intake._log(
                self.env._(
                    "Learned where %(partner)s prints: %(fields)s.",
                    partner=partner.display_name,
                    fields=names,
                )
            )

    def _set_rules(self, layout):
        if layout.rules:
            self.rules = layout.to_json()
        else:
            self.unlink()

    @api.model
    def _corrections(self, intake):
        """What a person changed: paths of the document with the values that are right.

        Values of lines come as a dictionary of the line's index, as text, to the value as text.
        """
        document = intake.document or {}
        result = {}
        for path, field in HEAD.items():
            value = document
            for part in path.split("."):
                value = (value or {}).get(part)
            right = str(intake[field] or "").strip()
            if right != str(value or "").strip():
                result[path] = right
        lines = document.get("lines") or []
        # what a person has split or merged does not stand so on the paper
        stood = Counter(i for line in intake.line_ids for i in line._document_lines())
        shared = {index for index, times in stood.items() if times > 1}
        shared.update(line.document_line for line in intake.line_ids.filtered("merged_lines"))
        for line in intake.line_ids:
            index = line.document_line
            if line.ignored or index in shared or not 0 <= index < len(lines):
                continue
            for path, field in LINE.items():
                read, right = lines[index].get(path.partition(".")[2]), line[field]
                if self._differs(read, right):
                    result.setdefault(path, {})[str(index)] = str(right or "")
        return result

    @api.model
    def _differs(self, read, right):
        if isinstance(right, float):
            return float_compare(read or 0.0, right, precision_digits=6) != 0
        return str(read or "").strip() != str(right or "").strip()

    @api.model
    def _cron_learn(self):
        """Learn from what was approved and takes its time to be read again."""
        domain = [("learn_later", "=", True)]
        waiting = self.env["po.intake"].search(domain, limit=20)
        for intake in waiting:
            intake.learn_later = False
            intake = intake._as_worker()
            with self.env.cr.savepoint():
                self.with_env(intake.env)._learn(intake, patient=True)
            more = self.env["ir.cron"]._commit_progress(1)
            if not more:
                break
        left = self.env["po.intake"].search_count(domain, limit=1)
        self.env["ir.cron"]._commit_progress(remaining=left)

    @api.model
    def _reader_of(self, intake):
        """``(source, reader)`` that an intake was read with, or twice nothing."""
        service = self.env["po.intake.reader"]
        unpacked = sandbox().unpack(service._get_source(intake))
        evidence = ((intake.document or {}).get("evidence") or {}).values()
        codes = {item.get("reader") for item in evidence}
        for source in unpacked.sources:
            if source.digest == intake.source_digest:
                for reader in service._get_readers(intake):
                    if reader.sandboxed and reader.code in codes and reader.can_read(source):
                        return source, reader
        return None, None

    @api.model
    def _study(self, intake, corrections, source, reader):
        """What the corrections teach, read from the very bytes, in the child process.

        :return: a ``Layout``, or ``None`` when the document cannot be known again
        """
        service = self.env["po.intake.reader"]
        partner = intake.partner_id.commercial_partner_id
        names = (partner.name, intake.party_name, partner.vat, intake.party_vat)
        lesson = {
            "lesson": corrections,
            "who": [name for name in names if name],
            "places": intake.picks or {},
        }
        hints = replace(service._get_hints(intake), layouts=(lesson,))
        documents = sandbox().execute(reader, source, hints).documents
        return self._taught(documents[intake.source_index : intake.source_index + 1])

    @api.model
    def _taught(self, documents):
        """The layout in the child's answer, which is checked: hostile bytes were read there."""
        for finding in documents[0].findings if documents else ():
            if finding.code == LEARNED:
                return self._parsed(finding.parameters.get("layout"))
        return None

    @api.model
    def _parsed(self, rules):
        try:
            return Layout.from_json(rules)
        except ValueError:
            return None
