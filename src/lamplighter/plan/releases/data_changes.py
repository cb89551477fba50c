"""What a release changes in the data of the one before, told by rule: its data version and the changelog that grows with it.

A removed table, column, measure, area, part, period or record is a major version, an added one a minor, other values a patch.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lamplighter.plan.cells import kept_from_running
from lamplighter.plan.releases.manifest import RECORDS
from lamplighter.workspace.durable import Disk

CHANGELOG_CSV = "data-changelog.csv"
CHANGELOG_JSON = "data-changelog.json"
CHANGELOG_PAGE = "data-changes.html"
DATA_CHANGELOG_SCHEMA_VERSION = 1
SCHEMA = "plan.schema.json"
REMOVED, ADDED, CHANGED = "removed", "added", "changed"
FIRST, MAJOR, MINOR, PATCH, NOTHING = "first", "major", "minor", "patch", "nothing"
# What speaks of the other tables and is no data itself.
ABOUT_DATA = frozenset({CHANGELOG_CSV, "data-dictionary.csv"})
MEASURES = "measures/"
WHOLE = "the whole series"  # the rows of a measure that are of no part
_SERIES = ("measure", "area", "layer", "period")
_AREAS = ("area", "comparison")  # a comparison between areas is of one period, the last: another one is another value
_KEYS = (_SERIES, _AREAS, ("id",))
_CSV_COLUMNS = ("release", "name", "data_version", "level", "what", "kind", "of", "count", "names")


@dataclass(frozen=True, kw_only=True)
class DataChange:
    """One thing that was removed, added or changed.

    kind: table, column, measure, area, part (of a breakdown), period, record, field (of plan.json), schema or value.
    of: the tables or measures that it is about. names: which; none for values, of which only the count is told.
    """

    what: str
    kind: str
    of: tuple[str, ...]
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DataRelease:
    """The data of one release against those of the release before: its version, by which rule, and what changed."""

    release: str
    name: str
    data_version: str
    level: str
    changes: tuple[DataChange, ...] = ()


class Files(Mapping[str, bytes]):
    """The data files of a release by their path, each read when it is asked for: a release may be larger than a memory."""

    def __init__(self, folder: Path):
        paths = (each.relative_to(folder).as_posix() for each in folder.rglob("*.csv"))
        kept = sorted(path for path in paths if not path.startswith(f"{RECORDS}/") and path not in ABOUT_DATA)
        self._folder = folder
        self._paths = [*kept, *([SCHEMA] if (folder / SCHEMA).is_file() else [])]

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        return (self._folder / path).read_bytes()

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def data_changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[DataChange, ...]:
    """What is in `after` that was not in `before`, or not so, and what is gone. Both: CSV (and plan.schema.json) by path.

    Rows are known again by `id`, or by measure, area, part and period; a table with neither is compared row by row, and a row
    that is gone from it is a changed value: nobody can point to a row without a name.
    """
    found: list[DataChange] = []
    for path in sorted({*before, *after}):
        kind, name = _named(path)
        if path == SCHEMA:
            found += _schema_changes(before.get(path), after.get(path))
        elif path not in after:
            found.append(DataChange(what=REMOVED, kind=kind, of=(), count=1, names=(name,)))
        elif path not in before:
            found.append(DataChange(what=ADDED, kind=kind, of=(), count=1, names=(name,)))
        elif (was := before[path]) != (now := after[path]):
            found += _table_changes(name, _Table(was), _Table(now))
    return _merged(found)


def level_of(changes: Iterable[DataChange]) -> str:
    """major if anything is removed or plan.json has another schema, minor if anything is added, patch if values differ."""
    told = {(MAJOR if each.kind == "schema" else each.what) for each in changes}
    if told & {REMOVED, MAJOR}:
        return MAJOR
    if ADDED in told:
        return MINOR
    return PATCH if CHANGED in told else NOTHING


def next_version(version: str, level: str) -> str:
    """1.2.3 and minor → 1.3.0. The same data keep their version."""
    major, minor, patch = (int(part) for part in version.split("."))
    if level == MAJOR:
        return f"{major + 1}.0.0"
    if level == MINOR:
        return f"{major}.{minor + 1}.0"
    return f"{major}.{minor}.{patch + 1}" if level == PATCH else version


def changelog(released: Sequence[tuple[str, str, Path]], *, new: tuple[str, str, Path]) -> tuple[DataRelease, ...]:
    """The changelog of all releases up to the new one, the oldest first. Each: folder name, name, folder.

    It goes on from the changelog of the last release; where that has none (an earlier version made it), it is worked out again.
    """
    log: tuple[DataRelease, ...] = ()
    todo = [*released, new]
    for at in range(len(released), 0, -1):
        if (kept := _kept(released[at - 1][2])) is not None:
            log, todo = kept, [*released[at:], new]
            break
    before = {release: folder for release, _, folder in released}
    for release, name, folder in todo:
        if not log:
            log = (DataRelease(release=release, name=name, data_version="1.0.0", level=FIRST),)
            continue
        last = log[-1]
        changes = data_changes(Files(before[last.release]), Files(folder))
        level = level_of(changes)
        told = DataRelease(
            release=release,
            name=name,
            data_version=next_version(last.data_version, level),
            level=level,
            changes=changes,
        )
        log = (*log, told)
    return log


def write_changelog(folder: Path, log: Sequence[DataRelease], *, disk: Disk) -> None:
    """Puts the changelog beside the data that it speaks of, as JSON and as CSV."""
    disk.write_new(folder / CHANGELOG_JSON, changelog_json(log))
    disk.write_new(folder / CHANGELOG_CSV, changelog_csv(log))


def changelog_json(log: Sequence[DataRelease]) -> bytes:
    """The whole changelog for a machine."""
    told = {"schema_version": DATA_CHANGELOG_SCHEMA_VERSION, "releases": [asdict(each) for each in log]}
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode("utf-8")


def changelog_csv(log: Sequence[DataRelease]) -> bytes:
    """One row a change; a release that changed nothing, or is the first, has one row without a change."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CSV_COLUMNS)
    for each in log:
        head = (each.release, kept_from_running(each.name), each.data_version, each.level)
        if not each.changes:
            writer.writerow([*head, "", "", "", "", ""])
        for one in each.changes:
            writer.writerow([*head, one.what, one.kind, _listed(one.of), one.count, _listed(one.names)])
    return out.getvalue().encode("utf-8")


