"""How often do our own words about places say something where nothing is to be said? Asked of made-up months."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from lamplighter.errors import InputError
from lamplighter.methods.dispersion import dispersion
from lamplighter.methods.effects import Share, wilson
from lamplighter.methods.place_classes import LAST, classes_of
from lamplighter.methods.places import RADIUS_M, grow_places
from lamplighter.methods.tiers import ALMOST_CERTAINLY, FIRST, tiers_of
from lamplighter.methods.unchanged_months import SteadyArea, unchanged_months

CHANGES = ("emerging", "fading", "intermittent")

FEWEST_MONTHS = 3  # with a row in the area: fewer tell nothing of how much a place varies


@dataclass(frozen=True, kw_only=True)
class PlaceFalseCalls:
    """What the rules said of places in `pasts` made-up pasts in which nothing changed.

    judged, called: places looked at, and those called emerging, fading or intermittent; by_class has each class and
    "not called". first_judged, first_called: the same for the first 20 only. sure, sure_wrong: places called almost
    certainly among the first, and those of them whose true share was not. flattery: what the first 20 held in the
    months they were chosen on, over what they hold in truth.
    """

    pasts: int
    seed: int
    places: int
    first: int
    judged: int
    called: int
    by_class: tuple[tuple[str, int], ...]
    first_judged: int
    first_called: int
    sure: int
    sure_wrong: int
    flattery: float | None

    @property
    def class_rate(self) -> Share | None:
        """The share of places called a change that was none, with its 95% interval; None when none was judged."""
        return wilson(self.called, self.judged) if self.judged else None

    @property
    def tier_rate(self) -> Share | None:
        """The share of "almost certainly" that was wrong, with its 95% interval; None when it was never said."""
        return wilson(self.sure_wrong, self.sure) if self.sure else None


def place_false_calls(
    xy_m: ArrayLike,
    area: SteadyArea,
    *,
    radius_m: float = RADIUS_M,
    places: int = 100,
    first: int = FIRST,
    pasts: int = 20,
    seed: int = 0,
) -> PlaceFalseCalls:
    """How often are places of this area called a change, or almost certainly among the first, for nothing?

    xy_m: map points, shape (points, 2); area: what `steady_area` made of them. In each made-up past everything is done
    as with a real one: places chosen on the last 12 months, classed by all months, tiers from the last 12 with the
    dispersion that these show. So what choosing does to the answers is in the rates. Truth is the share that the
    chosen places' points really have. Made-up places don't drift, and real ones do: of a real area this says how
    often chance alone fools the rules, not how often a call is of no use.
    Places of one past are alike in no way that matters here, so the interval takes them as independent.
    Raises InputError as `grow_places`, and for pasts below 1.
    """
    if pasts < 1:
        raise InputError(f"{pasts} pasts say nothing. Ask for 1 or more.")
    classes: Counter[str] = Counter()
    first_classes: Counter[str] = Counter()
    sure = sure_wrong = 0
    chosen_on = truly = 0.0
    for past in range(pasts):
        made_up = unchanged_months(area, seed=(seed, past))
        made_up = made_up[
            :, made_up.sum(axis=0) > 0
        ]  # a month without any row says nothing of a share: left out, as in life
        level = made_up.sum(axis=0)
        if len(level) < FEWEST_MONTHS:
            continue
        cover = grow_places(xy_m, made_up[:, -LAST:].sum(axis=1), radius_m=radius_m, places=places)
        held = cover.member_sums(made_up)
        if not len(held):
            continue
        names = [each.name or "not called" for each in classes_of(held, level=level)]
        classes.update(names)
        first_classes.update(names[:first])
        last = held[:, -LAST:]
        spread = dispersion(last, level=level[-LAST:]).of_places
        standings = tiers_of(last.sum(axis=1), spread, first=first).standings
        true = cover.member_sums(area.shares)
        among = set(np.argsort(-true, kind="stable")[:first].tolist())
        certain = [i for i, each in enumerate(standings) if each.probability >= ALMOST_CERTAINLY]
        sure += len(certain)
        sure_wrong += sum(i not in among for i in certain)
        chosen_on += float(last[:first].sum() / level[-LAST:].sum())
        truly += float(true[:first].sum())
    return PlaceFalseCalls(
        pasts=pasts,
        seed=seed,
        places=places,
        first=first,
        judged=classes.total(),
        called=sum(classes[each] for each in CHANGES),
        by_class=tuple((each, classes[each]) for each in ("persistent", *CHANGES, "not called")),
        first_judged=first_classes.total(),
        first_called=sum(first_classes[each] for each in CHANGES),
        sure=sure,
        sure_wrong=sure_wrong,
        flattery=chosen_on / truly if truly else None,
    )
