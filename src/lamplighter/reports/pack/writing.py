"""Writes the evidence pack: the records as they were known on a day, a page to read them by, and a manifest of digests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from importlib.resources import files as package_files
from pathlib import Path

from lamplighter import __version__, definitions
from lamplighter.errors import InputError
from lamplighter.plan.cards import cards_of
from lamplighter.plan.folder import load_plan
from lamplighter.plan.packing.choosing import ALL, Chosen, check_may_be_packed, chosen
from lamplighter.plan.packing.knowing import Known, LeftOut, known_on
from lamplighter.plan.packing.linking import Chain, chains
from lamplighter.plan.packing.manifest import MANIFEST, manifest_bytes
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.records.showing import Card
from lamplighter.reports.built import asset_folder, dress_of
from lamplighter.reports.pack.page import FileLine, pack_page
from lamplighter.reports.tables import as_csv_bytes, definitions_csv, measure_csv
from lamplighter.studies.answers import MeasureAnswer
from lamplighter.workspace import Workspace
from lamplighter.workspace.durable import write_whole
from lamplighter.workspace.zipping import zip_bytes

PAGE = "index.html"
INDEX_COLUMNS = (
    "recommendation", "review", "says", "response", "promise", "promise_title", "kind", "id", "what", "dated", "status",
    "source", "source_title", "publisher", "access", "address", "file", "sha256",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PackDone:
    """What was packed, what was left out, and the manifest's SHA-256 to lodge with somebody else."""

    path: Path
    files: int
    recommendations: int
    promises: int
    left_out: tuple[LeftOut, ...]
    measures_left_out: int
    restricted: tuple[str, ...]
    digest: str


def write_pack(
    folder: Path, *, workspace: Path | None, as_of: date, out: Path, recommendation: str = ALL, with_restricted: bool = False
) -> PackDone:  # fmt: skip
    """What stood behind a recommendation, or behind the whole plan, on that day: as one ZIP, written whole or not at all.

    A measure is in it only if every import behind the workspace's rows had happened by then. The same plan, workspace, day
    and question give the same bytes. Misleads where records don't say when they were written down: those are held by the
    day that they speak of. Raises InputError for a plan that can't be read, a day before its first version, a restricted
    source that nobody asked for, or a place that can't be written; NoSuchName for a recommendation that was not known.
    """
    if out.is_dir():
        raise InputError(f"{out} is a folder. Give --out the name of a file, such as {out / 'pack.zip'}.")
    opened = Workspace.open(workspace) if workspace else None
    if opened:
        opened.check_intact()
    plan = load_plan(folder)
    imports = opened.imports() if opened else ()
    known = known_on(plan, as_of, imports=imports, live=opened.import_ids() if opened else ())
    picked = chosen(known.plan, recommendation)
    restricted = tuple(each.id for each in check_may_be_packed(picked, with_restricted=with_restricted))
    measures, measures_left_out = _measures(opened, known, picked)
    found = chains(known, picked, measures)
    digests = {
        "plan_folder": plan.digest,
        "workspace": opened.digest() if opened else "no workspace",
        "lamplighter": __version__,
    }
    files = dict(_data(known, picked, found, measures))
    dress = asset_folder()
    listed = [FileLine(name=name, sha256=sha256(content).hexdigest()) for name, content in sorted(files.items())]
    page = pack_page(
        known=known,
        found=found,
        cards=_cards(known, picked, measures),
        files=listed,
        about=recommendation,
        restricted=restricted,
        measures_left_out=measures_left_out,
        digests=digests,
        mark=(dress / "lamp.svg").read_text(encoding="utf-8").strip(),
    )
    files = {PAGE: page.encode("utf-8"), **files, **dict(dress_of(dress)), **_own_style()}
    header = known.plan.header
    manifest = manifest_bytes(
        title=header.title,
        body=header.body,
        as_of=as_of.isoformat(),
        about=recommendation,
        left_out=(*known.left_out, *_measures_line(measures_left_out)),
        restricted=restricted,
        digests=digests,
        files=files,
    )
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_whole(out, zip_bytes({MANIFEST: manifest, **files}), fsync=True)
    except OSError as error:
        raise InputError(f"{out} can't be written ({error.strerror}). Close it, or name another place.") from None
    return PackDone(
        path=out,
        files=len(files) + 1,
        recommendations=len(picked.recommendations),
        promises=len(picked.of("promises")),
        left_out=known.left_out,
        measures_left_out=measures_left_out,
        restricted=restricted,
        digest=sha256(manifest).hexdigest(),
    )


