"""Which reductions there are, what each answers, and which question no reduction can answer."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from lamplighter.errors import NoSuchName, QuestionRefused


@dataclass(frozen=True, kw_only=True)
class Reduction:
    """One .sql file: its table, the columns that it gives (in order; sorted by all but the last)."""

    name: str
    table: str
    columns: tuple[str, ...]

    @property
    def sql(self) -> str:
        """The text of the file, with its one parameter, `:last_month`."""
        return (files("lamplighter.reductions") / "sql" / f"{self.name}.sql").read_text(encoding="utf-8")


_ALL = (
    Reduction(
        name="crimes_by_month_ward", table="offences_place", columns=("recorded_month", "borough", "ward", "crimes")
    ),
    Reduction(
        name="crimes_by_month_place",
        table="offences_place",
        columns=("recorded_month", "bcu", "borough", "ward", "crimes"),
    ),
    Reduction(
        name="delays_by_month_borough",
        table="offences_place",
        columns=("recorded_month", "bcu", "borough", "delay_months", "why_unknown", "crimes"),
    ),
    Reduction(
        name="crimes_by_month_subgroup",
        table="offences_kind",
        columns=("recorded_month", "offence_group", "offence_subgroup", "crimes"),
    ),
    Reduction(
        name="delays_by_year_group",
        table="offences_kind",
        columns=("recorded_year", "offence_group", "delay_months", "why_unknown", "crimes"),
    ),
    Reduction(name="victims_by_month", table="victims_place", columns=("recorded_month", "victims")),
    Reduction(
        name="victims_by_month_ward", table="victims_place", columns=("recorded_month", "borough", "ward", "victims")
    ),
    Reduction(name="victims_by_month_age", table="victims_age", columns=("recorded_month", "age_group", "victims")),
    Reduction(
        name="victims_by_month_ethnicity", table="victims_ethnicity", columns=("recorded_month", "ethnicity", "victims")
    ),
    Reduction(
        name="incidents_by_month_offence",
        table="incidents",
        columns=("force_name", "month", "offence", "located", "incidents"),
    ),
    Reduction(
        name="references_by_force", table="incidents", columns=("force_name", "incidents", "distinct_references")
    ),
)

REDUCTIONS: dict[str, Reduction] = {reduction.name: reduction for reduction in _ALL}


def reduction_named(name: str) -> Reduction:
    """The reduction of that name. Raises NoSuchName with the nearest."""
    if name not in REDUCTIONS:
        raise NoSuchName("reduction", name, tuple(REDUCTIONS))
    return REDUCTIONS[name]


def check_place_or_offence(place: str | None, offence: str | None) -> None:
    """Refuse a question that names a place and an offence at once. Raises QuestionRefused."""
    if place is not None and offence is not None:
        raise QuestionRefused(
            f"{offence} in {place} can't be answered: the Met's tables give crimes by place or by offence, never both,"
            " and the two sheets hold the same crimes. Ask for the place with all offences, or the offence in all of"
            " London."
        )
