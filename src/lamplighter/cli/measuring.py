"""Commands on measures: list them, or answer one for an area."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lamplighter.cli.say import Json, Workspace, number, say, say_json, table
from lamplighter.errors import InputError

if TYPE_CHECKING:
    from lamplighter.workspace import Workspace as Folder


def _intact(path: Path) -> Folder:
    """The workspace, if every file in it is what its manifest says. Raises WorkspaceDamaged: no answer from altered rows."""
    from lamplighter.workspace import Workspace as Folder

    opened = Folder.open(path)
    opened.check_intact()
    return opened


def measures(workspace: Workspace, as_json: Json = False) -> None:
    """List the measures that this workspace can answer."""
    from lamplighter.studies.catalogue import answers

    found = answers(_intact(workspace))
    if as_json:
        say_json(
            [{"id": each.id, "title": each.title, "family": each.family, "unit": each.unit} for each in found.values()]
        )
        return
    say(table(["measure", "what", "family"], [[each.id, each.title, each.family] for each in found.values()]))


def measure(
    workspace: Workspace,
    measure_id: Annotated[
        str | None, typer.Argument(metavar="[MEASURE]", help="A measure, as `lamplighter measures` names it.")
    ] = None,
    area: Annotated[str | None, typer.Option(help="A BCU, a borough, or a ward as 'Lambeth / Clapham Town'.")] = None,
    offence: Annotated[str | None, typer.Option(help="An offence group or sub-group.")] = None,
    as_json: Json = False,
) -> None:
    """Answer one measure: by its id, or for an area, or for an offence. Place and offence together do not exist."""
    from lamplighter.plan.plan_json import measure_told
    from lamplighter.studies.catalogue import answer_one

    if measure_id is None and area is None and offence is None:
        raise InputError("Name a measure, an --area or an --offence. See: lamplighter measures --workspace W")
    answer = answer_one(_intact(workspace), measure_id=measure_id, area=area, offence=offence)
    if as_json:
        say_json(measure_told(answer))
        return
    say(f"{answer.title} ({answer.unit}; {answer.area})")
    if answer.summary:
        say(answer.summary)
    for each in answer.breaks:
        say(f"  {each.period}: {each.words}")
    for signal in answer.signals:
        say(f"  {signal.since} to {signal.until}: {signal.rule_words.lower()}; {signal.words}.")
    recent = answer.points[-13:]
    say(
        table(
            ["period", answer.unit],
            [[point.period, number(point.value)] for point in recent],
        )
    )
    for caveat in answer.caveats:
        say(f"  Note: {caveat}")
