import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from freezegun import freeze_time

from odoo import SUPERUSER_ID, api, fields
from odoo.exceptions import LockError, UserError
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import retrying
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import config, mute_logger

from odoo.addons.po_intake.extraction.document import OrderDocument, OrderLine, Party
from odoo.addons.po_intake.models import po_intake_queue
from odoo.addons.po_intake.models.po_intake_reader import sandbox

from .common import ScriptedReader

PATIENCE_SECONDS = 15


class Meeting:
    """A place in the code where threads wait for each other the first time they come by."""

    def __init__(self, parties=2):
        self._barrier = threading.Barrier(parties, timeout=PATIENCE_SECONDS)
        self._met = threading.local()

    def wait(self):
        if not getattr(self._met, "once", False):
            self._met.once = True
            self._barrier.wait()


class ConcurrencyCase(BaseCase):
    """Transactions on database connections of their own.

    What they write is really committed; it is taken away again afterwards.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        # the runner holds it, and threads would wait for it for ever
        self.patch(Registry, "_lock", DummyRLock())
        self.reader = ScriptedReader()
        service = "po.intake.reader"
        self.override(service, "_get_readers", lambda *_args: [self.reader])
        self.override(service, "_accept", lambda _service, document: document)
        # a worker takes one row at a time, so that two of them meet
        self.patch(self.registry["po.intake"], "_together", 1)
        self.addCleanup(sandbox().close)
        self.addCleanup(self.clean)
        with self.transaction() as env:
            self.known = {name: env[name].search([]).ids for name in self.models}
            self.customer = (
                env["res.partner"]
                .create({"name": "Brook Valves Ltd", "is_company": True, "ref": "K-4711"})
                .id
            )
            self.product = (
                env["product.product"]
                .create(
                    {"name": "Hex bolt M8x40 zinc", "default_code": "HB-0840-Z", "list_price": 42}
                )
                .id
            )
            self.currency = env.ref("po_intake.team_orders").company_id.currency_id.name

    models = ("po.intake", "po.intake.mail")

    def clean(self):
        with self.transaction() as env:
            env["sale.order"].search([("partner_id", "=", self.customer)]).unlink()
            for name in self.models:
                fresh = env[name].search([("id", "not in", self.known[name])])
                fresh.sorted("id", reverse=True).unlink()
            env["product.product"].browse(self.product).unlink()
            env["res.partner"].browse(self.customer).unlink()

    @contextmanager
    def transaction(self, user=SUPERUSER_ID):
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user, {})

    def override(self, model, name, method):
        """Replace a method of a model of the registry, for every thread."""
        self.patch(self.registry[model], name, method)

    def meet(self, model, name, parties=2):
        """Let threads wait for each other before a method of a model does its work."""
        meeting = Meeting(parties)
        original = getattr(self.registry[model], name)

        def method(record, *args, **kwargs):
            meeting.wait()
            return original(record, *args, **kwargs)

        self.override(model, name, method)

    def together(self, *works):
        """Run functions at once, each in a thread; what they return or raise."""
        results = [None] * len(works)

        def run(index, work):
            try:
                results[index] = work()
            except Exception as error:
                results[index] = error

        threads = [
            threading.Thread(target=run, args=item, daemon=True) for item in enumerate(works)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE_SECONDS)
        self.assertFalse(any(thread.is_alive() for thread in threads))
        return results

    def document(self, **values):
        line = OrderLine(
            sequence=1,
            our_code="HB-0840-Z",
            description="Hex bolt M8x40 zinc",
            quantity=Decimal(5),
            price_unit=Decimal(42),
        )
        known = {
            "number": "PO-1001",
            "currency": self.currency,
            "partner": Party(name="Brook Valves Ltd", reference="K-4711"),
            "lines": (line,),
            "confidence": 0.99,
        }
        return OrderDocument(**{**known, **values})

    def upload(self, *texts, **values):
        """Ids of intakes of files of these texts, each of them the order."""
        with self.transaction() as env:
            before = env["po.intake"].search([])
            for text in texts:
                self.reader.script[text.encode()] = (self.document(**values),)
            attachments = env["ir.attachment"].create(
                [{"name": f"{text}.txt", "raw": text.encode()} for text in texts]
            )
            env["po.intake"].create_document_from_attachment(attachments.ids)
            return (env["po.intake"].search([], order="id") - before).ids

    def work(self):
        """One run of a worker."""
        with self.transaction() as env:
            env["po.intake"]._work_off()

    def later(self):
        """When every lease is over."""
        return freeze_time(fields.Datetime.now() + timedelta(minutes=1))

    def states(self, ids):
        with self.transaction() as env:
            return sorted(env["po.intake"].browse(ids).mapped("state"))

    def orders(self):
        with self.transaction() as env:
            return env["sale.order"].search_count([("partner_id", "=", self.customer)])


@tagged("post_install", "-at_install")
class TestConcurrency(ConcurrencyCase):
    """Nothing is ordered twice, whoever comes at the same moment."""

    def test_two_workers_share_the_work(self):
        ids = self.upload(*(f"order {index}" for index in range(6)), number=None)
        for index in range(6):
            text = f"order {index}".encode()
            self.reader.script[text] = (self.document(number=f"PO-{index}"),)
        self.meet("po.intake.drafter", "_draft")
        with mute_logger("odoo.sql_db"):
            self.together(self.work, self.work)
        self.assertEqual(self.states(ids), ["done"] * 6)
        self.assertEqual(self.orders(), 6)

    def test_one_number_on_two_documents_at_once_is_one_order(self):
        ids = self.upload("by mail", "by fax")
        self.meet("po.intake.drafter", "_draft")
        with mute_logger("odoo.sql_db"):
            self.together(self.work, self.work)
        self.assertEqual(self.orders(), 1)
        self.work()
        self.assertEqual(self.states(ids), ["done", "review"])
        with self.transaction() as env:
            second = env["po.intake"].browse(ids).filtered(lambda item: item.state == "review")
            self.assertIn("duplicate_order", second.finding_ids.mapped("code"))
            self.assertFalse(second.error)

    def test_one_file_twice_at_once_is_one_order(self):
        ids = self.upload("the very same", "the very same ")
        with self.transaction() as env:
            for intake in env["po.intake"].browse(ids):
                intake.message_main_attachment_id.raw = b"the very same"
        self.meet("po.intake.reader", "_identity")
        with mute_logger("odoo.sql_db"):
            self.together(self.work, self.work)
        self.work()
        self.assertEqual(self.orders(), 1)
        with self.transaction() as env:
            second = env["po.intake"].browse(ids).filtered("duplicate_of_id")
            self.assertEqual(len(second), 1)
            self.assertEqual((second.state, second.error), ("review", False))

    def test_worker_that_loses_a_race_tries_again_at_once(self):
        ids = self.upload("order")
        losses = [True]

        def draft(service, intake):
            if losses:
                losses.pop()
                service.env.cr.execute("DO $$ BEGIN RAISE serialization_failure; END $$")
            return original(service, intake)

        original = self.registry["po.intake.drafter"]._draft
        self.override("po.intake.drafter", "_draft", draft)
        with mute_logger("odoo.sql_db"):
            self.work()
        self.assertEqual(self.states(ids), ["done"])

    def test_slow_documents_are_left_to_other_lanes(self):
        ids = self.upload("first", "second", "third", confidence=0.5)
        self.patch(self.registry["po.intake"], "_together", 3)
        self.patch(po_intake_queue, "SHARE", 1)
        self.patch(po_intake_queue, "TOGETHER_SECONDS", 0)
        with self.transaction() as env:
            queue = env["po.intake"]
            claimed = queue._claim()
            self.assertEqual(claimed.ids, ids)
            queue._work_on(claimed)
            # as a race for the next rows does that is lost
            env.cr.rollback()
            self.assertEqual(queue._claim().ids, ids[1:])
        self.assertEqual(self.states(ids), ["new", "new", "review"])

    def test_bad_document_takes_no_others_along(self):
        ids = self.upload("first", "second", confidence=0.5)
        self.patch(self.registry["po.intake"], "_together", 2)
        self.patch(po_intake_queue, "SHARE", 1)

        def readers(_service, intake):
            if intake.source_name == "second.txt":
                raise ValueError("boom")
            return [self.reader]

        self.override("po.intake.reader", "_get_readers", readers)
        with mute_logger("odoo.addons.po_intake.models.po_intake_queue"):
            self.work()
        self.assertEqual(self.states(ids), ["new", "review"])
        with self.transaction() as env:
            bad = env["po.intake"].browse(ids[1])
            self.assertEqual((bad.attempts, bool(bad.retry_at)), (2, True))
            self.assertIn("boom", bad.error)

    def test_what_a_living_worker_has_claimed_is_left_to_it_however_long_it_takes(self):
        ids = self.upload("first", "second", confidence=0.5)
        self.patch(self.registry["po.intake"], "_together", 2)
        self.patch(po_intake_queue, "SHARE", 1)
        seen = []

        def read(service, intake):
            with self.later(), self.transaction() as env:
                seen.append(env["po.intake"]._claim().ids)
            return original(service, intake)

        original = self.registry["po.intake.reader"]._read
        self.override("po.intake.reader", "_read", read)
        self.work()
        self.assertEqual(seen, [[], []])
        self.assertEqual(self.states(ids), ["review", "review"])

    def test_few_documents_are_shared_out_one_by_one(self):
        ids = self.upload("first", "second", confidence=0.5)
        self.patch(self.registry["po.intake"], "_together", 5)
        with self.transaction() as env:
            self.assertEqual(env["po.intake"]._claim().ids, ids[:1])

    def test_document_that_was_rejected_meanwhile_is_left_alone(self):
        ids = self.upload("order")
        original = self.registry["po.intake"]._claim

        def claim(queue, *args):
            row = original(queue, *args)
            if row:
                with self.transaction() as env:
                    env["po.intake"].browse(row.id)._reject("by phone")
            return row

        self.override("po.intake", "_claim", claim)
        self.work()
        self.assertEqual(self.states(ids), ["rejected"])
        self.assertEqual(self.orders(), 0)

    def test_two_people_approve_at_once(self):
        (intake_id,) = self.upload("order", confidence=0.5)
        self.work()
        self.assertEqual(self.states([intake_id]), ["review"])
        self.meet("po.intake", "action_approve")

        def approve():
            with self.transaction() as env:
                intake = env["po.intake"].browse(intake_id)
                return retrying(intake.action_approve, env)

        results = self.together(approve, approve)
        self.assertEqual(self.orders(), 1)
        refused = [item for item in results if isinstance(item, Exception)]
        self.assertEqual(len(refused), 1, results)
        self.assertIsInstance(refused[0], UserError)
        self.assertIn("PO-1001", str(refused[0]))

    def test_two_people_apply_a_change_at_once(self):
        self.upload("order")
        self.work()
        (change_id,) = self.upload("change", lines=())
        line = self.document().lines[0]
        more = OrderLine(**{**line.__dict__, "quantity": Decimal(8)})
        self.reader.script[b"change"] = (self.document(lines=(more,)),)
        self.work()
        with self.transaction() as one, self.transaction() as other:
            wizards = []
            for env in (one, other):
                intake = env["po.intake"].browse(change_id)
                wizard = env["po.intake.change"].browse(intake.action_compare_order()["res_id"])
                self.assertEqual(wizard.difference_ids.mapped("what"), ["quantity"])
                env.cr.commit()
                wizards.append(wizard)
            wizards[0].action_apply()
            one.flush_all()
            with self.assertRaises(LockError):
                wizards[1].action_apply()
            other.cr.rollback()
            one.cr.commit()
            notes = len(one["po.intake"].browse(change_id).sale_order_id.message_ids)
            retrying(wizards[1].action_apply, other)
            order = other["po.intake"].browse(change_id).sale_order_id
            self.assertEqual(order.order_line.product_uom_qty, 8)
            self.assertEqual(len(order.message_ids), notes)

    def test_one_mail_delivered_twice_at_once(self):
        raw = b"From: jo@brook-valves.example\r\nMessage-Id: <twice@brook>\r\n\r\nOrder\r\n"
        self.meet("po.intake.mail", "_capture_values")

        def deliver():
            with self.transaction() as env:
                return env["po.intake.mail"]._capture(raw)

        with mute_logger("odoo.sql_db"):
            results = self.together(deliver, deliver)
        self.assertFalse([item for item in results if isinstance(item, Exception)])
        with self.transaction() as env:
            mails = env["po.intake.mail"].search([("message_id", "=", "<twice@brook>")])
            self.assertEqual(len(mails), 1)

    def test_finished_job_that_runs_again_changes_nothing(self):
        ids = self.upload("order")
        self.work()
        with self.transaction() as env:
            env["po.intake"].browse(ids).write({"state": "new", "retry_at": False})
        self.work()
        self.assertEqual(self.states(ids), ["done"])
        self.assertEqual(self.orders(), 1)

    def test_worker_killed_between_draft_and_commit(self):
        ids = self.upload("order")
        worker = subprocess.run(
            [
                sys.executable,
                str(Path(__file__).with_name("dying_worker.py")),
                get_db_name(),
                "order",
                json.dumps(self.document().to_json()),
                *self.options(),
            ],
            env={**os.environ, "PGPASSWORD": config["db_password"] or ""},
            capture_output=True,
            timeout=120,
        )
        self.assertEqual(worker.returncode, -signal.SIGKILL, worker.stderr.decode()[-2000:])
        self.assertEqual(self.orders(), 0)
        with self.transaction() as env:
            intake = env["po.intake"].browse(ids)
            self.assertEqual((intake.state, intake.attempts), ("new", 1))
            self.assertTrue(
                intake.retry_at, "nobody touches it until the worker could have locked it"
            )
        with self.later():
            self.work()
        self.assertEqual(self.states(ids), ["done"])
        self.assertEqual(self.orders(), 1)

    def options(self):
        """How this process reaches its database and its addons."""
        options = {
            "addons-path": ",".join(map(str, config["addons_path"])),
            "data-dir": config["data_dir"],
            "db_host": config["db_host"],
            "db_port": config["db_port"],
            "db_user": config["db_user"],
        }
        return [f"--{name}={value}" for name, value in options.items() if value]
