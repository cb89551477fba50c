"""Writes the made-up tables of the documentation: the shape of the Met's VAWG files, two boroughs that don't exist, and one
change that is really there (stalking and harassment, two fifths more from September 2022). Nobody in them is a person.

    python docs/example/make_example.py FOLDER
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

COLUMNS = (
    "bcu_location",
    "borough_name",
    "ward_name_clean_2",
    "recorded_date_months",
    "date_committed_from_date_months",
    "count",
    "sheet",
)
KIND_COLUMNS = ("crimsec_group", "crimseccodeexpansion", "crimsec_offences", "vawg_offence")
VICTIM_COLUMNS = ("age_group", "ethnic_appearance_group_group")
# group, sub-group, offence, VAWG?, usual number a month
KINDS = (
    ("Stalking and Harassment", "Harassment", "Harassment (made up)", "Yes", 60),
    ("Violence with Injury", "Assault with Injury", "Assault with injury (made up)", "Yes", 90),
    ("Other Sexual Offences", "Exposure and Voyeurism", "Exposure (made up)", "Yes", 12),
    ("Other flagged offences outside of VAWG", "Other", "Other flagged offence (made up)", "No", 40),
)
PLACES = (("River", "Northam", "Abbey"), ("River", "Northam", "Brook"), ("River", "Southam", "Castle"))
AGES = ("Aged 10 to 19 years", "Aged 20 to 29 years", "Aged 30 to 39 years", "Aged 40 to 49 years")
ETHNICITIES = ("Asian", "Black", "Other", "White", "Unknown")
STEP = (2022, 9)  # the month from which stalking and harassment is really higher
LATE = 14  # months between offence and record of the few that are reported late


def month(year: int, number: int) -> str:
    """The first day of a month; the number may run past a year's end."""
    return f"{year + (number - 1) // 12:04d}-{(number - 1) % 12 + 1:02d}-01"


def months(first: tuple[int, int], count: int) -> list[tuple[int, int]]:
    return [
        ((first[0] * 12 + first[1] - 1 + at) // 12, (first[0] * 12 + first[1] - 1 + at) % 12 + 1) for at in range(count)
    ]


def around(random: Random, usual: float) -> int:
    """A count near the usual one, more spread than chance alone (variance twice the mean)."""
    return max(0, round(random.gauss(usual, (2 * usual) ** 0.5)))


def split(random: Random, total: int, parts: int) -> list[int]:
    """The total cut into parts that add to it."""
    found = [0] * parts
    for _ in range(total):
        found[random.randrange(parts)] += 1
    return found


def kinds_of(random: Random, when: tuple[int, int]) -> list[int]:
    return [around(random, usual * (1.4 if at == 0 and when >= STEP else 1)) for at, (*_, usual) in enumerate(KINDS)]


def dated(when: tuple[int, int], count: int) -> Iterator[tuple[str, str, int]]:
    """Recorded month, committed month, count: one in twenty is recorded more than a year late."""
    late = count // 20
    for committed, part in ((month(*when), count - late), (month(when[0], when[1] - LATE), late)):
        if part:
            yield month(*when), committed, part


def offence_rows(random: Random, when: tuple[int, int], counts: list[int]) -> Iterator[tuple[object, ...]]:
    for (group, subgroup, offence, vawg, _), count in zip(KINDS, counts, strict=True):
        for recorded, committed, part in dated(when, count):
            yield "", "", "", recorded, committed, part, "Offence count classification", group, subgroup, offence, vawg
    for place, count in zip(PLACES, split(random, sum(counts), len(PLACES)), strict=True):
        for recorded, committed, part in dated(when, count):
            yield *place, recorded, committed, part, "Offence count location", "", "", "", ""


def victim_rows(random: Random, when: tuple[int, int], total: int) -> Iterator[tuple[object, ...]]:
    recorded = month(*when)
    for place, count in zip(PLACES, split(random, total, len(PLACES)), strict=True):
        yield *place, recorded, recorded, count, "Victim count by location", "", ""
    for age, count in zip(AGES, split(random, total, len(AGES)), strict=True):
        yield "", "", "", recorded, recorded, count, "Victim count by age group", age, ""
    for ethnicity, count in zip(ETHNICITIES, split(random, total, len(ETHNICITIES)), strict=True):
        yield "", "", "", recorded, recorded, count, "Victim count by ethnic group", "", ethnicity


def write(path: Path, heads: tuple[str, ...], rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([heads, *rows])


def main(folder: Path) -> None:
    """Three files: offences and victims of 2020 to 2023, and a later extract that corrects December and adds January."""
    random = Random(0)  # noqa: S311  (made-up data, remade to the same bytes)
    offences: list[tuple[object, ...]] = []
    victims: list[tuple[object, ...]] = []
    later: list[tuple[object, ...]] = []
    for when in months((2020, 1), 49):
        counts = kinds_of(random, when)
        rows = list(offence_rows(random, when, counts))
        if when == (2024, 1):
            later += rows
            continue
        offences += rows
        victims += victim_rows(random, when, sum(counts))
        if when == (2023, 12):
            # As happens: six crimes of December are recorded as harassment, in Brook, after the first extract was made.
            extra = (month(*when), month(*when), 6)
            later += [*rows, ("River", "Northam", "Brook", *extra, "Offence count location", "", "", "", "")]
            later.append(("", "", "", *extra, "Offence count classification", *KINDS[0][:4]))
    # One row that can't be used, so that the documentation can show what becomes of it.
    offences.append(
        ("River", "Southam", "Castle", month(2023, 12), month(2023, 12), "", "Offence count location", "", "", "", "")
    )
    write(folder / "made-up-offences.csv", COLUMNS + KIND_COLUMNS, offences)
    write(folder / "made-up-victims.csv", COLUMNS + VICTIM_COLUMNS, victims)
    write(folder / "made-up-offences-later.csv", COLUMNS + KIND_COLUMNS, later)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
