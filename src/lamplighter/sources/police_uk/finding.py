"""The CSV files behind what was named: folders, CSV, CSV.gz and the site's ZIP, one inside another or not."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lamplighter.errors import FileRefused
from lamplighter.sources.police_uk.unpacking import is_zip, members_of, unpacked_gzip

_ENDS_BYTES = 2**16  # a gzip and a ZIP end with the sums of what they hold
CSV_ENDINGS = (".csv", ".csv.gz")
_ENDINGS = (*CSV_ENDINGS, ".zip")


@dataclass(frozen=True, kw_only=True)
class Offered:
    """One CSV that was offered. name: as a person would find it again (`archive.zip/2018-10/…csv`).

    content: its bytes, unpacked; raises FileRefused when they can't be had.
    """

    name: str
    content: Callable[[], bytes]

    @property
    def stem(self) -> str:
        """The last part of the name without its endings: the site writes month, force and kind into it."""
        last = self.name.replace("\\", "/").rsplit("/", 1)[-1]
        return last.removesuffix(".gz").removesuffix(".GZ").removesuffix(".csv").removesuffix(".CSV")


def offered_files(paths: Sequence[Path]) -> tuple[list[Offered], str]:
    """All CSV files in what was named, in the order of their names, and a digest of what was named together.

    Which folder or archive a file lies in changes nothing of what it says: only its content and its last name are looked at.
    Raises FileRefused when something named is not there, is no CSV, gzip or ZIP, or holds no CSV at all.
    """
    found: list[Offered] = []
    digests: list[str] = []
    for path in paths:
        files = sorted(_in_folder(path), key=lambda each: each.as_posix()) if path.is_dir() else [path]
        if path.is_dir() and not files:
            raise FileRefused(f"{path} holds no .csv, .csv.gz or .zip file. Name the folder that the site's ZIP holds.")
        for file in files:
            digests.append(_digest(file))
            found.extend(_offered(file))
    if not paths:
        raise FileRefused("No file was named. Name a folder, a CSV, a CSV.gz or the site's ZIP.")
    found.sort(key=lambda each: (each.stem, each.name))
    return found, hashlib.sha256("\n".join(sorted(digests)).encode("ascii")).hexdigest()


def _in_folder(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        if path.is_file() and path.name.lower().endswith(_ENDINGS) and not path.name.startswith("._"):
            yield path


def _offered(path: Path) -> Iterator[Offered]:
    ending = path.name.lower()
    if ending.endswith(".zip"):
        for name, content in members_of(path, name=path.name, endings=CSV_ENDINGS):
            yield Offered(name=name, content=content)
    elif ending.endswith(".gz"):
        yield Offered(name=path.name, content=lambda: unpacked_gzip(_bytes_of(path), name=path.name))
    elif ending.endswith(".csv"):
        yield Offered(name=path.name, content=lambda: _bytes_of(path))
    elif ending.endswith((".xlsx", ".xls", ".ods")):
        raise FileRefused(f"{path.name} is a workbook; the site gives CSV. Name the CSV files as they were downloaded.")
    elif is_zip(path):
        raise FileRefused(f"{path.name} is a ZIP under another ending. Rename it to .zip.")
    else:
        raise FileRefused(f"{path.name} can't be read. Name a folder, a .csv, a .csv.gz or the site's .zip.")


def _digest(path: Path) -> str:
    """Tells one named file from another by its size, its beginning and its end: an import is called by it, nothing more."""
    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(0)
            told = hashlib.sha256(f"{size} ".encode("ascii") + file.read(_ENDS_BYTES))
            file.seek(max(0, size - _ENDS_BYTES))
            told.update(file.read(_ENDS_BYTES))
            return told.hexdigest()
    except OSError as error:
        raise _not_opened(path, error) from error


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _not_opened(path, error) from error


def _not_opened(path: Path, error: OSError) -> FileRefused:
    if isinstance(error, FileNotFoundError):
        return FileRefused(f"{path} is not there. Check the name and the folder.")
    return FileRefused(f"{path} can't be opened ({error.strerror}). Check that you may read it.")
