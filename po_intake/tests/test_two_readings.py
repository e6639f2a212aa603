"""The cascade with a witness: where two readings agree they are surer, else a person looks."""

from dataclasses import replace

from odoo.addons.po_intake.extraction import cascade
from odoo.addons.po_intake.extraction.document import Finding
from odoo.addons.po_intake.extraction.merge import merge
from odoo.addons.po_intake.extraction.reader import NoText, Reading
from odoo.addons.po_intake.extraction.source import Source

from .messages_server import claims, dropped, says, status
from .test_claude_reader import ORDER, TRUE, ClaudeCase


class Fixed:
    """A reader by rules that always reads the same."""

    code, cost, sandboxed = "fixed", 1, False

    def __init__(self, *documents):
        self.documents = documents

    def can_read(self, source):
        return True

    def read(self, source, hints):
        if not self.documents:
            raise NoText
        return self.documents


class TestTwoReadings(ClaudeCase):
    """The cascade with a witness."""

    def truth(self):
        return self.read(claims(TRUE)).documents[0]

    def outcome(self, claimed_, *documents, confidence=0.8, always=False):
        def accept(document):
            blocked = any(item.severity == "blocking" for item in document.findings)
            return replace(document, confidence=0.3 if blocked else confidence)

        self.server.script = [claimed_ if not isinstance(claimed_, dict) else claims(claimed_)]
        self.server.requests.clear()
        return cascade.run(
            Source("order.txt", ORDER.encode()),
            [self.reader(always=always), Fixed(*documents)],
            accept=accept,
        )

    def test_a_sure_reading_is_not_sent_anywhere(self):
        self.outcome(TRUE, self.truth(), confidence=0.97)
        self.assertEqual(self.server.requests, [])

    def test_always_means_always(self):
        self.outcome(TRUE, self.truth(), confidence=0.97, always=True)
        self.assertEqual(len(self.server.requests), 1)

    def test_agreement_makes_a_little_surer(self):
        (found,) = self.outcome(TRUE, self.truth()).documents
        self.assertEqual((found.document.confidence, found.document.findings), (0.9, ()))

    def test_a_difference_carries_both_values_and_blocks(self):
        wrong = replace(self.truth(), number="PO-4771")
        (found,) = self.outcome(TRUE, wrong).documents
        (finding,) = [item for item in found.document.findings if item.code == "readers_differ"]
        self.assertEqual(finding.severity, "blocking")
        self.assertEqual(
            (finding.parameters["first"], finding.parameters["second"]), ("PO-4771", "PO-4711")
        )
        self.assertLessEqual(found.document.confidence, 0.3)

    def test_a_document_that_only_the_witness_read_is_looked_at(self):
        (found,) = self.outcome(TRUE).documents
        self.assertEqual(found.reader, "claude")
        self.assertIn("single_reading", {item.code for item in found.document.findings})
        self.assertLessEqual(found.document.confidence, 0.3)

    def test_a_witness_that_fails_takes_nothing_away(self):
        for entry in (status(529), says({}, text="?"), dropped()):
            outcome = self.outcome(entry, self.truth())
            self.assertEqual(outcome.documents[0].reader, "fixed")
            self.assertEqual(outcome.documents[0].document.confidence, 0.8)
            self.assertTrue(outcome.findings[0].code.startswith("model_"))
            self.assertEqual(outcome.findings[0].severity, "warning")

    def test_text_that_no_eye_sees_is_told_whoever_reads(self):
        hidden = replace(self.truth(), findings=(Finding("hidden_text"),), lines=())
        (found,) = self.outcome(TRUE, hidden, confidence=0.6).documents
        self.assertNotEqual(found.document.findings, ())
        self.assertLessEqual(found.document.confidence, 0.6)

    def test_what_the_paper_does_not_say_speaks_for_no_witness(self):
        def accept(document):
            unowned = any(item.code == "codes_unowned" for item in document.findings)
            return replace(document, confidence=0.9 if unowned else 0.96)

        document = self.truth()
        mine = accept(replace(document.with_findings(Finding("codes_unowned")), note=None))
        theirs = accept(replace(document, note="Send it elsewhere."))
        found = merge(
            Reading("fixed", documents=(mine,)), Reading("claude", documents=(theirs,)), accept
        )
        self.assertIsNone(found.documents[0].note)
