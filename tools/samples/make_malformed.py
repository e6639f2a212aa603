"""Make the broken and hostile files that the tests feed to the readers and to the mail door.

    python tools/samples/make_malformed.py

Needs reportlab and PyMuPDF. Running it again writes the same bytes. Each function says what is
wrong with its file; none needs more than a few kilobytes on disk, whatever it unfolds to.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
TARGET = HERE.parents[1] / "po_intake" / "tests" / "files"

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(HERE.parent))
    __package__ = "samples"

from samples.malformed_mail import MAILS  # noqa: E402
from samples.malformed_pdf import PDFS  # noqa: E402
from samples.pictures import PICTURES  # noqa: E402

SHEET_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
)


def _workbook(sheet: bytes) -> bytes:
    """A spreadsheet with one given sheet, small and with a fixed date in each entry."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": (
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
            "</Types>"
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}"><Relationship Id="r1" '
            f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
            '<sheet name="Order" sheetId="1" r:id="r1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{package}"><Relationship Id="r1" '
            f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
        ),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in (*parts.items(), ("xl/worksheets/sheet1.xml", sheet)):
            entry = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, compresslevel=9)
    return buffer.getvalue()


def zip_bomb() -> bytes:
    """60 kB that unfold to 64 MB of rows."""
    row = b'<row><c t="n"><v>1</v></c></row>'
    rows = row * (64 * 1024 * 1024 // len(row))
    return _workbook(SHEET_HEAD.encode() + b"<sheetData>" + rows + b"</sheetData></worksheet>")


def endless_sheet() -> bytes:
    """Two cells that claim to be the corners of 17 milliard."""
    sheet = (
        f'{SHEET_HEAD}<dimension ref="A1:XFD1048576"/><sheetData>'
        '<row r="1"><c r="A1"><v>1</v></c></row>'
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    return _workbook(sheet.encode())


def billion_laughs() -> bytes:
    """An order whose note unfolds to three gigabytes."""
    tenfold = ((level, f"&e{level - 1};" * 10) for level in range(1, 10))
    entities = "".join(f'<!ENTITY e{level} "{text}">' for level, text in tenfold)
    return (
        f'<?xml version="1.0"?>\n<!DOCTYPE Order [<!ENTITY e0 "ha">{entities}]>\n'
        '<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" '
        'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
        "<cbc:ID>1</cbc:ID><cbc:Note>&e9;</cbc:Note></Order>\n"
    ).encode()


def external_entity() -> bytes:
    """An order that asks for a file of the server."""
    return (
        b'<?xml version="1.0"?>\n'
        b'<!DOCTYPE Order [<!ENTITY secret SYSTEM "file:///etc/passwd">]>\n'
        b'<Order xmlns="urn:oasis:names:specification:ubl:schema:xsd:Order-2" '
        b'xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">'
        b"<cbc:ID>&secret;</cbc:ID></Order>\n"
    )


def not_a_spreadsheet() -> bytes:
    """A spreadsheet by name, an empty archive by content."""
    return b"PK\x05\x06" + bytes(18)


FILES: dict[str, Callable[[], bytes]] = {
    **PDFS,
    **PICTURES,
    **MAILS,
    "zip_bomb.xlsx": zip_bomb,
    "endless_sheet.xlsx": endless_sheet,
    "empty_archive.xlsx": not_a_spreadsheet,
    "billion_laughs.xml": billion_laughs,
    "external_entity.xml": external_entity,
}


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, make in FILES.items():
        (TARGET / name).write_bytes(make())


if __name__ == "__main__":
    main()
