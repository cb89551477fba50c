"""What a profile asks: an area, offences, a period, and the numbers that the methods need. Defaults are told with the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

from lamplighter.errors import InputError

RADIUS_M = 141.0  # a circle with the area of a 250 m cell
MOST_RADIUS_M = 2_000.0  # half an hour's walk across; wider it is a ward, and the maps' insets show nothing
MOST_PLACES = 200  # nobody reads more, and each has a map of its own
STREET_OFFENCE = "Violence and sexual offences"
MONTHS = 36
FEMALE = "female"
Victims = Literal["all", "female"]
WeighBy = Literal["count", "harm"]


@dataclass(frozen=True, kw_only=True)
class Polygon:
    """An area that a layer file draws: its name and its outline in longitude and latitude (a Shapely geometry)."""

    name: str
    outline: Any


@dataclass(frozen=True, kw_only=True)
class ProfileQuestion:
    """Which incidents a profile is about, and how it is worked out.

    area: a force, a district, an LSOA (code or name) or a drawn polygon; None takes the force with most rows. force: where
    the workspace holds several and the area alone doesn't tell. offences: as the source writes them; None chooses. first,
    last: month numbers; None takes the last `months` months present. victims: `female` looks only at rows whose victim is a
    woman or a girl; None chooses that where the source tells the victim's sex. radius_m: how far from its middle a place may
    reach. places: how many are shown; chosen_places: how many are held fixed to tell how sure their order is.
    weigh_by: are places chosen and ranked to hold the most rows, or the most days of harm?
    compare: other areas, by name. seed: of everything that draws at random.
    """

    area: str | Polygon | None = None
    force: str | None = None
    offences: tuple[str, ...] | None = None
    first: int | None = None
    last: int | None = None
    months: int = MONTHS
    victims: Victims | None = None
    radius_m: float = RADIUS_M
    places: int = 20
    chosen_places: int = 100
    weigh_by: WeighBy = "count"
    compare: tuple[str | Polygon, ...] = ()
    seed: int = 0

    def __post_init__(self) -> None:
        if self.first is not None and self.last is not None and self.first > self.last:
            raise InputError("The period ends before it begins. Swap --from and --to.")
        if self.radius_m > MOST_RADIUS_M:
            raise InputError(
                f"A place of {self.radius_m:g} m is no place that anybody walks. Give a radius of at most {MOST_RADIUS_M:,.0f} m."
            )
        if self.places > MOST_PLACES:
            raise InputError(f"{self.places:,} places are more than anybody reads. Give at most {MOST_PLACES}.")
        if self.seed < 0:
            raise InputError(f"A seed is a whole number from 0, not {self.seed}.")
        if not self.radius_m > 0 or self.places < 1 or self.months < 1:
            raise InputError("The radius, the number of places and the number of months have to be above 0.")
        if self.weigh_by not in get_args(WeighBy):
            raise InputError(f"Places are weighed by count or by harm, not by {self.weigh_by!r}.")
        if self.chosen_places <= self.places:
            raise InputError(
                f"{self.chosen_places} places are too few to tell which are among the first {self.places}. Choose more."
            )
