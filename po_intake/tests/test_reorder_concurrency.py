import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg2.errors

from odoo import fields
from odoo.tests import tagged
from odoo.tests.common import get_db_name
from odoo.tools import config, mute_logger

from .test_concurrency import ConcurrencyCase, TestConcurrency

LOST_RACE = (psycopg2.errors.UniqueViolation, psycopg2.errors.SerializationFailure)


@tagged("post_install", "-at_install")
class TestReorderConcurrency(ConcurrencyCase):
    """A shortage is ordered once, whoever sees it at the same moment, and whoever dies."""

    models = ("po.intake", "po.intake.team", "po.intake.authority", "po.intake.reorder.run")
    options = TestConcurrency.options

    def setUp(self):
        super().setUp()
        with self.transaction() as env:
            company = env.ref("base.main_company")
            env["po.intake.team"].search([("company_id", "=", company.id)]).reorder = False
            env["po.intake.authority"].search([("company_id", "=", company.id)]).unlink()
            team = env["po.intake.team"].create(
                {"name": "Buyers", "company_id": company.id, "direction": "purchase"}
            )
            team.reorder = True
            env["po.intake.authority"].create({"company_id": company.id, "mode": "draft"})
            product = env["product.product"].browse(self.product)
            product.is_storable = True
            env["product.supplierinfo"].create(
                {
                    "partner_id": self.customer,
                    "product_tmpl_id": product.product_tmpl_id.id,
                    "price": 2.0,
                }
            )
            warehouse = env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
            today = fields.Date.context_today(team.with_context(tz=company.partner_id.tz))
            self.run_id = (
                env["po.intake.reorder.run"]
                .create({"team_id": team.id, "date": today, "phase": "propose"})
                .id
            )
            env.flush_all()
            row = {
                "product_id": self.product,
                "warehouse_id": warehouse.id,
                "company_id": company.id,
                "vendor_id": self.customer,
                "date": today,
                "kept_native": False,
                "need": 40,
                "room": 40,
                "weekly": 10,
                "position": 0,
                "lead_days": 7,
            }
            env["po.intake.forecast"]._store(tuple(row), [tuple(row.values())])

    def clean(self):
        with self.transaction() as env:
            orders = env["purchase.order"].search([("partner_id", "=", self.customer)])
            orders.button_cancel()
            orders.unlink()
            cards = env["po.intake"].search([("partner_id", "=", self.customer)])
            shortages = cards.line_ids.shortage_id
            cards.unlink()
            shortages.unlink()
            for model in ("stock.warehouse.orderpoint", "po.intake.shortage"):
                env[model].search([("product_id", "=", self.product)]).unlink()
            product = env["product.product"].browse(self.product)
            product.seller_ids.unlink()
        return super().clean()

    def propose(self):
        """A step of the day's work, as two crons would do it that both hold the run."""
        with self.transaction() as env:
            run = env["po.intake.reorder.run"].browse(self.run_id)
            return env["po.intake.reorder"]._as_agent(run.company_id)._step_propose(run)

    def cards(self, env):
        return env["po.intake"].search([("partner_id", "=", self.customer)])

    def lines(self):
        with self.transaction() as env:
            domain = [("product_id", "=", self.product)]
            return [line.product_qty for line in env["purchase.order.line"].search(domain)]

    def draft(self):
        with self.transaction() as env:
            self.cards(env)._as_worker()._draft()

    def release(self):
        with self.transaction() as env:
            self.cards(env).retry_at = False

    def test_two_crons_propose_at_once(self):
        self.meet("po.intake.reorder", "_prepare_shortage")
        with mute_logger("odoo.sql_db"):
            results = self.together(self.propose, self.propose)
        lost = [item for item in results if isinstance(item, Exception)]
        self.assertEqual(len(lost), 1, results)
        self.assertIsInstance(lost[0], LOST_RACE)
        with self.transaction() as env:
            self.assertEqual(len(self.cards(env).line_ids.shortage_id), 1)

    def test_two_crons_run_at_once(self):
        def cron():
            with self.transaction() as env:
                env["po.intake.reorder.run"]._cron_reorder()

        self.meet("po.intake.reorder.run", "_claim")
        with mute_logger("odoo.sql_db"):
            results = self.together(cron, cron)
        self.assertFalse([item for item in results if isinstance(item, LOST_RACE)])
        with self.transaction() as env:
            self.assertEqual(len(self.cards(env).line_ids), 1)
            self.assertEqual(env["po.intake.reorder.run"].browse(self.run_id).phase, "done")

    def test_two_draft_one_card_at_once(self):
        self.propose()
        with self.transaction() as env:
            card = self.cards(env)
            env["po.intake.drafter"].with_company(card.company_id)._carriers(card.line_ids)
        self.meet("po.intake.drafter", "_procurement")
        with mute_logger("odoo.sql_db"):
            results = self.together(self.draft, self.draft)
        lost = [item for item in results if isinstance(item, Exception)]
        self.assertEqual(len(lost), 1, results)
        self.assertIsInstance(lost[0], LOST_RACE)
        self.assertEqual(self.lines(), [40])
        self.draft()
        self.assertEqual(self.lines(), [40])

    def kill(self):
        """A worker dies after an order was written and before the end of its transaction."""
        worker = subprocess.run(
            [
                sys.executable,
                str(Path(__file__).with_name("dying_worker.py")),
                get_db_name(),
                "no document",
                json.dumps(self.document().to_json()),
                *self.options(),
            ],
            env={**os.environ, "PGPASSWORD": config["db_password"] or ""},
            capture_output=True,
            timeout=120,
        )
        self.assertEqual(worker.returncode, -signal.SIGKILL, worker.stderr.decode()[-2000:])
        self.assertEqual(self.lines(), [])

    def test_worker_killed_between_proposal_and_order(self):
        self.propose()
        self.release()
        self.kill()
        self.release()
        self.work()
        self.assertEqual(self.lines(), [40])

    def test_night_killed_while_it_drafts(self):
        self.kill()
        with self.transaction() as env:
            run = env["po.intake.reorder.run"].browse(self.run_id)
            self.assertEqual((run.phase, self.cards(env).state), ("draft", "new"))
        for _night in range(2):
            with self.transaction() as env:
                env["po.intake.reorder.run"]._work_off()
            self.assertEqual(self.lines(), [40])
