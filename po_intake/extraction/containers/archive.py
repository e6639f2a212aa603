"""Files in a zip archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..document import WARNING, Finding
from ..reader import BrokenSource, TooLarge
from ..source import Source
from .names import clean

if TYPE_CHECKING:
    from ..unpack import Limits


def members(source: Source, limits: Limits) -> Iterator[Source | Finding]:
    """The files in the archive, without folders and the litter of operating systems.

    :raises BrokenSource: no readable archive
    :raises TooLarge: more entries, bytes or expansion than allowed, as the directory declares
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(source.content))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise BrokenSource(str(error)) from error
    with archive:
        entries = [entry for entry in archive.infolist() if not _is_litter(entry)]
        check(entries, limits)
        for entry in entries:
            if entry.flag_bits & 1:
                yield Finding("encrypted", WARNING, {"source": clean(entry.filename)})
            else:
                yield Source(clean(entry.filename), _read(archive, entry, limits))


def check(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    """Refuse a bomb by what its directory declares, before anything is unpacked.

    :raises TooLarge: with the limit that was passed
    """
    if len(entries) > limits.parts:
        raise TooLarge(limit="parts", value=limits.parts)
    if sum(entry.file_size for entry in entries) > limits.total:
        raise TooLarge(limit="total", value=limits.total)
    for entry in entries:
        # tiny files of one repeated letter are no bomb
        if entry.file_size > max(entry.compress_size, 1) * limits.ratio and entry.file_size > 1e6:
            raise TooLarge(limit="ratio", value=limits.ratio)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits) -> bytes:
    # declared sizes may lie: never read more than allowed
    with archive.open(entry) as file:
        content = file.read(limits.size + 1)
    if len(content) > limits.size:
        raise TooLarge(limit="size", value=limits.size)
    return content


def _is_litter(entry: zipfile.ZipInfo) -> bool:
    parts = entry.filename.replace("\\", "/").split("/")
    return entry.is_dir() or parts[0] == "__MACOSX" or parts[-1].startswith((".", "Thumbs.db"))
