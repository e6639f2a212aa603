"""One file per reader. Nothing here registers itself: the caller chooses, see :func:`standard`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..reader import Reader


def standard() -> tuple[Reader, ...]:
    """The readers that need no network, for every format we know.

    Imported here and not above, so that a child process that reads XML loads no table reader.
    """
    from .cii import CiiReader
    from .cxml import CxmlReader
    from .docx import DocxReader
    from .edifact import EdifactReader
    from .layout import LayoutReader
    from .mail_body import MailBodyReader
    from .ocr import OcrReader
    from .spreadsheet import SpreadsheetReader
    from .ubl import UblReader
    from .x12 import X12Reader

    return (
        UblReader(),
        CiiReader(),
        CxmlReader(),
        EdifactReader(),
        X12Reader(),
        SpreadsheetReader(),
        MailBodyReader(),
        DocxReader(),
        LayoutReader(),
        OcrReader(),
    )
