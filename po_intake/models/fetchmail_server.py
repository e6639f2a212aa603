import logging

from odoo import models

_logger = logging.getLogger(__name__)


class FetchmailServer(models.Model):
    _inherit = "fetchmail.server"

    def _connect__(self, allow_archived=False):
        """Hand on only those of our mails that are safely stored.

        Odoo marks a fetched mail as handled even when its processing raised. A mail that cannot
        be captured is therefore not handed on: it stays on the server for the next run.
        """
        connection = super()._connect__(allow_archived=allow_archived)
        retrieve = getattr(connection, "retrieve_unread_messages", None)
        if not retrieve:
            return connection
        inbox = self.env["po.intake.mail"]
        model, name = self.object_id.model, self.name

        def retrieve_stored_messages():
            for number, raw in retrieve():
                try:
                    if inbox._is_for_us(raw, model):
                        inbox._capture(raw)
                except Exception:
                    _logger.exception("Mail %s stays on server %s: not stored", number, name)
                    continue
                yield number, raw

        connection.retrieve_unread_messages = retrieve_stored_messages
        return connection
