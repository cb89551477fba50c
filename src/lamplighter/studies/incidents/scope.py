"""What does the source hold of this question, month by month, what was refused or is missing, and what can it never say?

The section `completeness` of profile.json. rows_read, rows_kept, rows_refused, rows_duplicate and refused are the ledger of all
imports of the force; rows_of_force, located, asb_rows, distinct_crime_ids and off_ground are of its live rows in all months;
rows_of_question, known and offence_located_share are of the question. by_month holds every month present of the force; in those
outside the period of the question of_question is null: not asked.
"""

# ruff: noqa: S608  (conditions are words that this package fixes itself; values are parameters)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lamplighter.errors import listed
from lamplighter.schema import brief_words, month_number, month_text, month_words, number_words
from lamplighter.studies.coverage import ForceCoverage, coverage
from lamplighter.studies.incidents.chosen import OWN_GROUND_SHARE, Chosen
from lamplighter.studies.incidents.question import STREET_OFFENCE
from lamplighter.studies.incidents.saying import Figure, Finding

if TYPE_CHECKING:
    from lamplighter.workspace import Workspace

_FIELDS = {  # column or condition of `asked` → its name for a reader
    "located": "point",
    "victim_sex": "victim's sex",
    "victim_age_band": "victim's age",
    "victim_ethnicity": "victim's ethnicity",
    "relationship": "relationship of victim and suspect",
    "from_minute": "time from which it was committed",
    "to_minute": "time until which it was committed",
    "reported_minute": "time of report",
    "premises": "premises",
    "place_setting": "setting (public, home or online)",
    "flags": "mark for domestic abuse or the like",
    "location_text": "name of the place",
    "district": "district",
    "outcome": "outcome",
    "outcome_day": "day of the outcome",
}
_NO_GAP = (
    "district",
    "to_minute",
)  # no time “until” may mean that the time “from” is exact: the study of time says which
_IS_KNOWN = {"located": "located", "place_setting": "place_setting <> 'unknown'"}
_NEVER = (
    "Who did it: a row names no suspect, so nothing here is about suspects or people who cause harm again and again.",
    "What was never reported or never recorded: a rise may be more reporting or better recording, a fall may be less trust.",
    "How many people were harmed: rows are counted, and one person may stand behind several of them.",
    "Why a place has much or little: the rows hold no causes, no footfall and no number of residents.",
)
_STREET = (
    "The victim's sex: crimes against women and girls can't be told from crimes against anybody else.",
    "How victim and suspect know each other, and whether it was domestic abuse: there is no relationship and no such mark.",
    "The day and the hour: the source gives a month only, so no time of day can be drawn from it.",
    "The address: a point is the nearest of a fixed list of map points, often the middle of a street, and many rows share one.",
    "Whether it happened in public, at home or online, except where the text of its point names a facility.",
    "Which outcome code was used: outcomes stand under labels that join several codes, as known when published.",
)


@dataclass(frozen=True, kw_only=True)
class MonthHeld:
    """One month present of the force. of_question None: the month was not asked about.

    offence_rows, offence_located: all rows of the force of the question's offences and victims, and those with a point.
    """

    month: int
    rows: int
    located: int
    of_question: int | None
    offence_rows: int
    offence_located: int

    @property
    def offence_located_share(self) -> float | None:
        """Of the force's rows of these offences, the share that has a point; None without a row."""
        return self.offence_located / self.offence_rows if self.offence_rows else None


