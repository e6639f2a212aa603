"""The mail server of the demo, spoken to over SMTP, in front of a server that speaks for Odoo."""

import contextlib
import threading
import unittest
import xmlrpc.client
import xmlrpc.server
from pathlib import Path
from tempfile import TemporaryDirectory

from tools import smtp_hop
from tools.rpc import Odoo

MESSAGE = (
    b"From: Anna <anna@customer.example>\r\n"
    b"To: orders@demo.example, J\xf6rg <joerg@demo.example>\r\n"
    b"Subject: Bestellung f\xfcr Mai\r\n"
    b"\r\n"
    b"10 St\xfcck\r\n"
)


class OdooDouble:
    """Answers as Odoo's XML-RPC does: takes mails, or fails the way it was told."""

    def __init__(self):
        self.fault = None
        self.taken = []

    def authenticate(self, database, login, password, options):
        return 2

    def execute_kw(self, database, user, password, model, method, arguments, options):
        if self.fault:
            raise xmlrpc.client.Fault(1, f"Traceback ...\n{self.fault}\n")
        self.taken.append(arguments[1].data)
        return 7


@contextlib.contextmanager
def serving(double):
    """Have the double listen on a port, at every path."""
    handler = type("Handler", (xmlrpc.server.SimpleXMLRPCRequestHandler,), {"rpc_paths": ()})
    server = xmlrpc.server.SimpleXMLRPCServer(("127.0.0.1", 0), handler, logRequests=False)
    server.register_instance(double)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class TestSmtpHop(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.double = OdooDouble()
        self.stack = contextlib.ExitStack()
        self.addCleanup(self.stack.close)
        folder = Path(self.stack.enter_context(TemporaryDirectory()))
        self.file = folder / "order.eml"
        self.file.write_bytes(MESSAGE)
        self.odoo_up = self.stack.enter_context(contextlib.ExitStack())
        address = self.odoo_up.enter_context(serving(self.double))
        self.port = self.stack.enter_context(smtp_hop.listening(Odoo(address, "any")))

    def test_every_byte_arrives(self):
        self.assertEqual(smtp_hop.send([self.file], self.port), [])
        self.assertEqual(self.double.taken, [MESSAGE])

    def test_mail_to_nobody_is_refused_for_good(self):
        self.double.fault = "ValueError: No possible route found for incoming message"
        (complaint,) = smtp_hop.send([self.file], self.port)
        self.assertIn("550", complaint)

    def test_any_other_fault_leaves_the_mail_with_its_sender(self):
        self.double.fault = "psycopg2.OperationalError: the database system is shutting down"
        (complaint,) = smtp_hop.send([self.file], self.port)
        self.assertIn("451", complaint)

    def test_odoo_that_is_down_leaves_the_mail_with_its_sender(self):
        self.odoo_up.close()
        (complaint,) = smtp_hop.send([self.file], self.port)
        self.assertIn("451", complaint)
