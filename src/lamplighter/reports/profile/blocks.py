"""What a profile as a document is made of: headings, sentences, lists, tables and pictures, told once for the PDF and for Word.

Both outputs walk the same blocks, so neither can say another number than the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from lamplighter.reports.profile.wording import NOT_KNOWN, Data, sentence, text

Dress = Literal["plain", "bold", "quiet", "id"]


@dataclass(frozen=True, kw_only=True)
class Run:
    """Words in one dress. `id`: under which name a number stands in profile.json. link: where a page leads from them."""

    words: str
    dress: Dress = "plain"
    link: str = ""


Words = Sequence[str | Run]
Cell = str | Run | Words


def bold(words: str) -> Run:
    return Run(words=words, dress="bold")


def quiet(words: str) -> Run:
    return Run(words=words, dress="quiet")


def ids(names: Iterable[str]) -> list[Run]:
    """The ids of figures behind a sentence, each in brackets."""
    return [Run(words=each, dress="id") for each in names]


@dataclass(frozen=True, kw_only=True)
class Heading:
    """level 1 to 3. new_page: begins a page."""

    level: int
    words: str
    new_page: bool = False


@dataclass(frozen=True, kw_only=True)
class Say:
    """A paragraph. kind: `note` is smaller, `box` has a frame, `finding` a bar at its side, `empty` stands for what lacks."""

    runs: tuple[Run, ...]
    kind: Literal["plain", "note", "box", "finding", "empty"] = "plain"


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A list, an entry a tuple of runs. fold: what is said of the list where it may be folded away on a screen."""

    items: tuple[tuple[Run, ...], ...]
    fold: str = ""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table whose head repeats on every page. shares: of the width. right: which columns hold numbers. small: in small type."""

    caption: str
    heads: tuple[str, ...]
    shares: tuple[float, ...]
    rows: tuple[tuple[tuple[Run, ...], ...], ...]
    right: tuple[int, ...] = ()
    small: bool = False


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A drawing by its name, with what it shows in words. share: of the width of the text."""

    name: str
    alt: str
    caption: str
    share: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Group:
    """Paragraphs that stay together under their heading, with a small picture beside them where the page is wide enough."""

    picture: Picture | None
    says: tuple[Say, ...]


Block = Heading | Say | Bullets | Table | Picture | Group


@dataclass(frozen=True, kw_only=True)
class Document:
    """A whole profile: what stands on every page, the first page, and everything after it."""

    title: str
    short_title: str
    caution: str
    handling: str
    subject: str
    author: str
    made_on: str | None
    first: tuple[Block, ...]
    blocks: tuple[Block, ...]


def runs_of(words: Words) -> tuple[Run, ...]:
    """Texts and runs as runs, the empty ones left out."""
    every = (each if isinstance(each, Run) else Run(words=each) for each in words)
    return tuple(each for each in every if each.words)


def say(*words: str | Run) -> Say:
    return Say(runs=runs_of(words))


def note(*words: str | Run) -> Say:
    return Say(runs=runs_of(words), kind="note")


def box(*words: str | Run) -> Say:
    return Say(runs=runs_of(words), kind="box")


def empty(*words: str | Run) -> Say:
    """What the source or nobody has filled in, named."""
    return Say(runs=runs_of(words), kind="empty")


def absent(given: Data, otherwise: str) -> Say:
    """A section that the source can't fill stands empty and named; `otherwise` where it does not say why."""
    return empty(sentence(text(given.get("why_not") or given.get("words") or given.get("ask"), lacking=otherwise)))


def drawing(drawings: Mapping[str, str], name: str, alt: str, caption: str, *, share: float = 1.0) -> Iterator[Picture]:
    """A drawing where there is one."""
    if drawings.get(name):
        yield Picture(name=name, alt=alt, caption=caption, share=share)


def bullets(items: Iterable[Words], *, fold: str = "") -> Bullets:
    return Bullets(items=tuple(runs_of(each) for each in items), fold=fold)


def table(
    caption: str,
    columns: Mapping[str, float],
    rows: Iterable[Sequence[Cell]],
    *,
    right: Sequence[int] = (),
    small: bool = False,
) -> Table:
    """columns: head → share of the width. A cell is a text, a run or several."""
    made = tuple(tuple(runs_of([cell] if isinstance(cell, str | Run) else cell) for cell in row) for row in rows)
    return Table(
        caption=caption,
        heads=tuple(columns),
        shares=tuple(columns.values()),
        rows=made,
        right=tuple(right),
        small=small,
    )


def table_of_known(
    caption: str, columns: Mapping[str, float], rows: Sequence[Sequence[Cell]], *, right: Sequence[int] = ()
) -> Table:
    """`table` without the columns that no row knows anything of; what is said beside it has to tell why."""
    kept = [at for at in range(len(columns)) if not rows or any(row[at] not in ("", NOT_KNOWN) for row in rows)]
    heads = list(columns.items())
    return table(
        caption,
        dict(heads[at] for at in kept),
        [[row[at] for at in kept] for row in rows],
        right=[new for new, at in enumerate(kept) if at in right],
    )


def with_names(blocks: Iterable[Block]) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether a table's name has to be printed: not right under a heading, which names it already."""
    before: Block | None = None
    for each in blocks:
        yield each, isinstance(each, Table) and not isinstance(before, Heading)
        before = each


def as_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """The blocks as plain data, each with its `block` and, for a table, whether it is `named`, for a template."""
    return [
        {"block": type(each).__name__.lower(), "named": named, **asdict(each)} for each, named in with_names(blocks)
    ]
