from odoo import fields, models

ENDED = ("done", "rejected")
# what a card says of people and companies in the document's own words
PRINTED = (
    "party_name",
    "party_reference",
    "party_vat",
    "party_email",
    "party_phone",
    "party_street",
    "party_zip",
    "party_city",
    "party_country",
    "delivery_text",
    "note",
    "email_from",
    "subject",
    "source_name",
    "partner_reason",
    "reject_reason",
    "error",
    "doubts",
    "partner_candidates",
)
# the same of a raw mail, and of a message in the chatter
ADDRESSED = ("email_from", "recipients", "reply_to", "subject", "authentication_results")
WRITTEN = (
    "email_from",
    "reply_to",
    "subject",
    "incoming_email_to",
    "incoming_email_cc",
    "outgoing_email_to",
)


class PoIntakeRetention(models.AbstractModel):
    """Part of the ledger: documents that are no longer needed, and what was read in them, go.

    What stays: the order with the file that is attached to it, which is a business record of its
    own; the figures of the card; its digest, so that the same file is still recognized; and who
    decided what.
    """

    _name = "po.intake.retention"
    _description = "Order Intake: Retention"

    erased_date = fields.Datetime("Document erased on", readonly=True, copy=False)

    def _erase_documents(self, printed=False):
        """Erase the documents of cards that have ended, and what was read in them.

        :param printed: names, addresses and remarks on the card and in its chatter, too
        :return: the cards whose documents are gone
        """
        ended = self.filtered(lambda intake: intake.state in ENDED)
        # sudo: ledgers and the raw inbox, which nobody edits by hand
        stored = ended.sudo()
        stored._erase_readings()
        stored._erase_mails()
        if printed:
            stored._erase_words()
        self.env["ir.attachment"].sudo().search(
            [("res_model", "=", self._name), ("res_id", "in", ended.ids)]
        ).unlink()
        stored.write(
            {
                "document": False,
                "page_words": False,
                "picks": False,
                "erased_date": fields.Datetime.now(),
                **(dict.fromkeys(PRINTED, False) if printed else {}),
            }
        )
        ended._log(self.env._("The document and what was read in it were erased."))
        return ended

    def _erase_readings(self):
        """What readers found, and what a language model has answered; what it cost stays."""
        readings = self.reading_ids
        digests = [digest for digest in readings.mapped("request_digest") if digest]
        self.env["po.intake.model.call"].search(
            [
                ("company_id", "in", self.company_id.ids),
                ("digest", "in", digests),
                ("state", "=", "answered"),
            ]
        ).write({"state": "erased", "answer": False})
        readings.write({"payload": False})

    def _erase_words(self):
        """What was said of people in the chatter, by checks and in the raw inbox.

        That something was said, when and by whom of ours, stays.
        """
        messages = self.message_ids
        self.env["mail.mail"].search([("mail_message_id", "in", messages.ids)]).unlink()
        messages.tracking_value_ids.unlink()
        messages.write({"body": "", **dict.fromkeys(WRITTEN, False)})
        self.finding_ids.parameters = {}
        self.value_ids.text = False
        self.correction_ids.write({"before": False, "after": False})
        self.reading_ids.source_name = False
        # the digest stays: the same mail is still recognized
        erased = self.mail_id.filtered(lambda mail: not mail.raw)
        erased.write(dict.fromkeys(ADDRESSED, False))

    def _erase_mails(self):
        """The texts of mails in the chatter, and the raw mails that no other card waits for."""
        self.message_ids.filtered(lambda message: message.message_type == "email").write(
            {"body": ""}
        )
        for mail in self.mail_id:
            if all(intake.state in ENDED for intake in mail.intake_ids):
                mail.raw = False
