"""Make the demo world: data files, documents, mails and what each mail must come to.

    python tools/samples/make.py

Needs reportlab, PyMuPDF and openpyxl. Running it again writes the same bytes; what it wrote is
committed, so nobody needs to run it who does not want to change the demo.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
DEMO = HERE.parents[1] / "po_intake" / "demo"

if __name__ == "__main__" and not __package__:
    sys.path.insert(0, str(HERE.parent))
    __package__ = "samples"

from samples import odoo_data  # noqa: E402
from samples.mail import compose  # noqa: E402
from samples.mails import mails, other_formats  # noqa: E402


def main() -> None:
    for folder in ("documents", "mails"):
        (DEMO / folder).mkdir(parents=True, exist_ok=True)
        for stale in (DEMO / folder).iterdir():
            stale.unlink()
    odoo_data.write(DEMO)
    expected: dict = {}
    for mail, intakes in (*mails(), *other_formats()):
        name = f"{mail.name}.eml"
        (DEMO / "mails" / name).write_bytes(compose(mail))
        for document, content in mail.files:
            (DEMO / "documents" / document).write_bytes(content)
        expected[name] = intakes
    text = json.dumps(expected, indent=2, ensure_ascii=False)
    (DEMO / "expected.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
