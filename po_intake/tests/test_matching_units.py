from decimal import Decimal

from odoo.tests import BaseCase

from ..matching.quantity import convert
from ..matching.units import Unit, fixed_factor, pack_sizes, parse_unit, unece_code

PIECE, DOZEN, CARTON, BOX100 = Unit("C62"), Unit("DZN"), Unit("XCT"), Unit("XBX", 100)


class TestUnits(BaseCase):
    """Words of eight languages, one code."""

    def test_words_and_codes(self):
        for code, words in {
            "C62": ("Stück", "Stk.", "pcs", "EA", "szt.", "pz", "uds", "stuks", "PCE", "Units"),
            "DZN": ("Dutzend", "dozen", "DZ", "douzaine", "tuzin"),
            "MTR": ("m", "MTR", "lfm", "metros"),
            "KGM": ("kg", "KGM", "Kilo"),
            "XBX": ("Box", "doos", "boîte", "BX", "caja"),
            "XPK": ("VPE", "VE", "pack", "paquete", "opak.", "PK"),
            "XCT": ("Karton", "CT", "Ktn.", "carton"),
            "XRO": ("Rolle", "rouleau", "rol", "RL"),
            "PR": ("Paar", "pair", "paires"),
            "CEN": ("100 St", "hundred"),
            "MIL": ("Tsd", "1000 Stk"),
        }.items():
            for word in words:
                self.assertEqual(unece_code(word), code, word)

    def test_unknown_words_are_not_guessed(self):
        for word in ("", None, "foo", "12", "M8x40", "Stückgut"):
            self.assertIsNone(parse_unit(word), word)

    def test_packs(self):
        self.assertEqual(parse_unit("VE 10"), Unit("XPK", 10))
        self.assertEqual(parse_unit("Box of 100"), BOX100)
        self.assertEqual(parse_unit("Karton (24 Stk)"), Unit("XCT", 24))
        self.assertEqual(parse_unit("10er-Pack"), Unit("XPK", 10))
        self.assertEqual(pack_sizes("Nitrile gloves size M, box of 100"), (100,))
        self.assertEqual(pack_sizes("Mineral water 2 x 12"), (24,))
        self.assertEqual(pack_sizes("Notes 76x127 mm, 2.5x100, M8x40"), ())

    def test_fixed_factors(self):
        self.assertEqual(fixed_factor("DZN", "C62"), 12)
        self.assertEqual(fixed_factor("C62", "CEN"), Decimal("0.01"))
        self.assertEqual(fixed_factor("MTR", "MMT"), 1000)
        self.assertIsNone(fixed_factor("KGM", "C62"))


class TestQuantity(BaseCase):
    """Convert by a stored factor or with the price as witness, else ask."""

    def converted(self, ordered, product, price=None, **facts):
        price = None if price is None else Decimal(price)
        found = convert(Decimal(2), price, ordered, product, **facts)
        if found and price is not None:
            self.assertAlmostEqual(found.quantity * found.price_unit, 2 * price, 9)
        return found and (found.quantity, found.code)

    def test_same_unit_and_no_unit(self):
        self.assertEqual(self.converted(PIECE, PIECE), (2, "same"))
        self.assertEqual(self.converted(None, PIECE), (2, "assumed"))
        self.assertEqual(self.converted(CARTON, BOX100), (2, "alike"))

    def test_a_dozen_is_twelve(self):
        self.assertEqual(self.converted(DOZEN, PIECE, "24"), (24, "fixed"))

    def test_a_carton_of_pieces_needs_a_witness(self):
        self.assertIsNone(self.converted(CARTON, PIECE))
        self.assertIsNone(self.converted(CARTON, PIECE, packs=(12,)))
        price = {"packs": (12, 6), "catalogue_price": Decimal("2.00")}
        self.assertEqual(self.converted(CARTON, PIECE, "24.00", **price), (24, "price_witness"))
        self.assertEqual(self.converted(CARTON, PIECE, "24.10", **price), (24, "price_witness"))
        self.assertIsNone(self.converted(CARTON, PIECE, "25.00", **price))

    def test_a_stored_factor_wins(self):
        stored = {CARTON: Decimal(20), Unit("XCT", 24): Decimal(24)}
        self.assertEqual(self.converted(CARTON, PIECE, stored=stored), (40, "stored"))
        self.assertEqual(self.converted(Unit("XCT", 24), PIECE, stored=stored), (48, "stored"))

    def test_pieces_of_a_pack_product(self):
        price = {"catalogue_price": Decimal("50.00")}
        found = convert(Decimal(250), Decimal("0.50"), PIECE, BOX100, **price)
        self.assertEqual((found.quantity, found.price_unit), (Decimal("2.5"), Decimal(50)))
        self.assertFalse(found.whole, "half a box is nothing to deliver silently")
        self.assertEqual(self.converted(PIECE, BOX100, "50.00", **price), (2, "price_witness"))
        self.assertIsNone(self.converted(PIECE, BOX100))

    def test_packs_of_other_sizes_are_not_alike(self):
        self.assertIsNone(self.converted(Unit("XPK", 50), BOX100))
        far = {"catalogue_price": Decimal("4.00")}
        self.assertIsNone(self.converted(CARTON, BOX100, "40.00", **far))
