"""How does the area compare with itself a year ago, with its force and with named others? Counts, never a league table.

The section `compared` of profile.json. area and each of with: rows in the last twelve months of the period (count) and in the
same calendar months a year before (before). why_not: the area could not be answered, and its numbers are null. A rate is per
1,000 of a number that the user supplied, over the months counted.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from lamplighter.errors import InputError, NoSuchName, listed
from lamplighter.schema import brief_words, distinct_slugs, month_text, month_words, number_words
from lamplighter.studies.incidents.chosen import polygon_words
from lamplighter.studies.incidents.saying import Figure, Finding, Interval
from lamplighter.studies.incidents.year_before import (
    ASB,
    YEAR,
    AreaMonth,
    YearBefore,
    area_months,
    last_year,
    paired,
    whole_months,
    year_before,
)

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen
    from lamplighter.studies.incidents.question import Polygon, ProfileQuestion

RATE_PER = 1000
FEWEST_FOUND = 20  # a share of fewer rows is a figure, but no finding
INTERVAL_WORDS = "95%, score limits widened by how much the months vary"
SHARE_RULE = (
    "Where only rows with a point are counted, a difference is not called if the change of the force's located share between the"
    " same months lies inside its interval."
)
RATE_LIMIT = (
    "It is no risk: those counted below are not those who were there, and the ground and the year have to be the same."
)


class Denominator(Protocol):
    """Out of how many a rate is: the number, what it counts, and who published it."""

    @property
    def value(self) -> float: ...
    @property
    def what(self) -> str: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class AreaCompared:
    """One area's answer. answer None: it could not be asked, `why_not` says why. part: `area`, `force` or the slug of a name."""

    name: str
    part: str
    counts_from: str
    answer: YearBefore | None
    denominator: Denominator | None
    why_not: str | None = None

    @property
    def share(self) -> float | None:
        """Percent of all recorded crime of the area; None where every offence was asked for, there is none, or it is no crime."""
        if self.answer is None or not self.answer.crimes:
            return None
        return round(100 * self.answer.count / self.answer.crimes, 1)

    def rate(self) -> dict[str, Any] | None:
        """Rows per 1,000 of what the user supplied."""
        if self.denominator is None or self.answer is None or not self.answer.months:
            return None
        below = self.denominator
        return {
            "value": round(RATE_PER * self.answer.count / below.value, 2),
            "per": RATE_PER,
            "rows": self.answer.count,
            "denominator": below.value,
            "what": below.what,
            "source": below.source,
            "months": len(self.answer.months),
            "limit": RATE_LIMIT,
        }

    def words(self) -> str:
        """The comparison in a sentence."""
        if self.answer is None:
            return f"{self.name} is not compared: {self.why_not}"
        found, change = self.answer, self.answer.change
        head = f"{self.name}: {number_words(found.count)} rows"
        if found.before is None:
            return f"{head}; no month has a whole month a year before it, so there is nothing to hold them against."
        head += f", a year before {number_words(found.before)}"
        if change is None:
            return f"{head}."
        size = f"{signed(change.difference)} rows; 95% interval {signed(round(change.low))} to {signed(round(change.high))}"
        return f"{head} ({size}): {self.verdict()}."

    def verdict(self) -> str:
        """Is the difference more than the months vary by themselves?"""
        found = self.answer
        if found is not None and found.explained:
            return "not called, since the change of the located share could explain it"
        beyond = found is not None and found.beyond_chance
        return f"{'more' if beyond else 'no more'} than its months vary by themselves"

    def told(self) -> dict[str, Any]:
        """One entry of the section."""
        found = self.answer
        change = None if found is None else found.change
        shift = None if found is None else found.share_change
        return {
            "name": self.name,
            "counts_from": self.counts_from,
            "months": [] if found is None else [month_text(each) for each in found.months],
            "count": None if found is None else found.count,
            "before": None if found is None else found.before,
            "difference": None if change is None else round(change.difference),
            "low": None if change is None else round(change.low),
            "high": None if change is None else round(change.high),
            "e_test_p": None if change is None else float(f"{change.e_test_p:.2g}"),
            "dispersion": None if found is None or found.dispersion is None else round(found.dispersion, 2),
            "beyond_chance": found is not None and found.beyond_chance,
            "share_of_offences": self.share,
            "all_crime": None if found is None else found.crimes,
            "located_share_percent": None if shift is None else round(100 * (shift - 1), 1),
            "explained_by_share": found is not None and found.explained,
            "rate": self.rate(),
            "words": self.words(),
            "why_not": self.why_not,
        }

    def figures(self, offences: str) -> list[Figure]:
        """Its numbers, each with its parts."""
        found = self.answer
        if found is None or not found.months:
            return []
        later, earlier = (_span(found.months, back=back) for back in (0, YEAR))
        head, counted = f"compared.{self.part}", f"{self.name}: rows of {offences} ({self.counts_from})"

        def one(name: str, label: str, value: float | None, unit: str, **more: Any) -> Figure:
            parts = {"period": later, "rows": found.count, "definition": f"{counted}.", **more}
            return Figure(id=f"{head}.{name}", label=f"{self.name}: {label}", value=value, unit=unit, **parts)

        figures = [one("count", "rows", found.count, "rows")]
        if found.before is not None:
            figures.append(one("before", "rows a year before", found.before, "rows", period=earlier, rows=found.before))
        if found.before is not None and found.change is not None:
            low, high = float(round(found.change.low)), float(round(found.change.high))
            figures.append(
                one("difference", "difference to the year before", float(round(found.change.difference)), "rows",
                    definition=f"{counted}, less those of the same months a year before. Exact test (E-test): p ="
                    f" {found.change.e_test_p:.2g}, which knows of chance only.",
                    rows=found.count + found.before, interval=Interval(low=low, high=high, words=INTERVAL_WORDS))
            )  # fmt: skip
        if self.share is not None:
            figures.append(
                one("share", "share of all its recorded crime", self.share, "%", numerator=found.count,
                    denominator=found.crimes, definition=f"{counted}, of its rows of every offence but {ASB.casefold()}.")
            )  # fmt: skip
        rate = self.rate()
        if rate is not None:
            figures.append(
                one("rate", f"rows per {RATE_PER:,}: {rate['what']}", rate["value"], f"per {RATE_PER:,}",
                    numerator=found.count, denominator=rate["denominator"],
                    definition=f"{counted}, per {RATE_PER:,}: {rate['what']} ({rate['source']}). {RATE_LIMIT}")
            )  # fmt: skip
        return figures


