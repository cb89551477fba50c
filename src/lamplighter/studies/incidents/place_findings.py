"""The figures of the places, and what they say in sentences."""

from __future__ import annotations

from lamplighter.schema import number_words
from lamplighter.studies.incidents.harm_at_points import two_digits
from lamplighter.studies.incidents.place_weighing import UNITS, harm_told
from lamplighter.studies.incidents.places import PlacesFound
from lamplighter.studies.incidents.saying import Figure, Finding, Interval
from lamplighter.studies.kinds import MAY_BE_HOMES

INTERVAL = (
    "95%, from a model (gamma) in which counts vary as much as they were measured to here; the place is held fixed"
)
COUNT = "Rows at the place's map points: on the force's own ground, at no institution, neither at home nor online by the source."
HARM = (
    "Days of harm of these rows, by their offences: to two significant digits, and of no place with fewer than ten rows. Rows"
    " without a known weight add nothing."
)
HARM_INTERVAL = (
    "95%, from the same model with the variation of harm, counted in crimes of average harm; the place is held fixed"
)
SURELY = "almost certainly"


def held(found: PlacesFound) -> int:
    """Rows of the last months in the shown places together."""
    return sum(each.count for each in found.shown)


def held_harm(found: PlacesFound) -> float | None:
    """Days of harm in the shown places together, as told; None where places are chosen by count."""
    return two_digits(_days(found)) if found.weighed.by == "harm" else None


def weight_held_share(found: PlacesFound) -> float | None:
    """What the shown places hold of all that places are chosen by, rows or days of harm; None where there is none."""
    if found.weighed.by == "count":
        return round(held(found) / found.ranked_rows, 4) if found.ranked_rows else None
    return round(_days(found) / found.ranked_harm, 2) if found.ranked_harm else None


def tier_rule(found: PlacesFound) -> str | None:
    """The rule of the tiers, and of what they are."""
    if found.tiers is None:
        return None
    return f"{found.tiers.rule} By days of harm." if found.weighed.by == "harm" else found.tiers.rule


def figures_of(found: PlacesFound) -> tuple[Figure, ...]:
    """What the shown places hold together and each alone, how many of them are sure, and what lies at institutions."""
    return (*_together(found), *_each(found))


def findings_of(found: PlacesFound) -> tuple[Finding, ...]:
    """How much the shown places hold, how sure they are, what may be homes, what lies at institutions."""
    return (*_of_places(found), *_of_institutions(found))


def _of_places(found: PlacesFound) -> tuple[Finding, ...]:
    shown, all_rows = len(found.shown), found.ranked_rows
    if not shown or not all_rows:
        return ()
    by_harm = found.weighed.by == "harm"
    chosen, also = "", ""
    of_harm: tuple[str, ...] = ()
    if by_harm:
        chosen = ", chosen by days of harm,"
        also = f" and {number_words(_harm_percent(found))}% of their harm"
        of_harm = ("places.harm_held_share",)
    share, of_points = round(100 * held(found) / all_rows, 1), _of_points(found)
    told = [
        Finding(
            text=f"{_lead(shown)}{chosen} {'holds' if shown == 1 else 'hold'} {number_words(held(found))} of"
            f" {number_words(all_rows)}"
            f" ranked rows of the last {_months_words(found)} present ({number_words(share)}%){also}, at"
            f" {number_words(of_points)}% of the map points.",
            figure_ids=(
                "places.shown", "places.held", "places.total", "places.months", "places.held_share", "places.points_share",
                *of_harm,
            ),
            confidence="high", weight=80,
        )
    ]  # fmt: skip
    if found.tiers:
        told.append(
            Finding(
                text=f"Almost certainly among the first {number_words(shown)}{' by harm' if by_harm else ''}:"
                f" {number_words(_sure(found))} of them. The order of"
                " the others may be chance.",
                figure_ids=("places.sure", "places.shown"), confidence="moderate", weight=60,
            )
        )  # fmt: skip
    if _homes(found):
        told.append(
            Finding(
                text=f"Plain streets that may be homes: {number_words(_homes(found))} of the first {number_words(shown)}. No"
                " patrol is drawn there.",
                figure_ids=("places.may_be_homes", "places.shown"), confidence="high", weight=70,
            )
        )  # fmt: skip
    return tuple(told)


def _lead(shown: int) -> str:
    return "The only place" if shown == 1 else f"The first {number_words(shown)} places"


def _of_institutions(found: PlacesFound) -> tuple[Finding, ...]:
    """Where every row lies at institutions and no place is shown, it is what there is to say."""
    rows, first, shown = _at_institutions(found), _would_rank(found), len(found.shown)
    if not rows:
        return ()
    ids = ("institutions.count", "places.months")
    as_well = (
        f" {number_words(first)} of their map points {'has' if first == 1 else 'have'} more rows than place"
        f" {number_words(shown)}."
    )
    return (
        Finding(
            text=f"At prisons, hospitals or police stations: {number_words(rows)} row{'' if rows == 1 else 's'} of the last"
            f" {_months_words(found)} present. They are listed apart and ranked nowhere.{as_well if first else ''}",
            figure_ids=(*ids, "institutions.would_rank", "places.shown") if first else ids, confidence="high", weight=65,
        ),
    )  # fmt: skip


