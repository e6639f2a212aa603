#!/usr/bin/env python3
"""How long does reading a typed order take, beside plain text extraction of the same pages?

    ./dev bench read [--repeat N] [FILE...]

Without files, the PDFs of the demo. Every way reads every document in the same run: the best of N
runs counts. ``words`` is PyMuPDF's ``get_text("words")`` alone, the yardstick for the ratios;
``reader`` is the whole offline reader, from bytes to an order with evidence; ``accept`` are the
checks that follow. The peers only extract: text (pdfplumber, pdfminer.six), tables (pdfplumber,
camelot), or number, date and total by a template (invoice2data, with a general one of our own over
the text of pdfminer.six, no lines); they stay out where they are not installed.

The memory is that of this process, as Odoo's worker would be, before and after the sandbox read
every document as often.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "po_intake"))

from extraction.acceptance import accept
from extraction.reader import Hints, ReaderError
from extraction.readers.layout import LayoutReader
from extraction.sandbox import Sandbox
from extraction.source import Source

DOCUMENTS = Path(__file__).resolve().parent.parent / "po_intake" / "demo" / "documents"
Way = Callable[[bytes], object]


def words(content: bytes) -> int:
    """PyMuPDF's words, and nothing done with them. Returns the number of pages."""
    import pymupdf

    with pymupdf.open(stream=content, filetype="pdf") as pdf:
        for page in pdf:
            page.get_text("words")
        return pdf.page_count


def reader(content: bytes) -> object:
    """The layout reader."""
    return LayoutReader().read(Source("order.pdf", content), Hints())


def reader_and_accept(content: bytes) -> object:
    """The layout reader, and the checks that decide whether its reading is good enough."""
    return [accept(document) for document in reader(content)]


def plumber_text(content: bytes) -> object:
    """pdfplumber's text."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def plumber_tables(content: bytes) -> object:
    """pdfplumber's tables."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [page.extract_tables() for page in pdf.pages]


def miner_text(content: bytes) -> object:
    """pdfminer.six's text."""
    from pdfminer.high_level import extract_text

    return extract_text(io.BytesIO(content))


def camelot_tables(content: bytes) -> object:
    """camelot's tables without rules (its "stream")."""
    import camelot

    return camelot.read_pdf(io.BytesIO(content), flavor="stream", pages="all", suppress_stdout=True)


def invoice2data_template(content: bytes) -> object:
    """invoice2data: its text of pdfminer.six, and one template general enough for any order."""
    from invoice2data import extract_data
    from invoice2data.extract.invoice_template import InvoiceTemplate
    from invoice2data.extract.loader import prepare_template

    fields = {
        "invoice_number": r"(?i)(?:order|bestell\w*|commande|pedido)\D{0,20}([\w/-]*\d[\w/-]*)",
        "date": r"(\d{1,4}[./-]\d{1,2}[./-]\d{2,4})",
        "amount": r"(?i)(?:total|gesamt\w*|summe|totaal|razem)\D{0,30}(\d[\d.,]*)",
    }
    template = {"issuer": "any", "template_name": "any", "keywords": ["e"], "fields": fields}
    template["required_fields"] = ["issuer"]
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        templates = [InvoiceTemplate(prepare_template(template))]
        return extract_data(file.name, templates=templates, input_module="pdfminer")


WAYS: dict[str, Way] = {
    "words": words,
    "reader": reader,
    "reader + accept": reader_and_accept,
    "pdfplumber text": plumber_text,
    "pdfplumber tables": plumber_tables,
    "pdfminer text": miner_text,
    "camelot stream": camelot_tables,
    "invoice2data": invoice2data_template,
}