@dataclass(frozen=True, kw_only=True)
class Compared:
    """The area first, then its force (where it is smaller and more of it is held) and the others in the order asked.

    alone_in: the force, where the workspace holds none of its rows outside the area, so that it would stand beside itself.
    """

    area: AreaCompared
    others: tuple[AreaCompared, ...]
    offence_words: str
    left_out: tuple[int, ...]
    alone_in: str | None = None

    def told(self) -> dict[str, Any]:
        """The section `compared`."""
        return {
            "area": self.area.told(),
            "with": [each.told() for each in self.others],
            "rate": self.area.rate(),
            "words": self._words(),
            "rule": SHARE_RULE,
            "months_left_out": [month_text(each) for each in self.left_out],
        }

    def _words(self) -> str:
        words = self.area.words()
        if self.left_out and self.area.answer is not None and self.area.answer.before is not None:
            names = listed(month_words(each) for each in self.left_out)
            words += f" Left out on both sides, since one of the pair is missing or partial: {names}."
        if self.alone_in is not None:
            words += (
                f" {self.alone_in} does not stand beside it: all its rows that were imported lie in {self.area.name}."
            )
        return words

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Counts, differences, shares and rates of every area, and how many months were held against each other."""
        found = [figure for each in (self.area, *self.others) for figure in each.figures(self.offence_words)]
        answer = self.area.answer
        if answer is not None and answer.before is not None:
            months = Figure(
                id="compared.months", label="Months held against the same months a year before", value=len(answer.months),
                unit="months", definition="Whole months at the end of the period that have a whole month a year before them.",
                period=_span(answer.months, back=0), rows=None,
            )  # fmt: skip
            found.insert(0, months)
        return tuple(found)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The change to the year before, and the share beside that of the force."""
        answer, found = self.area.answer, []
        if answer is not None and answer.change is not None:
            text = (
                f"{number_words(answer.count)} rows in the last {number_words(len(answer.months))} months that can be compared,"
                f" {number_words(answer.before)} in the same months a year before: {signed(answer.change.difference)},"
                f" {self.area.verdict()}."
            )
            ids = ("compared.area.count", "compared.months", "compared.area.before", "compared.area.difference")
            found.append(Finding(text=text, figure_ids=ids, confidence="moderate", weight=80))
        force = next((each for each in self.others if each.part == "force"), None)
        few = answer is None or answer.count < FEWEST_FOUND
        if force is not None and force.share is not None and self.area.share is not None and not few:
            here, there = brief_words(self.area.share), brief_words(force.share)
            text = (
                f"The offences asked about are {here}% of all recorded crime with a point in {self.area.name}, and {there}% in"
                f" {force.name}."
            )
            found.append(
                Finding(
                    text=text, figure_ids=("compared.area.share", "compared.force.share"), confidence="high", weight=30
                )
            )
        return tuple(found)

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """No rate without a denominator, and what no rate can say."""
        if self.area.denominator is None:
            return (f"A rate for {self.area.name}: nobody supplied a number of people, visits or hours to divide by.",)
        return (f"The risk to anybody in {self.area.name}: a rate divides rows by {self.area.denominator.what}.",)