def _own_style() -> dict[str, bytes]:
    return {"assets/pack.css": package_files("lamplighter.reports.pack").joinpath("pack.css").read_bytes()}


def _measures_line(count: int) -> tuple[LeftOut, ...]:
    return (LeftOut(what="Measures, because a table behind them was imported later", count=count),) if count else ()


def _measures(opened: Workspace | None, known: Known, picked: Chosen) -> tuple[dict[str, MeasureAnswer], int]:
    """The measures that the pack's promises name, or how many are left out because a later import stands behind them."""
    wanted = {each for promise in picked.of("promises") for each in promise.measure_ids}
    if opened is None or not wanted:
        return {}, 0
    if not known.imports_complete:
        return {}, len(wanted)
    from lamplighter.studies.catalogue import answers

    found = answers(opened, as_of=known.day)
    return {each: found[each] for each in sorted(wanted) if each in found}, 0


def _cards(known: Known, picked: Chosen, measures: Mapping[str, MeasureAnswer]) -> dict[str, Card]:
    """The definitions that the pack uses: those of its promises, figures and measures."""
    used = {each for promise in picked.of("promises") for each in promise.definition_ids}
    used |= {each.definition_id for each in picked.of("figures")} | {each.definition_id for each in measures.values()}
    return {id_: card for id_, card in cards_of(known.plan).items() if id_ in used}


def _data(
    known: Known, picked: Chosen, found: Sequence[Chain], measures: Mapping[str, MeasureAnswer]
) -> Iterator[tuple[str, bytes]]:
    """Every file but the page and what dresses it."""
    yield "index.csv", as_csv_bytes(INDEX_COLUMNS, _rows(found))
    yield "standing.csv", as_csv_bytes(
        ("promise", "title", "axis", "answer", "rule", "because", "worked_out", "overridden_by"),
        (
            (link.promise.id, link.promise.title, axis, answer.answer, answer.rule, answer.because, answer.worked_out,
             answer.override.decided_by if answer.override else None)
            for link in {link.promise.id: link for chain in found for link in chain.links}.values()
            for axis, answer in (("evidence", link.evidence), ("delivery", link.delivery))
        ),
    )  # fmt: skip
    rules = (("evidence", definitions.evidence_rules()), ("delivery", definitions.delivery_rules()))
    yield (
        "rules.csv",
        as_csv_bytes(
            ("axis", "order", "id", "answer", "words"),
            ((axis, each["order"], each["id"], each["answer"], each["words"]) for axis, told in rules for each in told),
        ),
    )
    yield "definitions.csv", definitions_csv(_cards(known, picked, measures))
    yield (
        "imports.csv",
        as_csv_bytes(
            ("import", "at", "source", "file", "sha256", "rows_read", "rows_kept", "rows_refused"),
            (
                (
                    each.id,
                    each.at,
                    each.source,
                    file.name,
                    file.sha256,
                    file.rows_read,
                    file.rows_kept,
                    file.rows_refused,
                )
                for each in known.imports
                for file in each.files
            ),
        ),
    )
    for kind, record_type in RECORD_TYPES.items():
        if picked.of(kind):
            heads = [each.name for each in columns_of(record_type)]
            rows = (
                [getattr(record, head) for head in heads]
                for record in sorted(picked.of(kind), key=lambda each: each.id)
            )
            # Not as the plan folder has them: an inspector opens them in a spreadsheet, and nothing reads them back.
            yield f"records/{record_type.FILE}", as_csv_bytes(heads, rows)
    for id_, answer in measures.items():
        yield f"measures/{id_}.csv", measure_csv(answer)


def _rows(found: Sequence[Chain]) -> Iterator[tuple[object, ...]]:
    """A row a piece; a promise or a recommendation with nothing behind it still has its row."""
    nothing = (None,) * 11
    for chain in found:
        told = chain.recommendation
        first = (told.id, told.review, told.says, told.response) if told else (None,) * 4
        if told and not chain.links and not chain.direct:
            yield (*first, None, None, *nothing, None)
        for promise, pieces in ((None, chain.direct), *((link.promise, link.pieces) for link in chain.links)):
            named = (promise.id, promise.title) if promise else (None, None)
            if promise and not pieces:
                yield (*first, *named, *nothing, None)
            for each in pieces:
                source = each.source
                where = (
                    (source.id, source.title, source.publisher, source.access, source.address)
                    if source
                    else (None,) * 5
                )
                yield (
                    *first,
                    *named,
                    each.kind,
                    each.id,
                    each.what,
                    each.dated,
                    each.status,
                    *where,
                    each.file,
                    each.sha256,
                )
