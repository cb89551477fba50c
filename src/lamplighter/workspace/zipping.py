"""Several files as one ZIP whose bytes depend on nothing but the files: no clock, no owner, no kind of computer."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP can hold
_UNIX = 3
_READABLE = 0o644 << 16


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """The ZIP of files by their path in it (with `/`), in the order given: the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            told = zipfile.ZipInfo(name, date_time=_FIRST_DAY)
            told.compress_type = zipfile.ZIP_DEFLATED
            told.external_attr = _READABLE
            told.create_system = _UNIX
            made.writestr(told, content)
    return out.getvalue()
