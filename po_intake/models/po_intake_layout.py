from dataclasses import replace

from odoo import api, fields, models

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
LINE = {"lines.partner_code": "partner_code", "lines.our_code": "our_code"}


class PoIntakeLayout(models.Model):
    """What corrections taught about the way one partner lays out its orders.

    Deleting it undoes it: the partner's next order is read without.
    """

    _name = "po.intake.layout"
    _description = "Learned Layout"
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
    rules = fields.Json(help="Marks of the page and what stands where, as the reader stores it.")

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
    def _learn(self, intake):
        """Remember from an approved order where its partner prints what a person corrected.

        What a new correction contradicts is forgotten, also where nothing can be learned from it.
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
        taught = self._study(intake, corrections)
        if not taught:
            return
        for layout in known:
            earlier = self._parsed(layout.rules)
            if earlier and earlier.is_like(taught):
                layout._set_rules(earlier.taught(taught.rules, tuple(corrections)))
                break
        else:
            if not taught.rules:
                return
            layout = self.create(
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
            self.sudo().unlink()  # sudo: nothing is left of it, whoever may delete

    @api.model
    def _corrections(self, intake):
        """What a person changed: paths of the document with the values that are right.

        Codes of lines come as a dictionary of the line's index, as text, to its code.
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
        for line in intake.line_ids:
            index = line.document_line
            if line.ignored or not 0 <= index < len(lines):
                continue
            for path, field in LINE.items():
                if (line[field] or "") != (lines[index].get(field) or ""):
                    result.setdefault(path, {})[str(index)] = line[field] or ""
        return result

    @api.model
    def _study(self, intake, corrections):
        """What the corrections teach, read from the very bytes, in the child process.

        :return: a ``Layout``, or ``None`` when the document cannot be known again
        """
        service = self.env["po.intake.reader"]
        unpacked = sandbox().unpack(service._get_source(intake))
        source = next(
            (item for item in unpacked.sources if item.digest == intake.source_digest), None
        )
        if not source:
            return None
        evidence = (intake.document.get("evidence") or {}).values()
        codes = {item.get("reader") for item in evidence}
        partner = intake.partner_id.commercial_partner_id
        names = (partner.name, intake.party_name, partner.vat, intake.party_vat)
        lesson = {"lesson": corrections, "who": [name for name in names if name]}
        hints = replace(service._get_hints(intake), layouts=(lesson,))
        for reader in service._get_readers(intake):
            # somebody waits: not for readers that need a child of their own, as scans do
            quick = reader.sandboxed and not getattr(reader, "limits", None)
            if quick and reader.code in codes and reader.can_read(source):
                documents = sandbox().execute(reader, source, hints).documents
                return self._taught(documents[intake.source_index : intake.source_index + 1])
        return None

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
