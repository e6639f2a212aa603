from odoo.tests import HttpCase, no_retry, tagged

from odoo.addons.web.tests import test_js


@tagged("post_install", "-at_install")
class TestScripts(HttpCase):
    """The unit tests of the browser's side, in a real browser."""

    @no_retry
    def test_units(self):
        suite = test_js.HOOTCommon._generate_hash(self, "@po_intake")
        self.browser_js(
            f"/web/tests?headless&loglevel=2&preset=desktop&timeout=15000&id={suite}",
            "",
            "",
            login="admin",
            timeout=600,
            success_signal="[HOOT] Test suite succeeded",
            error_checker=test_js.unit_test_error_checker,
        )
