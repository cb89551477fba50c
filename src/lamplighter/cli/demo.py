"""The first command that a stranger types: from the bundled files to a finished site, and what to type next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lamplighter.cli import evidence, planning
from lamplighter.cli.say import say
from lamplighter.errors import InputError


def demo(
    plan: Annotated[Path, typer.Option(help="The plan folder.")] = Path("plans/met-vawg-2021"),
    data: Annotated[Path, typer.Option(help="The folder of the force's open tables.")] = Path("data/mps"),
    out: Annotated[Path, typer.Option(help="Where to write.")] = Path("demo"),
) -> None:
    """Import the bundled open tables, build the site of the bundled plan, and print what it found."""
    from lamplighter.cli.showing import most_surprising
    from lamplighter.plan.folder import read_header

    read_header(plan)
    files = sorted(data.glob("vawg-*.parquet"))
    if not files:
        raise InputError(f"There is no vawg-*.parquet in {data}. Run this from the repository, or name --data.")
    say("1. Importing the Met's open VAWG tables")
    evidence.mps_vawg(files, workspace=out / "workspace")
    say("\n2. Building the site and the report")
    planning.build(plan, out=out / "site", workspace=out / "workspace")

    say("\n3. The three most surprising sentences that it found\n")
    for sentence in most_surprising(out / "site" / "plan.json"):
        say(f"   • {sentence}\n")
    say(
        f"Where everything lies\n   the site      {out / 'site' / 'index.html'}\n   the report    {out / 'site' / 'report.pdf'}"
    )
    say(f"   the data      {out / 'site' / 'plan.json'}\n   the workspace {out / 'workspace'}\n   the plan      {plan}")
    say("\nWhat to type next\n   ./run lamplighter plan check " + str(plan))
    say(f"   ./run lamplighter plan show {plan} A09 --workspace {out / 'workspace'}")
    say(f"   ./run lamplighter measure --area Lambeth --workspace {out / 'workspace'}")
    say('   ./run lamplighter plan new my-plan --title "Our plan" --body "Our force"')