def _listed(names: Iterable[str]) -> str:
    return kept_from_running(";".join(names))


def _kept(folder: Path) -> tuple[DataRelease, ...] | None:
    """The changelog that a release has; None if it has none. Its bytes were checked with the release's."""
    path = folder / CHANGELOG_JSON
    if not path.is_file():
        return None
    told: dict[str, Any] = json.loads(path.read_bytes())
    return tuple(
        DataRelease(
            **{
                **each,
                "changes": tuple(
                    DataChange(**{**one, "of": tuple(one["of"]), "names": tuple(one["names"])})
                    for one in each["changes"]
                ),
            }
        )
        for each in told["releases"]
    )


def _named(path: str) -> tuple[str, str]:
    if path.startswith(MEASURES):
        return "measure", path.removeprefix(MEASURES).removesuffix(".csv")
    return "table", path


class _Table:
    """One CSV, with its rows by what they are known again by."""

    def __init__(self, content: bytes):
        reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        self.heads = tuple(next(reader, ()))
        self.rows = [tuple(row) for row in reader]
        self.is_series = set(_SERIES) <= set(self.heads)
        names = next((each for each in _KEYS if set(each) <= set(self.heads)), ())
        self.kind = "area" if names == _AREAS else "record"
        at = [self.heads.index(name) for name in names]
        self.by_key = {tuple(row[each] for each in at): row for row in self.rows} if at else None

    def cells(self, row: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
        return tuple(row[self.heads.index(name)] for name in names)


def _table_changes(name: str, was: _Table, now: _Table) -> Iterator[DataChange]:
    yield from _both("column", name, set(was.heads), set(now.heads))
    shared = [each for each in was.heads if each in now.heads]
    if was.by_key is None or now.by_key is None:
        # Rows without a name: as often as a row is in one and not in the other, a value changed.
        old, new = (sorted(table.cells(row, shared) for row in table.rows) for table in (was, now))
        count = max(_beyond(old, new), _beyond(new, old))
    else:
        if was.is_series and now.is_series:
            yield from _series_changes(name, set(was.by_key), set(now.by_key))
        else:
            old_ids, new_ids = ({key[0] for key in table.by_key or ()} for table in (was, now))
            yield from _both(now.kind, name, old_ids, new_ids)
        both = was.by_key.keys() & now.by_key.keys()
        count = sum(1 for key in both if was.cells(was.by_key[key], shared) != now.cells(now.by_key[key], shared))
    if count:
        yield DataChange(what=CHANGED, kind="value", of=(name,), count=count)


def _beyond(some: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]) -> int:
    """How many rows are in the first and not in the second, each as often as it stands there."""
    left: dict[tuple[str, ...], int] = {}
    for each in others:
        left[each] = left.get(each, 0) + 1
    count = 0
    for each in some:
        if left.get(each, 0):
            left[each] -= 1
        else:
            count += 1
    return count


