"""`lamplighter plan build`: from a plan folder and a workspace to a finished site, or to the sentence that nothing changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from lamplighter import __version__
from lamplighter.plan.book import Book
from lamplighter.plan.folder import HEADER, read_header
from lamplighter.plan.records import RECORD_TYPES
from lamplighter.plan.text import read_text
from lamplighter.workspace import Workspace, imports_listing, revision_rows

OnProgress = Callable[[str, int, int], None]
RECEIPT = "build.json"
STEPS = 5


@dataclass(frozen=True, kw_only=True)
class BuildDone:
    """What a build wrote; `unchanged` when the site was already what it would be."""

    pages: int
    files: int
    charts_drawn: int = 0
    charts_cached: int = 0
    unchanged: bool = False


def book_of(
    folder: Path,
    *,
    workspace: Path | None,
    as_of: date | None,
    own_text: str | None = None,
    tell: OnProgress | None = None,
) -> Book:
    """The worked-out plan. Without a workspace it has no measures, and says so by having none."""
    from lamplighter.plan.make_book import make_book
    from lamplighter.studies.catalogue import answers
    from lamplighter.studies.unchanged import UnchangedQuestion, unchanged

    tell = tell or (lambda what, done, of: None)
    opened = Workspace.open(workspace) if workspace else None
    if opened:
        opened.check_intact()  # the pages name the SHA-256 behind each number: none is worked out from a changed file
    tell("asking the measures", 1, STEPS)
    day = as_of or read_header(folder).as_of
    measures = answers(opened, as_of=day) if opened else {}
    tell("working out where promises stand", 2, STEPS)
    return make_book(
        folder,
        as_of=day,
        measures=measures,
        false_calls=unchanged(UnchangedQuestion()) if measures else None,
        imports=imports_listing(opened) if opened else (),
        revisions=revision_rows(opened) if opened else (),
        workspace_digest=opened.digest() if opened else "no workspace",
        code_version=__version__,
        own_text=own_text,
    )


def build_site(
    folder: Path,
    *,
    out: Path,
    workspace: Path | None,
    as_of: date | None = None,
    text: Path | None = None,
    on_progress: OnProgress | None = None,
) -> BuildDone:
    """Writes the site, plan.json, its schema and the report into OUT, whole or not at all."""
    own_text = read_text(text) if text else None
    key = _key(folder, workspace, as_of, own_text)
    standing = _standing(out, key)
    if standing is not None:
        return standing
    from lamplighter.plan.plan_json import as_bytes, plan_json
    from lamplighter.plan.published import plan_json_schema
    from lamplighter.reports.pdf import write_report
    from lamplighter.reports.site import write_site
    from lamplighter.reports.site.write import check_may_replace

    check_may_replace(out.resolve())  # before the work of minutes, not after it
    tell = on_progress or (lambda what, done, of: None)
    book = book_of(folder, workspace=workspace, as_of=as_of, own_text=own_text, tell=tell)
    told = plan_json(book)
    cache_folder = workspace / "cache" / "charts" if workspace else None
    tell("writing the report", 3, STEPS)
    with TemporaryDirectory(prefix="lamplighter-") as part:
        report = Path(part) / "report.pdf"
        write_report(told, charts=_report_charts(book, cache_folder), out=report)
        extra: dict[str, bytes | Path] = {
            "plan.json": as_bytes(told),
            "plan.schema.json": as_bytes(plan_json_schema()),
            "report.pdf": report.read_bytes(),
        }
        done = write_site(
            book,
            out,
            cache=cache_folder,
            extra_files=extra,
            on_progress=lambda at, of: tell("drawing and writing pages", at, of),
        )
    _write_receipt(out, key)
    return BuildDone(
        pages=done.pages, files=done.files, charts_drawn=done.charts_drawn, charts_cached=done.charts_cached
    )


def _report_charts(book: Book, cache_folder: Path | None) -> Mapping[str, str]:
    """The charts that the report shows: those of measures that a promise names, and pairs, which are only drawn together."""
    from lamplighter.reports.charts import chart_svg, pair_svg

    wanted = {each for standing in book.standings for each in standing.measure_ids}
    charts = {each: chart_svg(book.measures[each], cache=cache_folder) for each in sorted(wanted)}
    pairs = {
        f"pair:{each.id}": pair_svg(each, book.measures[each.measure_id], cache=cache_folder) for each in book.pairs
    }
    return {**charts, **pairs}


@cache
def code_digest() -> str:
    """SHA-256 of the installed package: another version writes other pages."""
    hashed = hashlib.sha256()
    root = files("lamplighter")

    def walk(folder: Any, path: str) -> None:
        for each in sorted(folder.iterdir(), key=lambda each: each.name):
            if each.is_dir():
                if each.name != "__pycache__":
                    walk(each, f"{path}/{each.name}")
            elif not each.name.endswith(".pyc"):
                hashed.update(f"{path}/{each.name}\0".encode() + each.read_bytes())

    walk(root, "")
    return hashed.hexdigest()


def _key(folder: Path, workspace: Path | None, as_of: date | None, own_text: str | None) -> str:
    """SHA-256 of everything that the site's bytes depend on."""
    header = read_header(folder)
    hashed = hashlib.sha256(code_digest().encode())
    hashed.update((as_of or header.as_of).isoformat().encode())
    for name in (HEADER, *(each.FILE for each in RECORD_TYPES.values())):
        path = folder / name
        hashed.update(name.encode() + b"\0" + (path.read_bytes() if path.is_file() else b"\0"))
    hashed.update(Workspace.open(workspace).state_sha256().encode() if workspace else b"no workspace")
    hashed.update(own_text.encode() if own_text is not None else b"\0")
    return hashed.hexdigest()


def _write_receipt(out: Path, key: str) -> None:
    """What was built from what: the key and the SHA-256 of every file. Lost or torn, it only costs another build."""
    found = {each.relative_to(out).as_posix(): each for each in out.rglob("*") if each.is_file()}
    found.pop(RECEIPT, None)
    digests = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in sorted(found.items())}
    (out / RECEIPT).write_bytes((json.dumps({"key": key, "files": digests}, indent=1) + "\n").encode())


def _standing(out: Path, key: str) -> BuildDone | None:
    """The finished build, if OUT holds it untouched; None if anything is to be built."""
    try:
        told = json.loads((out / RECEIPT).read_bytes())
        if told["key"] != key:
            return None
        for name, digest in told["files"].items():
            if hashlib.sha256((out / name).read_bytes()).hexdigest() != digest:
                return None
        found = {each.relative_to(out).as_posix() for each in out.rglob("*") if each.is_file()} - {RECEIPT}
        if found != set(told["files"]):
            return None
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return BuildDone(
        pages=sum(1 for name in told["files"] if name.endswith(".html")), files=len(told["files"]) + 1, unchanged=True
    )
