"""The pages of problem profiles that are linked to promises: the public parts of each one's first page, and no place of it."""

from __future__ import annotations

from dataclasses import dataclass

from lamplighter.plan.book import Book, Standing
from lamplighter.plan.profiles.told import LinkedProfile
from lamplighter.plan.records.profiling import ProfileFigure
from lamplighter.reports.site.formats import number, share
from lamplighter.reports.site.pages import HOME, Head, Page, Pages, Table
from lamplighter.schema import period_words

FOLDER = "profiles"
_HEADS = ("Figure", "Number", "Unit", "Out of", "Interval", "What is counted", "Period")


@dataclass(frozen=True, kw_only=True)
class ProfilePage:
    """A linked profile, the promises that it is linked to, and its figures as a table of ready-made words."""

    linked: LinkedProfile
    promises: tuple[Standing, ...]
    period: str
    months: str
    missing: tuple[str, ...]
    partial: tuple[str, ...]
    located: str
    figures: Table

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """The headings of the page, for its list of contents."""
        return (
            ("about", "What it is about"),
            ("found", "What it found"),
            ("complete", "How complete its source is"),
            ("cannot", "What it can’t say"),
            ("linked", "What it is evidence for"),
        )


def address_of(linked: LinkedProfile) -> str:
    """Where the page of a profile lies in the site."""
    return f"{FOLDER}/{linked.profile.id}.html"


def profile_pages(book: Book) -> Pages:
    """One page a linked profile."""
    for each in book.profiles:
        told = each.profile
        yield Page(
            path=address_of(each),
            template="profile.html",
            title=f"{told.title} ({told.id})",
            nav="plan",
            trail=(HOME,),
            content=ProfilePage(
                linked=each,
                promises=tuple(book.by_promise[one] for one in each.evidence.promise_ids if one in book.by_promise),
                period=f"{period_words(told.first_month or '')} to {period_words(told.last_month or '')}",
                months=number(told.months_present),
                missing=tuple(period_words(one) for one in told.months_missing),
                partial=tuple(period_words(one) for one in told.months_partial),
                located="not known" if told.located_share is None else share(told.located_share),
                figures=_figures(each),
            ),
        )


def profiles_by_event(book: Book, standing: Standing) -> dict[str, LinkedProfile]:
    """The profiles linked to a promise, by the event that links them."""
    events = {each.id for each in standing.evidence_records}
    return {each.evidence.id: each for each in book.profiles if each.evidence.id in events}


def _figures(linked: LinkedProfile) -> Table:
    return Table(
        caption="Figures that the findings rest on",
        heads=tuple(Head(words=words, numeric=words in ("Number", "Out of")) for words in _HEADS),
        rows=tuple(_row(each) for each in linked.figures),
    )


def _row(each: ProfileFigure) -> tuple[str, ...]:
    interval = "none is given"
    if each.interval_low is not None:
        interval = f"{number(each.interval_low)} to {number(each.interval_high)} ({each.interval_words})"
    out_of = "not a share" if each.denominator is None else f"{number(each.numerator)} of {number(each.denominator)}"
    return (
        f"{each.label} ({each.own_id})",
        number(each.value),
        each.unit or "",
        out_of,
        interval,
        each.definition or "",
        each.period or "",
    )
