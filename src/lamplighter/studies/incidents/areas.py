"""Which area is meant: a force, a district, an LSOA or a drawn outline, by the names that the rows themselves carry."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from lamplighter.errors import InputError, NoSuchName, listed
from lamplighter.studies.incidents.question import Polygon

if TYPE_CHECKING:
    import duckdb

_AS_FORCE = re.compile(r"\s+(police( service| department)?|constabulary)\s*$", re.IGNORECASE)
AreaKind = Literal["force", "district", "lsoa", "polygon"]


@dataclass(frozen=True, kw_only=True)
class Area:
    """The area of a profile. A force counts all its rows, any smaller area only those that have a point."""

    kind: AreaKind
    name: str
    force: str
    code: str | None = None
    outline: Any = None

    @property
    def title(self) -> str:
        """The ground in a heading: `South Yorkshire` for South Yorkshire Police, else the name."""
        return _AS_FORCE.sub("", self.name) if self.kind == "force" else self.name

    @property
    def all_rows(self) -> bool:
        """Are rows without a point counted too?"""
        return self.kind == "force"

    def condition(self) -> tuple[str, dict[str, object]]:
        """The rows of the area among those of its force, in SQL with its parameters; a polygon is told by its points."""
        if self.kind == "district":
            return "district = $area_name", {"area_name": self.name}
        if self.kind == "lsoa":
            return "lsoa_code = $area_code", {"area_code": self.code}
        if self.kind == "polygon":
            return "exists (select 1 from area_points p where p.lon = rows.lon and p.lat = rows.lat)", {}
        return "true", {}


def forces_of(db: duckdb.DuckDBPyConnection) -> list[tuple[str, int]]:
    """Each force with its rows, most rows first."""
    return db.sql(
        "select force_name, count(*) as n from incidents where force_name is not null group by 1 order by 2 desc, 1"
    ).fetchall()


def area_of(db: duckdb.DuckDBPyConnection, asked: str | Polygon | None, *, force: str | None) -> Area:
    """The area that is meant. Raises NoSuchName with the near miss, InputError where a name is that of several."""
    forces = [name for name, _ in forces_of(db)]
    if not forces:
        raise InputError(
            "There is no incident to look at. Import some: lamplighter import police-uk PATH --workspace W"
        )
    if force is not None:
        force = _folded(force, forces, kind="force in this workspace")
    if isinstance(asked, Polygon):
        return Area(
            kind="polygon", name=asked.name, force=force or _force_around(db, asked, forces), outline=asked.outline
        )
    if asked is None:
        chosen = force or forces[0]
        return Area(kind="force", name=chosen, force=chosen)
    key = _key(asked)
    named = [each for each in forces if key in (_key(each), _short(each)) and force in (None, each)]
    if len(named) == 1:
        return Area(kind="force", name=named[0], force=named[0])
    smaller = db.execute(
        "select distinct force_name, district, lsoa_code, lsoa_name from incidents"
        " where ($force is null or force_name = $force) and (lsoa_code is not null or district is not null)",
        {"force": force},
    ).fetchall()
    found = _smaller(asked, smaller)
    if found:
        return _one_force(db, found, asked)
    names = sorted({*forces, *(row[1] for row in smaller if row[1]), *(row[3] for row in smaller if row[3])})
    raise NoSuchName("area in this workspace", asked, names)


def _smaller(asked: str, rows: Sequence[tuple[str, str | None, str | None, str | None]]) -> list[Area]:
    key = _key(asked)
    districts = {(row[0], row[1]) for row in rows if row[1] and _key(row[1]) == key}
    if districts:
        return [Area(kind="district", name=str(name), force=force) for force, name in sorted(districts)]
    lsoas = {
        (row[0], row[2], row[3] or row[2]) for row in rows if row[2] and key in (_key(row[2]), _key(row[3] or row[2]))
    }
    return [Area(kind="lsoa", name=name, force=force, code=code) for force, code, name in sorted(lsoas)]


def _one_force(db: duckdb.DuckDBPyConnection, found: list[Area], asked: str) -> Area:
    """A district that straggling rows of other forces name too is that of the force with nine tenths of its rows."""
    if len(found) == 1:
        return found[0]
    counts = {}
    for area in found:
        words, parameters = area.condition()
        [(counts[area.force],)] = db.execute(
            f"select count(*) from incidents rows where force_name = $force and {words}",  # noqa: S608
            {"force": area.force, **parameters},
        ).fetchall()
    most = max(found, key=lambda each: counts[each.force])
    if counts[most.force] >= 0.9 * sum(counts.values()):
        return most
    raise InputError(f"{asked} is an area of {listed(sorted(counts))}. Say which: --force {most.force!r}.")


def _force_around(db: duckdb.DuckDBPyConnection, asked: Polygon, forces: Sequence[str]) -> str:
    if len(forces) == 1:
        return forces[0]
    west, south, east, north = asked.outline.bounds
    rows = db.execute(
        "select force_name from incidents where lon between $w and $e and lat between $s and $n"
        " group by 1 order by count(*) desc, 1 limit 1",
        {"w": west, "e": east, "s": south, "n": north},
    ).fetchall()
    return str(rows[0][0]) if rows else forces[0]


def points_inside(outline: Any, lon: Any, lat: Any) -> Any:
    """Which of these points lie inside the outline or on its edge? A mask of shape (n,)."""
    import numpy as np
    import shapely

    shapely.prepare(outline)
    return np.asarray(shapely.intersects_xy(outline, lon, lat), dtype=bool)


def _folded(name: str, known: Sequence[str], *, kind: str) -> str:
    for each in known:
        if _key(name) in (_key(each), _short(each)):
            return each
    raise NoSuchName(kind, name, known)


def _short(force: str) -> str:
    """`South Yorkshire Police` → `south yorkshire`: what everybody but the file calls it."""
    return _key(_AS_FORCE.sub("", force))


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()
