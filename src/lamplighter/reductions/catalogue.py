"""Which reductions there are, what each answers, and which question no reduction can answer."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files

from lamplighter.errors import NoSuchName, QuestionRefused

OUTSIDE_VAWG_GROUP = "Other flagged offences outside of VAWG"

_MONTHS = ("first_month", "last_month")
_MONTHS_AND_GROUP = (*_MONTHS, "outside_group")


@dataclass(frozen=True, kw_only=True)
class Reduction:
    """One .sql file: its table, the columns that it gives (in order; sorted by all but the last) and its parameters."""

    name: str
    table: str
    columns: tuple[str, ...]
    parameters: tuple[str, ...] = _MONTHS

    @property
    def sql(self) -> str:
        """The text of the file, with its `:name` parameters."""
        return (files("lamplighter.reductions") / "sql" / f"{self.name}.sql").read_text(encoding="utf-8")

    @property
    def answers(self) -> str:
        """The question that the file's opening comment asks."""
        comment = [line[2:].strip() for line in self.sql.splitlines() if line.startswith("--")]
        return " ".join(comment)


def _by_place(who: str) -> tuple[Reduction, ...]:
    table = {"crimes": "offences_place", "victims": "victims_place"}[who]
    areas = {
        "": (),
        "_bcu": ("bcu",),
        "_borough": ("borough",),
        "_ward": ("borough", "ward"),
        "_place": ("bcu", "borough", "ward"),
    }
    return tuple(
        Reduction(name=f"{who}_by_month{ending}", table=table, columns=("recorded_month", *keys, who))
        for ending, keys in areas.items()
    )


def _by_kind(name: str, *keys: str) -> Reduction:
    columns = ("recorded_month", *keys, "outside_vawg", "crimes")
    return Reduction(name=name, table="offences_kind", columns=columns, parameters=_MONTHS_AND_GROUP)


_ALL = (
    *_by_place("crimes"),
    *_by_place("victims"),
    _by_kind("crimes_by_month_group", "offence_group"),
    _by_kind("crimes_by_month_subgroup", "offence_group", "offence_subgroup"),
    _by_kind("crimes_by_month_offence", "offence_group", "offence_subgroup", "offence", "vawg_offence"),
    Reduction(
        name="delays_by_year_group",
        table="offences_kind",
        columns=("recorded_year", "offence_group", "delay_months", "why_unknown", "crimes"),
    ),
    Reduction(name="victims_by_month_age", table="victims_age", columns=("recorded_month", "age_group", "victims")),
    Reduction(
        name="victims_by_month_ethnicity", table="victims_ethnicity", columns=("recorded_month", "ethnicity", "victims")
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
