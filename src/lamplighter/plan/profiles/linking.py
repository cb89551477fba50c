"""Linking a problem profile to a promise: a source, an event and the profile's public parts, all in one step or not at all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Literal

from lamplighter.errors import FileRefused, InputError, NoSuchName
from lamplighter.plan.cells import format_cell, parse_cell
from lamplighter.plan.changing import change_files
from lamplighter.plan.folder import Plan, as_csv, files_of_plan, read_header, read_plan
from lamplighter.plan.profiles.reading import PublicParts, read_profile
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.records.profiling import EXTRACT, STREET, Profile, ProfileFigure, ProfileFinding
from lamplighter.plan.records.showing import Evidence, Source
from lamplighter.schema import period_words

Access = Literal["open", "restricted"]
PROFILE_KIND, MADE_UP_KIND = "problem profile", "made up"
NOBODY = "not named"
_SHORTEST, _STEP = 8, 4  # letters of a digest in an id: more only where two profiles begin alike


@dataclass(frozen=True, kw_only=True)
class Linked:
    """What came of it: the rows, which promises the event names now, and whether anything had to be written."""

    profile: Profile
    source: Source
    evidence: Evidence
    parts: PublicParts
    files: tuple[str, ...]
    as_of: date

    @property
    def changed(self) -> bool:
        """Was anything written? The same profile for the same promise again changes nothing."""
        return bool(self.files)

    @property
    def shown_from(self) -> date | None:
        """The day from which the plan has to be looked at to show it; None where it is shown already."""
        made_on = self.profile.made_on
        return made_on if made_on is not None and made_on > self.as_of else None


def link_profile(
    folder: Path, profile: Path, *, promise: str, by: str | None, today: date, access: Access | None = None
) -> Linked:
    """Links a profile to a promise of a plan folder.

    profile: a profile.json or the folder that holds one. by: who links it. access: who may read the profile; None: anybody, if
    it is of open street data or made up, else not everybody. Only what `read_profile` gives is kept. The profile is an event, so
    no rule takes any number of it. Raises InputError and FileRefused with the mend, NoSuchName for a promise that is not there.
    """
    read_header(folder)
    before = files_of_plan(folder)
    plan, problems = read_plan(folder, files=before)
    if problems:
        raise InputError("The plan folder can't be read:\n  " + "\n  ".join(str(each) for each in problems[:20]))
    known = [each.id for each in plan.promises]
    if promise not in known:
        raise NoSuchName("promise", promise, known)
    parts = read_profile(profile, restricted=None if access is None else access == "restricted")
    by = (by or "").strip() or None
    there = next((each for each in plan.of("profiles") if each.sha256 == parts.sha256), None)
    wanted: dict[str, tuple[Any, ...]] = {}
    if there is None:
        profile_id = _new_id(plan, parts.sha256)
        told = _profile(profile_id, parts, by=by, today=today)
        source = _source(told, by=by, access=access or ("open" if parts.is_street or parts.made_up else "restricted"))
        evidence = _evidence(told, promise, by=by)
        wanted = {
            "profiles": (told,),
            "profile_figures": _figures(profile_id, parts),
            "profile_findings": _findings(profile_id, parts),
            "sources": (source,),
            "evidence": (evidence,),
        }
    else:
        told = there
        source = _there(plan, "sources", told.source_id)
        evidence = _there(plan, "evidence", told.evidence_id)
        if access is not None and source.access != access:
            raise InputError(
                f"{told.id} is linked already, as {source.access}. To change that, take its rows out of profiles.csv, "
                "profile_figures.csv, profile_findings.csv, sources.csv and evidence.csv, and link it again."
            )
        if promise not in evidence.promise_ids:
            evidence = replace(evidence, promise_ids=(*evidence.promise_ids, promise))
            wanted = {"evidence": (evidence,)}
    files = {RECORD_TYPES[kind].FILE: _file_with(plan, kind, rows, profile) for kind, rows in wanted.items() if rows}
    change_files(folder, files, before=before)
    return Linked(
        profile=told,
        source=source,
        evidence=evidence,
        parts=parts,
        files=tuple(files),
        as_of=plan.header.as_of,
    )


def _new_id(plan: Plan, digest: str) -> str:
    taken = {each.id.casefold() for each in plan.of("profiles")}
    lengths = range(_SHORTEST, len(digest) + 1, _STEP)
    return next(f"PP-{digest[:at]}" for at in lengths if f"pp-{digest[:at]}" not in taken)


def _profile(profile_id: str, parts: PublicParts, *, by: str | None, today: date) -> Profile:
    return Profile(
        id=profile_id,
        source_id=f"src-{profile_id}",
        evidence_id=f"E-{profile_id}",
        title=parts.title,
        what_it_is=parts.what_it_is,
        made_up=parts.made_up,
        data=STREET if parts.is_street else EXTRACT,
        caution=parts.caution,
        area=parts.area,
        force=parts.force,
        offences=parts.offences,
        first_month=parts.first_month,
        last_month=parts.last_month,
        months_present=parts.months_present,
        months_missing=parts.months_missing,
        months_partial=parts.months_partial,
        located_share=parts.located_share,
        counted=parts.counted,
        counted_from=parts.counted_from,
        definition_status=parts.definition_status,
        cannot_say="\n".join(parts.limits) or "Every such sentence of it holds counts of an extract.",
        cannot_say_left_out=parts.limits_left_out,
        findings_left_out=parts.findings_left_out,
        made_on=parts.made_on,
        made_with=parts.made_with,
        sha256=parts.sha256,
        linked_by=by,
        linked_on=today,
    )


def _source(told: Profile, *, by: str | None, access: Access) -> Source:
    """The profile as a source. When it was published, if ever, is not known: only that nobody had it before it was made."""
    return Source(
        id=told.source_id,
        title=f"{_called(told)}: {told.title}",
        publisher=by or NOBODY,
        kind=MADE_UP_KIND if told.made_up else PROFILE_KIND,
        not_before=told.made_on,
        access=access,
        status="unverified" if told.made_up else "verified",
        note=f"Made with {told.made_with}. SHA-256 of its profile.json: {told.sha256}.",
    )


def _evidence(told: Profile, promise: str, *, by: str | None) -> Evidence:
    period = f"{period_words(told.first_month or '')} to {period_words(told.last_month or '')}"
    shows = (
        "Its data are made up, so it shows nothing of the promise."
        if told.made_up
        else "It shows that somebody looked, not that officers went where it points, nor that anything came of it."
    )
    return Evidence(
        id=told.evidence_id,
        promise_ids=(promise,),
        title=f"{_called(told)} was made: {told.title}",
        says=f"{told.what_it_is} It speaks of {period}. {shows} None of its numbers is a figure of this plan.",
        happened_on=told.made_on,
        source_id=told.source_id,
        status="unverified" if told.made_up else "verified",
        added_by=by,
    )


def _called(told: Profile) -> str:
    return "A problem profile of made-up data" if told.made_up else "A problem profile"


def _figures(profile_id: str, parts: PublicParts) -> tuple[ProfileFigure, ...]:
    return tuple(
        ProfileFigure(
            id=f"{profile_id}.{each.id}",
            profile_id=profile_id,
            label=each.label,
            value=each.value,
            unit=each.unit,
            numerator=each.numerator,
            denominator=each.denominator,
            interval_low=each.interval[0] if each.interval else None,
            interval_high=each.interval[1] if each.interval else None,
            interval_words=each.interval[2] if each.interval else None,
            definition=each.definition,
            period=each.period,
        )
        for each in parts.figures
    )


def _findings(profile_id: str, parts: PublicParts) -> tuple[ProfileFinding, ...]:
    return tuple(
        ProfileFinding(
            id=f"{profile_id}.finding-{at}",
            profile_id=profile_id,
            text=each.text,
            figure_ids=tuple(f"{profile_id}.{one}" for one in each.figure_ids),
            confidence=each.confidence,
        )
        for at, each in enumerate(parts.findings, start=1)
    )


def _there(plan: Plan, kind: str, record_id: str) -> Any:
    """A row that a linked profile points to. Raises InputError where somebody took it out."""
    found = plan.lookup.by_id(kind).get(record_id)
    if found is None:
        raise InputError(
            f"The profile is linked already, but {RECORD_TYPES[kind].FILE} no longer has its row {record_id}. Put it back, or "
            "take the profile out of profiles.csv, profile_figures.csv and profile_findings.csv, and link it again."
        )
    return found


def _file_with(plan: Plan, kind: str, rows: tuple[Any, ...], profile: Path) -> bytes:
    """The file of a kind with these rows in it. Raises where a row's id is taken, or a cell would not be read as it was."""
    record_type, records = RECORD_TYPES[kind], {each.id: each for each in plan.of(kind)}
    for row in rows:
        for told in columns_of(record_type):
            value = getattr(row, told.name)
            try:
                same = parse_cell(format_cell(value), told) == value
            except ValueError as error:
                raise FileRefused(f"{profile} is damaged: {row.id}, {told.name}: {error}.") from None
            if not same:
                raise FileRefused(
                    f"{profile} is damaged: {row.id}, {told.name} can't be written as it is. Make it again."
                )
        mine = records.get(row.id)
        if mine is not None and not (isinstance(row, Evidence) and replace(mine, promise_ids=row.promise_ids) == row):
            raise InputError(
                f"{record_type.FILE} has a row {row.id} that is another thing. Give it another id, and link again."
            )
        records[row.id] = row
    return as_csv(record_type, list(records.values())).encode("utf-8")
