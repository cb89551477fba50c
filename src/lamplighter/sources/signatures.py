"""What a file really is, by its first bytes, so that an error page called .csv is told from a table."""

from __future__ import annotations

from pathlib import Path

from lamplighter.errors import FileRefused

READABLE = {".parquet": "Parquet", ".csv": "CSV", ".xlsx": "XLSX"}

_FIRST_BYTES: tuple[tuple[bytes, str], ...] = (
    (b"PAR1", "Parquet"),
    (b"PK\x03\x04", "XLSX"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls) or one with a password"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xff\xfe", "text in UTF-16"),
    (b"\xfe\xff", "text in UTF-16"),
)


def checked_format(path: Path) -> str:
    """`Parquet`, `CSV` or `XLSX`: what the ending claims, if the content bears it out. Raises FileRefused."""
    claimed = READABLE.get(path.suffix.lower())
    if claimed is None:
        ending = path.suffix or "no ending"
        raise FileRefused(
            f"{path.name}: {ending} can't be read. Give a .parquet, .csv or .xlsx file (unpack archives first)."
        )
    first = _first_bytes_of(path)
    if not first.strip(b"\xef\xbb\xbf \t\r\n"):
        raise FileRefused(f"{path.name} is empty. Download it again.")
    found = what_it_is(first)
    if found != claimed:
        raise FileRefused(f"{path.name} is not {claimed}: it holds {found}. {_mend(found, claimed)}")
    return claimed


def _first_bytes_of(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(4096)
    except FileNotFoundError:
        raise FileRefused(f"{path} is not there. Check the name and the folder.") from None
    except IsADirectoryError:
        raise FileRefused(f"{path} is a folder. Name the files in it.") from None
    except OSError as error:
        raise FileRefused(f"{path} can't be opened ({error.strerror}). Check that you may read it.") from error


def what_it_is(first: bytes) -> str:
    """What the first bytes of a file say that it is; text that is nothing else is taken for CSV."""
    for start, name in _FIRST_BYTES:
        if first.startswith(start):
            return name
    shown = first.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if shown.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return "a web page, perhaps an error page"
    if shown.startswith((b"{", b"[")):
        return "JSON"
    if b"\x00" in first:
        return "NUL bytes, which text never holds"
    return "CSV"


def _mend(found: str, claimed: str) -> str:
    if found in READABLE.values():
        return f"Rename it to {next(ending for ending, name in READABLE.items() if name == found)}."
    if "UTF-16" in found:
        return "Save it again as UTF-8 (in Excel: “CSV UTF-8”)."
    if found == "CSV":
        return "It may be cut short or be plain text: download it again."
    if "Excel" in found:
        return "Open it in Excel and save it as .xlsx without a password."
    return f"Download it again, and open it once to see that it is {claimed}."
