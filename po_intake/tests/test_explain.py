import contextlib
import io
import json
import os
import tempfile
from pathlib import Path

from odoo.tests import BaseCase

from ..extraction.__main__ import main
from .test_layout_pdf import pdf


class TestExplain(BaseCase):
    """Pictures for people who debug a layout."""

    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.addCleanup(os.chdir, os.getcwd())
        os.chdir(self.folder)

    def run_main(self, *arguments):
        """``(answers, text on stderr)`` of a call in the folder."""
        output, errors = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(errors):
            self.assertEqual(main([str(argument) for argument in arguments]), 0)
        answers = [json.loads(line) for line in output.getvalue().splitlines()]
        return answers, errors.getvalue()

    def file(self, name, content):
        path = self.folder / name
        path.write_bytes(content)
        return path

    def test_boxes_stand_around_what_was_read(self):
        import pymupdf

        for rotation in (0, 90):
            name = f"order{rotation}.pdf"
            path = self.file(name, pdf(rotation=rotation))
            ((answer,), said) = self.run_main("--explain", "shown", path)
            self.assertFalse(said)
            (picture,) = self.folder.glob(f"shown/order{rotation}-*-1.png")
            painted = pymupdf.Pixmap(str(picture))
            x0, y0, x1, _y1 = answer["result"]["evidence"]["number"]["bbox"]
            with pymupdf.open(str(path)) as document:
                zoom = painted.width / document[0].rect.width
            edge = [
                painted.pixel(int(x * zoom), int(y * zoom))
                for x in range(int(x0) + 1, int(x1))
                for y in (y0 - 1.4, y0 - 1, y0 - 0.6)
            ]
            coloured = sum(max(pixel) - min(pixel) > 60 for pixel in edge)
            self.assertGreater(coloured, len(edge) / 4)

    def test_the_folder_may_be_left_out(self):
        path = self.file("order.pdf", pdf())
        ((with_pictures,), _said) = self.run_main("--explain", path)
        self.assertTrue(list(self.folder.glob("explain/order-*-1.png")))
        ((plain,), _said) = self.run_main(path)
        self.assertEqual(with_pictures["result"], plain["result"])

    def test_what_has_no_pages_is_named(self):
        rows = "Purchase order;PO-77\nItem;Description;Quantity;Price\nA-1;Bolt;5;2.00\n"
        path = self.file("order.csv", rows.encode())
        ((answer,), said) = self.run_main("--explain", "shown", path)
        self.assertIn("result", answer)
        self.assertIn("order.csv: no pages", said)
        self.assertFalse(list(self.folder.glob("shown/*")))
