from odoo.tests import HttpCase, new_test_user, tagged

from .chain import ChainCase


@tagged("post_install", "-at_install")
class TestLifeTours(HttpCase, ChainCase):
    """Where an order is, as a clerk sees it in a real browser."""

    browser_size = "1366x768"

    def test_where_is_my_order(self):
        """From the badge on the board to the transfer that brought the goods out."""
        clerk = new_test_user(
            self.env,
            "po_intake_life_tour",
            groups="po_intake.group_po_intake_user,sales_team.group_sale_salesman_all_leads,"
            "stock.group_stock_user",
        )
        intake = self.confirmed()
        self.validate(self.transfers(intake.sale_order_id))
        self.start_tour("/odoo/order-intake", "po_intake_where_is_my_order", login=clerk.login)
