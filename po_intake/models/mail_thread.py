import xmlrpc.client

from odoo import api, models


class MailThread(models.AbstractModel):
    _inherit = "mail.thread"

    @api.model
    def message_process(
        self,
        model,
        message,
        custom_values=None,
        save_original=False,
        strip_attachments=False,
        thread_id=None,
    ):
        """Keep a mail to one of our addresses as it is; parse it later.

        Whatever may go wrong with it then, it has arrived. A failed capture raises, so that the
        mail server keeps the mail.
        """
        if not self.env.context.get("po_intake_opening"):
            if isinstance(message, xmlrpc.client.Binary):
                message = message.data
            raw = message.encode() if isinstance(message, str) else bytes(message)
            inbox = self.env["po.intake.mail"]
            if inbox._is_for_us(raw, model):
                inbox._capture(raw)
                return False
            message = raw
        return super().message_process(
            model,
            message,
            custom_values=custom_values,
            save_original=save_original,
            strip_attachments=strip_attachments,
            thread_id=thread_id,
        )
