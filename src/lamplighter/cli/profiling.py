"""The command that makes a problem profile: from a downloaded file or a workspace to the documents of one area, or of each."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lamplighter.cli.say import Json, Quiet, progress, say, say_json
from lamplighter.errors import InputError

if TYPE_CHECKING:
    from lamplighter.studies.incidents.question import ProfileQuestion

_AREA = "A force, a district, an LSOA, or a file with one outline. The force with most rows if not given."
_EACH = "A file of areas (GeoPackage, GeoJSON, Shapefile), or the word districts: one profile an area, and a page that compares."


def profile(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="A download of data.police.uk, or an extract with --mapping; else --workspace."
        ),
    ] = None,
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="The folder that holds what was imported.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--mapping", "-m", help="The mapping of an extract given as FILE.")
    ] = None,
    area: Annotated[str | None, typer.Option("--area", help=_AREA)] = None,
    force: Annotated[
        str | None, typer.Option("--force", help="Which force, where the area alone doesn't tell.")
    ] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="police-uk or extract, where the workspace holds both.")
    ] = None,
    offence: Annotated[
        list[str] | None, typer.Option("--offence", help="As the source writes it; may be given again.")
    ] = None,
    victims: Annotated[
        str | None,
        typer.Option("--victims", help="female or all; female where the source tells the sex, if not given."),
    ] = None,
    since: Annotated[str | None, typer.Option("--from", metavar="MONTH", help="First month, such as 2018-10.")] = None,
    until: Annotated[str | None, typer.Option("--to", metavar="MONTH", help="Last month.")] = None,
    compare_area: Annotated[
        list[str] | None, typer.Option("--compare-area", help="Another area to compare with; may be given again.")
    ] = None,
    each: Annotated[str | None, typer.Option("--each", help=_EACH)] = None,
    decisions: Annotated[
        Path | None, typer.Option("--decisions", help="decisions.toml: what people filled in and decided.")
    ] = None,
    previous: Annotated[
        Path | None, typer.Option("--previous", help="The profile.json before this one: places keep their ids.")
    ] = None,
    layer: Annotated[
        list[str] | None,
        typer.Option("--layer", help="A map layer of your own, drawn on the maps; may be given again."),
    ] = None,
    template: Annotated[
        Path | None, typer.Option("--template", help="A Word file whose styles the Word document takes.")
    ] = None,
    places: Annotated[int, typer.Option("--places", help="How many places are shown.")] = 20,
    weigh_by: Annotated[
        str,
        typer.Option("--weigh-by", help="Choose and rank places by count, or by harm, in days, where it can be told."),
    ] = "count",
    radius_m: Annotated[
        float, typer.Option("--radius-m", help="How far a place reaches from its middle, in metres.")
    ] = 141.0,
    seed: Annotated[int, typer.Option("--seed", help="Of everything that draws at random.")] = 0,
    by: Annotated[str | None, typer.Option("--by", help="Your name: it stands in the profile as who made it.")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="The folder to write into.")] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Write the problem profile of an area: HTML, PDF, Word, map layers, tables, JSON, and tonight's A4."""
    from lamplighter.reports.profile.build import ProfileOrder, write_profile
    from lamplighter.reports.profile.each import write_each

    # What can't be is said before a file is imported.
    question = _question(area, force, offence, victims, since, until, compare_area, places, weigh_by, radius_m, seed)
    target, made_from = _opened(file, mapping, workspace, out, quiet=quiet or as_json)
    order = ProfileOrder(
        workspace=made_from,
        source=source,
        question=question,
        decisions=decisions,
        previous=previous,
        layers=tuple(layer or ()),
        template=template,
        made_on=date.today(),
        made_by=by,
        out=target,
    )
    with progress(quiet=quiet or as_json) as tell:
        written = (
            write_profile(order, on_progress=tell) if each is None else write_each(order, each=each, on_progress=tell)
        )
    if as_json:
        say_json(written.as_told())
        return
    for sentence in written.sentences:
        say(sentence, quiet=quiet)


def _opened(
    file: Path | None, mapping: Path | None, workspace: Path | None, out: Path | None, *, quiet: bool
) -> tuple[Path, Path]:
    """Where to write, and the workspace: the one that was named, or one of its own that the file is imported into."""
    from lamplighter.reports.profile.build import check_can_be_written

    if file is None and workspace is None:
        raise InputError("Name a download of data.police.uk, or --workspace with what was imported.")
    target = out or Path("profile")
    check_can_be_written(target)
    if file is None:
        assert workspace is not None  # noqa: S101
        return target, workspace
    place = workspace or target / "workspace"
    if mapping is None:
        from lamplighter.cli.incidents import police_uk

        police_uk([file], workspace=place, quiet=quiet)
    else:
        from lamplighter.cli.extracting import extract

        extract([file], mapping=mapping, workspace=place, quiet=quiet)
    return target, place


def _question(
    area: str | None,
    force: str | None,
    offence: list[str] | None,
    victims: str | None,
    since: str | None,
    until: str | None,
    compare_area: list[str] | None,
    places: int,
    weigh_by: str,
    radius_m: float,
    seed: int,
) -> ProfileQuestion:
    from lamplighter.reports.profile.build import area_named
    from lamplighter.schema import month_number
    from lamplighter.studies.incidents.question import ProfileQuestion

    if victims not in (None, "all", "female"):
        raise InputError(f"--victims is female or all, not {victims!r}.")
    if weigh_by not in ("count", "harm"):
        raise InputError(f"--weigh-by is count or harm, not {weigh_by!r}.")
    return ProfileQuestion(
        area=None if area is None else area_named(area),
        force=force,
        offences=tuple(offence) if offence else None,
        victims=victims,  # type: ignore[arg-type]
        first=None if since is None else month_number(since),
        last=None if until is None else month_number(until),
        compare=tuple(area_named(one) for one in compare_area or ()),
        places=places,
        chosen_places=max(100, 5 * places),
        weigh_by=weigh_by,  # type: ignore[arg-type]
        radius_m=radius_m,
        seed=seed,
    )
