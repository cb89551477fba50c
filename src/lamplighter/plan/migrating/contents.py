"""The contents of an older plan folder, plan.json or comparison.json as the version of today would write them. No disk."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError

from lamplighter.errors import FileRefused
from lamplighter.plan.folder import HEADER, Plan, Problem, files_of_plan, read_plan
from lamplighter.plan.migrating.steps import FOLDER_STEPS, JsonStep, Rows, check_known
from lamplighter.schema import PLAN_SCHEMA_VERSION


def folder_version(header: bytes, *, name: str) -> int:
    """The schema version of a plan.toml. Raises InputError or FileRefused with the mend."""
    return check_known(_header(header).unwrap().get("schema_version"), what="plan folder", name=name)


def folder_now(files: Mapping[str, bytes], *, name: str) -> dict[str, bytes]:
    """The files of a plan folder as the version of today has them: a file that no step touches keeps its bytes.

    files: contents by file name, plan.toml among them. Raises InputError or FileRefused naming the file and the line.
    """
    now = dict(files)
    version = folder_version(files[HEADER], name=name)
    while version < PLAN_SCHEMA_VERSION:
        step = FOLDER_STEPS[version]
        before = {each: _rows(now[each], each) for each in step.files if each in now}
        after = step.change(before)
        now.update({each: _csv(rows) for each, rows in after.items() if rows != before.get(each)})
        version = step.to
        header = _header(now[HEADER])
        header["schema_version"] = version
        now[HEADER] = tomlkit.dumps(header).encode("utf-8")
    return now


def read_plan_of_any_version(folder: Path) -> tuple[Plan, list[Problem]]:
    """A plan folder of this version or an older one, which is moved on in memory and left on the disk as it is.

    For records that nobody may change, such as those of a release. Raises as `read_plan` and `folder_now`.
    """
    files = files_of_plan(folder)
    if HEADER not in files or folder_version(files[HEADER], name=str(folder)) == PLAN_SCHEMA_VERSION:
        return read_plan(folder)
    return read_plan(folder, files=folder_now(files, name=str(folder)))


def json_now(told: Mapping[str, Any], *, what: str, steps: Mapping[int, JsonStep], name: str) -> dict[str, Any]:
    """A JSON file's object as the version of today has it. what: plan.json or comparison.json."""
    now = dict(told)
    version = check_known(now.get("schema_version"), what=what, name=name)
    while version in steps:
        try:
            now = steps[version].change(now)
        except (KeyError, TypeError, AttributeError):
            raise FileRefused(f"{name} is not a {what} of schema_version {version}. Build it again.") from None
        version = steps[version].to
        now["schema_version"] = version
    return now


def _header(raw: bytes) -> tomlkit.TOMLDocument:
    try:
        return tomlkit.parse(raw.decode("utf-8-sig"))
    except (ParseError, UnicodeDecodeError) as error:
        raise FileRefused(f"{HEADER} can't be read: {error}.") from None


def _rows(raw: bytes, name: str) -> Rows:
    """A CSV with the line that each row begins on; empty lines are left out."""
    try:
        text = raw.decode("utf-8-sig")
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        heads = tuple(next(reader, ()))
        begins, found = reader.line_num + 1, []
        for row in reader:
            if any(cell.strip() for cell in row):
                found.append((begins, tuple(row)))
            begins = reader.line_num + 1
    except UnicodeDecodeError:
        raise FileRefused(
            f"{name} is not UTF-8. Save it as UTF-8 (in Excel: CSV UTF-8), then move the folder."
        ) from None
    except csv.Error as error:
        raise FileRefused(f"{name} can't be read ({error}). Look for a quote that is not closed.") from None
    return Rows(heads=heads, rows=tuple(row for _, row in found), lines=tuple(line for line, _ in found))


def _csv(table: Rows) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.heads)
    writer.writerows(table.rows)
    return out.getvalue().encode("utf-8")
