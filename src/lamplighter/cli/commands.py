"""All commands together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from lamplighter import __version__
from lamplighter.cli import (
    comparing,
    defining,
    drafting,
    evidence,
    extracting,
    incidents,
    linking,
    measuring,
    packing,
    planning,
    profiling,
    releasing,
    sheets,
)
from lamplighter.cli.demo import demo
from lamplighter.cli.migrating import migrate
from lamplighter.cli.zipping import zip_one

app = typer.Typer(
    name="lamplighter",
    help="An action plan against violence against women and girls as it runs: every promise, and what stands behind it.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog="Exit codes: 0 done; 1 a check found something; 2 wrong usage; 3 input refused; 4 workspace busy; "
    "5 workspace damaged; 6 a part is not installed; 7 workspace not written; 130 stopped.",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"lamplighter {__version__}")
        raise typer.Exit


@app.callback()
def lamplighter(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """An action plan against violence against women and girls as it runs: every promise, and what stands behind it."""


for _name, _command in (
    ("draft", drafting.draft),
    ("review", drafting.review),
    ("draft-score", drafting.draft_score),
    ("compare", comparing.compare),
    ("export", sheets.export_sheets),
    ("import", sheets.import_sheets),
    ("ask", sheets.ask),
    ("remind", sheets.remind),
    ("release", releasing.release),
    ("pack", packing.pack),
):
    planning.app.command(_name)(_command)
releasing.app.command("zip")(zip_one)
planning.app.add_typer(linking.app, name="evidence")
app.add_typer(planning.app, name="plan")
app.add_typer(releasing.app, name="release")
app.add_typer(evidence.import_app, name="import")
evidence.import_app.command("police-uk")(incidents.police_uk)
evidence.import_app.command("extract")(extracting.extract)
app.add_typer(extracting.mapping_app, name="mapping")
app.add_typer(defining.app, name="definitions")
app.command("imports")(evidence.imports)
app.command("coverage")(incidents.coverage)
app.command("profile")(profiling.profile)
app.command("refused")(evidence.refused)
app.command("revisions")(evidence.revisions)
app.command("verify")(evidence.verify)
app.command("measures")(measuring.measures)
app.command("measure")(measuring.measure)
app.command("migrate")(migrate)
app.command("demo")(demo)


def run(arguments: Sequence[str]) -> int:
    """Runs the command line without exiting; usage errors are 2."""
    try:
        told = app(list(arguments), standalone_mode=False)
    except typer.Exit as done:
        return int(done.exit_code)
    except typer.Abort as stopped:  # what Typer makes of Ctrl-C, which has an exit code of its own
        raise KeyboardInterrupt from stopped
    except Exception as error:
        show = getattr(error, "show", None)  # a usage error of Typer's own, which knows how to say itself
        if show is None:
            raise
        show()
        return int(getattr(error, "exit_code", 2))
    return int(told) if isinstance(told, int) else 0