def compared(
    chosen: Chosen,
    *,
    choose_other: Callable[[ProfileQuestion], Chosen],
    denominators: Mapping[str, Denominator] | None = None,
) -> Compared:
    """How do the last twelve months compare with the twelve before, here, in the force around it and in named others?

    choose_other: asks the same question of another area (`lambda question: choose(engine, question)`). On the engine of `chosen`
    it takes the table `asked` over, so this study then has to be the last. denominators: area's name → what its rate is out of.
    An area without the offences or the months is told with the reason. Differences carry an interval widened by how much the
    months vary and an exact test that knows of chance only. Misleads where forces record differently, where areas were chosen
    for their change, and where recording changed between the years. Raises NoSuchName for an area that is not
    there, InputError for a denominator that is not above 0.
    """
    below = {_key(name): each for name, each in (denominators or {}).items()}
    for name, each in (denominators or {}).items():
        if not each.value > 0:
            raise InputError(f"The denominator of {name} is {each.value:g}. Give a number above 0, or leave it out.")
    span, whole = last_year(chosen), whole_months(chosen)
    pairs = paired(span, whole)
    others_held = chosen.number("select count(*) from asked where not of_offence and offence <> $asb", {"asb": ASB})
    # Anti-social behaviour is no crime: rows of it are no share of crime.
    no_share = chosen.all_offences or not others_held or ASB in chosen.offences
    all_rows = chosen.area.all_rows
    basis = "all rows" if all_rows else "located rows"

    def one(
        name: str, part: str, months: Mapping[int, AreaMonth], counts_from: str, present: frozenset[int]
    ) -> AreaCompared:
        # others are counted in the months of the area, so that all numbers are of one year
        answer = year_before(
            months,
            [each for each in pairs if each in paired(span, present)],
            alone=[each for each in span if each in present and each in whole],
            all_rows=counts_from == "all rows",
            every_offence=no_share,
        )
        return AreaCompared(
            name=name, part=part, counts_from=counts_from, answer=answer, denominator=below.get(_key(name))
        )

    area = one(chosen.area.name, "area", area_months(chosen), basis, whole)
    others = []
    alone_in = None
    if not all_rows:
        force = one(chosen.area.force, "force", area_months(chosen, whole_force=True), basis, whole)
        alone = area_months(chosen, whole_force=True) == area_months(chosen)
        alone_in = force.name if alone else None
        others += [] if alone else [force]
    names = [polygon_words(asked) or "" for asked in chosen.question.compare]
    parts = distinct_slugs(names, taken=("area", "force", "months"), lacking="area")
    for asked, name, part in zip(chosen.question.compare, names, parts, strict=True):
        try:
            other = choose_other(_other_question(chosen, asked))
        except InputError as error:
            if isinstance(error, NoSuchName) and not error.kind.startswith("offence"):
                raise
            others.append(
                AreaCompared(name=name, part=part, counts_from=basis, answer=None, denominator=None, why_not=str(error))
            )
            continue
        counts_from = "all rows" if other.area.all_rows else "located rows"
        others.append(one(other.area.name, part, area_months(other), counts_from, whole_months(other)))
    return Compared(
        area=area,
        others=tuple(others),
        offence_words=chosen.offence_words,
        left_out=tuple(each for each in span if each not in pairs),
        alone_in=alone_in,
    )


def _other_question(chosen: Chosen, asked: str | Polygon) -> ProfileQuestion:
    return replace(
        chosen.question,
        area=asked,
        force=None,
        offences=None if chosen.all_offences else chosen.offences,
        first=chosen.period[0],
        last=chosen.period[1],
        victims="female" if chosen.women_and_girls else "all",
        compare=(),
    )


def signed(value: float) -> str:
    """+1,200, −340 or 0."""
    whole = round(value)
    return f"+{number_words(whole)}" if whole > 0 else number_words(whole)


def _span(months: Sequence[int], *, back: int) -> str:
    return f"{month_text(months[0] - back)} to {month_text(months[-1] - back)}"


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
