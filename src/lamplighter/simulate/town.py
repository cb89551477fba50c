"""The made-up town: where its streets lie, what was planted in it, and the words that its force writes."""

from __future__ import annotations

from dataclasses import dataclass

FORCE = "Made-up Constabulary"
TOWN = "Lantern Sands"
# In the middle of the Wash, where nobody lives and no street can be meant.
WEST_M, SOUTH_M, WIDTH_M = 558_000, 348_000, 4_000

_FIRST = ("Amber", "Birch", "Cobble", "Dunlin", "Ember", "Ferry", "Gull", "Heron", "Ivy", "Juniper", "Kelp", "Linnet")
_SECOND = ("Street", "Road", "Lane", "Close", "Row")
STREETS = tuple(f"{first} {second}" for second in _SECOND for first in _FIRST)

OPEN = "Under investigation"
OUTCOMES = (
    ("Victim does not support", 36),
    ("No suspect identified", 28),
    ("Evidential, victim supports", 15),
    (OPEN, 7),
    ("Charged", 9),
    ("Community resolution", 5),
)


@dataclass(frozen=True, kw_only=True)
class Planted:
    """A place at which more was planted than chance would put there.

    rows: how many incidents. hours: from and to (past 24 is after midnight). weekdays: Monday is 0. months: of the extract,
    the first is 0, `to` not included. kind: what the place is, as definitions name it. spread: rows whose time is a span.
    """

    street: str
    easting_m: int
    northing_m: int
    rows: int
    hours: tuple[int, int]
    weekdays: tuple[int, ...]
    months: tuple[int, int]
    premises: str
    kind: str
    offences: tuple[tuple[str, str, int], ...]
    relationships: tuple[tuple[str, int], ...]
    women_share: float
    domestic_share: float = 0.0


_ALL_DAYS = (0, 1, 2, 3, 4, 5, 6)
ASSAULT = ("Assault with injury", "8N")
COMMON = ("Assault without injury", "105A")
STALKING = ("Stalking", "8Q")
HARASSMENT = ("Harassment", "8L")
SEXUAL = ("Sexual assault on a female aged 13 and over", "20A")
EXPOSURE = ("Exposure and voyeurism", "88E")
FEAR = ("Public fear, alarm or distress", "9A")
MESSAGES = ("Malicious communications", "8R")
STRANGERS = (("Stranger", 8), ("Acquaintance", 2))
PARTNERS = (("Partner", 6), ("Ex-partner", 4))
ANYBODY = (("Stranger", 3), ("Acquaintance", 4), ("Partner", 2), ("Ex-partner", 1), ("Relative", 1), ("", 3))


def planted(months: int) -> tuple[Planted, ...]:
    """What was planted in an extract of so many months: four places for patrol, one of homes, two institutions."""
    return (
        Planted(
            street="Beacon Street", easting_m=559_940, northing_m=350_060, rows=190, hours=(22, 27), weekdays=(4, 5),
            months=(0, months), premises="Nightclub", kind="nightclub",
            offences=((*SEXUAL, 4), (*ASSAULT, 4), (*COMMON, 2)), relationships=STRANGERS, women_share=0.8,
        ),
        Planted(
            street="Harbour Station Approach", easting_m=560_420, northing_m=349_610, rows=110, hours=(17, 19),
            weekdays=(0, 1, 2, 3, 4), months=(0, months), premises="Railway station", kind="railway station",
            offences=((*EXPOSURE, 3), (*FEAR, 4), (*SEXUAL, 3)), relationships=STRANGERS, women_share=0.9,
        ),
        Planted(
            street="Long Meadow", easting_m=559_300, northing_m=349_150, rows=70, hours=(15, 18), weekdays=_ALL_DAYS,
            months=(months - 6, months), premises="Park", kind="park",
            offences=((*EXPOSURE, 6), (*FEAR, 4)), relationships=(("Stranger", 1),), women_share=1.0,
        ),
        Planted(
            street="Market Quay", easting_m=560_110, northing_m=350_480, rows=90, hours=(12, 16), weekdays=(5,),
            months=(0, months - 8), premises="Street", kind="street",
            offences=((*FEAR, 4), (*COMMON, 6)), relationships=STRANGERS, women_share=0.6,
        ),
        Planted(
            street="Acre Close", easting_m=561_050, northing_m=350_820, rows=120, hours=(18, 24), weekdays=(4, 5, 6),
            months=(0, months), premises="Dwelling", kind="home",
            offences=((*COMMON, 5), (*ASSAULT, 3), (*HARASSMENT, 2)), relationships=PARTNERS, women_share=0.85,
            domestic_share=0.95,
        ),
        Planted(
            street="Wick Prison", easting_m=558_420, northing_m=351_320, rows=150, hours=(0, 24), weekdays=_ALL_DAYS,
            months=(0, months), premises="Prison", kind="prison",
            offences=((*COMMON, 6), (*ASSAULT, 4)), relationships=(("Acquaintance", 1),), women_share=0.05,
        ),
        Planted(
            street="Saint Ann Way", easting_m=561_600, northing_m=348_640, rows=80, hours=(0, 24), weekdays=_ALL_DAYS,
            months=(0, months), premises="Hospital", kind="hospital",
            offences=((*COMMON, 7), (*FEAR, 3)), relationships=ANYBODY, women_share=0.6,
        ),
    )  # fmt: skip