def _series_changes(name: str, was: set[tuple[str, ...]], now: set[tuple[str, ...]]) -> Iterator[DataChange]:
    """Areas, parts and periods of one measure. A part that is gone takes its periods along, and is told alone."""
    yield from _both("area", name, {key[1] for key in was}, {key[1] for key in now})
    areas = {key[1] for key in was} & {key[1] for key in now}
    old_parts, new_parts = ({key[1:3] for key in keys if key[1] in areas} for keys in (was, now))
    parts = old_parts & new_parts
    removed, added = was - now, now - was  # told apart before names are taken: one area may lose what another gains
    told = (
        (REMOVED, "part", {part or WHOLE for _, part in old_parts - new_parts}),
        (ADDED, "part", {part or WHOLE for _, part in new_parts - old_parts}),
        (REMOVED, "period", {key[3] for key in removed if key[1:3] in parts}),
        (ADDED, "period", {key[3] for key in added if key[1:3] in parts}),
    )
    for what, kind, names in told:
        if names:
            yield DataChange(what=what, kind=kind, of=(name,), count=len(names), names=tuple(sorted(names)))


def _both(kind: str, of: str, was: set[str], now: set[str]) -> Iterator[DataChange]:
    for what, names in ((REMOVED, was - now), (ADDED, now - was)):
        if names:
            yield DataChange(what=what, kind=kind, of=(of,), count=len(names), names=tuple(sorted(names)))


def _schema_changes(was: bytes | None, now: bytes | None) -> Iterator[DataChange]:
    """The fields of plan.json as its schema names them. A release that had no schema beside it says nothing of fields."""
    if was is None or now is None or was == now:
        return
    old, new = json.loads(was), json.loads(now)
    yield from _both("field", "plan.json", set(_fields(old)), set(_fields(new)))
    versions = tuple(str(each.get("properties", {}).get("schema_version", {}).get("const", "")) for each in (old, new))
    if versions[0] != versions[1]:
        yield DataChange(what=CHANGED, kind="schema", of=("plan.json",), count=1, names=versions)


def _fields(schema: Any, path: str = "") -> Iterator[str]:
    if isinstance(schema, dict):
        for key, each in schema.items():
            if key in ("properties", "$defs") and isinstance(each, dict):
                for name, inner in each.items():
                    yield f"{path}{name}"
                    yield from _fields(inner, f"{path}{name}.")
            else:
                yield from _fields(each, path)
    elif isinstance(schema, list):
        for each in schema:
            yield from _fields(each, path)


def _merged(found: Iterable[DataChange]) -> tuple[DataChange, ...]:
    """The same names added to forty measures are one line, not forty; the values of each table stay a line of their own."""
    together: dict[tuple[Any, ...], list[DataChange]] = {}
    for each in found:
        whole = each.kind in ("table", "measure")
        key = (each.what, each.kind) if whole else (each.what, each.kind, each.names, each.of if not each.names else ())
        together.setdefault(key, []).append(each)
    merged = [
        DataChange(
            what=several[0].what,
            kind=several[0].kind,
            of=tuple(sorted({name for each in several for name in each.of})),
            count=sum(each.count for each in several),
            names=several[0].names if len(several) == 1 else tuple(sorted({n for each in several for n in each.names})),
        )
        for several in together.values()
    ]
    order = (REMOVED, ADDED, CHANGED)
    return tuple(sorted(merged, key=lambda each: (order.index(each.what), each.kind, each.names, each.of)))
