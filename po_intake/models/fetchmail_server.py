import imaplib
import logging
import time
from datetime import datetime, timedelta, timezone

from odoo import api, fields, models

_logger = logging.getLogger(__name__)

# mails that came earlier were looked at the nights before
RECONCILED = timedelta(days=3)


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

    # every night

    @api.model
    def _cron_reconcile(self):
        """Hold the mailboxes against the raw inbox."""
        for server in self.search([("state", "=", "done"), ("server_type", "!=", "local")]):
            try:
                server._reconcile()
            except Exception:
                # the others' turn comes whatever happens to this one; tomorrow is another night
                _logger.exception("Mail server %s could not be reconciled", server.name)
            self.env["ir.cron"]._commit_progress()

    def _reconcile(self):
        """Take in mails to our addresses that lie in the mailbox and were never stored.

        Odoo fetches what is unread. A mail that somebody has opened elsewhere before is missed.
        On POP servers nothing that was fetched stays. Nothing is marked or moved.

        :return: how many were taken in
        """
        inbox = self.env["po.intake.mail"]
        first = inbox.search([], order="id", limit=1).create_date
        if not first or self._get_connection_type() != "imap":
            return 0
        since = max(first, fields.Datetime.now() - RECONCILED).replace(tzinfo=timezone.utc)
        connection, taken = self._connect__(), 0
        try:
            connection.select(readonly=True)
            # by days of the server's own clock
            day = imaplib.Time2Internaldate((since - timedelta(days=1)).timestamp())[1:12]
            _ok, (numbers,) = connection.search(None, "SINCE", day)
            for number in (numbers or b"").split():
                raw = self._missed(connection, number, since)
                if raw:
                    inbox._capture(raw)
                    taken += 1
        finally:
            connection.logout()
        if taken:
            _logger.warning(
                "%s mails on server %s were never fetched; now they are", taken, self.name
            )
        return taken

    def _missed(self, connection, number, since):
        """A mail of the mailbox as bytes, if it is for us and not stored yet; else nothing."""
        inbox = self.env["po.intake.mail"]
        _ok, data = connection.fetch(number, "(INTERNALDATE BODY.PEEK[HEADER])")
        description, head = data[0]
        arrived = imaplib.Internaldate2tuple(description)
        if arrived and datetime.fromtimestamp(time.mktime(arrived), timezone.utc) < since:
            return None
        headers = inbox._headers(head)
        known = inbox.search_count(
            [("message_id", "=", str(headers["Message-Id"] or "-").strip()[:500])], limit=1
        )
        if known or not inbox._is_for_us(head, self.object_id.model):
            return None
        _ok, data = connection.fetch(number, "(BODY.PEEK[])")
        return data[0][1]
