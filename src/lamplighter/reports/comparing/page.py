"""The comparison as one page: what changed first, word by word, with its reason; what stayed is folded away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from lamplighter.plan.comparing.changes import Change, Comparison
from lamplighter.plan.comparing.comparison_json import method
from lamplighter.plan.comparing.following import Followed
from lamplighter.plan.comparing.sides import Line, Side
from lamplighter.plan.comparing.wording import PUT, TAKEN, Piece, pieces
from lamplighter.reports.site.pages import LEAVE_TO, SITE_NAME
from lamplighter.reports.site.templating import templates_of

KIND_WORDS = {
    "same": "The same words in both",
    "changed": "The same sentence in other words",
    "moved": "The same words in another place",
    "merged": "Several sentences made into one",
    "split": "One sentence made into several",
    "new": "Only in the later version",
    "gone": "Only in the earlier version",
    "unsure": "Could be read in more than one way: for a person to decide",
}


@dataclass(frozen=True, kw_only=True)
class Shown:
    """One change as a row: its words on either side, marked."""

    change: Change
    kind: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]


@dataclass(frozen=True, kw_only=True)
class Run:
    """Changes that follow one another: a run of the same sentences is folded, the others stand in a table."""

    same: bool
    shown: tuple[Shown, ...]


@dataclass(frozen=True, kw_only=True)
class View:
    """What the page shows. `promises`: those that have a page to link to; `quotes`: does it hold words of the texts?"""

    comparison: Comparison
    followed: tuple[Followed, ...]
    counted: tuple[tuple[str, str, int], ...]
    runs: tuple[Run, ...]
    paraphrased: tuple[Side, ...]
    incomplete: tuple[Side, ...]
    unordered: tuple[Side, ...]
    method: Mapping[str, float]
    quotes: bool
    promises: frozenset[str]
    files: tuple[tuple[str, str], ...]


def view_of(
    comparison: Comparison,
    followed: Sequence[Followed],
    *,
    files: Sequence[tuple[str, str]],
    promises: frozenset[str] = frozenset(),
) -> View:
    """Everything that the page prints, worked out. files: what lies beside it for download."""
    sides = (comparison.a, comparison.b)
    return View(
        comparison=comparison,
        followed=tuple(followed),
        counted=tuple((kind, KIND_WORDS[kind], count) for kind, count in comparison.counts.items()),
        runs=_runs(comparison),
        paraphrased=tuple(each for each in sides if each.paraphrased),
        incomplete=tuple(each for each in sides if not each.complete),
        unordered=tuple(each for each in sides if not each.ordered),
        method=method(),
        quotes=any(len(each.lines) > each.paraphrased for each in sides),
        promises=promises,
        files=tuple(files),
    )


def comparison_page(view: View, *, mark: str) -> str:
    """The page that stands alone, as HTML without a script. mark: the site's lamp, a built asset."""
    made = templates_of("lamplighter.reports.comparing", "lamplighter.reports.site")
    return made.get_template("comparison.html").render(
        what="Two versions side by side",
        style="comparing.css",
        it=view,
        root="",
        mark=Markup(mark),  # noqa: S704 (a built asset of ours)
        name=SITE_NAME,
        leave_to=LEAVE_TO,
    )


def _runs(comparison: Comparison) -> tuple[Run, ...]:
    return tuple(
        Run(same=same, shown=tuple(_shown(each) for each in changes))
        for same, changes in groupby(comparison.changes, key=lambda each: each.kind == "same")
    )


def _shown(change: Change) -> Shown:
    old, new = _words(change.before), _words(change.after)
    kind = f"{change.kind} and moved" if change.moved and change.kind != "moved" else change.kind
    if change.kind in ("changed", "merged", "split"):
        marked = pieces(old, new)
        before = tuple(each for each in marked if each.mark != PUT)
        after = tuple(each for each in marked if each.mark != TAKEN)
        return Shown(change=change, kind=kind, before=before, after=after)
    left, right = (TAKEN if change.kind == "gone" else "kept"), (PUT if change.kind == "new" else "kept")
    return Shown(
        change=change,
        kind=kind,
        before=(Piece(mark=left, words=old),) if old else (),
        after=(Piece(mark=right, words=new),) if new else (),
    )


def _words(lines: Sequence[Line]) -> str:
    return " ".join(each.words for each in lines)
