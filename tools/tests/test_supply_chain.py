"""Nothing is installed that was not chosen: digests for what we run, bounds for what users run."""

import re
import unittest

from tools.paths import ROOT

#: Libraries whose next major version may read documents, or ask the model, otherwise.
BOUNDED = ("anthropic", "PyMuPDF", "rapidfuzz")


class TestSupplyChain(unittest.TestCase):
    def test_everything_that_is_locked_has_digests(self):
        locked = sorted((ROOT / "tools").glob("requirements*.txt"))
        self.assertTrue(locked)
        for file in locked:
            text = file.read_text().replace("\\\n", " ")
            rows = [row for row in text.splitlines() if row and row[0] not in "#- "]
            loose = [row for row in rows if "--hash=sha256:" not in row or "==" not in row]
            self.assertEqual(loose, [], file.name)

    def test_what_can_change_its_behaviour_is_bounded(self):
        text = (ROOT / "requirements.txt").read_text()
        for name in BOUNDED:
            self.assertRegex(text, rf"(?m)^{re.escape(name)}>=[\d.]+,<\d+$")
