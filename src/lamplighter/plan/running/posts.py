"""Posts: announced, established, filled and able to be deployed, and the gaps between them."""

from __future__ import annotations

from collections.abc import Mapping

from lamplighter.plan.records.running import Post
from lamplighter.plan.records.showing import Figure
from lamplighter.plan.running.answers import Posting
from lamplighter.schema import day_words, number_words, quantity_words


def posting_of(post: Post, figures: Mapping[str, Figure]) -> Posting:
    """Of the posts that exist, how many stand empty, and how many of the people in them can't be sent?

    figures: by id. A gap is worked out only between figures of one day and one unit, each given exactly: the filled
    posts of June say nothing about the posts of January. Otherwise it is None, and `lacking` says why. Fewer posts than
    people is a negative vacancy: over strength. Misleads if part-time people are counted as whole posts.
    """
    promised, established, filled, deployable = (
        figures.get(each or "")
        for each in (
            post.promised_figure_id,
            post.established_figure_id,
            post.filled_figure_id,
            post.deployable_figure_id,
        )
    )
    lacking: list[str] = []
    for told, what in (
        (established, "how many posts exist"),
        (filled, "how many are filled"),
        (deployable, "how many people in them can be deployed"),
    ):
        if told is None:
            lacking.append(what)
    vacant = _gap(established, filled, "vacancies", lacking)
    not_deployable = _gap(filled, deployable, "people who can't be deployed", lacking)
    if not_deployable is not None and not_deployable < 0:
        lacking.append("counts of the same people: more can be deployed than posts are filled")
        not_deployable = None
    return Posting(
        post=post,
        promised=promised,
        established=established,
        filled=filled,
        deployable=deployable,
        vacant=vacant,
        not_deployable=not_deployable,
        words=_words(promised, established, filled, vacant, not_deployable, lacking),
        lacking=tuple(lacking),
    )


def when(figure: Figure) -> str:
    """The day of a figure, or its period in words, or that it is not known."""
    return day_words(figure.as_of) if figure.as_of else (figure.as_of_words or "date not known")


def _gap(more: Figure | None, less: Figure | None, what: str, lacking: list[str]) -> float | None:
    if more is None or less is None or more.value is None or less.value is None:
        return None
    dated = (more.as_of or more.as_of_words) and (less.as_of or less.as_of_words)
    if not dated or (more.as_of, more.as_of_words) != (less.as_of, less.as_of_words):
        lacking.append(f"{what} on one day: {more.id} is of {when(more)}, {less.id} of {when(less)}")
        return None
    if more.unit != less.unit:
        lacking.append(f"{what} in one unit: {more.id} counts {more.unit}, {less.id} {less.unit}")
        return None
    if any(each.qualifier not in (None, "exactly") or each.rounded_to for each in (more, less)):
        lacking.append(f"{what} from exact figures: {more.id} or {less.id} is rounded or a bound")
        return None
    return more.value - less.value


def _words(
    promised: Figure | None,
    established: Figure | None,
    filled: Figure | None,
    vacant: float | None,
    not_deployable: float | None,
    lacking: list[str],
) -> str:
    parts = []
    if promised is not None:
        parts.append(f"{quantity_words(promised.value, promised.unit, qualifier=promised.qualifier)} announced.")
    if vacant is not None and established is not None:
        gap = f"{number_words(vacant)} stand empty" if vacant >= 0 else f"{number_words(-vacant)} over strength"
        share = f" ({100 * vacant / established.value:.1f}%)" if vacant >= 0 and established.value else ""
        parts.append(f"Of {number_words(established.value)} posts {gap}{share} on {when(established)}.")
    if not_deployable is not None and filled is not None:
        parts.append(
            f"Of {number_words(filled.value)} people in post {number_words(not_deployable)} can't be deployed on {when(filled)}."
        )
    if lacking:
        parts.append(f"Not known: {'; '.join(lacking)}.")
    text = " ".join(parts)
    return text[:1].upper() + text[1:]
