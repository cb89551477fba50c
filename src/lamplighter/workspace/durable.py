"""Writes that are whole or absent: no name ever points at half a file.

What a `Disk` does is announced step by step, so that a test can end the process there and see what is left.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_REPLACE_TRIES = 40
_REPLACE_WAIT_S = 0.05


def _unwatched(step: str) -> None:
    """Nobody watches the steps of an everyday import."""


@dataclass(frozen=True, kw_only=True)
class Disk:
    """The few ways in which a workspace changes what is on the disk. `at` is told each step before it is taken."""

    at: Callable[[str], None] = _unwatched

    def make_folder(self, folder: Path) -> None:
        """Make the folder, and its parents where they are missing."""
        self.at(f"make {folder.name}")
        folder.mkdir(parents=True, exist_ok=True)

    def write_new(self, path: Path, content: bytes) -> None:
        """Write a file that is not there yet, and have the disk confirm it."""
        self.at(f"open {path.name}")
        with path.open("xb") as file:
            # In two halves, so that a test can be killed with a torn file behind it.
            file.write(content[: len(content) // 2])
            file.flush()
            self.at(f"half {path.name}")
            file.write(content[len(content) // 2 :])
            file.flush()
            self.at(f"fsync {path.name}")
            os.fsync(file.fileno())

    def replace(self, path: Path, content: bytes) -> None:
        """Put new content under the name in one step: whoever reads sees the old or the new, never a part."""
        temporary = path.with_name(path.name + ".tmp")
        temporary.unlink(missing_ok=True)
        self.write_new(temporary, content)
        self.at(f"replace {path.name}")
        _move(temporary, path)

    def move(self, part: Path, path: Path) -> None:
        """Put a file that is whole on the disk under its name in one step. Raises OSError, FileNotFoundError if it is gone."""
        self.at(f"move {path.name}")
        _move(part, path)

    def settle(self, folder: Path) -> None:
        """Have the disk confirm the names in a folder, where the system can (Windows keeps them by itself)."""
        self.at(f"settle {folder.name}")
        if os.name != "posix":
            return
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some network disks can't confirm a folder
                raise
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        """Remove a file or a whole folder that nothing names."""
        self.at(f"remove {path.name}")
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


DISK = Disk()


def write_whole(path: Path, content: bytes, *, fsync: bool) -> None:
    """Write a file beside its place and move it there: whoever reads sees the old or the new, never a part.

    fsync: have the disk confirm the bytes first, for what can't be made again. Two may write the same file at once: the
    later one stands. The file may be read by whom the system lets read any new file. Raises OSError; then nothing is left.
    """
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            if fsync:
                file.flush()
                os.fsync(file.fileno())
        _move(part, path)
    except BaseException:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _move(part: Path, path: Path) -> None:
    for attempt in range(_REPLACE_TRIES):
        try:
            part.replace(path)
            return
        except PermissionError:  # Windows refuses while somebody reads the old file; readers are quick
            if attempt == _REPLACE_TRIES - 1:
                raise
            time.sleep(_REPLACE_WAIT_S)


def remove_quietly(folder: Path) -> None:
    """Clear up after a failed import as far as the disk lets us; what stays is swept at the next one."""
    with contextlib.suppress(OSError):
        shutil.rmtree(folder)
