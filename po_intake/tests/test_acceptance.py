from dataclasses import replace
from datetime import date
from decimal import Decimal

from odoo.tests import BaseCase

from ..extraction.acceptance import CONTRADICTED, accept
from ..extraction.document import Charge, Evidence, Finding, OrderDocument, OrderLine, Party


def line(quantity, price, amount, discount=None, code="A-1"):
    return OrderLine(
        partner_code=code,
        description="Hex bolt",
        quantity=Decimal(quantity),
        uom="pcs",
        price_unit=None if price is None else Decimal(price),
        discount=None if discount is None else Decimal(discount),
        price_subtotal=None if amount is None else Decimal(amount),
    )


GOOD = OrderDocument(
    number="4711",
    order_date=date(2026, 3, 5),
    partner=Party(name="Acme Ltd", street="1 High Street", zip="LS1 1AA", city="Leeds"),
    lines=(line("10", "2.50", "25.00"), line("3", "9.99", "29.97", code="A-2")),
    charges=(Charge("Freight", Decimal("5.03")),),
    amount_untaxed=Decimal("60.00"),
    amount_tax=Decimal("12.00"),
    amount_total=Decimal("72.00"),
    evidence={"document_type": Evidence(page=1, bbox=(0, 0, 9, 9), confidence=0.97)},
)


class TestAcceptance(BaseCase):
    def codes(self, document):
        return {finding.code for finding in accept(document).findings}

    def test_figures_that_agree_are_believed(self):
        accepted = accept(GOOD)
        self.assertEqual(accepted.findings, ())
        self.assertGreaterEqual(accepted.confidence, 0.95)

    def test_a_contradiction_is_said_with_both_numbers_and_never_believed(self):
        for document, code, computed, printed in (
            (
                replace(GOOD, lines=(line("10", "2.50", "52.00"), *GOOD.lines[1:])),
                "line_arithmetic",
                "25.00",
                "52.00",
            ),
            (
                replace(GOOD, amount_untaxed=Decimal("66.00"), amount_total=Decimal("78.00")),
                "net_mismatch",
                "60.00",
                "66.00",
            ),
            (replace(GOOD, amount_total=Decimal("73.00")), "tax_mismatch", "72.00", "73.00"),
            (
                replace(GOOD, amount_untaxed=None, amount_tax=None, amount_total=Decimal("61.00")),
                "total_mismatch",
                "60.00",
                "61.00",
            ),
        ):
            with self.subTest(code):
                accepted = accept(document)
                finding = next(item for item in accepted.findings if item.code == code)
                self.assertEqual(finding.severity, "blocking")
                self.assertEqual(
                    (finding.parameters["computed"], finding.parameters["printed"]),
                    (computed, printed),
                )
                self.assertLessEqual(accepted.confidence, CONTRADICTED)

    def test_discounts_belong_to_the_arithmetic(self):
        right = replace(
            GOOD,
            lines=(line("10", "2.50", "22.50", "10"),),
            charges=(),
            amount_untaxed=Decimal("22.50"),
            amount_tax=None,
            amount_total=None,
        )
        self.assertEqual(self.codes(right), set())

    def test_a_price_rounded_on_paper_is_no_contradiction(self):
        # 350 x 2.3845 is 834.58; with two decimals the paper says 2.38
        rounded = replace(
            GOOD,
            lines=(line("350", "2.38", "834.58"),),
            charges=(),
            amount_untaxed=Decimal("834.58"),
            amount_tax=None,
            amount_total=None,
        )
        self.assertNotIn("line_arithmetic", self.codes(rounded))
        self.assertLess(accept(rounded).confidence, 0.95)

    def test_tax_may_be_in_a_total_that_stands_alone(self):
        gross = replace(GOOD, amount_untaxed=None, amount_tax=None, amount_total=Decimal("71.40"))
        self.assertNotIn("total_mismatch", self.codes(gross))
        self.assertLess(accept(gross).confidence, accept(GOOD).confidence)

    def test_doubts_lower_the_confidence(self):
        sure = accept(GOOD).confidence
        for doubtful in (
            replace(GOOD, number=None),
            replace(GOOD, partner=Party()),
            replace(GOOD, findings=(Finding("ambiguous_numbers"),)),
            replace(GOOD, findings=(Finding("hidden_text"),)),
            replace(GOOD, findings=(Finding("rows_unread"),)),
            replace(GOOD, lines=(GOOD.lines[0], replace(GOOD.lines[1], partner_code=None))),
        ):
            self.assertLess(accept(doubtful).confidence, sure)

    def test_an_order_without_lines_or_figures_is_not_sure(self):
        self.assertLess(accept(replace(GOOD, lines=())).confidence, 0.5)
        bare = replace(
            GOOD,
            lines=(line("10", None, None), line("3", None, None)),
            charges=(),
            amount_untaxed=None,
            amount_tax=None,
            amount_total=None,
        )
        self.assertLess(accept(bare).confidence, accept(GOOD).confidence)

    def test_check_digits(self):
        wrong = replace(
            GOOD, lines=tuple(replace(item, barcode="4015528005724") for item in GOOD.lines)
        )
        right = replace(
            GOOD, lines=tuple(replace(item, barcode="4015528005723") for item in GOOD.lines)
        )
        self.assertIn("gtin_check_digit", self.codes(wrong))
        self.assertNotIn("gtin_check_digit", self.codes(right))

    def test_accepting_twice_changes_nothing(self):
        once = accept(replace(GOOD, amount_total=Decimal("73.00")))
        self.assertEqual(accept(once), once)

    def test_what_is_no_order_is_sure_only_with_a_title_that_says_so(self):
        self.assertGreaterEqual(
            accept(OrderDocument("other", evidence=GOOD.evidence)).confidence, 0.95
        )
        self.assertLess(accept(OrderDocument("other")).confidence, 0.95)

    def test_a_weak_letter_in_a_code_is_a_doubt(self):
        """Recognition read another code where the arithmetic beside it was right."""
        for path in ("number", "lines.0.partner_code", "lines.1.barcode"):
            weak = Evidence(page=1, bbox=(0, 0, 9, 9), text="WV-05958", confidence=0.65)
            document = replace(GOOD, evidence={**GOOD.evidence, path: weak})
            self.assertLess(accept(document).confidence, 0.95)
            strong = {**GOOD.evidence, path: replace(weak, confidence=0.9)}
            self.assertGreaterEqual(accept(replace(GOOD, evidence=strong)).confidence, 0.95)

    def test_a_paper_without_title_may_be_a_confirmation(self):
        """It was believed to be an order where no list knew the word for a confirmation."""
        untitled = replace(GOOD, evidence={"number": Evidence(page=1, bbox=(0, 0, 9, 9))})
        self.assertLess(accept(untitled).confidence, 0.95)
        addressed = replace(untitled, own_role="seller")
        self.assertGreaterEqual(accept(addressed).confidence, 0.95)
