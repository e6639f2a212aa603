import base64
import functools
import hashlib
import time
from dataclasses import replace

from odoo import api, models
from odoo.exceptions import UserError

from ..extraction import acceptance, cascade
from ..extraction.document import ORDER_CHANGE, OTHER, PURCHASE_ORDER
from ..extraction.reader import is_witness
from ..extraction.readers import standard
from ..extraction.readers.claude import ClaudeReader
from ..extraction.sandbox import Sandbox
from ..extraction.source import BODY, Source


@functools.cache
def sandbox():
    """The child process of this server process, started at its first document."""
    return Sandbox()


class PoIntakeReader(models.AbstractModel):
    """Service 1, Extract: hands the readers out, runs them, writes what they read."""

    _name = "po.intake.reader"
    _description = "Order Intake: Extract"
    _inherit = ["po.intake.reader.hints"]

    @api.model
    def _get_readers(self, intake):
        """Hook: the readers for an intake, in any order; the cheapest is asked first.

        :return: list of objects as ``extraction.reader.Reader`` describes them
        """
        return [*standard(), *self._get_witnesses(intake)]

    @api.model
    def _get_witnesses(self, intake):
        """Hook: readers that are asked after the others, see ``extraction.merge``."""
        options = self.env["po.intake.claude"]._options(intake)
        return [ClaudeReader(eyes=sandbox(), **options)] if options else []

    @api.model
    def _claude(self, intake, page=None):
        """Claude, to be asked at once about a document that was read; None where it may not be.

        :param page: the only page to look at
        """
        options = self.env["po.intake.claude"]._options_once_read(intake, at_once=True)
        return ClaudeReader(eyes=sandbox(), page=page, **options) if options else None

    @api.model
    def _get_reader_names(self):
        """Hook: what people call the readers, by their codes."""
        _ = self.env._
        return {
            "ubl": _("UBL"),
            "cii": _("Order-X and CII"),
            "cxml": _("cXML"),
            "edifact": _("EDIFACT"),
            "x12": _("ANSI X12"),
            "spreadsheet": _("Spreadsheet"),
            "mail_body": _("Text of a mail"),
            "docx": _("Word"),
            "layout": _("Typed text and tables"),
            "ocr": _("Text recognition of scans"),
            "claude": _("Claude"),
        }

    @api.model
    def _accept(self, document):
        """Hook: judge a document that was read: its findings and its confidence."""
        return acceptance.accept(document)

    @api.model
    def _get_source(self, intake):
        """What is to be read: the raw mail, or the file that was uploaded."""
        # sudo: the raw inbox is for managers, but this mail belongs to this very intake
        mail = intake.mail_id.sudo()
        if mail.raw:
            return Source(name="mail.eml", content=base64.b64decode(mail.raw))
        attachment = intake.message_main_attachment_id
        return Source(name=attachment.name or "", content=attachment.raw or b"")

    @api.model
    def _orders_in_text(self, intake, mail):
        """Does the text of an answer to an intake order something, as far as we can tell offline?

        :param mail: the ``po.intake.mail`` with the answer
        """
        source = Source(name="mail.eml", content=base64.b64decode(mail.raw or b""))
        outcome = self._run(intake, source, standard())
        return any(
            found.document.document_type in (PURCHASE_ORDER, ORDER_CHANGE) and found.document.lines
            for found in outcome.documents
        )

    def _read(self, intake):
        """Read what arrived; further orders in it become intakes of their own.

        A document that was read as part of another intake's mail or file is not read again.
        """
        if intake.document:
            self._fill(intake, intake.document)
            return
        started = time.monotonic()
        outcome = self._run(intake, self._get_source(intake))
        intake.finding_ids.sudo().unlink()  # sudo: findings are the checks' own
        self._keep_readings(intake, outcome.readings)
        self.env["po.intake.claude"]._after_reading(intake, outcome.readings)
        for finding in outcome.findings:
            self.env["po.intake.policy"]._add_finding(intake, finding)
        if not outcome.documents:
            intake.line_ids.unlink()
            intake.document_type = False
            if not intake.finding_ids:
                blocking = {"code": "nothing_to_read", "severity": "blocking"}
                self.env["po.intake.policy"]._add_finding(intake, blocking)
            self._log(intake, outcome, time.monotonic() - started)
            return
        own, others = self._share_out(intake, outcome.documents)
        if own:
            self._take(intake, own)
        for found in others:
            self._take(self._new_sibling(intake), found)
        self._log(intake, outcome, time.monotonic() - started)

    @api.model
    def _run(self, intake, source, readers=None, hints=None):
        """Let readers read a source: those of the intake, or the one that a person chose."""
        return cascade.run(
            source,
            readers or intake._chosen_readers(self._get_readers(intake)),
            hints or self._get_hints(intake),
            execute=sandbox().execute,
            unpack=sandbox().unpack,
            accept=self._accept,
        )

    def _read_for_trial(self, intake, mapping):
        """What the intake's source says at one more label; nothing is kept.

        :param mapping: a record of ``po.intake.field``, also one that is only being typed
        :return: the JSON of each document
        :raises UserError: nothing can be read there
        """
        label = (mapping.name,) if mapping.origin == "label" else ()
        hints = replace(
            self._get_hints(intake),
            labels=() if mapping._is_of_line() else label,
            line_labels=label if mapping._is_of_line() else (),
        )
        # a try-out sends nothing anywhere
        readers = [reader for reader in self._get_readers(intake) if not is_witness(reader)]
        outcome = self._run(intake, self._get_source(intake), readers, hints)
        if not outcome.documents:
            raise UserError(
                self.env._("Nothing could be read in %(document)s.", document=intake.display_name)
            )
        return [found.document.to_json() for found in outcome.documents]

    @api.model
    def _share_out(self, intake, documents):
        """Which of the documents in a mail or file is this intake's, and which are new.

        When an intake is read again, its own document is the one that it had, and those of the
        other intakes of the same mail stay theirs.
        """
        family = self.env["po.intake"].search(
            [
                ("mail_id", "!=", False),
                ("mail_id", "=", intake.mail_id.id),
                ("id", "!=", intake.id),
                ("source_digest", "!=", False),
            ]
        ) | intake.search(["|", ("origin_id", "=", intake.id), ("id", "=", intake.origin_id.id)])
        taken = {(other.source_digest, other.source_index) for other in family - intake}
        free = [found for found in documents if (found.source.digest, found.index) not in taken]
        mine = (intake.source_digest, intake.source_index)
        own = next((item for item in free if (item.source.digest, item.index) == mine), None)
        own = own or (free[0] if free else None)
        return own, [item for item in free if item is not own]

    @api.model
    def _new_sibling(self, intake):
        """The intake of a further document that came in the same mail or file."""
        sibling = self.env["po.intake"].create(
            {
                "source": intake.source,
                "team_id": intake.team_id.id,
                "user_id": intake.user_id.id,
                "direction": intake.direction,
                "email_from": intake.email_from,
                "portal_partner_id": intake.portal_partner_id.id,
                "subject": intake.subject,
                "received_date": intake.received_date,
                "mail_id": intake.mail_id.id,
                "origin_id": intake.id,
            }
        )
        sibling._log(self.env._("Arrived together with %s.", intake.name))
        return sibling

    def _take(self, intake, found):
        """Tie one document that was found to its intake, with the bytes it was read from."""
        self = self.with_env(intake.env)  # perhaps a person's step, perhaps the worker's
        intake.write(
            {
                "source_name": found.source.name,
                **self._identity(intake, found.source.digest, found.index),
            }
        )
        intake.message_main_attachment_id = self._attachment(intake, self._shown(intake, found))
        intake.document = found.document.to_json()
        self._fill(intake, intake.document)

    @api.model
    def _shown(self, intake, found):
        """The file that goes with the order: for an order in a mail's text the mail itself."""
        if found.source.role == BODY:
            return replace(self._get_source(intake), mimetype="message/rfc822")
        return found.view

    @api.model
    def _attachment(self, intake, source):
        """The very bytes that were read, to be shown beside the fields."""
        checksum = hashlib.sha1(source.content, usedforsecurity=False).hexdigest()
        attachments = self.env["ir.attachment"]
        return attachments.search(
            [
                ("res_model", "=", intake._name),
                ("res_id", "=", intake.id),
                ("res_field", "=", False),
                ("checksum", "=", checksum),
            ],
            limit=1,
        ) or attachments.create(
            {
                "name": source.name,
                "raw": source.content,
                "mimetype": source.mimetype,
                "res_model": intake._name,
                "res_id": intake.id,
            }
        )

    @api.model
    def _identity(self, intake, digest, index, company=None):
        """What makes the document itself; the first intake that has it keeps it.

        :param company: that the intake is about to belong to, where that is another one
        """
        earlier = self.env["po.intake"].search(
            [
                ("company_id", "=", (company or intake.company_id).id),
                ("source_digest", "=", digest),
                ("source_index", "=", index),
                ("duplicate_of_id", "=", False),
                ("id", "!=", intake.id),
            ],
            limit=1,
        )
        return {
            "source_digest": digest,
            "source_index": index,
            "duplicate_of_id": earlier.id,
        }

    def _keep_readings(self, intake, readings):
        """The ledger: one row per attempt, whatever came of it."""
        self.env["po.intake.reading"].create(
            [
                {
                    **self.env["po.intake.reading"]._prepare_usage(reading.usage),
                    "intake_id": intake.id,
                    "reader": reading.reader,
                    "source_name": reading.parameters.get("source"),
                    "pages": reading.pages,
                    "seconds": reading.seconds,
                    "confidence": reading.confidence,
                    "document_count": len(reading.documents),
                    "payload": [document.to_json() for document in reading.documents],
                    "error": reading.error,
                }
                for reading in readings
            ]
        )

    def _fill(self, intake, document):
        """Write what the document says into the intake's fields and lines."""
        party = document.get("partner") or {}
        delivery = document.get("delivery") or {}
        intake.write(
            {
                "document_type": document.get("document_type") or OTHER,
                "order_reference": document.get("number"),
                "order_revision": document.get("revision"),
                "order_date": document.get("order_date"),
                "requested_date": document.get("requested_date"),
                "currency_text": document.get("currency"),
                "payment_terms": document.get("payment_terms"),
                "incoterm": document.get("incoterm"),
                "note": document.get("note"),
                **{
                    f"party_{key}": party.get(key)
                    for key in ("name reference vat email phone street zip city country".split())
                },
                "delivery_text": self._one_line(delivery),
                "amount_untaxed": document.get("amount_untaxed"),
                "amount_tax": document.get("amount_tax"),
                "amount_total": document.get("amount_total"),
                **self.env["po.intake.direction"]._values(intake, document),
            }
        )
        intake.line_ids.unlink()
        self.env["po.intake.line"].create(
            [
                self._prepare_line(intake, index, line)
                for index, line in enumerate(document.get("lines") or [])
            ]
        )
        self.env["po.intake.value"]._fill(intake, document)

    @api.model
    def _one_line(self, party):
        words = [party.get(key) for key in ("name", "street", "zip", "city", "country")]
        return ", ".join(word for word in words if word)

    @api.model
    def _prepare_line(self, intake, index, line):
        """Hook: values of an intake line for a line that was read."""
        return {
            "intake_id": intake.id,
            "sequence": (index + 1) * 10,
            "document_line": index,
            "partner_code": line.get("partner_code"),
            "our_code": line.get("our_code"),
            "barcode": line.get("barcode"),
            "description": line.get("description"),
            "uom_text": line.get("uom"),
            "quantity": line.get("quantity") or 0.0,
            "price_unit": line.get("price_unit") or 0.0,
            "has_price": line.get("price_unit") is not None,
            "discount": line.get("discount") or 0.0,
            "price_subtotal": line.get("price_subtotal"),
            "requested_date": line.get("requested_date"),
        }

    def _log(self, intake, outcome, seconds):
        """Tell people what was read with what."""
        _ = self.env._
        details = []
        for reading in outcome.readings:
            if reading.documents:
                details.append(
                    _(
                        "%(file)s: %(count)s order(s) read by “%(reader)s”, %(percent)s %% sure",
                        file=reading.parameters.get("source"),
                        count=len(reading.documents),
                        reader=reading.reader,
                        percent=round(100 * reading.confidence),
                    )
                )
            elif reading.error:
                details.append(
                    _(
                        "%(file)s: “%(reader)s” could not read it (%(error)s)",
                        file=reading.parameters.get("source"),
                        reader=reading.reader,
                        error=reading.error,
                    )
                )
        details += intake.finding_ids.mapped("message")
        body = _("Read in %s seconds.", f"{seconds:.1f}")
        intake._log(body, details)
