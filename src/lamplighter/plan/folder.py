"""The plan folder on disk: plan.toml and one CSV a record type, read with every problem named by file and line."""

from __future__ import annotations

import csv
import hashlib
import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, cast

from lamplighter.errors import FileRefused, InputError, listed
from lamplighter.plan.cells import check_can_be_seen, format_cell, parse_cell
from lamplighter.plan.changing import end_broken_off
from lamplighter.plan.lookup import Lookup
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.records.promising import FormerAddress, Promise, Sentence, Successor
from lamplighter.plan.records.running import Correction, Decision
from lamplighter.plan.records.showing import Card, CardVersion, Evidence, Figure, Rating, Source
from lamplighter.schema import PLAN_SCHEMA_VERSION

HEADER = "plan.toml"


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Something in the folder that wants mending: where it is, what it is, and the mend."""

    file: str
    line: int | None
    record_id: str | None
    name: str
    message: str
    serious: bool = True

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{where}: {self.message}"


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version of the plan; `complete` says whether all its promises are in the folder."""

    id: str
    title: str
    published_on: date | None = None
    status: str = "draft"
    complete: bool = False
    promises_stated: int | None = None
    source_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Header:
    """plan.toml: whose plan it is, its versions, and the day that it is shown as of."""

    title: str
    body: str
    as_of: date
    versions: tuple[Version, ...]
    about: str = ""
    licence: str = ""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A plan folder, read. `records` maps each record type to its records in id order; `lines` says where each stands."""

    folder: Path
    header: Header
    records: Mapping[str, tuple[Any, ...]]
    lines: Mapping[tuple[str, str], int] = field(default_factory=dict)
    digest: str = ""

    def of(self, name: str) -> tuple[Any, ...]:
        return self.records.get(name, ())

    @cached_property
    def lookup(self) -> Lookup:
        """Which records speak of a promise, or of one another."""
        return Lookup(self.records)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return cast("tuple[Sentence, ...]", self.of("sentences"))

    @property
    def promises(self) -> tuple[Promise, ...]:
        return cast("tuple[Promise, ...]", self.of("promises"))

    @property
    def cards(self) -> tuple[Card, ...]:
        return cast("tuple[Card, ...]", self.of("definitions"))

    @property
    def card_versions(self) -> tuple[CardVersion, ...]:
        return cast("tuple[CardVersion, ...]", self.of("definition_versions"))

    @property
    def figures(self) -> tuple[Figure, ...]:
        return cast("tuple[Figure, ...]", self.of("figures"))

    @property
    def sources(self) -> tuple[Source, ...]:
        return cast("tuple[Source, ...]", self.of("sources"))

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return cast("tuple[Evidence, ...]", self.of("evidence"))

    @property
    def ratings(self) -> tuple[Rating, ...]:
        return cast("tuple[Rating, ...]", self.of("ratings"))

    @property
    def successors(self) -> tuple[Successor, ...]:
        return cast("tuple[Successor, ...]", self.of("successors"))

    @property
    def former_addresses(self) -> tuple[FormerAddress, ...]:
        return cast("tuple[FormerAddress, ...]", self.of("former_addresses"))

    @property
    def decisions(self) -> tuple[Decision, ...]:
        return cast("tuple[Decision, ...]", self.of("decisions"))

    @property
    def corrections(self) -> tuple[Correction, ...]:
        return cast("tuple[Correction, ...]", self.of("corrections"))

    def line_of(self, record_type: str, record_id: str) -> int | None:
        return self.lines.get((record_type, record_id))


def read_records(path: Path, record_type: type) -> tuple[list[tuple[int, Any]], list[Problem]]:
    """The records of one CSV with the line each begins on, and what was wrong, by line."""
    return records_from(path.read_bytes(), record_type, name=path.name)


def records_from(raw: bytes, record_type: type, *, name: str) -> tuple[list[tuple[int, Any]], list[Problem]]:
    """The same of the content of a CSV; name: what the file is called."""
    problems: list[Problem] = []

    def wrong(line: int | None, record_id: str | None, message: str) -> None:
        problems.append(Problem(file=name, line=line, record_id=record_id, name="unreadable", message=message))

    if b"\x00" in raw:
        wrong(None, None, "holds NUL bytes (UTF-16?). Save it as UTF-8.")
        return [], problems
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        wrong(line, None, "is not UTF-8. Save it as UTF-8 (in Excel: CSV UTF-8).")
        return [], problems
    told = {each.name: each for each in columns_of(record_type)}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    found: list[tuple[int, Any]] = []
    begins = 1
    try:
        heads = next(reader, None)
        if heads is None:
            wrong(1, None, f"is empty. Its first line must be: {','.join(told)}")
            return [], problems
        if len(heads) == 1 and heads[0].count(";") > 1:
            wrong(
                1,
                None,
                "is separated by semicolons. Save it separated by commas (in Excel: CSV UTF-8, comma delimited).",
            )
            return [], problems
        if unknown := [head for head in heads if head not in told]:
            wrong(1, None, f"has the unknown column {listed(unknown)}. Known: {listed(told, most=40)}.")
        if missing := [each.name for each in told.values() if each.required and each.name not in heads]:
            wrong(1, None, f"lacks the column {listed(missing)}. Add it to the first line.")
            return [], problems
        if twice := sorted({head for head in heads if heads.count(head) > 1}):
            wrong(1, None, f"has the column {listed(twice)} twice. Keep one of them.")
            return [], problems
        begins = reader.line_num + 1
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(heads):
                wrong(line, None, f"has {len(cells)} cells, the first line has {len(heads)}. Check commas and quotes.")
                continue
            values: dict[str, Any] = {}
            record_id = dict(zip(heads, cells, strict=True)).get("id", "").strip() or None
            broken = False
            for head, cell in zip(heads, cells, strict=True):
                if head not in told:
                    continue
                try:
                    values[head] = parse_cell(cell, told[head])
                except ValueError as error:
                    wrong(line, record_id, f"{record_id or 'a row'}, {head}: {error}.")
                    broken = True
            for each in told.values():
                if each.required and each.name in values and values[each.name] in (None, ()):
                    wrong(line, record_id, f"{record_id or 'a row'} has no {each.name}. {each.says}")
                    broken = broken or each.name == "id"
            if not broken:
                found.append((line, record_type(**values)))
    except csv.Error as error:
        wrong(begins, None, f"can't be read from here on ({error}). Look for a quote that is not closed.")
    return found, problems


def read_header(folder: Path) -> Header:
    """plan.toml of a folder. Raises InputError or FileRefused with the mend."""
    path = folder / HEADER
    if not folder.is_dir():
        if folder.resolve().with_name(f".{folder.resolve().name}.moving").is_dir():
            raise InputError(
                f"A move of {folder} to a newer version was broken off. End it: lamplighter migrate {folder}"
            )
        raise InputError(f"There is no folder {folder}. Make one with: lamplighter plan new {folder}")
    end_broken_off(folder)
    if not path.is_file():
        raise InputError(
            f"{folder} has no {HEADER}, so it is not a plan folder. Make one with: lamplighter plan new FOLDER"
        )
    return header_from(path.read_bytes(), folder=folder)


def header_from(raw: bytes, *, folder: Path) -> Header:
    """The same of the content of a plan.toml. Raises InputError or FileRefused with the mend."""
    try:
        told = tomllib.loads(raw.decode("utf-8-sig").replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileRefused(f"{HEADER} can't be read: {error}.") from None
    version = told.get("schema_version")
    if type(version) is int and 1 <= version < PLAN_SCHEMA_VERSION:
        raise InputError(
            f"{folder} is a plan folder of schema_version {version}; this Lamplighter reads {PLAN_SCHEMA_VERSION}. "
            f"See what would change, and move it: lamplighter migrate {folder}"
        )
    if version != PLAN_SCHEMA_VERSION:
        raise InputError(
            f"{HEADER} has schema_version {version!r}; this Lamplighter reads {PLAN_SCHEMA_VERSION}. "
            "Upgrade Lamplighter, or write the version that the folder was made with."
        )
    for key in ("title", "body", "as_of"):
        if key not in told:
            raise InputError(f"{HEADER} lacks {key!r}. Add a line such as: {_example(key)}")
    for key in ("title", "body", "about", "licence"):
        try:
            check_can_be_seen(str(told.get(key, "")))
        except ValueError as error:
            raise InputError(f"{HEADER}: {key} {error}.") from None
    if type(told["as_of"]) is not date:
        raise InputError(f"{HEADER}: as_of must be a date without quotes: as_of = 2026-03-31")
    entries = told.get("version", [])
    versions = [_version(entry) for entry in (entries if isinstance(entries, list) else [entries])]
    for at, each in enumerate(versions):
        if each.id in {earlier.id for earlier in versions[:at]}:
            raise InputError(f"{HEADER}: two versions have the id {each.id}. Give one of them another id.")
    if not versions:
        raise InputError(f"{HEADER} names no [[version]]. Add one with id, title and complete.")
    return Header(
        title=str(told["title"]),
        body=str(told["body"]),
        as_of=told["as_of"],
        versions=tuple(versions),
        about=str(told.get("about", "")),
        licence=str(told.get("licence", "")),
    )


def _version(entry: Any) -> Version:
    """One [[version]] of plan.toml. A date in quotes would be text, and never later than any day: so it is refused."""
    if not isinstance(entry, dict) or not all(isinstance(entry.get(key), str) for key in ("id", "title")):
        raise InputError(f"{HEADER}: each [[version]] needs an id and a title, in quotes.")
    if unknown := set(entry) - set(Version.__dataclass_fields__):
        raise InputError(f"{HEADER}: [[version]] {entry['id']} has the unknown line {listed(sorted(unknown))}.")
    kinds = {
        "published_on": (date, "a date without quotes: 2021-11-04"),
        "complete": (bool, "true or false"),
        "promises_stated": (int, "a whole number"),
    }
    for key, (kind, words) in kinds.items():
        if key in entry and type(entry[key]) is not kind:
            raise InputError(f"{HEADER}: [[version]] {entry['id']}: {key} must be {words}.")
    return Version(**entry)


def _example(key: str) -> str:
    return {"title": 'title = "Our plan"', "body": 'body = "Our force"', "as_of": "as_of = 2026-03-31"}[key]


def read_plan(folder: Path, *, files: Mapping[str, bytes] | None = None) -> tuple[Plan, list[Problem]]:
    """A plan folder and what can't be read in it. Raises InputError only when plan.toml itself is no use.

    files: the contents to read instead of those that lie in the folder, by file name.
    """
    header = read_header(folder) if files is None else header_from(files[HEADER], folder=folder)
    if files is None:
        files = files_of_plan(folder)
    records: dict[str, tuple[Any, ...]] = {}
    lines: dict[tuple[str, str], int] = {}
    problems: list[Problem] = []
    hashed = hashlib.sha256(files[HEADER].replace(b"\r\n", b"\n"))
    for name, record_type in RECORD_TYPES.items():
        raw = files.get(record_type.FILE)
        if raw is None:
            records[name] = ()
            continue
        hashed.update(name.encode() + b"\0" + raw.replace(b"\r\n", b"\n"))
        found, wrong = records_from(raw, record_type, name=record_type.FILE)
        problems += wrong
        seen: dict[str, tuple[str, int]] = {}
        for line, record in found:
            folded = record.id.casefold()  # an id becomes the name of a page, and Windows knows no capitals in names
            if folded in seen:
                other, at = seen[folded]
                where = f"on line {at}" if other == record.id else f"as {other} on line {at}; capitals don't count"
                message = f"{record.id} stands here and {where}. Give one of them another id."
                problems.append(
                    Problem(file=record_type.FILE, line=line, record_id=record.id, name="id twice", message=message)
                )
                if other == record.id:
                    continue
            seen.setdefault(folded, (record.id, line))
            lines[name, record.id] = line
        unique = {record.id: record for _, record in reversed(found)}
        records[name] = tuple(unique[each] for each in sorted(unique))
    plan = Plan(folder=folder, header=header, records=records, lines=lines, digest=hashed.hexdigest())
    return plan, problems


def files_of_plan(folder: Path) -> dict[str, bytes]:
    """plan.toml and the CSV of each record type, as far as they are there, by file name.

    A change of several files that was broken off is ended first. Raises InputError if it can't be.
    """
    end_broken_off(folder)
    paths = (folder / name for name in (HEADER, *(each.FILE for each in RECORD_TYPES.values())))
    return {path.name: path.read_bytes() for path in paths if path.is_file()}


def load_plan(folder: Path) -> Plan:
    """A plan folder that can be read whole. Raises InputError naming the first lines that can't."""
    plan, problems = read_plan(folder)
    if problems:
        raise InputError("The plan folder can't be read:\n  " + "\n  ".join(str(each) for each in problems[:20]))
    return plan


def as_csv(record_type: type, records: Sequence[Any]) -> str:
    """The records as the text of their CSV: all columns, sorted by id, LF."""
    told = columns_of(record_type)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([each.name for each in told])
    for record in sorted(records, key=lambda each: each.id):
        writer.writerow([format_cell(getattr(record, each.name)) for each in told])
    return out.getvalue()
