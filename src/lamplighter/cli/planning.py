"""Commands on a plan folder: new, check, stamp, accept, show, as-of, schema, build."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lamplighter.cli.say import Json, Quiet, progress, say, say_json
from lamplighter.errors import InputError, NoSuchName, listed

if TYPE_CHECKING:
    from lamplighter.plan.folder import Plan

app = typer.Typer(help="A plan folder: check it, say where each promise stands, build its site.", no_args_is_help=True)
Folder = Annotated[Path, typer.Argument(help="The plan folder.")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to look from; as_of in plan.toml if not given."),
]
By = Annotated[str, typer.Option("--by", help="Your name: it is kept with what you decide.")]
OwnText = Annotated[
    Path | None, typer.Option("--text", help="Your own copy of the plan's text: matched by hash, shown to you.")
]

Comparison = Annotated[
    Path | None,
    typer.Option("--comparison", help="A folder that `plan compare --out` wrote: it then stands in the site."),
]


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@app.command("new")
def new(
    folder: Folder,
    title: Annotated[str, typer.Option(help="The plan's title.")],
    body: Annotated[str, typer.Option(help="Whose plan it is.")],
) -> None:
    """Start a plan folder: plan.toml and one empty CSV a record type, with their column heads."""
    from lamplighter.plan.editing import start_folder

    files = start_folder(folder, title=title, body=body, today=date.today())
    say(f"Wrote {len(files)} files into {folder}. Fill promises.csv first, then: lamplighter plan check {folder}")


@app.command("check")
def check(
    folder: Folder,
    as_of: AsOf = None,
    text: OwnText = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 for warnings too, not only for errors.")] = False,
    as_json: Json = False,
) -> None:
    """Name what is missing, broken or out of date: file, line and mend. Exits 1 when there is an error."""
    from lamplighter.plan.cards import cards_of
    from lamplighter.plan.check import as_told
    from lamplighter.plan.check import check as checked_plan
    from lamplighter.plan.folder import read_plan

    plan, unreadable = read_plan(folder)
    found = checked_plan(plan, unreadable, today=_day(as_of) or plan.header.as_of, cards=cards_of(plan))
    if as_json:
        say_json(
            {
                "errors": [as_told(each) for each in found.errors],
                "warnings": [as_told(each) for each in found.warnings],
                "accepted": [{**as_told(each), "reason": why} for each, why in found.accepted],
            }
        )
    else:
        for each in (*found.errors, *found.warnings):
            say(f"{'error' if each.serious else 'warning'}: {each} [{each.name}]")
        say(
            f"{len(found.errors)} errors, {len(found.warnings)} warnings, {len(found.accepted)} accepted with a reason, in "
            f"{len(plan.promises)} promises."
        )
        _say_what_waits(folder)
        if text is not None:
            _say_matches(plan, text)
    if found.errors or (strict and found.warnings):
        raise typer.Exit(1)


def _say_what_waits(folder: Path) -> None:
    """A folder that was drafted from a text holds no promise until a person has said so: say what she has not seen yet."""
    from lamplighter.plan.drafting.draft_folder import DRAFT
    from lamplighter.plan.drafting.review import open_review

    if (folder / DRAFT).is_dir() and (left := open_review(folder).left):
        say(f"Not decided yet: {len(left):,} of the draft's items. Next: lamplighter plan review {folder} --by NAME")


def _say_matches(plan: Plan, text: Path) -> None:
    from lamplighter.plan.text import match, read_text

    hashed = [each for each in plan.sentences if each.sha256]
    found = match(read_text(text), [str(each.sha256) for each in hashed])
    say(f"{len(found)} of {len(hashed)} sentences of the plan stand in {text.name}.")
    for each in hashed:
        if each.sha256 not in found:
            say(f"  Not found: {each.id} ({each.paraphrase})")


@app.command("sentences")
def sentences(
    text: Annotated[Path, typer.Argument(help="The plan's text, as plain text.")],
    version: Annotated[str, typer.Option(help="The version that the text is of.")] = "V1",
) -> None:
    """Print a text as rows for sentences.csv: ids and digests, with the paraphrases left for you to write."""
    from lamplighter.plan.folder import as_csv
    from lamplighter.plan.records import Sentence
    from lamplighter.plan.text import read_text, sentences_of

    found = sentences_of(read_text(text))
    width = max(2, len(str(len(found))))
    rows = [
        Sentence(id=f"S{each.position:0{width}d}", version=version, position=each.position, sha256=each.sha256)
        for each in found
    ]
    say(as_csv(Sentence, rows).rstrip("\n"))


@app.command("stamp")
def stamp(folder: Folder, by: By) -> None:
    """Stamp every new definition version, so that its words can't change under the same name."""
    from lamplighter.plan.editing import stamp_definitions

    added = stamp_definitions(folder, by=by, today=date.today())
    say(f"Stamped {added} definition versions in {folder}.")


