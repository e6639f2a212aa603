import ast
import json
from pathlib import Path

from odoo.tests import TransactionCase, tagged
from odoo.tools import convert_file
from odoo.tools.misc import file_path

from odoo.addons.po_intake.models.po_intake_reader import sandbox

DEMO = Path(file_path("po_intake/demo"))
STATES = {"drafted": "done", "review": "review", "quarantine": "quarantine", "failed": "error"}


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demo mails, read by the real readers: each comes to what the demo promises."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.addClassCleanup(sandbox().close)
        if not cls.env.ref("po_intake.partner_pinecrest", raise_if_not_found=False):
            for name in cls._demo_files():
                convert_file(cls.env, "po_intake", name, {}, mode="init", noupdate=True)
        cls.expected = json.loads((DEMO / "expected.json").read_text(encoding="utf-8"))

    @classmethod
    def _demo_files(cls):
        manifest = Path(file_path("po_intake/__manifest__.py")).read_text(encoding="utf-8")
        return ast.literal_eval(manifest)["demo"]

    def run_mails(self):
        inbox = self.env["po.intake.mail"]
        with self.enter_registry_test_mode():
            for name in self.expected:
                raw = (DEMO / "mails" / name).read_bytes()
                self.env["mail.thread"].message_process(False, raw)
            for cron in ("open_mails", "process", "process"):
                self.env.ref(f"po_intake.ir_cron_{cron}").method_direct_trigger()
        return {
            name: inbox.search(
                [("digest", "=", inbox._digest((DEMO / "mails" / name).read_bytes()))]
            ).intake_ids.sorted("id")
            for name in self.expected
        }

    def test_each_mail_comes_to_what_is_promised(self):
        for name, intakes in self.run_mails().items():
            promised = self.expected[name]
            with self.subTest(mail=name):
                self.assertEqual(
                    [intake.state for intake in intakes],
                    [STATES[item["outcome"]] for item in promised],
                    "; ".join(intakes.finding_ids.mapped("message")),
                )
                for intake, item in zip(intakes, promised, strict=True):
                    if item["outcome"] == "drafted" and "vendor" in item:
                        request = intake.purchase_order_id
                        self.assertEqual(request.partner_id.name, item["vendor"])
                        self.assertEqual(len(request.order_line), item["lines"])
                    elif item["outcome"] == "drafted":
                        self.assert_order(intake, item)

    def assert_order(self, intake, item):
        order = intake.sale_order_id
        self.assertEqual(order.partner_id.name, item["customer"])
        self.assertEqual(order.client_order_ref, item["order_reference"])
        self.assertEqual(order.currency_id.name, item["currency"])
        self.assertAlmostEqual(order.amount_untaxed, item["amount_untaxed"], 2)
        if intake.delivery_text:  # else Odoo's own choice among the customer's addresses
            self.assertEqual(order.partner_shipping_id.name, item["delivery"])
        self.assertEqual(
            [
                [
                    line.product_id.default_code,
                    line.product_uom_qty,
                    line.price_unit,
                    line.discount,
                ]
                for line in order.order_line
            ],
            item["items"],
        )
