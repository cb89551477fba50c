"""The command line: parse, call, say. One place turns the error tree into a sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from lamplighter import __version__
from lamplighter.errors import LamplighterError

DISK_REFUSED = 7
INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code (docs/reference/exit-codes.md)."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    _speak_utf8()
    if given == ["--version"]:
        print(f"lamplighter {__version__}")  # noqa: T201
        return 0
    from lamplighter.cli.commands import run

    try:
        code = run(given)
    except LamplighterError as error:
        from lamplighter.schema import visible

        # A name out of a file may hold what steers a terminal.
        print(f"lamplighter: {visible(str(error))}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    except BrokenPipeError:
        return 0
    except OSError as error:  # a disk that is full, a folder that is not ours: what no part of the program said better
        place = error.filename or "A file"
        print(  # noqa: T201
            f"lamplighter: {place} can't be read or written ({error.strerror or error}). Check that it is there, that you "
            "may write there and that the disk has room. Nothing half-done was kept.",
            file=sys.stderr,
        )
        return DISK_REFUSED
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        print("lamplighter: stopped. Nothing half-done was kept.", file=sys.stderr)  # noqa: T201
    return code


def _speak_utf8() -> None:
    """A Windows console or a bare locale may not be UTF-8; a sentence must not end in a traceback for a dash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")
