from odoo.tests import BaseCase

from ..matching.candidates import LineQuery, ProductCandidate
from ..matching.rank import first_sure, rank_products


def product(key, *names, code=None, **values):
    return ProductCandidate(id=key, names=names, default_code=code, **values)


SHIRTS = [
    product(f"{size}-{colour}", f"T-shirt Basic {colour} size {size}", code=f"TS-{size}-{colour}")
    for size in ("S", "M", "L", "XL")
    for colour in ("navy", "black", "white")
]
BOLTS = [
    product(
        "z40", "Hex bolt DIN 933 M8x40 zinc plated", "Sechskantschraube DIN 933 M8x40 verzinkt"
    ),
    product("a40", "Hex bolt DIN 933 M8x40 stainless", "Sechskantschraube DIN 933 M8x40 Edelstahl"),
    product(
        "z45", "Hex bolt DIN 933 M8x45 zinc plated", "Sechskantschraube DIN 933 M8x45 verzinkt"
    ),
]


class ProductCase(BaseCase):
    def best(self, pool, **line):
        return rank_products(LineQuery(**line), pool)[0]

    def assertSure(self, key, pool, **line):
        match = first_sure(rank_products(LineQuery(**line), pool))
        self.assertTrue(match, "nothing is sure")
        self.assertEqual(match.id, key)

    def assertUnsure(self, pool, **line):
        match = first_sure(rank_products(LineQuery(**line), pool))
        self.assertFalse(match, f"{match} must not be sure")

    def codes(self, match):
        return {reason.code for reason in match.reasons}


class TestCodes(ProductCase):
    """A code identifies, unless something else on the line says no."""

    def test_order_of_trust(self):
        kinds = [
            ({"partner_code": "A1-77"}, product(1, "x", partner_codes=("A177",)), "partner_code"),
            (
                {"barcode": "4006381333931"},
                product(1, "x", barcode="4006381333931"),
                "barcode",
            ),
            ({"our_code": "ab 12"}, product(1, "x", code="AB-12"), "default_code"),
            ({"partner_code": "V9-1"}, product(1, "x", vendor_codes=("V9-1",)), "vendor_code"),
            (
                {"description": "Filter, your TN-330/B"},
                product(1, "Pump filter", code="TN-330/B"),
                "code_in_description",
            ),
        ]
        scores = []
        for line, candidate, reason in kinds:
            match = self.best([candidate], **line)
            self.assertIn(reason, self.codes(match))
            scores.append(match.score)
        self.assertEqual(scores, sorted(scores, reverse=True))

    def test_taught_code_and_its_price_outweigh_another_way_to_write_a_size(self):
        rod = product(
            "rod", "Threaded rod DIN 975 M10 x 1 m zinc plated",
            partner_codes=("40023350",), list_price=3.15,
        )  # fmt: skip
        line = {"partner_code": "40023350", "description": "Gewindestange DIN 975 M10x1000 verz."}
        self.assertSure("rod", [rod], price_unit=3.15, **line)
        self.assertUnsure([rod], price_unit=9.90, **line)
        self.assertUnsure([rod], **line)

    def test_slips_and_further_words_need_the_price_as_a_witness(self):
        pool = [
            product(1, "Sechskantschraube M8x40 verzinkt", list_price=4.0),
            product(2, "Sechskantschraube M8x45 verzinkt", list_price=4.2),
        ]
        for printed in ("Sechskantschr. M8x40 verzinkt", "Sechskntschraube M8x40 verzinkt"):
            self.assertSure(1, pool, description=printed, price_unit=3.80)
            self.assertUnsure(pool, description=printed)
        self.assertSure(1, pool, description="Sechskantschraube M8x40 verzinkt lose", price_unit=4)
        self.assertUnsure(pool, description="Sechskantschraube M8x40 verzinkt lose", price_unit=3.8)
        for other in ("rot", "A2", "links"):
            printed = f"Sechskantschraube M8x40 verzinkt {other}"
            self.assertUnsure(pool, description=printed, price_unit=4)

    def test_taught_code_of_another_language_needs_no_description(self):
        pool = [product(1, "Safety helmet", partner_codes=("4711",)), product(2, "Schutzbrille")]
        self.assertSure(1, pool, partner_code="4711", description="Kask ochronny")

    def test_barcode_with_and_without_leading_zero(self):
        pool = [
            product(1, "Tea", barcode="0036000291452"),
            product(2, "Tee", barcode="4006381333931"),
        ]
        self.assertSure(1, pool, barcode="036000291452")

    def test_dropped_zeros_need_a_description_that_agrees(self):
        pool = [product(1, "Paper filter 90 mm", code="0004711")]
        self.assertSure(1, pool, our_code="4711", description="Paper filter 90 mm")
        self.assertUnsure(pool, our_code="4711", description="Ball valve 1/2 inch")
        self.assertUnsure(pool, our_code="4711")

    def test_a_code_in_the_other_column_needs_a_description_that_agrees(self):
        pool = [product(1, "Ball bearing 6205 2RS", code="6205")]
        self.assertUnsure(pool, partner_code="6205", description="Pallet truck 2500 kg")
        self.assertSure(1, pool, partner_code="6205", description="Ball bearing 6205 2RS")

    def test_two_products_of_one_code_are_ambiguous(self):
        pool = [product(1, "Tea green", code="T1"), product(2, "Tea black", code="T-1")]
        self.assertUnsure(pool, our_code="T1")
        self.assertIn("ambiguous", self.codes(self.best(pool, our_code="T1")))

    def test_code_of_one_and_name_of_another_is_a_conflict(self):
        line = {"our_code": "TS-S-navy", "description": "T-shirt Basic black size XL"}
        self.assertUnsure(SHIRTS, **line)
        found = rank_products(LineQuery(**line), SHIRTS)
        named = next(match for match in found if match.id == "S-navy")
        self.assertIn("conflict", self.codes(named))

    def test_two_codes_of_two_products_are_a_conflict(self):
        pool = [product(1, "Green tea", partner_codes=("K1",)), product(2, "Lime tea", code="L2")]
        self.assertUnsure(pool, partner_code="K1", our_code="L2")

    def test_a_size_that_contradicts_the_code_is_told(self):
        pool = [product(1, "Hose clamp 16 mm", code="HC16")]
        line = {"our_code": "HC16", "description": "Hose clamp 25 mm"}
        self.assertUnsure(pool, **line)
        self.assertIn("differs", self.codes(self.best(pool, **line)))


