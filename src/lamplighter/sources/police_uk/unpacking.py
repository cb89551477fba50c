"""Unpacking without trust: a broken archive, a bomb or a name that climbs out of its folder refuses the whole of it.

Nothing is ever written to the disk: members are read into memory, one at a time, each with a limit.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from lamplighter.errors import FileRefused

MOST_TIMES_LARGER = 300  # CSV packs to a fifth, a file of repeats to a fiftieth; a bomb to a thousandth
ALWAYS_ALLOWED_BYTES = 16 * 2**20
MOST_BYTES = 4 * 2**30  # a month of the largest force is under 40 MB
MOST_BYTES_IN_ALL = 64 * 2**30
DEEPEST = 3
_CHUNK_BYTES = 2**25
_ENCRYPTED = 0x1


def allowed_bytes(packed: int) -> int:
    """How large may what was packed into so many bytes become before it is taken for a bomb?"""
    return min(MOST_BYTES, max(ALWAYS_ALLOWED_BYTES, packed * MOST_TIMES_LARGER))


def unpacked_gzip(packed: bytes, *, name: str) -> bytes:
    """The content of a gzip file. Raises FileRefused when it is none, cut short, broken or a bomb."""
    if not packed:
        raise FileRefused(f"{name} is empty. Download it again.")
    if not packed.startswith(b"\x1f\x8b"):
        raise FileRefused(f"{name} is called .gz and is no gzip archive. Download it again, or rename it to .csv.")
    limit = allowed_bytes(len(packed))
    parts: list[bytes] = []
    size, rest = 0, packed
    try:
        while rest:
            stream = zlib.decompressobj(31)
            while not stream.eof:
                part = stream.decompress(rest, _CHUNK_BYTES)
                rest = stream.unconsumed_tail
                size += len(part)
                if size > limit:
                    raise _bomb(name)
                if not part and not rest and not stream.eof:
                    raise FileRefused(f"{name} is cut short: its gzip archive has no end. Download it again.")
                parts.append(part)
            rest = stream.unused_data.lstrip(b"\x00")  # a second archive behind the first is legitimate, so is padding
    except zlib.error as error:
        raise FileRefused(f"{name} is a broken gzip archive ({error}). Download it again.") from error
    return parts[0] if len(parts) == 1 else b"".join(parts)


def is_zip(path: Path) -> bool:
    """Does it begin as a ZIP does?"""
    try:
        with path.open("rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def members_of(
    source: Path | io.BytesIO, *, name: str, endings: tuple[str, ...], depth: int = 1
) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """(name, how to get its content) of each CSV in a ZIP, in ZIPs within it too. Raises FileRefused for the whole ZIP."""
    if depth > DEEPEST:
        raise FileRefused(f"{name} holds ZIPs within ZIPs more than {DEEPEST} deep. Unpack it and name the folder.")
    try:
        archive = zipfile.ZipFile(source)
    except (zipfile.BadZipFile, OSError) as error:
        reason = getattr(error, "strerror", None) or error
        raise FileRefused(f"{name} is a broken ZIP ({reason}). Download it again.") from error
    entries = [each for each in archive.infolist() if not each.is_dir()]
    for entry in entries:
        _check_entry(entry, name)
    if sum(each.file_size for each in entries) > MOST_BYTES_IN_ALL:
        raise _bomb(name)
    wanted = [each for each in entries if not _is_rubbish(each.filename)]
    wanted = [each for each in wanted if each.filename.lower().endswith((*endings, ".zip"))]
    if not wanted:
        raise FileRefused(f"{name} holds no CSV. Download it again from the site, with the files that you want.")
    for entry in sorted(wanted, key=lambda each: each.filename):
        full = f"{name}/{entry.filename}"
        if entry.filename.lower().endswith(".zip"):
            inner = io.BytesIO(_member(archive, entry, full))
            yield from members_of(inner, name=full, endings=endings, depth=depth + 1)
        else:
            yield full, _reader(archive, entry, full)


def _reader(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, full: str) -> Callable[[], bytes]:
    if entry.filename.lower().endswith(".gz"):
        return lambda: unpacked_gzip(_member(archive, entry, full), name=full)
    return lambda: _member(archive, entry, full)


def _member(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, full: str) -> bytes:
    try:
        # Python reads no more than the directory says, and checks the sum: a member that lies about its size is broken.
        return archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise FileRefused(f"{full} can't be unpacked ({error}). Download the ZIP again.") from error


def _check_entry(entry: zipfile.ZipInfo, name: str) -> None:
    path = PurePosixPath(entry.filename.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or ":" in (path.parts or ("",))[0]:
        raise FileRefused(
            f"{name} holds a name that climbs out of its folder ({entry.filename!r}), which no ZIP of the site does."
            " It was refused whole: download it from the site again."
        )
    if entry.flag_bits & _ENCRYPTED:
        raise FileRefused(f"{name} needs a password. Unpack it and name the folder.")
    if entry.file_size > allowed_bytes(entry.compress_size):
        raise _bomb(name)


def _is_rubbish(name: str) -> bool:
    """What a Mac adds to a ZIP."""
    parts = name.split("/")
    return "__MACOSX" in parts or parts[-1].startswith("._")


def _bomb(name: str) -> FileRefused:
    return FileRefused(
        f"{name} would unpack to far more than any file of the site holds, as a ZIP bomb does. It was refused whole:"
        " download it from the site again."
    )
