import socketserver
import threading

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import IntakeCase


class _Pop3(socketserver.StreamRequestHandler):
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

    def say(self, *lines):
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


@tagged("post_install", "-at_install")
class TestFetchmail(IntakeCase):
    def setUp(self):
        super().setUp()
        self.mailbox = socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Pop3)
        self.mailbox.daemon_threads = True
        threading.Thread(target=self.mailbox.serve_forever, daemon=True).start()
        self.addCleanup(self.mailbox.server_close)
        self.addCleanup(self.mailbox.shutdown)
        host, port = self.mailbox.server_address
        self.server = self.env["fetchmail.server"].create(
            {
                "name": "Orders",
                "server_type": "pop",
                "server": host,
                "port": port,
                "user": "orders",
                "password": "orders",
                "state": "done",
            }
        )

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
