"""The one tree of errors: each names the thing and the mend, and carries the exit code that the command line gives it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches


def listed(names: Iterable[object], *, most: int = 6) -> str:
    """`a, b and c`, or the first few `and 12 more`."""
    words = [str(name) for name in names]
    if len(words) > most:
        return ", ".join(words[:most]) + f" and {len(words) - most} more"
    if len(words) < 2:
        return "".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


class LamplighterError(Exception):
    """Anything that Lamplighter tells a person about in a sentence instead of a traceback."""

    exit_code = 1


class InputError(LamplighterError):
    """A file, a folder or an argument that can't be used as it is."""

    exit_code = 3


class FileRefused(InputError):
    """A whole file is refused; nothing of it was written."""


class QuestionRefused(InputError):
    """The question can't be answered from this source, whoever asks it."""


class ReleaseRefused(LamplighterError):
    """A release can't be made or approved as it stands: what its checklist, its digest or its chain says against it."""


class NoSuchName(InputError):
    """A name that is not there, with the nearest names that are."""

    def __init__(self, kind: str, name: str, known: Sequence[str]):
        self.kind, self.name = kind, name
        folded = {each.casefold(): each for each in known}
        self.near = [folded[hit] for hit in get_close_matches(name.casefold(), list(folded), n=3, cutoff=0.6)]
        mend = f"Did you mean {listed(self.near)}?" if self.near else f"Known: {listed(sorted(known))}."
        super().__init__(f"There is no {kind} called {name!r}. {mend}")


class WorkspaceBusy(LamplighterError):
    """Another command is writing to this workspace."""

    exit_code = 4


class WorkspaceDamaged(LamplighterError):
    """The workspace's files are not what its manifests say."""

    exit_code = 5


class WorkspaceNotWritten(LamplighterError):
    """The disk refused a write; the sentence says what the workspace holds now."""

    exit_code = 7


class PartMissing(LamplighterError):
    """An optional part (an extra, or the built assets) is not installed."""

    exit_code = 6
