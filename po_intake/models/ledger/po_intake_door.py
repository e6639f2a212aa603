from odoo import api, fields, models
from odoo.tools import email_normalize, file_open

# an order of the demo, which needs no demo data to be read
SAMPLE = "po_intake/demo/documents/PO-48213.pdf"


class PoIntakeDoor(models.AbstractModel):
    """The doors that orders come in by. A door stores, nothing else: nothing is lost in it."""

    _name = "po.intake.door"
    _inherit = ["mail.thread"]
    _description = "Order Intake Doors"

    email_from = fields.Char("From", readonly=True)
    sender_address = fields.Char(
        compute="_compute_sender_address", store=True, index="btree_not_null"
    )

    @api.depends("email_from")
    def _compute_sender_address(self):
        for intake in self:
            intake.sender_address = email_normalize(intake.email_from or "")

    def create_document_from_attachment(self, attachment_ids):
        """Door of the upload button, of drag and drop and of paste: one intake per file.

        :param attachment_ids: ids of attachments that the user has just made
        :return: action that shows the intakes
        """
        attachments = self.env["ir.attachment"].browse(attachment_ids)
        attachments.check_access("read")
        self.browse().check_access("create")
        intakes = self.browse()
        for attachment in attachments:
            # a file that belongs to another record stays there
            attachment = attachment.copy() if attachment.res_id else attachment
            intake = self._own_step().create({"source": "upload", "source_name": attachment.name})
            attachment.write({"res_model": self._name, "res_id": intake.id})
            intake.message_main_attachment_id = attachment
            intake._log(self.env._("Uploaded: %s", attachment.name))
            intakes |= intake
        return intakes.with_env(self.env)._get_records_action(name=self.env._("Uploaded documents"))

    @api.model
    def action_try_sample(self):
        """Upload an order that comes with this app, to see what becomes of one."""
        with file_open(SAMPLE, "rb") as file:
            content = file.read()
        attachment = self.env["ir.attachment"].create(
            {"name": SAMPLE.rpartition("/")[2], "raw": content, "mimetype": "application/pdf"}
        )
        return self.create_document_from_attachment(attachment.ids)

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Door of the mail alias. The alias alone says whose intake it is.

        The gateway acts as the user whose address stands in ``From``, which anybody can write
        there: the record is made by the technical user instead.
        """
        self = self.with_user(self._worker()).sudo()  # the gateway's own mode of work
        team = self.env["po.intake.team"].browse((custom_values or {}).get("team_id"))
        team = team.exists() or self.env["po.intake.team"].search([], limit=1)
        values = {
            "name": "/",
            "source": "mail",
            "team_id": team.id,
            "direction": "purchase" if team.direction == "purchase" else "sale",
            "email_from": msg_dict.get("email_from"),
            "subject": msg_dict.get("subject"),
            "mail_id": self.env.context.get("po_intake_mail_id"),
        }
        values["state"] = "new" if self._may_be_opened(team, values) else "quarantine"
        values["name"] = self.env["ir.sequence"].next_by_code("po.intake")
        intake = super().message_new(msg_dict, values)
        if intake.state == "quarantine":
            self.env["po.intake.policy"]._assess_sender(intake)
        return intake

    @api.model
    def _may_be_opened(self, team, values):
        """May what is in a mail be read, or does it wait until a person has seen the sender?

        :param values: of the intake to be
        """
        senders = self.env["po.intake.sender"]
        mail = self.env["po.intake.mail"].browse(values["mail_id"] or [])
        return (
            senders._may_be_read(team, values["email_from"])
            and self.env["po.intake.authentication"]._verdict(mail, team) != "fail"
            and not senders._floods(team, email_normalize(values["email_from"] or ""))
        )

    def message_update(self, msg_dict, update_vals=None):
        """An answer that brings files or orders something itself is a new document.

        Pictures that the text shows, like a signature's logo, are no files in this sense; thanks
        and absence notes order nothing.
        """
        files = [
            item
            for item in msg_dict.get("attachments") or []
            if not (len(item) > 2 and (item[2] or {}).get("cid"))
        ]
        # sudo: the raw inbox is for managers, and the gateway acts as whoever wrote
        mail = self.env["po.intake.mail"].sudo()
        mail = mail.browse(self.env.context.get("po_intake_mail_id") or [])
        if mail and (files or self.env["po.intake.reader"]._orders_in_text(self, mail)):
            intake = self.message_new(msg_dict, {"team_id": self.team_id.id})
            intake._own_step().origin_id = self
        return super().message_update(msg_dict, update_vals=update_vals)
