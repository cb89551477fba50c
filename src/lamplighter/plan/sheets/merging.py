"""What came back in sheets, held against what was sent out and what the folder says now, cell by cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from lamplighter.errors import InputError
from lamplighter.plan.cells import parse_cell
from lamplighter.plan.changing import change_files
from lamplighter.plan.check import broken_in
from lamplighter.plan.folder import Plan, as_csv, files_of_plan, load_plan, read_plan
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.sheets.layout import Key, cell_digest, texts_of
from lamplighter.plan.sheets.reading import Returned, SheetProblem, SheetRow, read_workbook
from lamplighter.workspace.durable import DISK, Disk

Side = Literal["sheet", "folder"]
GONE = "(taken out)"
_NEVER_BY_SHEET = {
    "definition_versions": "A stamp is never changed by hand. Put the row back; stamp with: lamplighter plan stamp",
}
_ONLY_ADDED = {"corrections": "A correction is kept for good. Put the row back, and add another one that corrects it"}


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One cell that changes, with both texts and where the new one stands. `column` is None for a row taken out."""

    kind: str
    record_id: str
    column: str | None
    before: str
    after: str
    where: str
    is_new: bool = False


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A cell changed on two sides since it was exported: what each of them says."""

    kind: str
    record_id: str
    column: str | None
    folder: str
    sheet: str
    where: str
    rival: str = "the folder"

    def __str__(self) -> str:
        named = f"{self.record_id}, {self.column}" if self.column else self.record_id
        return f"{named}: {self.rival} says {self.folder!r}, {self.where} says {self.sheet!r}."


@dataclass(frozen=True, kw_only=True)
class Preview:
    """What an import would do. Nothing is written while there is a problem or a conflict."""

    plan: Plan
    edits: tuple[Edit, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[SheetProblem, ...]
    notes: tuple[str, ...]
    kept: tuple[Key, ...]
    records: Mapping[str, tuple[Any, ...]]

    @property
    def can_be_written(self) -> bool:
        return not self.conflicts and not self.problems

    @property
    def new_records(self) -> tuple[Key, ...]:
        return tuple(dict.fromkeys((each.kind, each.record_id) for each in self.edits if each.is_new))

    @property
    def removed(self) -> tuple[Key, ...]:
        return tuple((each.kind, each.record_id) for each in self.edits if each.column is None)

    @property
    def changed_cells(self) -> tuple[Edit, ...]:
        return tuple(each for each in self.edits if each.column is not None and not each.is_new)


def preview_import(folder: Path, files: Sequence[Path], *, take: Side | None = None, remove: bool = False) -> Preview:
    """What would change if these workbooks were imported, all at once.

    take: whose word holds where a cell was changed on both sides; None leaves it a conflict.
    remove: whether a row that is no longer in its sheet is taken out of the folder; otherwise it stays.
    Raises InputError or FileRefused if the folder or a file can't be read at all.
    """
    if not files:
        raise InputError("Name at least one workbook: --xlsx FILE.")
    plan = load_plan(folder)
    known = texts_of(plan)
    returned = [read_workbook(path, known=known) for path in files]
    edits: list[Edit] = []
    conflicts: list[Conflict] = []
    kept: list[Key] = []
    for each in returned:
        for row in each.rows:
            found, clashing = _of_row(
                row, each.memory.cells.get((row.kind, row.id)), known.get((row.kind, row.id)), take
            )
            edits += found
            conflicts += clashing
        for key in _missing(each, known):
            if not remove:
                kept.append(key)
            elif _is_as_sent(known[key], each.memory.cells[key]) or take == "sheet":
                edits.append(_taken_out(key, each.file))
            elif take is None:
                conflicts.append(
                    Conflict(
                        kind=key[0], record_id=key[1], column=None, folder="changed since", sheet=GONE, where=each.file
                    )
                )
    edits, rivals = _one_a_cell(edits)
    problems = [problem for each in returned for problem in each.problems]
    problems += _forbidden(edits)
    records, wanting = _records_after(plan, known, edits)
    problems += wanting
    if not problems:
        problems += _broken_links(plan, records, edits)
    return Preview(
        plan=plan,
        edits=tuple(edits),
        conflicts=(*conflicts, *rivals),
        problems=tuple(problems),
        notes=tuple(note for each in returned for note in each.notes),
        kept=tuple(dict.fromkeys(kept)),
        records=records,
    )


def write_import(preview: Preview, *, disk: Disk = DISK) -> list[Path]:
    """Writes the files that the preview changes, all in one step.

    Raises InputError if it must not be written, the folder has moved on since, or the disk refuses; then nothing is changed.
    """
    if not preview.can_be_written:
        raise InputError("There are problems or conflicts, so nothing was written. Mend them and import again.")
    plan = preview.plan
    before = files_of_plan(plan.folder)
    if read_plan(plan.folder, files=before)[0].digest != plan.digest:
        raise InputError(f"{plan.folder} was changed by somebody while you looked. Nothing was written; import again.")
    files = {
        RECORD_TYPES[kind].FILE: as_csv(RECORD_TYPES[kind], records).encode("utf-8")
        for kind, records in preview.records.items()
    }
    return change_files(plan.folder, files, before=before, disk=disk)


def _of_row(
    row: SheetRow, sent: Mapping[str, str] | None, now: Mapping[str, str] | None, take: Side | None
) -> tuple[list[Edit], list[Conflict]]:
    """One row three ways: as it was sent, as it came back, as the folder has it now."""
    edits: list[Edit] = []
    conflicts: list[Conflict] = []
    is_new = now is None
    if is_new and sent is not None:
        touched = [name for name, cell in row.cells.items() if cell_digest(cell.text) != sent.get(name)]
        if not touched or take == "folder":
            return [], []  # taken out of the folder since, and nobody touched it here
        if take is None:
            return [], [_clash(row, name, folder=GONE) for name in touched]
    for name, cell in row.cells.items():
        there = now.get(name, "") if now is not None else ""
        if cell.text == there:
            continue
        as_sent = sent.get(name) if sent is not None else None
        if as_sent == cell_digest(cell.text) and not is_new:
            continue  # not touched here; the folder has moved on
        if not is_new and as_sent != cell_digest(there) and take != "sheet":
            if take is None:
                conflicts.append(_clash(row, name, folder=there))
            continue
        edits.append(
            Edit(
                kind=row.kind,
                record_id=row.id,
                column=name,
                before=there,
                after=cell.text,
                where=row.where(name),
                is_new=is_new,
            )
        )
    return edits, conflicts


def _clash(row: SheetRow, column: str, *, folder: str) -> Conflict:
    return Conflict(
        kind=row.kind,
        record_id=row.id,
        column=column,
        folder=folder,
        sheet=row.cells[column].text,
        where=row.where(column),
    )


def _missing(returned: Returned, known: Mapping[Key, Mapping[str, str]]) -> Iterable[Key]:
    """Rows that were sent out, are in the folder, and did not come back in a sheet that did."""
    there = {(row.kind, row.id) for row in returned.rows}
    return [key for key in returned.memory.cells if key[0] in returned.kinds and key not in there and key in known]


def _is_as_sent(now: Mapping[str, str], sent: Mapping[str, str]) -> bool:
    return all(cell_digest(text) == sent.get(name) for name, text in now.items())


def _taken_out(key: Key, file: str) -> Edit:
    return Edit(kind=key[0], record_id=key[1], column=None, before="", after=GONE, where=f"{file}, sheet {key[0]}")


def _one_a_cell(edits: Sequence[Edit]) -> tuple[list[Edit], list[Conflict]]:
    """The same edit from two sheets counts once; two different ones are a conflict between the sheets."""
    by_cell: dict[tuple[str, str, str | None], Edit] = {}
    conflicts: list[Conflict] = []
    for each in edits:
        first = by_cell.setdefault((each.kind, each.record_id, each.column), each)
        if first.after != each.after:
            conflicts.append(_between(first, each))
    removed = {(kind, record_id): edit for (kind, record_id, column), edit in by_cell.items() if column is None}
    for each in by_cell.values():
        gone = removed.get((each.kind, each.record_id))
        if gone is not None and each.column is not None:
            conflicts.append(_between(gone, each))
    return list(by_cell.values()), conflicts


def _between(first: Edit, other: Edit) -> Conflict:
    return Conflict(
        kind=other.kind,
        record_id=other.record_id,
        column=other.column,
        folder=first.after,
        sheet=other.after,
        where=other.where,
        rival=first.where,
    )


def _forbidden(edits: Sequence[Edit]) -> list[SheetProblem]:
    """Stamps and corrections are for good: no sheet changes them."""
    found: dict[Key, SheetProblem] = {}
    for each in edits:
        mend = _NEVER_BY_SHEET.get(each.kind) or ("" if each.is_new else _ONLY_ADDED.get(each.kind))
        if mend:
            found.setdefault(
                (each.kind, each.record_id), _problem(each, f"{each.record_id} can't be changed in a sheet. {mend}.")
            )
    return list(found.values())


def _problem(edit: Edit, message: str) -> SheetProblem:
    file, _, rest = edit.where.partition(", sheet ")
    sheet, _, cell = rest.partition(", ")
    return SheetProblem(file=file, sheet=sheet or edit.kind, cell=cell or None, message=message)


def _records_after(
    plan: Plan, known: Mapping[Key, Mapping[str, str]], edits: Sequence[Edit]
) -> tuple[dict[str, tuple[Any, ...]], list[SheetProblem]]:
    """The records of every type that changes, as they would be, and what the changed ones lack."""
    by_record: dict[Key, list[Edit]] = defaultdict(list)
    for each in edits:
        by_record[each.kind, each.record_id].append(each)
    problems: list[SheetProblem] = []
    after: dict[str, dict[str, Any]] = {}
    for (kind, record_id), found in by_record.items():
        records = after.setdefault(kind, {record.id: record for record in plan.of(kind)})
        if any(each.column is None for each in found):
            records.pop(record_id, None)
            continue
        texts = {
            **known.get((kind, record_id), {}),
            **{str(each.column): each.after for each in found},
            "id": record_id,
        }
        columns = columns_of(RECORD_TYPES[kind])
        values = {told.name: parse_cell(texts.get(told.name, ""), told) for told in columns}
        touched = {each.column for each in found}
        is_new = (kind, record_id) not in known
        for told in columns:
            if told.required and values[told.name] in (None, ()) and (is_new or told.name in touched):
                edit = next((each for each in found if each.column == told.name), found[0])
                problems.append(_problem(edit, f"{record_id} has no {told.name}. {told.says}"))
        records[record_id] = RECORD_TYPES[kind](**values)
    return {kind: tuple(each[name] for name in sorted(each)) for kind, each in after.items()}, problems


def _broken_links(plan: Plan, records: Mapping[str, tuple[Any, ...]], edits: Sequence[Edit]) -> list[SheetProblem]:
    """What `plan check` would call an error after the import and does not now, at the cell that brings it in."""
    from lamplighter.plan.cards import cards_of

    changed = replace(plan, records={**plan.records, **records})
    before = {(each.file, each.message) for each in broken_in(plan, cards=cards_of(plan))}
    problems = []
    for each in broken_in(changed, cards=cards_of(changed)):
        if (each.file, each.message) in before:
            continue
        about = [
            edit for edit in edits if edit.record_id == each.record_id and each.file == RECORD_TYPES[edit.kind].FILE
        ]
        named = [edit for edit in about if edit.column and f"{edit.record_id}, {edit.column}:" in each.message]
        if named or about:
            problems.append(_problem((named or about)[0], each.message))
        else:  # a row that others lean on was taken out
            problems.append(SheetProblem(file=each.file, sheet=Path(each.file).stem, cell=None, message=each.message))
    return problems
