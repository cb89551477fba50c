"""Several files written as one: all of them beside their places first, then each put in its place."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from lamplighter.errors import InputError
from lamplighter.workspace.zipping import zip_bytes

_MODIFIED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def replace_all(files: Mapping[Path, bytes]) -> None:
    """Every file whole or as it was; nothing is put in place before all are on the disk. Raises InputError with the mend."""
    parts = {path: path.with_name(path.name + ".part") for path in files}
    at, done = next(iter(files), Path()), 0
    try:
        for path, content in files.items():
            at = path
            with parts[path].open("wb") as out:
                out.write(content)
                out.flush()
                os.fsync(out.fileno())
        for path, part in parts.items():
            at = path
            part.replace(path)
            done += 1
    except OSError as error:
        for part in parts.values():
            part.unlink(missing_ok=True)
        written = f" {done} of {len(files)} files are written: run the same command again." if done else ""
        raise InputError(
            f"{at} can't be written ({error.strerror}). Close it in other programs, or check that you may write there.{written}"
        ) from None


def workbook_bytes(book: Any, *, on: date) -> bytes:
    """The workbook's bytes: the same for the same content and day, because a ZIP and its properties hold no other time."""
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out) as made:
        files = {each.filename: made.read(each) for each in made.infolist()}
    core = "docProps/core.xml"
    files[core] = _MODIFIED.sub(rb"\g<1>" + on.isoformat().encode() + b"T00:00:00Z", files[core])
    return zip_bytes(files)
