"""`python bench/places.py FOLDER…`: places and what is said of them, on whole forces of data.police.uk.

Each folder holds one force's monthly street files (CSV or CSV.gz). Printed, never asserted in tests: how much of the next
month's violence the places chosen on the twelve months before hold, beside as many grid cells; how near the greedy choice
comes to its bound; tiers, classes and how often both speak for nothing; who stays; how many places keep their id.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from convertbng.cutil import convert_bng

from lamplighter.methods.concentration import gini, gini_generalised, holdings, stay
from lamplighter.methods.cover_bound import cover_bound
from lamplighter.methods.dispersion import dispersion
from lamplighter.methods.place_classes import classes_of
from lamplighter.methods.place_false_calls import place_false_calls
from lamplighter.methods.place_identity import KnownPlace, keep_ids
from lamplighter.methods.places import grow_places
from lamplighter.methods.tiers import tiers_of
from lamplighter.methods.unchanged_months import steady_area

CELL_M = 250
SHARES = (0.005, 0.01, 0.025, 0.05)
TRIM = 0.0005  # the ground of the numbers that these are held against: without the outermost 0.05% on each side
VIOLENCE = "Violence and sexual offences"


def street(folder: Path) -> tuple[Any, Any, Any]:
    """(points in metres, violence by point and month, month numbers) of the located rows within the trimmed ground."""
    files = sorted(str(each) for each in folder.rglob("*street.csv*"))
    if not files:
        raise SystemExit(
            f"{folder}: no street files. Give a folder of files such as 2021-09-south-yorkshire-street.csv.gz."
        )
    table = duckdb.execute(
        """select cast("Longitude" as double) as lon, cast("Latitude" as double) as lat,
                  cast(substr("Month", 1, 4) as int) * 12 + cast(substr("Month", 6, 2) as int) - 1 as month,
                  "Crime type" = ? as violent
           from read_csv(?, all_varchar = true, header = true) where "Longitude" <> ''""",
        [VIOLENCE, files],
    ).fetchnumpy()
    distinct, at = np.unique(np.stack([table["lon"], table["lat"]], axis=1), axis=0, return_inverse=True)
    xy = np.stack(convert_bng(distinct[:, 0].copy(), distinct[:, 1].copy()), axis=1)
    at = at.ravel()
    inside = np.ones(len(at), dtype=bool)
    for axis in (0, 1):
        where = xy[at, axis]
        inside &= (where >= np.quantile(where, TRIM)) & (where <= np.quantile(where, 1 - TRIM))
    months, month = np.unique(table["month"], return_inverse=True)
    used = np.unique(at[inside])
    number = np.full(len(xy), -1)
    number[used] = np.arange(len(used))
    counts = np.zeros((len(used), len(months)))
    rows = inside & table["violent"].astype(bool)
    np.add.at(counts, (number[at[rows]], month[rows]), 1)
    return xy[used], counts, months


def cells_of(xy: Any, counts: Any) -> Any:
    _, cell = np.unique(np.floor(xy / CELL_M), axis=0, return_inverse=True)
    held = np.zeros((cell.max() + 1, counts.shape[1]))
    np.add.at(held, cell.ravel(), counts)
    return held


def next_month(xy: Any, counts: Any, cells: Any) -> None:
    """Chosen on 12 months, scored on the month after: 12 months pooled, at equal numbers of places and cells."""
    for share in SHARES:
        k = round(share * len(cells))
        in_places = in_cells = whole = 0.0
        for month in range(counts.shape[1] - 12, counts.shape[1]):
            cover = grow_places(xy, counts[:, month - 12 : month].sum(axis=1), places=k)
            in_places += cover.member_sums(counts[:, month]).sum()
            first = np.argsort(-cells[:, month - 12 : month].sum(axis=1), kind="stable")[:k]
            in_cells += cells[first, month].sum()
            whole += counts[:, month].sum()
        more = in_places / in_cells - 1
        print(f"  {share:.1%}, {k} of each: places {in_places / whole:.4f}, cells {in_cells / whole:.4f}, {more:+.1%}")


def what_is_said(xy: Any, counts: Any) -> None:
    last, level = counts[:, -12:].sum(axis=1), counts.sum(axis=0)
    for k in (20, 66, 330):
        start = time.perf_counter()
        cover = grow_places(xy, last, places=k)
        took_s = time.perf_counter() - start
        bound = cover_bound(xy, last, cover)
        print(
            f"  {k} places in {took_s:.2f} s hold {bound.held:.0f}, none more than {bound.bound:.1f} ({bound.share:.2%})"
        )
    cover = grow_places(xy, last, places=100)
    held = cover.member_sums(counts)
    spread = dispersion(held[:, -12:], level=level[-12:])
    steps = dispersion(held, level=level, lasting_changes=False)
    print(f"  dispersion {spread.overall:.2f} in 12 months, {steps.overall:.2f} from month to month")
    tiers = tiers_of(held[:, -12:].sum(axis=1), spread.of_places)
    print("  tiers:", dict(Counter(each.tier for each in tiers.standings)))
    for each in (tiers.standings[rank - 1] for rank in (1, 5, 10, 20, 50)):
        print(f"    rank {each.rank}: {each.low_rank} to {each.high_rank}, {each.probability:.3f} among the first 20")
    classes = classes_of(held, level=level)
    print(
        "  classes:",
        dict(Counter(each.name for each in classes)),
        "first 20:",
        dict(Counter(each.name for each in classes[:20])),
    )
    false = place_false_calls(xy, steady_area(xy, counts), pasts=40)
    print(
        f"  where nothing changed: {false.class_rate.share:.1%} of {false.judged} places called a change, "
        f"{false.sure_wrong} of {false.sure} certainties wrong, the first 20 flattered by {false.flattery - 1:.1%}"
    )
    # A year on: the same places, held fixed, with all that really changed.
    before = grow_places(xy, counts[:, -24:-12].sum(axis=1), places=100)
    two = before.member_sums(counts)
    year = dispersion(two[:, -24:-12], level=level[-24:-12]).of_places
    certain = [
        i for i, each in enumerate(tiers_of(two[:, -24:-12].sum(axis=1), year).standings) if each.probability >= 0.95
    ]
    then = set(np.argsort(-two[:, -12:].sum(axis=1), kind="stable")[:20].tolist())
    still = sum(i in then for i in certain)
    print(f"  a year on {still} of {len(certain)} almost certain places are among the first 20 of the same 100")


def who_stays(xy: Any, counts: Any, cells: Any, months: Any) -> None:
    years = [months // 12 == year for year in (2018, 2019, 2020)]
    for first in (20, 100):
        told = [stay(cells[:, a].sum(axis=1), cells[:, b].sum(axis=1), first=first).stayed for a, b in pairwise(years)]
        print(f"  of the first {first} cells stay from year to year: {told}")
    everywhere = grow_places(xy, counts.sum(axis=1), places=None).member_sums(counts).sum(axis=1)
    for each in holdings(everywhere, places=len(everywhere)):
        print(
            f"  {each.places} of {len(everywhere)} places that ever had one ({each.of_used:.1%}) hold {each.share:.0%}"
        )
    points = counts.sum(axis=1)
    plain, generalised = gini(points, places=len(points)), gini_generalised(points, places=len(points))
    print(f"  over all {len(points)} points: G {plain:.3f}, G' {generalised:.3f}")


def who_keeps_an_id(xy: Any, counts: Any) -> None:
    keys = [(round(x), round(y)) for x, y in xy.tolist()]
    known: list[KnownPlace] = []
    for month in range(counts.shape[1] - 12, counts.shape[1] + 1):
        weight = counts[:, month - 12 : month].sum(axis=1)
        points = [[keys[i] for i in each.members] for each in grow_places(xy, weight, places=100).places]
        found = keep_ids(known, points, weights=dict(zip(keys, weight.tolist(), strict=True)))
        if known:
            news, ends = (Counter(each.news for each in found.now), Counter(each.news for each in found.ended))
            first = Counter(each.news for each in found.now[:20])
            print("  ids from month to month:", dict(news), "ended:", dict(ends), "of the first 20:", dict(first))
        known = [KnownPlace(id=each.id, points=tuple(own)) for each, own in zip(found.now, points, strict=True)]


def main(folders: list[str]) -> int:
    if not folders:
        raise SystemExit("Give one folder a force: python bench/places.py south-yorkshire/ avon-and-somerset/")
    for folder in folders:
        xy, counts, months = street(Path(folder))
        cells = cells_of(xy, counts)
        print(
            f"{Path(folder).name}: {int(counts.sum())} crimes, {len(xy)} points, {len(cells)} cells, {counts.shape[1]} months"
        )
        next_month(xy, counts, cells)
        what_is_said(xy, counts)
        who_stays(xy, counts, cells, months)
        who_keeps_an_id(xy, counts)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
