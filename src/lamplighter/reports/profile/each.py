"""One profile an area from the same question on the same scales, and a page that holds them side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from lamplighter.errors import InputError, LamplighterError
from lamplighter.profile.making import Profile, make_profile
from lamplighter.reductions import Engine
from lamplighter.reports.profile.build import (
    PROFILE_JSON,
    ProfileOrder,
    Written,
    beginnings,
    check_can_be_written,
    files_of,
    given_of,
    picture_layers,
    with_scales,
    word_template,
)
from lamplighter.reports.profile.each_page import AreaProfile, compared_files
from lamplighter.schema import OnProgress, distinct_slugs, tell_nobody
from lamplighter.studies.coverage import ForceCoverage, coverage
from lamplighter.studies.incidents.chosen import Chosen, choose
from lamplighter.studies.incidents.question import Polygon, ProfileQuestion
from lamplighter.workspace import Workspace

if TYPE_CHECKING:
    from lamplighter.reports.docx.template import Template

DISTRICTS = "districts"
# Names that no folder of an area takes: what may lie beside them, and what Windows keeps for its devices.
_NOT_FOLDERS = frozenset(
    ["figures", "workspace", "con", "prn", "aux", "nul"]
    + [f"{port}{at}" for port in ("com", "lpt") for at in range(1, 10)]
)


def write_each(order: ProfileOrder, *, each: str, on_progress: OnProgress = tell_nobody) -> Written:
    """Writes one profile an area into a folder of its own, `areas.csv`, `areas.json` and `index.html` beside them.

    each: a layer file of areas, or the word `districts` for the districts of the force's own ground. Offences, period and
    victims are chosen once, from the whole force, and hold for all. A decisions.toml in an area's folder is read; `previous`
    may be the folder that an earlier call wrote. An area without a row of the question gets a line with the reason.
    Raises InputError as `write_profile`; where a file can't be written, the areas written before it stand whole.
    """
    from lamplighter.reports.profile.writing import kept_words, write_files

    if order.question.area is not None:
        raise InputError("--area names one area and --each several. Give one of them.")
    if order.decisions is not None:
        raise InputError(
            f"Each area has decisions of its own: put decisions.toml into its folder in {order.out}, and leave --decisions out."
        )
    workspace = Workspace.open(order.workspace)
    check_can_be_written(order.out)
    word = word_template(order)
    question, areas, ledger = _asked(order, workspace, each)
    made = _made(order, workspace, question, areas, ledger, on_progress)
    scales = _shared_scales([one.profile for one in made if one.profile])
    written: list[str] = []
    kept: list[str] = []
    for at, one in enumerate(made):
        if one.profile is None:
            continue
        on_progress(f"writing {one.name}", at, len(made))
        names, kept_here = _write(order, one, scales, word)
        written += [f"{one.folder}/{name}" for name in names]
        kept += [f"{one.folder}/{name}" for name in kept_here]
    files = compared_files(made)
    kept += write_files(order.out, files)
    first = next(one.profile for one in made if one.profile)
    empty = [f"{one.name}: {one.why_not}" for one in made if one.why_not]
    return Written(
        out=order.out,
        files=(*written, *sorted(files)),
        sentences=(
            f"{len(made) - len(empty)} areas from one question, each in a folder of its own.",
            *empty,
            f"Wrote {order.out / 'index.html'}, which holds them side by side, with areas.csv and areas.json.",
            *([kept_words(tuple(kept))] if kept else []),
        ),
        told=first.told,
    )


def _asked(
    order: ProfileOrder, workspace: Workspace, each: str
) -> tuple[ProfileQuestion, Sequence[str | Polygon], ForceCoverage | None]:
    """The question with offences, period and victims settled by the whole force, the areas, and the force's coverage."""
    with Engine(workspace, incidents_from=order.source) as engine:
        whole = choose(engine, replace(order.question, area=None))
        areas = _areas(each, whole)
        question = replace(
            order.question,
            force=whole.area.force,
            offences=None if whole.all_offences else whole.offences,
            first=whole.period[0],
            last=whole.period[1],
            victims="female" if whole.women_and_girls else "all",
        )
        ledger = next(
            (
                one
                for one in coverage(workspace, repeats=False)
                if one.force == whole.area.force and one.source == whole.source
            ),
            None,
        )
    return question, areas, ledger


def _areas(each: str, whole: Chosen) -> Sequence[str | Polygon]:
    if each.strip().casefold() == DISTRICTS:
        if not whole.own_districts:
            raise InputError(f"The source of {whole.area.force} names no districts. Give --each a file of areas.")
        return whole.own_districts
    from lamplighter.sources.layers import read_areas

    return [Polygon(name=one.name, outline=one.outline) for one in read_areas(each)]


def _made(
    order: ProfileOrder,
    workspace: Workspace,
    question: ProfileQuestion,
    areas: Sequence[str | Polygon],
    ledger: ForceCoverage | None,
    on_progress: OnProgress,
) -> list[AreaProfile]:
    made = []
    folders = folders_of(areas)
    # What people gave is read before the work: a mistake in it is theirs to mend, and no reason that an area has no profile.
    given = [given_of(_order_of(order, folder)) for folder in folders]
    for at, area in enumerate(areas):
        name = area if isinstance(area, str) else area.name
        on_progress(name, at, len(areas))
        try:
            profile = make_profile(
                workspace,
                replace(question, area=area),
                made_on=order.made_on,
                given=given[at],
                source=order.source,
                ledger=ledger,
            )
        except LamplighterError as error:
            made.append(AreaProfile(name=name, folder=folders[at], profile=None, why_not=str(error)))
            continue
        made.append(AreaProfile(name=name, folder=folders[at], profile=profile))
    if not any(one.profile for one in made):
        raise InputError(
            f"No area could be profiled. The first: {made[0].why_not}" if made else "The file holds no area."
        )
    return made


def _order_of(order: ProfileOrder, folder: str) -> ProfileOrder:
    """The same order for one area: its own folder, and its own profile of an earlier call where there is one."""
    before = order.previous
    if before is not None and before.is_dir():
        before = before / folder / PROFILE_JSON
        before = before if before.is_file() else None
    return replace(order, out=order.out / folder, previous=before)


def _write(
    order: ProfileOrder, one: AreaProfile, scales: Mapping[str, float], word: Template | None
) -> tuple[list[str], tuple[str, ...]]:
    """The files that were written into the area's folder, and those of somebody else's that were kept beside them."""
    from lamplighter.reports.profile.writing import write_files

    assert one.profile is not None  # noqa: S101
    profile = with_scales(one.profile, scales)
    files = files_of(profile, layers=picture_layers(order, profile), word=word)
    files |= beginnings(_order_of(order, one.folder), profile)
    kept = write_files(order.out / one.folder, files)
    return sorted(files), kept


def _shared_scales(profiles: Sequence[Profile]) -> dict[str, float]:
    """Axes that reach as far as the longest of all, so that one chart can be held beside another."""
    return {name: max(each.told["scales"][name] for each in profiles) for name in profiles[0].told["scales"]}


def folders_of(areas: Sequence[str | Polygon]) -> list[str]:
    """`Bath and North East Somerset` → `bath-and-north-east-somerset`; a second of the same gets a number."""
    names = (each if isinstance(each, str) else each.name for each in areas)
    return distinct_slugs(names, taken=_NOT_FOLDERS, lacking="area")
