from datetime import timedelta

from odoo import fields
from odoo.tests import new_test_user

from .common import IntakeCase


class TestDigest(IntakeCase):
    """What the daily digest says about orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["po.intake"].search([]).unlink()
        now = fields.Datetime.now()
        cls.digest = cls.env["digest.digest"].create(
            {"name": "Morning", "company_id": cls.company.id, "periodicity": "daily"}
        )
        cls.digest = cls.digest.with_context(
            start_datetime=now - timedelta(days=1), end_datetime=now + timedelta(hours=1)
        )

    def test_values(self):
        self.script("sure", self.order())
        self.script("unsure", self.order(number="PO-2", confidence=0.5))
        self.process(self.upload("sure", "unsure"))
        self.env["po.intake"].create(
            {"state": "review", "received_date": fields.Datetime.now() - timedelta(days=3)}
        )
        digest = self.digest.with_user(self.clerk).sudo(False)
        self.assertEqual(digest.kpi_po_intake_received_value, 2)
        self.assertEqual(digest.kpi_po_intake_touchless_value, 1)
        self.assertEqual(digest.kpi_po_intake_waiting_value, 1)

    def test_others_get_no_figures(self):
        """A subscriber who may not see intakes gets a digest without them."""
        self.digest.write({"kpi_po_intake_received": True, "kpi_res_users_connected": True})
        user = new_test_user(self.env, "po_intake_outsider", groups="base.group_user")
        seen = {
            person: {kpi["kpi_name"] for kpi in self.digest._compute_kpis(self.company, person)}
            for person in (user, self.clerk)
        }
        self.assertNotIn("kpi_po_intake_received", seen[user])
        self.assertIn("kpi_po_intake_received", seen[self.clerk])

    def test_shipped_digest_has_them(self):
        shipped = self.env.ref("digest.digest_digest_default")
        self.assertTrue(shipped.kpi_po_intake_waiting)
