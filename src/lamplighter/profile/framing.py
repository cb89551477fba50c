"""What a profile is called, what it is and is not, how its offence is defined: the words before the first number."""

from __future__ import annotations

from typing import Any

from lamplighter.schema import month_text
from lamplighter.studies.incidents.chosen import Chosen
from lamplighter.studies.incidents.question import MONTHS, RADIUS_M, ProfileQuestion
from lamplighter.studies.incidents.saying import Figure

CAUTION = "Recorded crime at snapped points: not evidence about a person or an address."
CAUTION_EXTRACT = (
    "Recorded crime at the points of its source, snapped or not: not evidence about a person or an address."
)
_VIOLENCE = (
    "A profile of recorded violence, not of violence against women and girls: the source tells no victim's sex, so crimes against"
    " men stand in it too, and it holds no domestic flag and no relationship."
)
_NO_SEX = (
    "A profile of recorded crime, not of violence against women and girls alone: too few rows of the source tell the victim's"
    " sex, so crimes against men stand in it too."
)
_WOMEN = (
    "A profile of recorded crimes whose victim is a woman or a girl. Rows whose victim's sex is unknown are not in it."
)
_ROW = "A row is one recorded crime."
_AS_ASKED = "A profile of recorded crimes whoever the victim is, as it was asked for."


def caution_of(chosen: Chosen) -> str:
    """The sentence of every page. An extract's points may not be snapped, but are no evidence about a person either."""
    return CAUTION if chosen.is_street else CAUTION_EXTRACT


def title_of(chosen: Chosen) -> str:
    """`Violence and sexual offences in Doncaster: a violence profile, not a profile of violence against women and girls`."""
    where = f"in {chosen.area.title}"
    if chosen.women_and_girls:
        what = "Recorded crime against women and girls" if chosen.all_offences else "Violence against women and girls"
        return f"{what} {where}: problem profile"
    what = "Recorded crime" if chosen.all_offences else _first_two(chosen.offences)
    if chosen.is_street:
        return f"{what} {where}: a violence profile from open street data"
    return f"{what} {where}: problem profile, women and girls not told apart"


def what_it_is(chosen: Chosen) -> str:
    """The sentences under the title: what was counted, what must not be read into it, and what a row is."""
    if chosen.women_and_girls:
        what = _WOMEN
    elif chosen.is_street:
        what = _VIOLENCE
    else:
        what = _AS_ASKED if chosen.question.victims == "all" else _NO_SEX
    return f"{what} {_ROW}"


def definition_of(chosen: Chosen) -> dict[str, Any]:
    """The definition box: which rows are counted, by which words, from which source."""
    victims = " with a woman or a girl as victim" if chosen.women_and_girls else ""
    where = "with a point or without" if chosen.area.all_rows else "with a point inside it"
    return {
        "words": (
            f"Rows of {chosen.offence_words}{victims}, recorded by {chosen.area.force} from {chosen.period_words} in the months"
            f" present, {where} in {chosen.area.name}. Rows are counted, not distinct references."
        ),
        "source": "data.police.uk, street-level crime"
        if chosen.is_street
        else "the force's own extract, by its mapping",
        "offences": list(chosen.offences),
        "counted": "rows",
        "status": "unverified: no statute and no official list says which offences are violence against women and girls",
    }


def question_told(chosen: Chosen) -> dict[str, Any]:
    """The question with every default spelt out."""
    asked = chosen.question
    return {
        "area": {
            "name": chosen.area.name,
            "kind": chosen.area.kind,
            "force": chosen.area.force,
            "code": chosen.area.code,
        },
        "offences": list(chosen.offences),
        "all_offences": chosen.all_offences,
        "victims": "female" if chosen.women_and_girls else "all",
        "first_month": month_text(chosen.period[0]),
        "last_month": month_text(chosen.period[1]),
        "months_present": len(chosen.months),
        "radius_m": asked.radius_m,
        "places": asked.places,
        "chosen_places": asked.chosen_places,
        "weigh_by": asked.weigh_by,
        "compare": [each if isinstance(each, str) else each.name for each in asked.compare],
        "seed": asked.seed,
        "defaults": _defaults(asked),
    }


def count_figures(chosen: Chosen) -> tuple[Figure, ...]:
    """The count of the question, and how many of its rows have a point, lie on the force's ground and enter the places."""
    [(rows, located, ranked, at_institutions)] = chosen.db.execute(
        "select count(*), count(*) filter (where located), count(*) filter (where ranked),"
        " count(*) filter (where institution is not null and located) from asked where of_question"
    ).fetchall()
    words = definition_of(chosen)["words"]

    def one(name: str, label: str, value: int, definition: str) -> Figure:
        return Figure(
            id=name, label=label, value=value, unit="rows", definition=definition, period=chosen.period_words, rows=value,
            numerator=value if name != "count" else None, denominator=rows if name != "count" else None,
        )  # fmt: skip

    return (
        one("count", f"{chosen.offence_words}: rows", rows, words),
        one("count.located", "of these with a point", located, "Rows of the question that have coordinates."),
        one("count.institutions", "of these at institutions", at_institutions,
            "Rows of the question at a prison, hospital or police station, by premises or the exact words of their point."),
        one("count.ranked", "of these that places are grown from", ranked,
            "Rows with a point on the force's own ground, at no institution, neither at home nor online."),
    )  # fmt: skip


def _first_two(offences: tuple[str, ...]) -> str:
    if len(offences) <= 2:
        return " and ".join(offences)
    return f"{offences[0]}, {offences[1]} and {len(offences) - 2} more offences"


def _defaults(asked: ProfileQuestion) -> list[str]:
    told = {
        f"radius_m={asked.radius_m:g}": asked.radius_m == RADIUS_M,
        f"places={asked.places}": asked.places == 20,
        f"chosen_places={asked.chosen_places}": asked.chosen_places == 100,
        f"weigh_by={asked.weigh_by}": asked.weigh_by == "count",
        f"months={asked.months}": asked.months == MONTHS and asked.first is None,
        f"seed={asked.seed}": asked.seed == 0,
    }
    return [f"{words} (default)" for words, is_default in told.items() if is_default]
