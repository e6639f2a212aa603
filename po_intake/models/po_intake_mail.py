import base64
import email.header
import email.policy
import hashlib
import logging
import re
from email.parser import BytesHeaderParser

import psycopg2.errors

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import email_split

from .po_intake_queue import LEASE

_logger = logging.getLogger(__name__)

# the headers that Odoo's own gateway takes recipients from
RECIPIENT_HEADERS = ("Delivered-To", "To", "Cc", "Resent-To", "Resent-Cc")
# what makes a mail itself; trace headers that every hop adds do not
IDENTITY_HEADERS = ("Message-Id", "Date", "From", "Subject", *RECIPIENT_HEADERS)
HEADER_LIMIT = 256 * 1024


class PoIntakeMail(models.Model):
    """The raw inbox: mails as they came, stored before anybody looks into them."""

    _name = "po.intake.mail"
    _description = "Order Intake Mail"
    _inherit = ["po.intake.export", "po.intake.queue"]
    _order = "id desc"
    _rec_name = "subject"
    # parsing happens in this process: an attempt is counted before it starts
    _lease = LEASE
    _together = 5

    digest = fields.Char("SHA-256", required=True, readonly=True)
    # in the database, not in the file store: one commit makes it safe
    raw = fields.Binary(attachment=False, readonly=True)
    size = fields.Integer("Bytes", readonly=True)
    message_id = fields.Char("Message-Id", index=True, readonly=True)
    subject = fields.Char(readonly=True)
    email_from = fields.Char("From", readonly=True)
    recipients = fields.Char("To", readonly=True)
    reply_to = fields.Char("Reply-To", readonly=True)
    authentication_results = fields.Text(
        readonly=True,
        help="What mail servers found of its sender, a header on each line.",
    )
    state = fields.Selection(
        [("received", "Received"), ("done", "Opened"), ("failed", "Failed")],
        default="received",
        required=True,
        index=True,
        readonly=True,
    )
    company_id = fields.Many2one(
        "res.company", index=True, readonly=True, help="Of the team that it is addressed to."
    )
    intake_ids = fields.One2many("po.intake", "mail_id", "Intakes")
    intake_count = fields.Integer(compute="_compute_intake_count")

    _digest_uniq = models.UniqueIndex("(digest)", "This mail was already received.")

    @api.depends("intake_ids")
    def _compute_intake_count(self):
        for mail in self:
            mail.intake_count = len(mail.intake_ids)

    # the door

    @api.model
    def _headers(self, raw):
        """The headers alone: cheap, whatever stands below them."""
        head = re.split(rb"\r?\n\r?\n", raw[:HEADER_LIMIT], maxsplit=1)[0]
        return BytesHeaderParser(policy=email.policy.compat32).parsebytes(head)

    @api.model
    def _is_for_us(self, raw, model=None):
        """Is a mail for one of our addresses, or an answer to one of our messages?

        :param bytes raw: the mail
        :param model: fallback model of the mail server that fetched it
        """
        if model == "po.intake":
            return True
        headers = self._headers(raw)
        names = self._local_parts(self._addresses(headers))
        # sudo: the gateway's user need not be allowed to see aliases or messages
        if names and self.env["mail.alias"].sudo().search_count(
            [("alias_model_id.model", "=", "po.intake"), ("alias_name", "in", names)],
            limit=1,
        ):
            return True
        thread = re.findall(
            r"<[^<>\s]+>",
            " ".join(str(headers.get(name, "")) for name in ("In-Reply-To", "References")),
        )
        return bool(thread) and bool(
            self.env["mail.message"]
            .sudo()
            .search_count(
                [("message_id", "in", thread[-32:]), ("model", "=", "po.intake")], limit=1
            )
        )

    @api.model
    def _addresses(self, headers):
        """Addresses of everybody the mail is for, lower case."""
        values = [str(value) for name in RECIPIENT_HEADERS for value in headers.get_all(name, [])]
        return [address.lower() for address in email_split(",".join(values))]

    @api.model
    def _local_parts(self, addresses):
        return [address.partition("@")[0] for address in addresses]

    def _is_automatic(self):
        """Did a machine send the mail: a notification, a list, a bounce, an absence note?

        By RFC 3834 and by what mailers without it use. Only the headers are looked at.
        """
        if not self.raw:
            return False
        headers = self._headers(base64.b64decode(self.raw))

        def says(name):
            return str(headers.get(name, "")).strip().lower()

        sender = (email_split(says("From")) or [""])[0].partition("@")[0]
        return (
            says("Auto-Submitted").partition(";")[0].strip() not in ("", "no")
            or says("Precedence") in ("bulk", "list", "junk", "auto_reply")
            or says("Return-Path") == "<>"
            or any(name in headers for name in ("List-Id", "X-Autoreply", "X-Autorespond"))
            or bool(re.search(r"\b(all|autoreply)\b", says("X-Auto-Response-Suppress")))
            or sender in ("mailer-daemon", "postmaster")
        )

    @api.model
    def _find_team(self, addresses):
        """The team that a mail to these addresses belongs to; the first one else.

        Two companies may use the same name before the @, each in its own domain.
        """
        teams = self.env["po.intake.team"]
        return (
            teams.search([("alias_full_name", "in", addresses)], limit=1)
            or teams.search([("alias_name", "in", self._local_parts(addresses))], limit=1)
            or teams.search([], limit=1)
        )

    @api.model
    def _digest(self, raw):
        """The identity of a mail: its own headers and its body, without the marks of its way."""
        headers = self._headers(raw)
        own = [
            f"{name}:{value}" for name in IDENTITY_HEADERS for value in headers.get_all(name, [])
        ]
        body = re.split(rb"\r?\n\r?\n", raw, maxsplit=1)[-1]
        # mail servers differ in line ends and in what closes the mail
        body = body.replace(b"\r\n", b"\n").rstrip()
        return hashlib.sha256("\n".join(own).encode(errors="replace") + b"\n\n" + body).hexdigest()

    @api.model
    def _capture(self, raw):
        """Store a mail in a transaction of its own; a mail that is known already is no news.

        :return: id of the stored mail, where this call can see it
        :raises Exception: it is not stored; the mail server must keep it
        """
        digest = self._digest(raw)
        with self.env.registry.cursor() as cr:
            # sudo: storing is all the gateway's user may do here, and it may do it always
            inbox = self.with_env(self.env(cr=cr, su=True))
            known = inbox.search([("digest", "=", digest)], limit=1)
            if known:
                _logger.info("Mail %s was already received as %s", digest[:12], known.id)
                return known.id
            try:
                with cr.savepoint(flush=False):
                    mail = inbox.create(inbox._capture_values(raw, digest))
            except psycopg2.errors.UniqueViolation as error:
                if "digest" not in (error.diag.constraint_name or ""):
                    raise
                # another delivery of the same mail was quicker by a moment
                return False
            inbox._wake("po_intake.ir_cron_open_mails")
            _logger.info("Mail %s stored as %s, %s bytes", digest[:12], mail.id, len(raw))
            return mail.id

    @api.model
    def _capture_values(self, raw, digest):
        headers = self._headers(raw)

        def text(name):
            try:
                return str(email.header.make_header(email.header.decode_header(headers[name])))
            except (TypeError, ValueError, LookupError):
                return str(headers[name] or "")

        return {
            "digest": digest,
            "raw": base64.b64encode(raw),
            "size": len(raw),
            "message_id": str(headers["Message-Id"] or "").strip()[:500],
            "subject": text("Subject").replace("\x00", "")[:500],
            "email_from": text("From").replace("\x00", "")[:500],
            "reply_to": text("Reply-To").replace("\x00", "")[:500],
            "recipients": text("To").replace("\x00", "")[:500],
            "authentication_results": "\n".join(
                " ".join(str(value).replace("\x00", "").split())
                for value in headers.get_all("Authentication-Results", [])
            ),
            "company_id": self._find_team(self._addresses(headers)).company_id.id,
        }

    # the work

    def _queue_domain(self):
        return Domain("state", "=", "received")

    def _queue_work(self):
        """Let Odoo's gateway open the mail: it finds the thread or makes the intake.

        Where the company has no alias domain the gateway finds no alias; the part of the address
        before the @ says the team then.
        """
        gateway = self.env["mail.thread"].with_context(
            po_intake_opening=True, po_intake_mail_id=self.id
        )
        raw = self._raw_for_gateway()
        team = self._find_team(self._addresses(self._headers(raw)))
        gateway.message_process("po.intake", raw, custom_values={"team_id": team.id})
        self.write({"state": "done", "error": False})

    def _raw_for_gateway(self):
        """The bytes, with another Message-Id where a different mail used the same one before.

        Odoo takes a repeated Message-Id for a repeated mail and drops it. A mail that differs
        from all that were received is a mail of its own.
        """
        raw = base64.b64decode(self.raw)
        if not self.message_id or not self.env["mail.message"].search_count(
            [("message_id", "=", self.message_id)], limit=1
        ):
            return raw
        head, separator, body = raw.partition(b"\r\n\r\n" if b"\r\n\r\n" in raw else b"\n\n")
        fresh = f"Message-Id: <{self.digest[:32]}@po-intake.invalid>".encode()
        head = re.sub(rb"(?im)^message-id:.*(?:\r?\n[ \t].*)*", fresh, head, count=1)
        return head + separator + body

    def _queue_given_up(self):
        """Odoo's gateway cannot open it: a person sees that on the board, bytes at hand."""
        self.state = "failed"
        _logger.error("Mail %s could not be opened; its bytes are kept", self.id)
        headers = self._headers(base64.b64decode(self.raw))
        intake = self.env["po.intake"].create(
            {
                "source": "mail",
                "state": "error",
                "team_id": self._find_team(self._addresses(headers)).id,
                "mail_id": self.id,
                "email_from": self.email_from,
                "subject": self.subject,
                "error": self.error,
            }
        )
        intake._ask_person(self.env._("This mail could not be opened."))

    @api.model
    def _cron_open(self):
        self._work_off()

    def action_retry(self):
        """Try again to open a mail that failed."""
        self.write({"state": "received", "attempts": 0, "retry_at": False})
        self._wake("po_intake.ir_cron_open_mails")

    def action_open_intakes(self):
        """The intakes that were made from this mail."""
        return self.intake_ids._get_records_action()
