"""Whatever bytes arrive, a reader reads them, or says in its own words why not."""

import unittest

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from odoo.addons.po_intake.extraction.reader import Hints, ReaderError
from odoo.addons.po_intake.extraction.readers import standard
from odoo.addons.po_intake.extraction.source import Source
from odoo.addons.po_intake.extraction.unpack import unpack

READERS = [reader for reader in standard() if reader.code != "ocr"]
NAMES = "a.edi a.csv a.xml a.txt a.eml a.msg a.html a.xlsx a.xls a.ods a.pdf a.docx a.zip a".split()
SEGMENTS = (
    "UNB+UNOC:3+A+B+261109:1000+1|UNH+1+ORDERS:D:96A:UN|BGM+220+1+9|DTM+137:20261109:102|"
    "NAD+BY+++X|LIN+1++4006381333931:EN|QTY+21:5|PRI+AAA:1.5|UNS+S|UNT+9+1|UNZ+1+1|ISA*00*|"
    "GS*PO*|ST*850*1|BEG*00*SA*1**20261109|PO1*1*5*EA*1.5**BP*X|SE*5*1|GE*1*1|IEA*1*1"
).split("|")
CELLS = ("Item", "Quantity", "Price", "5", "1.234,50", "-", "=1+1", "9" * 60)
TAGS = ("Order", "cbc:ID", "cac:OrderLine", "rsm:SCRDMCCBDACIOMessageStructure", "cXML", "table")
HEADS = (
    "From: a@b.example",
    "Subject: =?utf-8?q?=FF?=",
    "Content-Type: text/html; charset=none",
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Transfer-Encoding: base64",
    "--b",
    "",
)


def _joined(parts, signs):
    return some.tuples(parts, some.sampled_from(signs)).map(lambda pair: pair[1].join(pair[0]))


def _lists(words):
    return some.lists(some.one_of(some.sampled_from(words), some.text(max_size=20)), max_size=12)


def _element(drawn):
    tag, children = drawn
    return f"<{tag}>{''.join(children)}</{tag}>"


TEXTS = some.one_of(
    some.text(max_size=300),
    _joined(_lists(SEGMENTS), ("'", "'\n", "~")),
    _joined(some.lists(_joined(_lists(CELLS), (";", ",", "\t")), max_size=8), ("\n", "\r\n")),
    _joined(_lists(HEADS), ("\n", "\r\n")),
    some.recursive(
        some.text(max_size=8),
        lambda inner: some.tuples(some.sampled_from(TAGS), some.lists(inner, max_size=4)).map(
            _element
        ),
        max_leaves=15,
    ),
)
BYTES = some.one_of(
    some.binary(max_size=300),
    some.tuples(TEXTS, some.sampled_from(("utf-8", "utf-16", "cp1252"))).map(
        lambda pair: pair[0].encode(pair[1], "replace")
    ),
)


class TestAnyBytes(unittest.TestCase):
    @settings(
        max_examples=300,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(some.sampled_from(NAMES), BYTES)
    def test_nothing_but_words_comes_of_them(self, name, content):
        for source in unpack(Source(name, content)).sources:
            for reader in READERS:
                if reader.can_read(source):
                    try:
                        reader.read(source, Hints())
                    except ReaderError as error:
                        self.assertTrue(error.code)
