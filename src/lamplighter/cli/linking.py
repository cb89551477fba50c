"""Commands on the evidence of a plan: add links a problem profile to a promise."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lamplighter.cli.say import Json, say, say_json
from lamplighter.errors import InputError

if TYPE_CHECKING:
    from lamplighter.plan.profiles.linking import Access

HEADER = "plan.toml"
app = typer.Typer(help="The evidence of a plan: link what was found to a promise.", no_args_is_help=True)


@app.callback()
def evidence() -> None:
    """The evidence of a plan: link what was found to a promise."""


@app.command("add")
def add(
    profile: Annotated[Path, typer.Argument(help="A profile.json, or the folder that `lamplighter profile` wrote.")],
    promise: Annotated[str, typer.Option("--promise", help="The promise that it speaks to, such as A05.")],
    plan: Annotated[
        Path | None, typer.Option("--plan", help="The plan folder; the folder that you are in, if not given.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="Your name: it is kept with what you link.")] = None,
    public: Annotated[
        bool, typer.Option("--public", help="Anybody may read the profile itself, as with open street data.")
    ] = False,
    restricted: Annotated[
        bool,
        typer.Option("--restricted", help="Not everybody may, as with an extract; what it found is then not kept."),
    ] = False,
    as_json: Json = False,
) -> None:
    """Link a problem profile to a promise: an event with its source, and the public parts of its first page.

    No place, coordinate, victim, recommendation or name goes over. Findings do only from open street data, and only those on
    the whole area. The same profile again changes nothing.
    """
    from lamplighter.plan.profiles.linking import link_profile
    from lamplighter.plan.profiles.reading import left_out_words

    if plan is None and not Path(HEADER).is_file():
        raise InputError("You are in no plan folder. Name it: --plan FOLDER")
    folder = plan or Path()
    if public and restricted:
        raise InputError("A profile is either for everybody or not. Give --public or --restricted, not both.")
    access: Access | None = "open" if public else "restricted" if restricted else None
    done = link_profile(folder, profile, promise=promise, by=by, today=date.today(), access=access)
    told = done.profile
    if as_json:
        say_json(
            {
                "profile": told.id,
                "source": done.source.id,
                "evidence": done.evidence.id,
                "promises": list(done.evidence.promise_ids),
                "access": done.source.access,
                "made_up": told.made_up,
                "findings": len(done.parts.findings),
                "findings_left_out": told.findings_left_out,
                "limits_left_out": told.cannot_say_left_out,
                "files": list(done.files),
                "changed": done.changed,
            }
        )
        return
    if not done.changed:
        say(f"Nothing changed: {told.id} is linked to {promise} already.")
        return
    made_up = " Its data are made up, and whatever shows it says so." if told.made_up else ""
    say(f"Linked {told.id} to {promise}, {done.source.access}: {told.title}.{made_up}")
    say(f"  Written in one step: {', '.join(done.files)}.")
    left = left_out_words(done.parts)
    say(f"  Findings kept: {len(done.parts.findings)}.{f' {left}' if left else ''} Of its places nothing is kept.")
    if done.evidence.added_by is None:
        say("  Nobody is named as having linked it: give --by NAME the next time, or write added_by in evidence.csv.")
    if done.shown_from is not None:
        say(
            f"  The plan is looked at as of {done.as_of}, and the profile was made on {done.shown_from}: it is shown from then "
            f"on. Move that day: lamplighter plan as-of {folder} {done.shown_from}"
        )
    if done.source.access == "restricted":
        say("  Not for everybody: a release refuses it, and a working copy that holds it is not to be published.")
