"""How many days from the report to the outcome, where an extract has both dates: of those that ended, which flatters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from lamplighter.methods.small_counts import LEAST, ten_five
from lamplighter.schema import brief_words, number_words
from lamplighter.studies.incidents.saying import Figure

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen

DAY_MINUTES = 24 * 60


@dataclass(frozen=True, kw_only=True)
class Days:
    """Days from the report (or the start, where nobody knows the report) to the outcome's day, of rows that have both.

    known, unknown: rows with and without both days, as may be told of an extract (None: too few). backwards: of the unknown,
    rows whose outcome lies before their report, where there are 10 or more. median, quartiles: None where fewer than 10 rows.
    """

    known: int | None
    unknown: int | None
    backwards: int | None
    median: float | None
    lower_quartile: float | None
    upper_quartile: float | None
    begins: str

    @property
    def words(self) -> str:
        """In a sentence, with how many are unknown."""
        if self.median is None:
            return "Too few rows have both days to say how long it took."
        unknown = "fewer than 10" if self.unknown is None else f"about {number_words(self.unknown)}"
        return (
            f"Half of the rows with an outcome's day had it within {brief_words(self.median)} days of {self.begins}; the middle"
            f" half took {brief_words(self.lower_quartile)} to {brief_words(self.upper_quartile)} days. {unknown.capitalize()}"
            " rows have no such day: those still open have taken longer already, so that these days flatter."
        )

    def told(self) -> dict[str, Any]:
        """The part `days` of the section."""
        return {
            "median": self.median, "lower_quartile": self.lower_quartile, "upper_quartile": self.upper_quartile,
            "known": self.known, "unknown": self.unknown, "backwards": self.backwards, "begins": self.begins,
            "words": self.words,
        }  # fmt: skip

    def figures(self, period: str) -> Iterator[Figure]:
        """The median."""
        yield Figure(
            id="outcomes.days.median", label="Median days to the outcome", value=self.median, unit="days",
            definition=f"Days from {self.begins} to the outcome's day, of rows that have both; rows still open are not in it.",
            period=period, rows=self.known,
        )  # fmt: skip


def days_of(chosen: Chosen) -> Days:
    """How long did it take from the report to the outcome, for rows of the question that have both days?

    Quartiles between two rows are drawn straight. Misleads by leaving out what has not ended, and young months most.
    """
    begins = "the report" if "reported_minute" in chosen.told else "its start"
    table = chosen.ask(
        "select coalesce(reported_minute, from_minute) as minute, outcome_day from asked where of_question order by 1, 2"
    )
    rows = table.num_rows
    both = table.filter(_both(table))
    days = both["outcome_day"].to_numpy() - both["minute"].to_numpy() // DAY_MINUTES
    backwards = int((days < 0).sum())
    days = days[days >= 0]
    enough = len(days) >= LEAST
    lower, median, upper = (
        (round(float(each), 1) for each in np.percentile(days, [25, 50, 75])) if enough else [None] * 3
    )
    return Days(
        known=ten_five(len(days)),
        unknown=ten_five(rows - len(days)),
        backwards=ten_five(backwards),
        median=median,
        lower_quartile=lower,
        upper_quartile=upper,
        begins=begins,
    )


def _both(table: Any) -> Any:
    import pyarrow.compute as pc

    return pc.and_(table["minute"].is_valid(), table["outcome_day"].is_valid())