def resident() -> float:
    """Memory of this process in RAM, in MB; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def memory(contents: Sequence[bytes], repeat: int) -> tuple[float, float, int]:
    """``(before, after, documents)`` of reading in a sandbox; the first reading starts it."""
    with Sandbox() as sandbox:
        sandbox.execute(LayoutReader(), Source("order.pdf", contents[0]), Hints())
        before = resident()
        for content in contents * repeat:
            sandbox.execute(LayoutReader(), Source("order.pdf", content), Hints())
        return before, resident(), len(contents) * repeat


def measure(way: Way, content: bytes, repeat: int) -> float | None:
    """Seconds of the best run; None where the way is missing or gives up."""
    best = None
    for _run in range(repeat):
        started = time.perf_counter()
        try:
            way(content)
        except (ImportError, ReaderError, OSError, ValueError, TypeError, IndexError):
            return None
        seconds = time.perf_counter() - started
        best = seconds if best is None else min(best, seconds)
        if best > 1:
            break
    return best


def main() -> int:
    """Print one row per way: milliseconds a page, and the ratio to plain words."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--repeat", type=int, default=5, metavar="N")
    arguments = parser.parse_args()
    logging.disable(logging.WARNING)  # what a peer thinks of a document is not measured
    files = arguments.files or sorted(DOCUMENTS.glob("*.pdf"))
    contents = {path: path.read_bytes() for path in files}
    before, after, count = memory(list(contents.values()), arguments.repeat)
    print(
        f"memory of the parent: {before:.1f} MB before, {after:.1f} MB after {count} documents"
        " read in the sandbox"
    )
    for way in WAYS.values():
        measure(way, next(iter(contents.values())), 1)  # imports are not reading
    pages: dict[Path, int] = {}
    taken: dict[str, dict[Path, float]] = {name: {} for name in WAYS}
    for path, content in contents.items():
        try:
            pages[path] = words(content)
        except (RuntimeError, ValueError):
            continue
        for name, way in WAYS.items():
            seconds = measure(way, content, arguments.repeat)
            if seconds is not None:
                taken[name][path] = seconds
    report(taken, pages)
    report_long(taken, pages)
    return 0


def report(taken: dict[str, dict[Path, float]], pages: dict[Path, int]) -> None:
    """The table; medians and percentiles are over documents."""
    plain = taken["words"]
    count = sum(pages.values())
    print(f"{len(pages)} documents, {count} pages; milliseconds a page, best run of each document")
    slowest = sorted(seconds / pages[path] for path, seconds in taken["reader"].items())
    if slowest:
        print(f"reader, p95: {p95(slowest):.4f} seconds a page")
    head = ("way", "documents", "median", "p95", "x words, median", "x words, p95")
    print("{:<18} {:>9} {:>8} {:>8} {:>16} {:>13}".format(*head))
    for name, seconds in taken.items():
        if not seconds:
            print(f"{name:<18} {'-':>9}")
            continue
        each = sorted(1000 * value / pages[path] for path, value in seconds.items())
        ratios = sorted(value / plain[path] for path, value in seconds.items() if path in plain)
        print(
            f"{name:<18} {len(each):>9} {statistics.median(each):>8.1f} {p95(each):>8.1f}"
            f" {statistics.median(ratios):>16.1f} {p95(ratios):>13.1f}"
        )


def report_long(taken: dict[str, dict[Path, float]], pages: dict[Path, int]) -> None:
    """The ratio of each order of three pages, and the median over them."""
    plain, read = taken["words"], taken["reader"]
    ratios = {
        path: seconds / plain[path]
        for path, seconds in read.items()
        if pages[path] == 3 and path in plain
    }
    for path, ratio in ratios.items():
        print(f"three pages: {path.name:<24} {ratio:>5.1f} x words")
    if ratios:
        median = statistics.median(ratios.values())
        print(f"three pages: median of {len(ratios)} orders {median:.1f} x words")


def p95(values: list[float]) -> float:
    """The value that 95 % do not exceed; ``values`` are sorted."""
    return values[min(len(values) - 1, int(0.95 * len(values)))]


if __name__ == "__main__":
    sys.exit(main())
