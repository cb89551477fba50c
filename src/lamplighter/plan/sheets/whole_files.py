"""Workbooks, mails and ledgers as files: whole or not there, a workbook the same bytes for the same content."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError
from lamplighter.workspace.durable import write_whole
from lamplighter.workspace.zipping import zip_bytes

_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_file(path: Path, content: bytes) -> None:
    """The whole file or the old one. Raises InputError with the mend."""
    try:
        write_whole(path, content, fsync=True)
    except OSError as error:
        raise InputError(
            f"{path} can't be written ({error.strerror}). Close it in other programs, or check that you may write there."
        ) from None


def make_folder(folder: Path) -> None:
    """The folder, and those above it, if they are not there. Raises InputError with the mend."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{folder} can't be made ({error.strerror}). Name another folder.") from None


def workbook_bytes(book: Any, *, on: date) -> bytes:
    """The workbook's bytes: the same for the same content and day, because a ZIP and its properties hold no other time."""
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as made:
        files = {each.filename: made.read(each) for each in made.infolist()}
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>" + on.isoformat().encode() + b"T00:00:00Z", files[core])
    return zip_bytes(files)
