"""Places as they are grown from map points: their points and rows, their names and ids, and what a person decided on each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from lamplighter.methods.place_identity import Identities, KnownPlace, keep_ids
from lamplighter.methods.places import Cover
from lamplighter.studies.incidents.place_decisions import (
    Decided,
    Overruling,
    PlaceNamed,
    decisions_on,
    is_institution,
)
from lamplighter.studies.incidents.place_names import Ground, main_street, names_of
from lamplighter.studies.incidents.place_rows import InstitutionPoint, Point, RowsAt, rows_at_points, together
from lamplighter.studies.incidents.place_weighing import Weighing, grown
from lamplighter.studies.kinds import near_institutions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from lamplighter.studies.incidents.chosen import Chosen
    from lamplighter.studies.incidents.points import PointMonths


@dataclass(frozen=True, kw_only=True, eq=False)
class GrownPlaces:
    """One entry a place in each list, in the order in which the places were chosen.

    monthly: rows a month present, shape (places, months). members: map points. left_out: circles of fewer than ten rows.
    at: the rows at every map point. apart, ranked: which places a person says are institutions, and the others.
    """

    cover: Cover
    left_out: int
    monthly: NDArray[np.int64]
    members: Sequence[Sequence[Point]]
    at: Mapping[Point, RowsAt]
    rows_of: Sequence[RowsAt]
    grounds: Sequence[Ground]
    names: Sequence[str]
    identities: Identities
    decided: Decided

    @property
    def apart(self) -> list[int]:
        """Institutions by a person: listed apart like any other, and their rows make no tier and no class."""
        return [i for i, each in enumerate(self.decided.of_places) if each is not None and is_institution(each.kind)]

    @property
    def ranked(self) -> list[int]:
        """All others."""
        apart = set(self.apart)
        return [i for i in range(len(self.cover.places)) if i not in apart]

    def known(self, ids: Sequence[str]) -> tuple[KnownPlace, ...]:
        """The points by which the next run keeps ids, in the order of these."""
        points = {now.id: tuple(members) for now, members in zip(self.identities.now, self.members, strict=True)}
        return tuple(KnownPlace(id=each, points=points[each]) for each in ids)

    def sites_apart(self, points: PointMonths) -> list[InstitutionPoint]:
        """The places that a person says are institutions, as institutions."""
        found = []
        for i in self.apart:
            says, centre = self.decided.of_places[i], self.cover.places[i].centre
            assert says is not None  # noqa: S101  (that is why it is apart)
            easting_m, northing_m = point_of(points.xy_m[centre])
            lon, lat = points.lonlat[centre]
            by_month = zip(points.months, self.monthly[i], strict=True)
            found.append(
                InstitutionPoint(
                    kind=says.kind, name=self.names[i], easting_m=easting_m, northing_m=northing_m, lon=degrees_of(lon),
                    lat=degrees_of(lat), id=self.identities.now[i].id, decided=says,
                    by_month={int(month): int(rows) for month, rows in by_month if rows},
                )
            )  # fmt: skip
        return found


def grow(
    chosen: Chosen,
    points: PointMonths,
    weighed: Weighing,
    *,
    previous: Sequence[KnownPlace],
    overruled: Mapping[str, Overruling],
) -> GrownPlaces:
    """Which circles hold most of what they are weighed by, what are they called, and what did a person decide on them?

    previous: the places of the run before, whose ids go on. overruled: place id, whole name or exact text → what a person says.
    """
    cover, left_out = grown(chosen, points, weighed)
    monthly = np.asarray(cover.member_sums(points.counts), dtype=np.int64)
    at = rows_at_points(chosen)
    members = [[point_of(points.xy_m[i]) for i in place.members] for place in cover.places]
    rows_of = [together(each, at) for each in members]
    grounds = [rows.ground(*points.xy_m[place.centre]) for rows, place in zip(rows_of, cover.places, strict=True)]
    names = names_of(grounds, numbered=not chosen.is_street)
    rows_at = {point_of(xy): float(rows) for xy, rows in zip(points.xy_m, weighed.counts, strict=True)}
    identities = keep_ids(previous, members, weights=rows_at)
    named = [
        PlaceNamed(id=now.id, name=name, street=main_street(ground, numbered=not chosen.is_street))
        for now, name, ground in zip(identities.now, names, grounds, strict=True)
    ]
    return GrownPlaces(
        cover=cover,
        left_out=left_out,
        monthly=monthly.reshape(len(cover.places), len(points.months)),
        members=members,
        at=at,
        rows_of=rows_of,
        grounds=grounds,
        names=names,
        identities=identities,
        decided=decisions_on(overruled, named),
    )


def nearest_sites(
    xy_m: NDArray[np.float64], cover: Cover, sites: Sequence[InstitutionPoint]
) -> list[tuple[InstitutionPoint, float] | None]:
    """For each place the nearest institution within 500 m of any of its points, and how many metres away; None for none."""
    theirs = np.array([[each.easting_m, each.northing_m] for each in sites], dtype=np.float64).reshape(-1, 2)
    found: list[tuple[InstitutionPoint, float] | None] = []
    for place in cover.places:
        members = xy_m[list(place.members)]
        near = near_institutions(members, theirs)
        away = [(float(np.hypot(*(xy - theirs[i]))), int(i)) for xy, i in zip(members, near, strict=True) if i >= 0]
        found.append((sites[min(away)[1]], round(min(away)[0])) if away else None)
    return found


def point_of(xy: NDArray[np.float64]) -> Point:
    """A map point as whole metres."""
    return int(xy[0]), int(xy[1])


def degrees_of(value: float) -> float | None:
    """To a tenth of a metre; None where the source has none."""
    return None if np.isnan(value) else round(float(value), 6)
