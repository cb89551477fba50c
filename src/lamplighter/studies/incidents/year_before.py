"""An area's last twelve months against the twelve before, over the same calendar months: counts and their difference."""

# ruff: noqa: S608  (conditions are words that this package fixes itself)

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lamplighter.methods.effects import dispersion_of
from lamplighter.methods.two_counts import TwoCounts, two_counts
from lamplighter.schema import month_text
from lamplighter.workspace.completeness import partial_months

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen

YEAR = 12
ASB = "Anti-social behaviour"


@dataclass(frozen=True, kw_only=True)
class AreaMonth:
    """One month present of the force. rows: of the area, offences and victims; crimes: the same of every offence but ASB.

    offence_rows, offence_located: the force's rows of the offences and victims, and those of them with a point.
    """

    rows: int
    crimes: int
    offence_rows: int
    offence_located: int


@dataclass(frozen=True, kw_only=True)
class YearBefore:
    """One area. months: those counted, each held against the same month a year earlier. count, before: rows in either.

    Where no month has its partner, months are those that are whole, before is None and nothing is compared. change: None then,
    or where both counts are 0. dispersion: how much more the pairs differ in their change than chance would make them, at
    least 1; None where it could not be measured, and 1 is taken. crimes: all recorded crime of the area in `months`.
    share_change: later over earlier located share of the force, None where all rows are counted. explained: the difference is
    beyond chance, but that change could explain it.
    """

    months: tuple[int, ...]
    count: int
    before: int | None
    change: TwoCounts | None
    dispersion: float | None
    crimes: int | None
    share_change: float | None
    explained: bool

    @property
    def beyond_chance(self) -> bool:
        """Does the interval leave out no change, and could the located share not explain it?"""
        return self.change is not None and self.change.beyond_chance and not self.explained


def area_months(chosen: Chosen, *, whole_force: bool = False) -> dict[int, AreaMonth]:
    """Rows by month, all months present of the force; whole_force: of the force around a smaller area, on the area's basis."""
    area = "true" if whole_force else "in_area"
    located = "" if chosen.area.all_rows else " and located"
    rows = chosen.db.sql(
        f"select month, count(*) filter (where {area} and of_offence and of_victims{located}),"
        f" count(*) filter (where {area} and of_victims{located} and coalesce(offence, '') <> '{ASB}'),"
        " count(*) filter (where of_offence and of_victims),"
        " count(*) filter (where of_offence and of_victims and located) from asked group by 1 order by 1"
    ).fetchall()
    return {
        month: AreaMonth(rows=own, crimes=crimes, offence_rows=offence, offence_located=with_point)
        for month, own, crimes, offence, with_point in rows
    }


def whole_months(chosen: Chosen) -> frozenset[int]:
    """Months present of the force that don't look partial."""
    rows = dict(chosen.db.sql("select month, count(*) from asked group by 1").fetchall())
    partial = partial_months({month_text(month): count for month, count in rows.items()})
    return frozenset(month for month in rows if month_text(month) not in partial)


def last_year(chosen: Chosen) -> range:
    """The last twelve calendar months of the period, present or not; fewer where the period is shorter."""
    last = chosen.months[-1]
    return range(max(chosen.period[0], last - YEAR + 1), last + 1)


def paired(months: Iterable[int], whole: Collection[int]) -> tuple[int, ...]:
    """Those that are whole and have a whole month a year before them: winters are held against winters, or left out."""
    return tuple(each for each in months if each in whole and each - YEAR in whole)


def year_before(
    months: Mapping[int, AreaMonth], pairs: Sequence[int], *, alone: Sequence[int], all_rows: bool, every_offence: bool
) -> YearBefore:
    """Did the count change from the months before to these, by more than its months vary by themselves?

    Misleads where recording changed between the two years, and where the area was chosen because it moved. A leap day is not
    taken out. alone: what to count where there is no pair. all_rows: rows without a point are counted too, so that no located
    share can explain a change.
    """
    if not pairs:
        return YearBefore(
            months=tuple(alone),
            count=sum(months[each].rows for each in alone),
            before=None,
            change=None,
            dispersion=None,
            crimes=None if every_offence else sum(months[each].crimes for each in alone),
            share_change=None,
            explained=False,
        )
    later, earlier = pairs, [month - YEAR for month in pairs]
    count, before = (sum(months[each].rows for each in side) for side in (later, earlier))
    dispersion = pairs_dispersion([months[each].rows for each in earlier], [months[each].rows for each in later])
    change = two_counts(before, count, dispersion=dispersion or 1.0) if count or before else None
    shares = [
        _share(sum(months[each].offence_located for each in side), sum(months[each].offence_rows for each in side))
        for side in (earlier, later)
    ]
    moved = None if all_rows or not shares[0] or not shares[1] else shares[1] / shares[0]
    return YearBefore(
        months=tuple(pairs),
        count=count,
        before=before,
        change=change,
        dispersion=dispersion,
        crimes=None if every_offence else sum(months[each].crimes for each in later),
        share_change=moved,
        explained=change is not None and change.beyond_chance and moved is not None and could_explain(change, moved),
    )


def pairs_dispersion(before: Sequence[int], after: Sequence[int]) -> float | None:
    """How many times the Poisson variance do the pairs show around one common change? What a season does to both is no part.

    Pearson's X² of a table with a row a pair, over its degrees of freedom (pairs − 1), at least 1. None with fewer than two
    pairs that have a row, or a year without any.
    """
    totals = [sum(before), sum(after)]
    pairs = [pair for pair in zip(before, after, strict=True) if sum(pair)]
    found = dispersion_of(*((pair, totals) for pair in pairs)) if len(pairs) > 1 and all(totals) else None
    return None if found is None else max(1.0, found * len(pairs) / (len(pairs) - 1))


def could_explain(change: TwoCounts, share_change: float) -> bool:
    """Could the change of the located share alone have made this difference, within its interval?"""
    alone = change.first * (share_change - 1)
    if change.difference > 0 and alone > 0:
        return change.low <= alone
    if change.difference < 0 and alone < 0:
        return change.high >= alone
    return False


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
