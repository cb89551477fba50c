"""The comparison as one page: what changed first, word by word, with its reason; what stayed is folded away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from lamplighter.plan.comparing.changes import Change, Comparison
from lamplighter.plan.comparing.comparison_json import method
from lamplighter.plan.comparing.following import Followed
from lamplighter.plan.comparing.sides import Line
from lamplighter.plan.comparing.wording import PUT, TAKEN, Piece, pieces
from lamplighter.reports.site.formats import FILTERS
from lamplighter.reports.site.pages import LEAVE_TO, SITE_NAME

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
class Around:
    """The site that the page stands in: the way to its first folder, and the promises that have a page there."""

    root: str
    plan_title: str
    made_up: bool
    promises: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Run:
    """Changes that follow one another: a run of the same sentences is folded, the others stand in a table."""

    same: bool
    shown: tuple[Shown, ...]


def comparison_page(
    comparison: Comparison,
    followed: Sequence[Followed],
    *,
    mark: str,
    files: Sequence[tuple[str, str]],
    around: Around | None = None,
) -> str:
    """The page as HTML without a script. mark: the site's lamp, a built asset; files: what lies beside it for download.

    around: the site that it stands in; None where it stands alone, with its dress beside it.
    """
    made = Environment(
        loader=PackageLoader("lamplighter.reports.comparing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters.update(FILTERS)
    sides = (comparison.a, comparison.b)
    counted = [(kind, KIND_WORDS[kind], count) for kind, count in comparison.counts.items()]
    return made.get_template("comparison.html").render(
        comparison=comparison,
        counted=counted,
        runs=_runs(comparison),
        followed=followed,
        suggested=[each.suggested for each in followed if each.suggested],
        paraphrased=[each for each in sides if each.paraphrased],
        incomplete=[each for each in sides if not each.complete],
        unordered=[each for each in sides if not each.ordered],
        method=method(),
        quotes=any(len(each.lines) > each.paraphrased for each in sides),
        around=around,
        root=around.root if around else "",
        files=files,
        mark=Markup(mark),  # noqa: S704 (a built asset of ours)
        name=SITE_NAME,
        leave_to=LEAVE_TO,
        taken=TAKEN,
        put=PUT,
    )


def _runs(comparison: Comparison) -> list[Run]:
    return [
        Run(same=same, shown=tuple(_shown(each) for each in changes))
        for same, changes in groupby(comparison.changes, key=lambda each: each.kind == "same")
    ]


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
