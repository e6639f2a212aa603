"""What docs/security.md says is tested is tested."""

import re
import unittest

from tools.chaos.faults import FAULTS
from tools.paths import ADDON, ROOT

FOLDERS = (ADDON / "tests", ROOT / "tools/tests")
NAME = re.compile(r"`(test_\w+|Test\w+)`")


class TestSecurity(unittest.TestCase):
    def test_every_named_test_exists_in_the_file_it_is_named_for(self):
        files = {path.stem: path for folder in FOLDERS for path in folder.glob("test_*.py")}
        text = (ROOT / "docs/security.md").read_text()
        missing, named = [], 0
        # a file, then the tests in it, until the next file or the end of the row or paragraph
        for part in re.split(r"\n(?=\|)|\n\n", text):
            file = None
            for name in NAME.findall(part):
                named += 1
                if name in files:
                    file = name
                elif file is None or not self._has(files[file].read_text(), name):
                    missing.append(f"{file}: {name}")
        self.assertEqual(missing, [])
        self.assertGreater(named, 100)

    def test_every_threat_has_a_test(self):
        text = (ROOT / "docs/security.md").read_text()
        table = text.partition("| who | threat")[2].partition("\n\n")[0]
        rows = [row for row in table.splitlines()[2:] if row.startswith("|")]
        self.assertEqual([row for row in rows if not NAME.search(row.split("|")[-2])], [])

    def test_every_fault_that_is_injected_is_told(self):
        text = (ROOT / "docs/security.md").read_text()
        told = text.partition("| fault | how")[2].partition("\n\n")[0]
        titles = [fault.title.rpartition(": ")[2] for fault in FAULTS]
        self.assertEqual([title for title in titles if title not in told], [])

    def _has(self, source, name):
        return re.search(rf"^ *(def|class) {name}\b", source, re.MULTILINE)
