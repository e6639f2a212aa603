import base64
import socketserver
import threading
from datetime import timedelta

import psycopg2

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IntakeCase


class _Server(socketserver.StreamRequestHandler):
    def say(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class _Pop3(_Server):
    """As much of POP3 (RFC 1939) as a mailbox with a few mails needs."""

    def handle(self):
        box = self.server.box
        deleted = set()
        self.say("+OK ready")
        for line in self.rfile:
            verb, _space, argument = line.decode().strip().partition(" ")
            number = int(argument) - 1 if argument.isdigit() else None
            if verb == "STAT":
                self.say(f"+OK {len(box)} {sum(map(len, box))}")
            elif verb == "LIST":
                self.say("+OK", *(f"{n} {len(raw)}" for n, raw in enumerate(box, 1)), ".")
            elif verb == "RETR":
                self.say("+OK")
                self.wfile.write(box[number].replace(b"\n", b"\r\n") + b"\r\n.\r\n")
            elif verb == "DELE":
                deleted.add(number)
                self.say("+OK")
            elif verb == "QUIT":
                self.server.box = [raw for n, raw in enumerate(box) if n not in deleted]
                self.say("+OK")
                return
            else:
                self.say("+OK")


class _Imap(_Server):
    """As much of IMAP (RFC 3501) as looking into a mailbox needs; all mails are read ones."""

    def handle(self):
        self.say("* OK [CAPABILITY IMAP4rev1] ready")
        for line in self.rfile:
            tag, verb, *words = line.decode().split()
            if verb == "CAPABILITY":
                self.say("* CAPABILITY IMAP4rev1")
            elif verb == "EXAMINE":
                self.say(f"* {len(self.server.box)} EXISTS")
            elif verb == "SEARCH":
                unread = words[-1] == "(UNSEEN)"
                self.say(
                    "* SEARCH"
                    + "".join(f" {n + 1}" for n in range(len(self.server.box)) if not unread)
                )
            elif verb == "FETCH":
                self.fetch(int(words[0]), " ".join(words[1:]))
            elif verb in ("SELECT", "STORE"):
                self.server.box.clear()  # nothing of ours may mark or change anything
            self.say(f"{tag} OK done")
            if verb == "LOGOUT":
                return

    def fetch(self, number, what):
        raw = self.server.box[number - 1].replace(b"\n", b"\r\n")
        if "HEADER" in what:
            raw = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
        date = f'INTERNALDATE "{self.server.arrived}" '
        self.wfile.write(f"* {number} FETCH ({date}BODY[] {{{len(raw)}}}\r\n".encode())
        self.wfile.write(raw + b")\r\n")


class MailboxCase(IntakeCase):
    """A mail server of ours on a port of its own."""

    handler = None
    kind = None

    def setUp(self):
        super().setUp()
        self.mailbox = socketserver.ThreadingTCPServer(("127.0.0.1", 0), self.handler)
        self.mailbox.daemon_threads = True
        threading.Thread(target=self.mailbox.serve_forever, daemon=True).start()
        self.addCleanup(self.mailbox.server_close)
        self.addCleanup(self.mailbox.shutdown)
        host, port = self.mailbox.server_address
        self.server = self.env["fetchmail.server"].create(
            {
                "name": "Orders",
                "server_type": self.kind,
                "server": host,
                "port": port,
                "user": "orders",
                "password": "orders",
                "state": "done",
            }
        )


@tagged("post_install", "-at_install")
class TestFetchmail(MailboxCase):
    handler = _Pop3
    kind = "pop"

    def fetch(self):
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            self.server.with_env(self.env(cr=cr)).fetch_mail()

    def test_fetched_mail_is_stored_and_then_deleted(self):
        self.mailbox.box = [self.mail("order"), self.mail("x", Message_Id="<2@x.example>")]
        before = self.env["po.intake.mail"].search_count([])
        self.fetch()
        self.assertEqual(self.env["po.intake.mail"].search_count([]) - before, 2)
        self.assertFalse(self.mailbox.box)

    @mute_logger("odoo.addons.po_intake.models.fetchmail_server")
    def test_mail_that_cannot_be_stored_stays_on_the_server(self):
        poison, fine = self.mail("order"), self.mail("x", Message_Id="<2@x.example>")
        self.mailbox.box = [poison, fine]
        inbox = self.env.registry["po.intake.mail"]
        capture = inbox._capture

        def full_disk(model, raw):
            if b"<first@" in raw:
                raise psycopg2.OperationalError("No space left on device")
            return capture(model, raw)

        self.patch(inbox, "_capture", full_disk)
        before = self.env["po.intake.mail"].search_count([])
        self.fetch()
        self.assertEqual(self.env["po.intake.mail"].search_count([]) - before, 1)
        self.assertEqual(len(self.mailbox.box), 1)
        self.assertIn(b"<first@", self.mailbox.box[0])


@tagged("post_install", "-at_install")
class TestReconcile(MailboxCase):
    handler = _Imap
    kind = "imap"

    def setUp(self):
        super().setUp()
        self.inbox = self.env["po.intake.mail"]
        self.receive(self.mail("order"))
        self.stored = self.inbox.search([], order="id")
        self.arrive(minutes=5)

    def arrive(self, minutes):
        """When the mails came into the mailbox, from now."""
        at = fields.Datetime.now() + timedelta(minutes=minutes)
        self.mailbox.arrived = at.strftime("%d-%b-%Y %H:%M:%S +0000")

    def reconcile(self):
        with self.enter_registry_test_mode():
            self.server._reconcile()
        return self.inbox.search([]) - self.stored

    def test_mail_that_somebody_read_elsewhere_is_taken_in(self):
        known = base64.b64decode(self.stored[-1].raw)
        missed = self.mail("second", Message_Id="<2@brook-valves.example>")
        foreign = self.mail("x", To="office@elsewhere.example", Message_Id="<3@x.example>")
        self.mailbox.box = [known, missed, foreign]
        self.assertEqual(self.reconcile().message_id, "<2@brook-valves.example>")
        self.assertEqual(len(self.mailbox.box), 3)
        self.stored = self.inbox.search([])
        self.assertFalse(self.reconcile())

    def test_mail_from_before_our_time_is_left_alone(self):
        self.arrive(minutes=-60 * 24)
        self.mailbox.box = [self.mail("old", Message_Id="<0@brook-valves.example>")]
        self.assertFalse(self.reconcile())

    @mute_logger("odoo.addons.po_intake.models.fetchmail_server")
    def test_a_server_that_does_not_answer_stops_nobody(self):
        broken = self.server.copy({"port": 1, "state": "done", "priority": 1})
        self.mailbox.box = [self.mail("second", Message_Id="<2@brook-valves.example>")]
        with self.enter_registry_test_mode():
            self.env.ref("po_intake.ir_cron_reconcile").method_direct_trigger()
        self.assertEqual(len(self.inbox.search([]) - self.stored), 1)
        self.assertTrue(broken.exists())