def _months_words(found: PlacesFound) -> str:
    months = len(found.last_months)
    return f"{number_words(months)} month{'' if months == 1 else 's'}"


def _together(found: PlacesFound) -> list[Figure]:
    shown, total = len(found.shown), found.ranked_rows
    share = round(100 * held(found) / total, 1) if total else None
    points = sum(len(each.members) for each in found.shown)
    told = [
        ("places.held", f"rows in the first {shown} places", held(found), "rows", COUNT, held(found), (held(found), total)),
        ("places.total", "ranked rows of the last months", total, "rows",
         "All ranked rows of the area, in a chosen place or not.", total, None),
        ("places.months", "months present that places are chosen on", len(found.last_months), "months",
         "The last months of the period that the source holds, twelve at most.", None, None),
        ("places.held_share", f"share of the ranked rows in the first {shown} places", share, "%",
         f"{COUNT} Over all ranked rows.", total, (held(found), total)),
        ("places.points_share", f"share of the map points in the first {shown} places", _of_points(found), "%",
         "Map points of the places over all map points with a ranked row in the whole period.", None,
         (points, len(found.points.xy_m))),
        ("places.shown", "places shown", shown, "places", f"Places listed by {UNITS[found.weighed.by]}.", None, None),
        ("places.sure", f"of these almost certainly among the first {shown}", _sure(found) if found.tiers else None, "places",
         tier_rule(found) or "Not worked out: too few places or months.", None, (_sure(found), shown)),
        ("places.may_be_homes", "of these of unknown kind, may be homes", _homes(found), "places",
         "A street's name is all that the source tells of most of their rows.", None, (_homes(found), shown)),
        ("institutions.count", "rows at institutions", _at_institutions(found), "rows",
         "Rows of the question with a point at a prison, hospital or police station, by the source or by a person: in no place.",
         _at_institutions(found), None),
        ("institutions.would_rank", "institutions' map points with more rows than the last place shown", _would_rank(found),
         "map points", "Each point by itself; what a ranking by count that knows no institutions would have put first.",
         None, None),
    ]  # fmt: skip
    if found.weighed.by == "harm":
        told += [
            ("places.harm_held", f"harm in the first {shown} places", held_harm(found), "days", HARM, None, None),
            ("places.harm_held_share", f"share of the ranked rows' harm in the first {shown} places", _harm_percent(found), "%",
             f"{HARM} Over the harm of all ranked rows.", None, None),
        ]  # fmt: skip
    return [
        Figure(
            id=name, label=label, value=value, unit=unit, definition=definition, period=found.last_words, rows=rows,
            numerator=None if parts is None else parts[0], denominator=None if parts is None else parts[1],
        )
        for name, label, value, unit, definition, rows, parts in told
    ]  # fmt: skip


def _each(found: PlacesFound) -> list[Figure]:
    figures = []
    for each in found.shown:
        low, high = each.count_low, each.count_high
        interval = None if low is None or high is None else Interval(low=low, high=high, words=INTERVAL)
        of_period = int(each.monthly.sum())
        figures += [
            Figure(id=f"places.{each.id}.count", label=f"{each.name}: rows of the last months", value=each.count, unit="rows",
                   definition=COUNT, period=found.last_words, rows=each.count, interval=interval),
            Figure(id=f"places.{each.id}.count_period", label=f"{each.name}: rows of the whole period", value=of_period,
                   unit="rows", definition=COUNT, period=found.chosen.period_words, rows=of_period),
        ]  # fmt: skip
        low, high = (harm_told(end, rows=each.count) for end in (each.harm_low, each.harm_high))
        if found.weighed.by == "harm":
            between = None if low is None or high is None else Interval(low=low, high=high, words=HARM_INTERVAL)
            figures.append(
                Figure(id=f"places.{each.id}.harm", label=f"{each.name}: harm of the last months",
                       value=harm_told(each.harm, rows=each.count), unit="days", definition=HARM, period=found.last_words,
                       rows=each.count, interval=between)
            )  # fmt: skip
    return figures


def _days(found: PlacesFound) -> float:
    return sum(each.harm or 0.0 for each in found.shown)


def _harm_percent(found: PlacesFound) -> int | None:
    share = weight_held_share(found)
    return None if share is None else round(100 * share)


def _of_points(found: PlacesFound) -> float | None:
    points = sum(len(each.members) for each in found.shown)
    return round(100 * points / len(found.points.xy_m), 1) if len(found.points.xy_m) else None


def _sure(found: PlacesFound) -> int:
    return sum((each.standing.tier or "").startswith(SURELY) for each in found.shown if each.standing)


def _homes(found: PlacesFound) -> int:
    return sum(each.kind == MAY_BE_HOMES for each in found.shown)


def _at_institutions(found: PlacesFound) -> int:
    return sum(_last(found))


def _would_rank(found: PlacesFound) -> int | None:
    if found.weighed.by == "harm":
        return None
    return sum(rows > found.shown[-1].count for rows in _last(found)) if found.shown else 0


def _last(found: PlacesFound) -> list[int]:
    return [sum(each.by_month.get(month, 0) for month in found.last_months) for each in found.institutions]
