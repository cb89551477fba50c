"""The first command that a stranger types: from the bundled files to a finished site and two profiles, and what to type next."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lamplighter.cli import evidence, extracting, incidents, planning
from lamplighter.cli.say import progress, say
from lamplighter.errors import InputError

if TYPE_CHECKING:
    from lamplighter.reports.profile.build import Written

STREET_AREA = "Doncaster"
EXPORT, MAPPING = "made-up-extract.csv", "mapping.toml"


def demo(
    plan: Annotated[Path, typer.Option(help="The plan folder.")] = Path("plans/met-vawg-2021"),
    data: Annotated[Path, typer.Option(help="The folder of the force's open tables.")] = Path("data/mps"),
    street: Annotated[Path, typer.Option(help="The folder of street files.")] = Path("data/police-uk-doncaster"),
    extract: Annotated[Path, typer.Option(help="The folder of the made-up extract.")] = Path("data/made-up-extract"),
    out: Annotated[Path, typer.Option(help="Where to write.")] = Path("demo"),
) -> None:
    """Import the bundled files, build the plan's site and two profiles, real and made-up, and print what was found."""
    from lamplighter.cli.showing import most_surprising
    from lamplighter.plan.folder import read_header

    read_header(plan)
    files = sorted(data.glob("vawg-*.parquet"))
    _check_there(files, "vawg-*.parquet", data, "--data")
    _check_there(sorted(street.glob("*-street.csv*")), "street file", street, "--street")
    for name in (EXPORT, MAPPING):
        _check_there([each for each in [extract / name] if each.is_file()], name, extract, "--extract")
    say("1. Importing the Met's open VAWG tables")
    evidence.mps_vawg(files, workspace=out / "workspace")
    say("\n2. Building the site and the report")
    planning.build(plan, out=out / "site", workspace=out / "workspace")
    say("\n3. The three most surprising sentences that it found\n")
    for sentence in most_surprising(out / "site" / "plan.json"):
        say(f"   • {sentence}\n")

    say(f"4. A problem profile of {STREET_AREA} from open street data")
    incidents.police_uk([street], workspace=out / "workspace-doncaster", quiet=True)
    _profile(out / "workspace-doncaster", out / "profile-doncaster", area=STREET_AREA)
    say("5. The same of a force's own export, with women, times and settings")
    extracting.extract([extract / EXPORT], mapping=extract / MAPPING, workspace=out / "workspace-made-up", quiet=True)
    _profile(out / "workspace-made-up", out / "profile-made-up", area=None)
    _say_what_next(plan, out)


def _profile(workspace: Path, out: Path, *, area: str | None) -> None:
    """Makes one profile and says its page one, and whether the one that lay there was the same."""
    from datetime import date

    from lamplighter.reports.profile.build import ProfileOrder, write_profile
    from lamplighter.reports.profile.writing import digests_of
    from lamplighter.studies.incidents.question import ProfileQuestion

    before = digests_of(out)
    order = ProfileOrder(workspace=workspace, question=ProfileQuestion(area=area), made_on=date.today(), out=out)
    with progress(quiet=False) as tell:
        written = write_profile(order, on_progress=tell)
    now = digests_of(out)
    made = all(before.get(name) == digest for name, digest in now.items())
    say(f"   {'Made again, and nothing changed' if made else 'Wrote'}: {len(now):,} files in {out}")
    _say_page_one(written)


def _say_page_one(written: Written) -> None:
    told = written.told
    lines = [str(told["title"]), *([told["synthetic_words"]] if told["synthetic"] else []), told["what_it_is"]]
    for line in lines:
        say(textwrap.fill(str(line), 100, initial_indent="   ", subsequent_indent="   "))
    say()
    for each in told["summary"]["findings"]:
        words = f"{each['text']} (confidence: {each['confidence']})"
        say(textwrap.fill(words, 100, initial_indent="   • ", subsequent_indent="     ") + "\n")


def _say_what_next(plan: Path, out: Path) -> None:
    doncaster, made_up = out / "profile-doncaster", out / "profile-made-up"
    say("Where everything lies")
    for what, where in (
        ("the site", out / "site" / "index.html"),
        ("the report", out / "site" / "report.pdf"),
        ("the data", out / "site" / "plan.json"),
        ("Doncaster", doncaster / "profile.html"),
        ("  tonight's A4", doncaster / "brief.pdf"),
        ("made-up", made_up / "profile.html"),
        ("  tonight's A4", made_up / "brief.pdf"),
        ("the workspaces", f"{out / 'workspace'}, workspace-doncaster, workspace-made-up"),
        ("the plan", plan),
    ):
        say(f"   {what:<15} {where}")
    say(f"\nWhat to type next\n   ./run lamplighter plan check {plan}")
    say(f"   ./run lamplighter plan show {plan} A09 --workspace {out / 'workspace'}")
    say(f"   ./run lamplighter measure --area Lambeth --workspace {out / 'workspace'}")
    say('   ./run lamplighter plan new my-plan --title "Our plan" --body "Our force"')
    say("   ./run lamplighter profile DOWNLOAD.zip        a download of data.police.uk, as it came")
    say("\nThe profile as evidence for a promise, in a copy of the plan")
    say(f"   cp -r {plan} {out / 'plan'}")
    say(f"   ./run lamplighter plan evidence add {doncaster} --promise A05 --plan {out / 'plan'} --public")


def _check_there(found: list[Path], what: str, folder: Path, option: str) -> None:
    if not found:
        raise InputError(f"There is no {what} in {folder}. Run this from the repository, or name {option}.")
