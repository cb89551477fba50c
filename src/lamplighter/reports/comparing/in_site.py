"""A comparison in a plan's site: read back from the folder that `plan compare` wrote, and tied to the promises it is about."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from lamplighter.errors import InputError
from lamplighter.plan.book import Book
from lamplighter.plan.comparing.changes import Change, Comparison
from lamplighter.plan.comparing.comparison_json import comparison_from
from lamplighter.plan.comparing.following import Followed, sentence_words
from lamplighter.plan.comparing.sides import Line
from lamplighter.plan.records.promising import Sentence
from lamplighter.plan.releases.findings import Found
from lamplighter.reports.replacing import MARKER

if TYPE_CHECKING:
    from lamplighter.reports.site.pages import Page

FOLDER = "comparison"
PAGE_PATH = f"{FOLDER}/comparison.html"
DATA = "comparison.json"
DOWNLOADS = (
    (
        "comparison.docx",
        "The text with tracked changes (DOCX): accept all for the later version, refuse all for the earlier",
    ),
    (DATA, "Every change as data (JSON)"),
    ("comparison.schema.json", "The schema of the data (JSON Schema)"),
)


@dataclass(frozen=True, kw_only=True)
class HeldComparison:
    """A comparison that was read back: its changes, and the files that lie beside its page. `digest`: SHA-256 of them."""

    comparison: Comparison
    followed: tuple[Followed, ...]
    files: Mapping[str, bytes]
    digest: str

    @property
    def counted(self) -> tuple[tuple[str, int], ...]:
        """How many changes of each kind there are, those of which there is none left out."""
        return tuple((kind, count) for kind, count in self.comparison.counts.items() if count)


@dataclass(frozen=True, kw_only=True)
class SeenChange:
    """A change of a promise's sentence, with the address of the sentence before and after."""

    change: Change
    words: str
    path: str


def read_comparison(folder: Path) -> HeldComparison:
    """The comparison in a folder. Raises InputError, with the mend, where it is not one that `plan compare` wrote whole."""
    mend = "Write it with: lamplighter plan compare A B --out FOLDER"
    if not (folder / MARKER).is_file():
        raise InputError(f"{folder} is not a folder that holds a comparison. {mend}")
    files = {}
    for name, _ in DOWNLOADS:
        try:
            files[name] = (folder / name).read_bytes()
        except OSError:
            raise InputError(f"{folder} holds no {name} that can be read. {mend}") from None
    try:
        comparison, followed = comparison_from(json.loads(files[DATA]))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InputError(f"{folder / DATA} is not a comparison of this Lamplighter. {mend}") from None
    told = sha256()
    for name, content in sorted(files.items()):
        told.update(name.encode() + b"\0" + sha256(content).digest())
    return HeldComparison(comparison=comparison, followed=followed, files=files, digest=told.hexdigest())


def with_digest(book: Book, held: HeldComparison | None) -> Book:
    """The same book, saying which comparison its site holds: with another one it is another run."""
    return book if held is None else replace(book, digests={**book.digests, FOLDER: held.digest})


def quoted(held: HeldComparison | None) -> Iterator[Found]:
    """What stands against releasing the comparison: words of a text that may not be ours to publish."""
    sides = (held.comparison.a, held.comparison.b) if held else ()
    count = sum(len(each.lines) - each.paraphrased for each in sides)
    if count:
        message = (
            f"The comparison quotes {count:,} sentences of the texts, and a release is public. Compare without your own copies, "
            "so that our paraphrases stand there, or accept it and say why they may be published."
        )
        yield Found(about=FOLDER, name="text quoted", message=message)


def changes_of_promises(book: Book, held: HeldComparison | None) -> dict[str, tuple[SeenChange, ...]]:
    """For each promise, the changes of its sentences that are more than the same. A promise without one has no entry.

    A sentence is known by the digest of its words; where nobody has seen them, by its id and our paraphrase.
    """
    if held is None:
        return {}
    by_line: dict[object, list[Change]] = {}
    for change in held.comparison.changes:
        if change.kind != "same":
            for line in (*change.before, *change.after):
                for key in _keys_of_line(line):
                    by_line.setdefault(key, []).append(change)
    found = {}
    for standing in book.standings:
        changes = {each.id: each for told in standing.sentences for each in by_line.get(_key_of(told), ())}
        if changes:
            found[standing.promise.id] = tuple(
                SeenChange(change=each, words=sentence_words(each), path=f"{PAGE_PATH}#{each.id}")
                for each in changes.values()
            )
    return found


def _key_of(sentence: Sentence) -> object:
    return sentence.sha256 or (sentence.id, sentence.paraphrase)


def _keys_of_line(line: Line) -> Iterator[object]:
    if line.digest:
        yield line.digest
    else:
        yield line.id, line.words


def page_in_site(held: HeldComparison, book: Book) -> Page:
    """The comparison's page in the site: its promises lead to their pages."""
    from lamplighter.reports.comparing.page import view_of  # they draw on the site, which draws on this
    from lamplighter.reports.site.pages import HOME, Page

    return Page(
        path=PAGE_PATH,
        template="comparison_in_site.html",
        title="Two versions side by side",
        nav="plan",
        trail=(HOME, ("What became of each promise", "versions.html")),
        content=view_of(
            held.comparison,
            held.followed,
            files=DOWNLOADS,
            promises=frozenset(each.promise.id for each in book.standings),
        ),
    )


def files_in_site(held: HeldComparison) -> Iterator[tuple[str, bytes]]:
    """What lies beside the page."""
    for name, content in held.files.items():
        yield f"{FOLDER}/{name}", content
