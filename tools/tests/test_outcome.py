"""The demo's verdict: it must not call a wrong order right."""

import unittest
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tools import outcome

ITEMS = (("BOLT", 10.0, 0.25, 0.0), ("NUT", 20.0, 0.1, 5.0))
DRAFTED = outcome.Result(
    message_id="<1@customer.example>",
    document="PO-1.pdf",
    reference="PO-1",
    customer="Customer Ltd",
    lines=2,
    confidence=0.97,
    outcome="drafted",
    error="",
    order="S00001",
    items=ITEMS,
    seconds=1.5,
)
PLAN = {
    "outcome": "drafted",
    "customer": "Customer Ltd",
    "order_reference": "PO-1",
    "lines": 2,
    "items": [["BOLT", 10, 0.25, 0], ["NUT", 20, 0.1, 5]],
}


class TestDifferences(unittest.TestCase):
    def differences(self, *results):
        with TemporaryDirectory() as folder:
            file = Path(folder) / "1.eml"
            file.write_bytes(b"Message-ID: <1@customer.example>\r\n\r\n")
            return outcome.differences(list(results), [file], {"1.eml": [PLAN]})

    def test_what_was_planned(self):
        self.assertEqual(self.differences(DRAFTED), [])

    def test_everything_that_makes_an_order_wrong(self):
        for wrong in (
            {"outcome": "review", "order": ""},
            {"outcome": "failed", "error": "boom"},
            {"customer": "Another Ltd"},
            {"reference": "PO-2"},
            {"lines": 3},
            {"items": ITEMS[:1]},
            {"items": (ITEMS[0], ("NUT", 20.0, 0.2, 5.0))},
        ):
            with self.subTest(**wrong):
                self.assertEqual(len(self.differences(replace(DRAFTED, **wrong))), 1)

    def test_mail_that_never_arrived(self):
        self.assertEqual(self.differences(), ["1.eml: 0 documents, not 1"])

    def test_document_that_came_twice(self):
        self.assertEqual(self.differences(DRAFTED, DRAFTED), ["1.eml: 2 documents, not 1"])

    def test_mail_without_a_plan(self):
        self.assertEqual(len(outcome.differences([], [], {"1.eml": [PLAN]})), 1)


class TestSummary(unittest.TestCase):
    def test_counts(self):
        held = replace(DRAFTED, message_id="<2@x.example>", outcome="review", order="")
        failed = replace(held, outcome="failed")
        self.assertEqual(
            outcome.summary([DRAFTED, held, failed]),
            {
                "received": 2,
                "documents": 3,
                "drafted": 1,
                "review": 1,
                "quarantine": 0,
                "failed": 1,
                "orders": ["S00001"],
            },
        )