@dataclass(frozen=True, kw_only=True)
class Scope:
    """How complete the source is for this question. months: by month. known: column → rows of the question that tell it."""

    ledger: ForceCoverage
    heading: str
    months: tuple[MonthHeld, ...]
    months_missing_in_period: tuple[int, ...]
    months_partial_in_period: tuple[int, ...]
    rows_of_question: int
    located_of_question: int
    known: Mapping[str, int]
    off_ground: tuple[tuple[str, int], ...]
    period_words: str
    cannot_say: tuple[str, ...]

    @property
    def off_ground_rows(self) -> int:
        """Rows whose district is not the force's own ground."""
        return sum(rows for _, rows in self.off_ground)

    def told(self) -> dict[str, Any]:
        """The section `completeness`."""
        ledger = self.ledger
        return {
            "heading": self.heading,
            "rows_read": ledger.rows_read,
            "rows_kept": ledger.rows_kept,
            "rows_refused": ledger.rows_refused,
            "rows_duplicate": ledger.rows_duplicate,
            "refused": dict(ledger.refused),
            "rows_of_force": ledger.rows_live,
            "rows_of_question": self.rows_of_question,
            "located": ledger.located,
            "located_share": _share(ledger.located, ledger.rows_live),
            "located_of_question": self.located_of_question,
            "asb_rows": ledger.asb_rows,
            "distinct_crime_ids": ledger.distinct_crime_ids,
            "off_ground": {
                "rows": self.off_ground_rows,
                "districts": [{"name": name, "rows": rows} for name, rows in self.off_ground],
                "rule": _GROUND_RULE,
            },
            "months_present": list(ledger.months_present),
            "months_missing": list(ledger.months_missing),
            "months_partial": list(ledger.months_partial),
            "months_missing_in_period": [month_text(each) for each in self.months_missing_in_period],
            "months_partial_in_period": [month_text(each) for each in self.months_partial_in_period],
            "by_month": [
                {
                    "month": month_text(each.month),
                    "rows": each.rows,
                    "located": each.located,
                    "located_share": _share(each.located, each.rows),
                    "offence_located_share": _share(each.offence_located, each.offence_rows),
                    "of_question": each.of_question,
                }
                for each in self.months
            ],
            "known": [
                {
                    "field": column,
                    "words": _FIELDS[column],
                    "known": known,
                    "of": self.rows_of_question,
                    "share": _share(known, self.rows_of_question),
                }
                for column, known in self.known.items()
            ],
        }

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The counts of the ledger and of the live rows."""
        ledger = self.ledger
        whole = f"{ledger.months_present[0]} to {ledger.months_present[-1]}" if ledger.months_present else "no month"
        located = _percent(ledger.located, ledger.rows_live)

        def count(name: str, label: str, value: int, definition: str, *, period: str = whole) -> Figure:
            return Figure(
                id=f"completeness.{name}", label=label, value=value, unit="rows", definition=definition, period=period, rows=value
            )  # fmt: skip

        return (
            count("rows_read", "Rows read", ledger.rows_read, "Rows in all files of this force that were imported."),
            count("rows_refused", "Rows refused", ledger.rows_refused, "Rows that no reader could use, each with its reason."),
            count("rows_of_force", "Rows of the force", ledger.rows_live, "All live rows of the force, of every offence."),
            Figure(
                id="completeness.located_share", label="Rows of the force with a point", value=located, unit="%",
                numerator=ledger.located, denominator=ledger.rows_live, rows=ledger.rows_live, period=whole,
                definition="Live rows of the force that have coordinates, of all its live rows.",
            ),
            count("asb_rows", "Rows of anti-social behaviour", ledger.asb_rows, "Never added to crime."),
            Figure(
                id="completeness.distinct_crime_ids", label="Distinct references", value=ledger.distinct_crime_ids,
                unit="references", definition="Different references among the live rows: a reference is no key of a row.",
                period=whole, rows=ledger.rows_live,
            ),
            count("off_ground", "Rows off the force's own ground", self.off_ground_rows, _GROUND_RULE),
            Figure(
                id="completeness.months_missing", label="Months of the period that are missing",
                value=len(self.months_missing_in_period), unit="months", period=self.period_words, rows=None,
                definition="Months between the first and the last asked without any row of the force: unknown, not 0.",
            ),
        )  # fmt: skip

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is missing, in a sentence or two."""
        found = []
        missing = len(self.months_missing_in_period)
        if missing:
            months = "1 month of the period is" if missing == 1 else f"{number_words(missing)} months of the period are"
            text = f"{months} missing from the source: unknown, not without crime."
            found.append(Finding(text=text, figure_ids=("completeness.months_missing",), confidence="high", weight=20))
        share = _percent(self.ledger.located, self.ledger.rows_live)
        if share is not None and share < 100:
            text = f"{brief_words(share)}% of the force's rows have a point; the rest are on no map."
            found.append(Finding(text=text, figure_ids=("completeness.located_share",), confidence="high", weight=10))
        return tuple(found)


_GROUND_RULE = (
    f"A district is the force's own ground where it holds at least {100 * OWN_GROUND_SHARE:g}% of the force's rows with a point. "
    "Rows of other districts are counted and shown here, and set no extent of a map."
)


def scope(chosen: Chosen, workspace: Workspace, *, ledger: ForceCoverage | None = None) -> Scope:
    """How complete is the source for this question, and what can it not say?

    ledger: what `coverage(…, repeats=False)` gives of this force and source, where the caller has it already (many profiles of
    one workspace).
    At least six things that can't be said: for street data by what that source never holds, for an extract by what its rows
    in fact leave unknown, with counts. Misleads where a field is filled with a wrong word: a value that is there counts as
    known. Months before the first and after the last import nobody can know of.
    """
    ledger = ledger or next(
        each
        for each in coverage(workspace, repeats=False)
        if each.force == chosen.area.force and each.source == chosen.source
    )
    months = months_held(chosen)
    known = _known(chosen)
    first, last = chosen.period
    partial = tuple(month for each in ledger.months_partial if first <= (month := month_number(each)) <= last)
    return Scope(
        ledger=ledger,
        heading=_heading(chosen, months),
        months=months,
        months_missing_in_period=chosen.months_missing,
        months_partial_in_period=partial,
        rows_of_question=known.pop("rows"),
        located_of_question=known["located"],
        known=known,
        off_ground=tuple(
            chosen.db.sql(
                "select district, count(*) from asked where not own_ground and located group by 1 order by 2 desc, 1"
            ).fetchall()
        ),
        period_words=chosen.period_words,
        cannot_say=(*_kept_from(chosen, known), *_gaps(chosen, partial), *_NEVER),
    )


