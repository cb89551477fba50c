"""What the studies ask of a workspace: small tables from the reductions, fetched once, and how we know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lamplighter import __version__, definitions
from lamplighter.schema import month_text, slug_of
from lamplighter.studies.answers import Provenance

if TYPE_CHECKING:
    from lamplighter.reductions.engine import Engine
    from lamplighter.workspace import Workspace


FINE = 6  # decimals of a share as it is kept: what prints it rounds once, and rounding twice turns 22.549 into 22.6


UNKNOWN = "Unknown"
OFTEN = 1000  # a year: below that, a percentage is mostly noise


def full_years(months: Sequence[int]) -> list[int]:
    """The calendar years of which every month is there."""
    present = set(months)
    years = sorted({month // 12 for month in present})
    return [year for year in years if all(year * 12 + each in present for each in range(12))]


def year_total(counts: Mapping[int, int], present: set[int], year: int) -> int | None:
    """A calendar year's total, or None unless the table holds all its months."""
    months = range(year * 12, year * 12 + 12)
    return sum(counts.get(each, 0) for each in months) if all(each in present for each in months) else None


class Evidence:
    """One state of a workspace as the studies see it. Each table is fetched once; months come with it.

    Rows are tuples in the order that each method's docstring says. A group, area, age or ethnicity that the file left empty
    is Unknown; a ward that it left empty is None.

    until: the last month that is looked at; later months are as if they had not been imported. The numbers of earlier months
    stay those of the extract that was imported, with what was revised since.
    """

    def __init__(self, workspace: Workspace, *, until: int | None = None):
        self._workspace = workspace
        self._until = until
        self._engine: Engine | None = None
        self._kept: dict[str, list[tuple[Any, ...]]] = {}

    def has(self, table: str) -> bool:
        """Was anything of this table imported?"""
        return bool(self.months(table))

    def months(self, table: str) -> tuple[int, ...]:
        """The months that the table has rows for: there a key without a row is a true 0."""
        return tuple(each for each in self._workspace.months(table) if self._until is None or each <= self._until)

    def crimes_by_kind(self) -> list[tuple[int, str, str, int]]:
        """(month, group, sub-group, crimes), from the table by kind."""
        columns = ("recorded_month", "offence_group", "offence_subgroup", "crimes")
        return self._rows("crimes_by_month_subgroup", columns, named=("offence_group", "offence_subgroup"))

    def crimes_by_place(self) -> list[tuple[int, str, str, str | None, int]]:
        """(month, BCU, borough, ward, crimes), from the table by place: all flagged offences, those outside VAWG too."""
        columns = ("recorded_month", "bcu", "borough", "ward", "crimes")
        return self._rows("crimes_by_month_place", columns, named=("bcu", "borough"))

    def delays(self) -> list[tuple[int, str, int | None, int]]:
        """(year recorded, group, delay in months or None, crimes)."""
        columns = ("recorded_year", "offence_group", "delay_months", "crimes")
        return self._rows("delays_by_year_group", columns, named=("offence_group",))

    def delays_by_place(self) -> list[tuple[int, str, str, int | None, int]]:
        """(month, BCU, borough, delay in months or None, crimes): all flagged offences, those outside VAWG too."""
        columns = ("recorded_month", "bcu", "borough", "delay_months", "crimes")
        return self._rows("delays_by_month_borough", columns, named=("bcu", "borough"))

    def victims_by_age(self) -> list[tuple[int, str, int]]:
        """(month, age group, victims)."""
        return self._rows("victims_by_month_age", ("recorded_month", "age_group", "victims"), named=("age_group",))

    def victims_by_ethnicity(self) -> list[tuple[int, str, int]]:
        """(month, ethnicity, victims); one of the five values is Unknown."""
        columns = ("recorded_month", "ethnicity", "victims")
        return self._rows("victims_by_month_ethnicity", columns, named=("ethnicity",))

    def victims_by_month(self) -> dict[int, int]:
        """Month → victims, from the table by place."""
        return dict(self._rows("victims_by_month", ("recorded_month", "victims")))

    def groups_inside(self) -> set[str]:
        """The offence groups that the publisher's VAWG definition holds. A group that we don't know is not in it."""
        return {row["offence_group"] for row in definitions.rows("offence_groups.csv") if row["inside_vawg"] == "yes"}

    def group_slug(self, group: str) -> str:
        """The group's part of an address."""
        known = {row["offence_group"]: row["slug"] for row in definitions.rows("offence_groups.csv")}
        return known.get(group, slug_of(group))

    def provenance(self, study: str, tables: tuple[str, ...], question: Mapping[str, str]) -> Provenance:
        """How we know: the imports and files that these tables' live rows come from, with what was refused of them.

        rows_used counts the rows of the whole table, those of months after `until` too: the question then names that month.
        """
        files: list[tuple[str, str]] = []
        ids = self._workspace.import_ids(tables)
        lines = [line for each in ids for line in self._workspace.manifest(each).files if not line.rows_duplicate]
        used = 0
        for table in tables:
            for _, record in self._workspace.live_files(table):
                used += record.rows
                files += [(line.name, line.sha256) for line in lines if line.sha256 == record.source_sha256]
        ours = {sha256 for _, sha256 in files}
        return Provenance(
            study=study,
            question={**question, **self._cut(tables)},
            import_ids=ids,
            files=tuple(dict.fromkeys(files)),
            rows_read=sum(line.rows_read for line in lines if line.sha256 in ours),
            rows_used=used,
            rows_refused=sum(line.rows_refused for line in lines if line.sha256 in ours),
            tables=tables,
            code_version=__version__,
        )

    def _cut(self, tables: tuple[str, ...]) -> dict[str, str]:
        """The last month looked at, where later ones were left out."""
        left_out = any(self.months(each) != self._workspace.months(each) for each in tables)
        return {"until": month_text(self._until)} if self._until is not None and left_out else {}

    def _rows(self, reduction: str, columns: tuple[str, ...], *, named: tuple[str, ...] = ()) -> list[Any]:
        """The rows of a reduction; in the `named` columns a cell that the file left empty is UNKNOWN, by that name."""
        if reduction not in self._kept:
            from lamplighter.reductions.engine import LAST_MONTH, Engine

            if self._engine is None:
                self._engine = Engine(self._workspace)
            last = LAST_MONTH if self._until is None else self._until
            found = self._engine.run(reduction, last_month=last)
            cells = [found.column(name).to_pylist() for name in columns]
            for name in named:
                at = columns.index(name)
                cells[at] = [UNKNOWN if each is None else each for each in cells[at]]
            self._kept[reduction] = list(zip(*cells, strict=True))
        return self._kept[reduction]

    def close(self) -> None:
        """Let go of the database."""
        if self._engine is not None:
            self._engine.close()
