"""A mail server on loopback that hands what it gets to Odoo's mail gateway.

Its one duty is to lose nothing: unless Odoo took the mail, the sender is told to keep it.
"""

import asyncio
import contextlib
import email
import email.policy
import email.utils
import smtplib
import xmlrpc.client
from collections.abc import Iterator
from pathlib import Path

from aiosmtpd.controller import Controller

from tools.console import say
from tools.rpc import Odoo
from tools.server import free_port

HOST = "127.0.0.1"
MAX_BYTES = 50 * 1024 * 1024

TAKEN = "250 2.0.0 taken"
TRY_AGAIN = "451 4.3.0 try again later"
NO_ROUTE = "550 5.1.1 nobody here has this address"
#: How Odoo words it when no alias fits; the only fault that trying again cannot mend.
NO_ROUTE_WORDS = "No possible route"


class Gateway:
    """Answers the SMTP commands that matter; `aiosmtpd` calls it."""

    def __init__(self, odoo: Odoo):
        self.odoo = odoo

    async def handle_DATA(self, server, session, envelope) -> str:
        """Deliver a mail, in a thread because Odoo takes its time."""
        return await asyncio.to_thread(self.deliver, envelope.original_content)

    def deliver(self, message: bytes) -> str:
        """Hand a mail over, byte for byte, and return the answer for its sender."""
        try:
            binary = xmlrpc.client.Binary(message)
            self.odoo("mail.thread", "message_process", False, binary)
        except Exception as error:
            # A fault of Odoo's carries the whole traceback; its last line says what it was.
            words = getattr(error, "faultString", str(error)).strip()
            say(f"  mail gateway: {type(error).__name__}: {words.splitlines()[-1:]}")
            return NO_ROUTE if NO_ROUTE_WORDS in words else TRY_AGAIN
        return TAKEN


@contextlib.contextmanager
def listening(odoo: Odoo) -> Iterator[int]:
    """Have the mail server up while the block runs; yield its port."""
    server = Controller(Gateway(odoo), hostname=HOST, port=free_port(), data_size_limit=MAX_BYTES)
    server.start()
    try:
        yield server.port
    finally:
        server.stop()


def send(files: list[Path], port: int) -> list[str]:
    """Mail message files as they are; return one complaint for each that was refused."""
    complaints = []
    for file in files:
        message = file.read_bytes()
        headers = email.message_from_bytes(message, policy=email.policy.compat32)
        fields = [*headers.get_all("To", []), *headers.get_all("Cc", [])]
        recipients = [address for _, address in email.utils.getaddresses(fields) if address]
        sender = email.utils.parseaddr(str(headers.get("From", "")))[1]
        try:
            with smtplib.SMTP(HOST, port, timeout=120) as link:
                link.sendmail(sender, recipients, message)
        except (smtplib.SMTPException, OSError) as error:
            complaints.append(f"{file.name}: {error}")
    return complaints
