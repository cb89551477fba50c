"""What the rows at each map point say: texts, premises, settings, districts, institutions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lamplighter.studies.incidents.place_decisions import Overruling
from lamplighter.studies.incidents.place_names import Ground
from lamplighter.studies.incidents.points import EASTING, NORTHING
from lamplighter.studies.kinds import Told

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen

Point = tuple[int, int]
SETTINGS = ("public", "home", "online", "unknown")


@dataclass(kw_only=True)
class RowsAt:
    """All rows of the question at one map point, by what they say. The ranked ones name the place."""

    texts: Counter[str | None] = field(default_factory=Counter)
    premises: Counter[str | None] = field(default_factory=Counter)
    settings: Counter[str | None] = field(default_factory=Counter)
    ranked_texts: Counter[str] = field(default_factory=Counter)
    ranked_premises: Counter[str] = field(default_factory=Counter)
    districts: Counter[str] = field(default_factory=Counter)
    small_areas: Counter[str] = field(default_factory=Counter)

    def add(self, other: RowsAt) -> None:
        """Take in the rows of another point."""
        for name in self.__dataclass_fields__:
            getattr(self, name).update(getattr(other, name))

    def told(self) -> Told:
        """For `kinds.kind_of`."""
        return Told(texts=dict(self.texts), premises=dict(self.premises), settings=dict(self.settings))

    def ground(self, easting_m: float, northing_m: float) -> Ground:
        """For `place_names.names_of`."""
        return Ground(
            texts=dict(self.ranked_texts), districts=dict(self.districts), small_areas=dict(self.small_areas),
            premises=dict(self.ranked_premises), easting_m=easting_m, northing_m=northing_m,
        )  # fmt: skip


def rows_at_points(chosen: Chosen) -> dict[Point, RowsAt]:
    """All located rows of the question on the own ground and not at an institution, by map point."""
    table = chosen.ask(
        f"select {EASTING} as e, {NORTHING} as n, location_text, premises, place_setting, ranked, district, lsoa_name,"  # noqa: S608
        " cast(count(*) as bigint) as rows from asked"
        " where of_question and located and own_ground and institution is null"
        " group by 1, 2, 3, 4, 5, 6, 7, 8 order by 1, 2, 3, 4, 5, 6, 7, 8"
    )
    found: dict[Point, RowsAt] = {}
    for e, n, text, premises, setting, ranked, district, lsoa, rows in zip(
        *(table.column(name).to_pylist() for name in table.column_names), strict=True
    ):
        at = found.setdefault((int(e), int(n)), RowsAt())
        at.texts[text] += rows
        at.premises[premises] += rows
        at.settings[setting] += rows
        if district:
            at.districts[district] += rows
        if lsoa:
            at.small_areas[lsoa] += rows
        if ranked and text:
            at.ranked_texts[text] += rows
        if ranked and premises:
            at.ranked_premises[premises] += rows
    return found


def together(points: Iterable[Point], at: dict[Point, RowsAt]) -> RowsAt:
    """The rows of several points as those of one."""
    joined = RowsAt()
    for point in points:
        if point in at:
            joined.add(at[point])
    return joined


@dataclass(frozen=True, kw_only=True)
class InstitutionPoint:
    """Rows of the question at one institution's point, by month number: counted apart, ranked nowhere.

    by_month is empty where only other offences, months or areas of the force have rows there. id and decided: of a place that
    a person says is an institution.
    """

    kind: str
    name: str
    easting_m: int
    northing_m: int
    lon: float | None
    lat: float | None
    by_month: dict[int, int]
    id: str | None = None
    decided: Overruling | None = None


def institution_points(chosen: Chosen) -> list[InstitutionPoint]:
    """Every point of the own ground at an institution, most rows of the question first.

    Those without a row of the question are among them: a prison just outside the area is near all the same.
    """
    table = chosen.ask(
        f"select institution, {EASTING} as e, {NORTHING} as n, min(lon) as lon, min(lat) as lat, min(lsoa_name) as lsoa,"  # noqa: S608
        " min(district) as district, month, cast(count(*) filter (where of_question) as bigint) as rows from asked"
        " where located and own_ground and institution is not null"
        " group by institution, 2, 3, month order by institution, 2, 3, month"
    )
    by_point: dict[tuple[str, int, int], InstitutionPoint] = {}
    for row in table.to_pylist():
        key = (row["institution"], int(row["e"]), int(row["n"]))
        where = row["lsoa"] or row["district"]
        kind = row["institution"]
        point = by_point.setdefault(
            key,
            InstitutionPoint(
                kind=kind, name=f"{kind.capitalize()} ({where})" if where else kind.capitalize(), easting_m=key[1],
                northing_m=key[2], lon=row["lon"], lat=row["lat"], by_month={},
            ),
        )  # fmt: skip
        if row["rows"]:
            point.by_month[row["month"]] = row["rows"]
    return sorted(by_point.values(), key=most_rows_first)


def most_rows_first(point: InstitutionPoint) -> tuple[int, str, int, int]:
    """The order in which institutions are listed."""
    return -sum(point.by_month.values()), point.kind, point.easting_m, point.northing_m