class TestDescriptions(ProductCase):
    """Without a code the description must be the product, size for size."""

    def test_size_and_material_decide(self):
        self.assertSure("z40", BOLTS, description="Sechskantschraube DIN933 M8 x 40, verzinkt")
        self.assertSure("a40", BOLTS, description="HEX BOLT DIN 933 M8X40 STAINLESS")
        self.assertUnsure(BOLTS, description="Hex bolt DIN 933 M8x50 zinc plated")
        self.assertUnsure(BOLTS, description="Hex bolt DIN 933 M8x40")

    def test_every_other_product_is_refused_when_the_right_one_is_gone(self):
        for gone in (*SHIRTS, *BOLTS):
            pool = [item for item in (*SHIRTS, *BOLTS) if item.id != gone.id]
            for name in gone.names:
                self.assertUnsure(pool, description=name)

    def test_slips_of_the_pen_rank_but_are_not_sure(self):
        match = self.best(SHIRTS, description="T-shrit Baisc navy size M")
        self.assertEqual(match.id, "M-navy")
        self.assertFalse(match.sure)

    def test_variant_values_that_the_name_does_not_say(self):
        pool = [
            product(size, "Work trousers", attributes=(size, "grey")) for size in ("48", "50", "52")
        ]
        self.assertSure("50", pool, description="Work trousers\nGröße: 50\nFarbe: grau")
        self.assertUnsure(pool, description="Work trousers")

    def test_a_telling_further_line_makes_a_plain_name_unsure(self):
        pool = [product(1, "Garden chair"), product(2, "Garden table")]
        self.assertSure(1, pool, description="Garden chair\nProject A-117\nOrigin: IT")
        self.assertUnsure(pool, description="Garden chair\nred")

    def test_letters_are_sizes(self):
        pool = [product("A", "Adapter type A"), product("C", "Adapter type C")]
        self.assertSure("C", pool, description="Adapter Typ C")
        self.assertUnsure(pool[:1], description="Adapter type E")

    def test_order_of_sizes_matters(self):
        pool = [product(1, "Reducer 3/4 to 1/2")]
        self.assertSure(1, pool, description="REDUCER 3/4 TO 1/2")
        self.assertUnsure(pool, description="Reducer 1/2 to 3/4")

    def test_catalogue_in_another_language_is_ranked_by_sizes_and_colours(self):
        pool = [
            product("b", "Cable tie 2.5x100 mm black"),
            product("w", "Cable tie 2.5x100 mm white"),
            product("l", "Cable tie 4.8x200 mm black"),
        ]
        match = self.best(pool, description="Kabelbinder 2,5 x 100 mm schwarz")
        self.assertEqual(match.id, "b")
        self.assertFalse(match.sure)

    def test_what_was_ordered_before_goes_first_among_equals(self):
        pool = [product(1, "Copy paper A4"), product(2, "Copy paper A4", ordered_before=7)]
        match = self.best(pool, description="Copy paper A4")
        self.assertEqual(match.id, 2)
        self.assertFalse(match.sure, "two products of one name stay a person's choice")

    def test_the_price_breaks_a_tie(self):
        pool = [
            product(1, "Hex bolt M8x40 brass", list_price=0.31),
            product(2, "Hex bolt M8x40 stainless", list_price=0.9),
        ]
        self.assertEqual(self.best(pool, description="Hex bolt M8x40", price_unit=0.3).id, 1)
        self.assertEqual(self.best(pool, description="Hex bolt M8x40", price_unit=0.9).id, 2)

    def test_nothing_printed_and_nothing_known(self):
        self.assertEqual(rank_products(LineQuery(), SHIRTS), ())
        self.assertEqual(rank_products(LineQuery(description="T-shirt"), []), ())
        self.assertUnsure([product(1)], description="T-shirt")

    def test_five_best_in_falling_order(self):
        found = rank_products(LineQuery(description="T-shirt Basic navy"), SHIRTS)
        self.assertEqual(len(found), 5)
        self.assertEqual([m.score for m in found], sorted((m.score for m in found), reverse=True))
        self.assertTrue(all(0 <= m.score <= 1 and m.margin >= 0 for m in found))

    def test_the_order_of_the_candidates_does_not_matter(self):
        line = LineQuery(description="T-shirt Basic size M")
        self.assertEqual(rank_products(line, SHIRTS), rank_products(line, SHIRTS[::-1]))