def months_held(chosen: Chosen) -> tuple[MonthHeld, ...]:
    """Rows of the force and of the question by month, every month present of the force."""
    rows = chosen.db.sql(
        "select month, count(*), count(*) filter (where located), count(*) filter (where of_question),"
        " count(*) filter (where of_offence and of_victims),"
        " count(*) filter (where of_offence and of_victims and located) from asked group by 1 order by 1"
    ).fetchall()
    first, last = chosen.period
    return tuple(
        MonthHeld(
            month=month, rows=rows, located=located, of_question=asked if first <= month <= last else None,
            offence_rows=offence, offence_located=offence_located,
        )
        for month, rows, located, asked, offence, offence_located in rows
    )  # fmt: skip


def _heading(chosen: Chosen, months: tuple[MonthHeld, ...]) -> str:
    area = chosen.area
    if area.all_rows:
        return f"{area.name}: all its rows, with a point or without."
    held = [each for each in months if each.month in chosen.months and each.offence_located_share is not None]
    words = f"{area.name}: only rows with a point. Rows without one name no place smaller than {area.force}."
    if not held:
        return words
    low, high = (each(held, key=lambda one: one.offence_located_share or 0.0) for each in (min, max))
    least, most = (
        f"{100 * (each.offence_located_share or 0.0):.0f}% ({month_words(each.month)})" for each in (low, high)
    )
    held_words = (
        f"{least} to {most} a month" if least.split()[0] != most.split()[0] else f"{least.split()[0]} of every month"
    )
    return f"{words} Of the force's rows of these offences that were imported, {held_words} have a point."


def _known(chosen: Chosen) -> dict[str, int]:
    """`rows` of the question, and of these how many tell each field."""
    counts = ", ".join(
        f"count(*) filter (where {_IS_KNOWN[name]})" if name in _IS_KNOWN else f"count({name})" for name in _FIELDS
    )
    [row] = chosen.db.sql(f"select count(*), {counts} from asked where of_question").fetchall()
    return dict(zip(("rows", *_FIELDS), (int(each) for each in row), strict=True))


def _kept_from(chosen: Chosen, known: Mapping[str, int]) -> list[str]:
    rows = chosen.number("select count(*) from asked where of_question")
    if chosen.is_street:
        split = [f"How much of “{STREET_OFFENCE}” is either: the source puts them under one heading."]
        asb = chosen.number("select count(*) from asked where offence = 'Anti-social behaviour'")
        left = (
            [f"Anti-social behaviour as crime: its {asb:,} rows of the force are never added to crime."] if asb else []
        )
        return [*_STREET, *(split if STREET_OFFENCE in chosen.offences else []), *left]
    told = []
    for column, name in _FIELDS.items():
        if column == "victim_sex" and chosen.women_and_girls:
            told += _sex_left_out(chosen)
        elif column in _NO_GAP:
            continue
        elif not known[column]:
            told.append(f"The {name}: no row of the question tells it.")
        elif known[column] < rows:
            told.append(f"The {name} of {_part(rows - known[column], rows)}: it is unknown there.")
    return told


def _sex_left_out(chosen: Chosen) -> list[str]:
    located = "" if chosen.area.all_rows else " and located"
    [(rows, known)] = chosen.db.sql(
        f"select count(*), count(victim_sex) from asked where in_area and in_period and of_offence{located}"
    ).fetchall()
    if known == rows:
        return []
    words = f"Whether the victim was a woman or girl in {_part(rows - known, rows)}"
    return [f"{words}: they tell no sex and are left out, though some belong here."]


def _part(part: int, rows: int) -> str:
    percent = 100 * part / rows
    return f"{part:,} of {rows:,} rows ({'under 1' if percent < 1 else f'{percent:.0f}'}%)"


def _gaps(chosen: Chosen, partial: tuple[int, ...]) -> list[str]:
    told = []
    if chosen.months_missing:
        told.append(f"What happened in {_months(chosen.months_missing)}: the source has no row of the force then.")
    if partial:
        told.append(
            f"How much is missing from {_months(partial)}, which by rows a day look as if only a part had come."
        )
    return told


def _months(months: tuple[int, ...]) -> str:
    return listed(month_words(each) for each in months)


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _percent(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