@app.command("accept")
def accept(
    folder: Folder,
    record: Annotated[str, typer.Argument(help="The record that the warning is about.")],
    warning: Annotated[str, typer.Argument(help="The warning's name, as `plan check` prints it in brackets.")],
    by: By,
    reason: Annotated[str, typer.Option(help="Why it is accepted.")],
) -> None:
    """Accept a warning by name, with your name and a reason; it is kept in decisions.csv and shown as accepted."""
    from lamplighter.plan.editing import accept_warning

    decision = accept_warning(folder, record=record, warning=warning, by=by, reason=reason, today=date.today())
    say(f"Wrote decision {decision} into {folder / 'decisions.csv'}.")


@app.command("as-of")
def set_as_of(
    folder: Folder, day: Annotated[datetime, typer.Argument(formats=["%Y-%m-%d"], help="The new day.")]
) -> None:
    """Change as_of in plan.toml, leaving its comments and order as they are."""
    from lamplighter.plan.editing import change_as_of

    change_as_of(folder, day.date())
    say(f"{folder / 'plan.toml'}: as_of is now {day.date().isoformat()}.")


@app.command("schema")
def schema(
    what: Annotated[
        str, typer.Argument(help="folder: the plan folder's files and columns; plan.json: its JSON Schema.")
    ] = "folder",
) -> None:
    """Print the published schema of the plan folder or of plan.json."""
    from lamplighter.plan.published import folder_schema, plan_json_schema

    known = {"folder": folder_schema, "plan.json": plan_json_schema}
    if what not in known:
        raise InputError(f"There is no schema of {what!r}. Ask for folder or plan.json.")
    say_json(known[what]())


@app.command("show")
def show(
    folder: Folder,
    promise: Annotated[str | None, typer.Argument(help="One promise, such as A09; all if not given.")] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="The folder that holds what was imported.")
    ] = None,
    as_of: AsOf = None,
    text: OwnText = None,
    as_json: Json = False,
) -> None:
    """Say where every promise stands, or all that is known of one."""
    from lamplighter.cli.showing import show_all, show_one
    from lamplighter.plan.plan_json import plan_json
    from lamplighter.plan.text import read_text
    from lamplighter.reports.build import book_of

    book = book_of(folder, workspace=workspace, as_of=_day(as_of), own_text=read_text(text) if text else None)
    if as_json:
        told = {each["id"]: each for each in plan_json(book)["promises"]}
        if promise is not None and promise not in told:
            raise NoSuchName("promise", promise, list(told))
        say_json(list(told.values()) if promise is None else told[promise])
    elif promise is None:
        show_all(book)
    else:
        show_one(book, promise)


@app.command("build")
def build(
    folder: Folder,
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder to write the site into.")],
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="The folder that holds what was imported.")
    ] = None,
    as_of: AsOf = None,
    text: OwnText = None,
    comparison: Comparison = None,
    self_contained: Annotated[
        Path | None,
        typer.Option("--self-contained", help="Also write the site and its records as this one ZIP, to read offline."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the site, the progress report and plan.json. Same folder, workspace and day: same bytes."""
    from lamplighter.reports.build import build_site
    from lamplighter.reports.self_contained import check_outside, zip_site

    if self_contained is not None:
        check_outside(self_contained, out)
    with progress(quiet=quiet or as_json) as tell:
        done = build_site(
            folder,
            out=out,
            workspace=workspace,
            as_of=_day(as_of),
            text=text,
            comparison=comparison,
            on_progress=tell,
        )
    if self_contained is not None:
        zip_site(out, folder, self_contained)
    if as_json:
        say_json({"out": str(out), "pages": done.pages, "files": done.files, "unchanged": done.unchanged})
    elif done.unchanged:
        say(f"Nothing changed: {out} is what it would be ({done.pages} pages).", quiet=quiet)
    else:
        say(
            f"Wrote {done.pages} pages and {done.files} files into {out}: {done.charts_drawn} charts drawn, "
            f"{done.charts_cached} from the cache. Open {out / 'index.html'}",
            quiet=quiet,
        )
    if self_contained is not None and not as_json:
        say(f"Wrote {self_contained}: unpack it and open index.html.", quiet=quiet)
    _say_what_is_restricted(folder)


def _say_what_is_restricted(folder: Path) -> None:
    """On standard error, quiet or not: a working copy may hold it, and whoever copies it to a web server has to know."""
    from lamplighter.plan.folder import load_plan

    closed = [each.id for each in load_plan(folder).sources if each.access == "restricted"]
    if closed:
        typer.echo(
            f"Not for everybody: {listed(closed)} is marked restricted in sources.csv, and what was read there stands in these "
            "pages. Don't publish them; a release refuses it.",
            err=True,
        )
