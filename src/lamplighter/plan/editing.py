"""Writing to a plan folder: whole files, sorted, LF, all in one step; plan.toml keeps its comments and order."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError

from lamplighter.errors import FileRefused, InputError, listed
from lamplighter.plan.cards import cards_of
from lamplighter.plan.changing import change_files, is_unfinished
from lamplighter.plan.check import check, stamped
from lamplighter.plan.folder import HEADER, as_csv, load_plan, read_plan
from lamplighter.plan.records import RECORD_TYPES
from lamplighter.plan.records.running import Decision
from lamplighter.schema import PLAN_SCHEMA_VERSION
from lamplighter.workspace.durable import write_whole

_START = """\
# The header of a plan folder. Everything else is a CSV: one row a record, sorted by id.
schema_version = {schema}
title = {title}
body = {body}
about = ""

# The day that the plan is shown as of. Nothing dated later is counted.
as_of = {as_of}

# One entry a version of the plan, oldest first. complete = true once all its promises are in promises.csv.
[[version]]
id = "V1"
title = "First version"
complete = false
"""


def start_folder(folder: Path, *, title: str, body: str, today: date) -> list[Path]:
    """An empty plan folder. Raises InputError if something is there already."""
    if folder.exists() and (not folder.is_dir() or any(not is_unfinished(each) for each in folder.iterdir())):
        raise InputError(f"{folder} is not empty. Name a new folder.")
    header = _START.format(
        schema=PLAN_SCHEMA_VERSION,
        title=tomlkit.string(title).as_string(),
        body=tomlkit.string(body).as_string(),
        as_of=today.isoformat(),
    )
    files = {HEADER: header, **{each.FILE: as_csv(each, ()) for each in RECORD_TYPES.values()}}
    return change_files(folder, {name: text.encode("utf-8") for name, text in files.items()})


def stamp_definitions(folder: Path, *, by: str, today: date) -> int:
    """Stamps every card version that has no stamp; returns how many. A stamp is never changed."""
    plan = load_plan(folder)
    if not by.strip():
        raise InputError("A stamp needs a name. Give --by NAME.")
    after = stamped(plan, by=by.strip(), on=today)
    _write_records(folder, "definition_versions", after)
    return len(after) - len(plan.card_versions)


def accept_warning(folder: Path, *, record: str, warning: str, by: str, reason: str, today: date) -> str:
    """Adds a decision that accepts one warning of one record; returns its id. Raises InputError if there is none such."""
    plan, unreadable = read_plan(folder)
    found = check(plan, unreadable, today=plan.header.as_of, cards=cards_of(plan))
    if unreadable:
        raise InputError("The plan folder can't be read whole. Mend it first: lamplighter plan check " + str(folder))
    if not by.strip() or not reason.strip():
        raise InputError("A decision needs a name and a reason. Give --by NAME and --reason.")
    named = [repr(each.name) for each in found.warnings if each.record_id == record]
    if repr(warning) not in named:
        there = f"It has: {listed(named)}." if named else "It has none."
        raise InputError(f"{record} has no warning {warning!r} to accept. {there}")
    taken = {each.id for each in plan.decisions}
    number = next(each for each in range(1, len(taken) + 2) if f"X-{record}-{each}" not in taken)
    decision = Decision(
        id=f"X-{record}-{number}",
        kind="accepted warning",
        record_id=record,
        warning=warning,
        decided_by=by.strip(),
        decided_on=today,
        reason=reason.strip(),
    )
    _write_records(folder, "decisions", (*plan.decisions, decision))
    return decision.id


def change_as_of(folder: Path, day: date) -> None:
    """Changes one line of plan.toml and leaves the rest of it as it is, comments included."""
    path = folder / HEADER
    if not path.is_file():
        raise InputError(f"{folder} has no {HEADER}, so it is not a plan folder.")
    try:
        told = tomlkit.parse(path.read_text(encoding="utf-8-sig"))
    except (ParseError, UnicodeDecodeError) as error:
        raise FileRefused(f"{HEADER} can't be read: {error}.") from None
    told["as_of"] = day
    write_text(path, tomlkit.dumps(told))


def _write_records(folder: Path, kind: str, records: Any) -> None:
    record_type = RECORD_TYPES[kind]
    write_text(folder / record_type.FILE, as_csv(record_type, records))


def write_text(path: Path, text: str) -> None:
    """The whole file or the old one: never half of it. Raises InputError with the mend when it can't be written."""
    try:
        write_whole(path, text.encode("utf-8"), fsync=True)
    except OSError as error:
        raise InputError(
            f"{path} can't be written ({error.strerror}). Close it in other programs, or check that you may write there."
        ) from None
