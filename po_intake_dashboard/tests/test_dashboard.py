import json
import re

from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestDashboard(HttpCase):
    """The page is there for managers, and reads fields that exist."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.dashboard = cls.env.ref("po_intake_dashboard.dashboard_orders")
        cls.sheet = json.loads(cls.dashboard.spreadsheet_data)

    def test_only_fields_of_the_report_are_read(self):
        report = self.env["po.intake.order.report"]
        known = {*report._fields, "__count"}
        pivots = self.sheet["pivots"].values()
        charts = [figure["data"] for figure in self.sheet["sheets"][0]["figures"]]
        names = {item["fieldName"] for pivot in pivots for item in pivot["rows"]}
        names |= {item["fieldName"] for pivot in pivots for item in pivot["measures"]}
        for chart in charts:
            self.assertEqual(chart["metaData"]["resModel"], report._name)
            names |= {chart["metaData"]["measure"], *chart["metaData"]["groupBy"]}
            report.search_count(chart["searchParams"]["domain"])
        for pivot in pivots:
            report.search_count(pivot["domain"])
        self.assertFalse({name.partition(":")[0] for name in names} - known)

    def test_charts_lead_to_the_report(self):
        for menu in self.sheet["chartOdooMenusReferences"].values():
            self.assertEqual(self.env.ref(menu).action.res_model, "po.intake.order.report")

    def test_browser_shows_it_without_an_error(self):
        self.authenticate("admin", "admin")
        reply = self.url_open(f"/spreadsheet/dashboard/data/{self.dashboard.id}")
        self.assertTrue(re.search("Orders by source", reply.text))
