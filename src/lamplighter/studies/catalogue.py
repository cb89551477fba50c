"""All measures that a workspace can answer, by id; and one of them for an area or an offence that somebody names."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lamplighter.errors import InputError, NoSuchName
from lamplighter.schema import day_words
from lamplighter.studies.answers import MeasureAnswer
from lamplighter.studies.area_answers import AreaComparison
from lamplighter.studies.delays import delay_answers
from lamplighter.studies.evidence import Evidence
from lamplighter.studies.places import place_answers, ward_answer, wards_called
from lamplighter.studies.recorded import recorded_answers
from lamplighter.studies.victims import victim_answers

if TYPE_CHECKING:
    from lamplighter.workspace import Workspace

VICTIM_TABLES = ("victims_place", "victims_age", "victims_ethnicity")
FAMILIES = ("headline", "group", "subgroup", "delay", "victims", "place")


def answers(
    workspace: Workspace, *, as_of: date | None = None, families: Collection[str] = FAMILIES
) -> dict[str, MeasureAnswer]:
    """Every measure whose tables were imported, in the order of families. An empty workspace answers none.

    as_of: no month that ends after that day is looked at. Earlier months are told as the extract tells them now.
    families: those that are wanted; the others may be left out, which spares their work.
    """
    evidence = Evidence(workspace, until=None if as_of is None else last_whole_month(as_of))
    found: list[MeasureAnswer] = []
    try:
        if evidence.has("offences_kind") and not set(families) <= {"victims", "place"}:
            found += recorded_answers(evidence) + delay_answers(evidence)
        if "victims" in families and all(evidence.has(table) for table in VICTIM_TABLES):
            found += victim_answers(evidence)
        if "place" in families and evidence.has("offences_place"):
            found += place_answers(evidence)
    finally:
        evidence.close()
    return {each.id: each for each in sorted(found, key=lambda each: FAMILIES.index(each.family))}


def area_comparisons(workspace: Workspace, *, as_of: date | None = None) -> tuple[AreaComparison, ...]:
    """Areas held against each other: nothing without a table by place. as_of: as `answers` takes it."""
    from lamplighter.studies.areas import area_answers

    evidence = Evidence(workspace, until=None if as_of is None else last_whole_month(as_of))
    try:
        return tuple(area_answers(evidence))
    finally:
        evidence.close()


def last_whole_month(day: date) -> int:
    """The last month that is over when the day ends: 2021-11-05 → October 2021, 2024-06-30 → June 2024."""
    this = day.year * 12 + day.month - 1
    return this if (day + timedelta(days=1)).day == 1 else this - 1


def answer_one(
    workspace: Workspace,
    *,
    measure_id: str | None = None,
    area: str | None = None,
    offence: str | None = None,
    as_of: date | None = None,
) -> MeasureAnswer:
    """One measure, by id, by area or by offence. Raises QuestionRefused for place and offence together, NoSuchName."""
    from lamplighter.reductions.catalogue import check_place_or_offence

    check_place_or_offence(area, offence)
    wanted = ("place",) if area is not None and measure_id is None else FAMILIES
    found = answers(workspace, families=wanted, as_of=as_of)
    return chosen(workspace, found, measure_id=measure_id, area=area, offence=offence, as_of=as_of)


def chosen(
    workspace: Workspace,
    found: Mapping[str, MeasureAnswer],
    *,
    measure_id: str | None = None,
    area: str | None = None,
    offence: str | None = None,
    as_of: date | None = None,
) -> MeasureAnswer:
    """The one of these answers that is meant; a ward is worked out anew. For who asks several times and answers once.

    found: what `answers` gave for the same workspace and day. Raises as `answer_one`.
    """
    from lamplighter.reductions.catalogue import check_place_or_offence

    check_place_or_offence(area, offence)
    if not found and not workspace.import_ids():
        raise InputError(
            "Nothing was imported into this workspace yet. Run: lamplighter import mps-vawg FILE --workspace W"
        )
    if not found and as_of is not None:
        raise InputError(f"No month that was imported had ended by {day_words(as_of)}. Look from a later day.")
    if area is not None:
        if measure_id is not None and found.get(measure_id) is not None and found[measure_id].family != "place":
            check_place_or_offence(area, found[measure_id].title)
        return _of_area(workspace, found, area, as_of)
    if offence is not None:
        kinds = {each.title: each for each in found.values() if each.family in ("group", "subgroup")}
        return _named("offence", offence, kinds)
    if measure_id is None:
        raise InputError("Name a measure, an --area or an --offence.")
    if measure_id not in found:
        raise NoSuchName("measure", measure_id, list(found))
    return found[measure_id]


def _of_area(workspace: Workspace, found: Mapping[str, MeasureAnswer], area: str, as_of: date | None) -> MeasureAnswer:
    places = {each.area: each for each in found.values() if each.family == "place"}
    if area.casefold() in {each.casefold() for each in places}:
        return _named("area", area, places)
    if as_of is not None and not places:
        raise InputError(f"No month of the table by place had ended by {day_words(as_of)}. Look from a later day.")
    evidence = Evidence(workspace, until=None if as_of is None else last_whole_month(as_of))
    try:
        if "/" in area:
            borough, ward = (part.strip() for part in area.split("/", 1))
            return ward_answer(evidence, borough, ward)
        if whole := wards_called(evidence, area):
            raise InputError(
                f"{area} is a ward, and ward names repeat. Name it with its borough: {' or '.join(whole)}."
            )
    finally:
        evidence.close()
    return _named("area", area, places)


def _named(kind: str, name: str, known: dict[str, MeasureAnswer]) -> MeasureAnswer:
    exact = {each.casefold(): each for each in known}
    if name.casefold() in exact:
        return known[exact[name.casefold()]]
    raise NoSuchName(kind, name, list(known))
