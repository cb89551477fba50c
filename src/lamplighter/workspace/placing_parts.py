"""Where rows go that are kept by force and month: parts given together add up, a later import replaces a month whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from lamplighter.errors import WorkspaceDamaged, listed
from lamplighter.schema import OnProgress, month_text
from lamplighter.sources import duck
from lamplighter.sources.incidents import ASB, FORCE, INCIDENT_TABLES, INCIDENTS, MONTH
from lamplighter.sources.reading import Reading
from lamplighter.workspace.completeness import partial_months
from lamplighter.workspace.durable import Disk
from lamplighter.workspace.head import LiveFile
from lamplighter.workspace.listing import gaps_in
from lamplighter.workspace.manifests import (
    DataFile,
    FileLine,
    Manifest,
    MonthChange,
    MonthCount,
    SourceFile,
    TableChange,
    sha256_of,
)
from lamplighter.workspace.placing import SUSPICIOUS_SHARE, Placing, parquet_bytes

if TYPE_CHECKING:
    import pyarrow as pa

    from lamplighter.workspace.folder import Workspace

# Ids run on from row to row and references are as good as random: a dictionary of either only costs time.
_NO_DICTIONARY = ("row_id", "reference", "lon", "lat", "easting_m", "northing_m")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """The rows of one force in one table of one file, as the bytes of a Parquet file."""

    table: str
    part: str
    months: Mapping[str, MonthCount]
    rows: int
    content: bytes


def pieces_of(reading: Reading) -> tuple[Piece, ...]:
    """A reading cut by force, ready to be written. Depends on nothing but the reading: files may be cut at the same time."""
    import pyarrow as pa
    import pyarrow.compute as pc

    pieces = []
    for table, rows in sorted(reading.tables.items()):
        forces = rows.column(FORCE).cast(pa.string())
        names = sorted(pc.unique(forces).to_pylist())
        for force in names:
            ours = rows if len(names) == 1 else rows.filter(pc.equal(forces, force))
            pieces.append(
                Piece(
                    table=table,
                    part=force,
                    months=_month_counts(ours),
                    rows=ours.num_rows,
                    content=parquet_bytes(ours, without_dictionary=_NO_DICTIONARY),
                )
            )
    return tuple(pieces)


class PlacingParts(Placing):
    """One import of incidents on its way. What is live is worked out at its end, so the order of its files changes nothing."""

    def __init__(
        self,
        *,
        before: Workspace,
        import_id: str,
        at: datetime,
        reading_version: int,
        disk: Disk,
        tell: OnProgress,
        source: str,
        adds: bool,
        mapping_sha256: str | None = None,
    ):
        super().__init__(
            before=before, import_id=import_id, at=at, reading_version=reading_version, disk=disk, tell=tell
        )
        self._source, self._adds, self._mapping = source, adds, mapping_sha256
        # By another mapping the same content is other rows: what its last reading gave goes, and it is read again.
        self._outdated = {sha256 for sha256, (_, line) in self._seen.items() if line.mapping_sha256 != mapping_sha256}
        self._seen = {sha256: seen for sha256, seen in self._seen.items() if sha256 not in self._outdated}
        self._month_changes: list[MonthChange] = []
        self._grounds: set[str] = set()
        self._made_up = False

    def knows(self, sha256: str) -> bool:
        """Was this very content imported before, or earlier in this import?"""
        return sha256 in self._seen

    def place_pieces(self, file: SourceFile, reading: Reading, pieces: tuple[Piece, ...], *, number: int) -> None:
        """Write the pieces of one file and account for its rows."""
        if self.knows(file.sha256):
            self._place_known(file)
            return
        for at, piece in enumerate(pieces, start=1):
            record = DataFile(
                table=piece.table,
                path=f"imports/{self.import_id}/{piece.table}-{number}-{at}.parquet",
                sha256=sha256_of(piece.content),
                rows=piece.rows,
                source_sha256=file.sha256,
                reading_version=self.reading_version,
                months=piece.months,
                part=piece.part,
                mapping_sha256=self._mapping,
            )
            self.disk.write_new(self.before.path / record.path, piece.content)
            self._records[record.path] = record
            self._data_files.append(record)
        for row in reading.refused_rows.to_pylist():
            self._refused.append(json.dumps({"file": file.name, **row}, ensure_ascii=False))
        months = {month for piece in pieces if INCIDENT_TABLES[piece.table].months_count for month in piece.months}
        line = FileLine(
            name=file.name,
            sha256=file.sha256,
            rows_read=reading.rows_read,
            rows_kept=reading.rows_kept,
            rows_refused=reading.rows_refused,
            rows_duplicate=0,
            refused=dict(reading.refused),
            notes=dict(reading.notes),
            months=tuple(sorted(months)),
            reading_version=self.reading_version,
            kind=reading.kind,
            by_part=_by_part(reading, pieces),
            mapping_sha256=self._mapping,
        )
        self._warnings.extend(reading.warnings)
        self._lines.append(line)
        self._seen[file.sha256] = (self.import_id, line)
        if reading.ground:
            self._grounds.add(reading.ground)
        self._made_up = self._made_up or reading.made_up

    def place_known(self, file: SourceFile) -> None:
        """A ledger line for content that was imported before, and nothing else."""
        self._place_known(file)

    def manifest(self, *, source: str) -> Manifest:
        """Work out what is live, write what stands beside the manifest, and give the manifest (not yet written)."""
        for table in sorted({record.table for record in self._data_files}):
            self._settle(table)
        return replace(
            super().manifest(source=source),
            month_changes=tuple(self._month_changes),
            distinct_references=self._distinct_references(),
            ground="; ".join(sorted(self._grounds)) or None,
            made_up=self._made_up,
        )

    def _place_known(self, file: SourceFile) -> None:
        origin_id, line = self._seen[file.sha256]
        origin = line.same_as or origin_id
        by_part = {
            part: {"rows_read": counts["rows_read"], "rows_kept": 0, "rows_refused": 0,
                   "rows_duplicate": counts["rows_read"]}
            for part, counts in line.by_part.items()
        }  # fmt: skip
        self._lines.append(
            replace(
                line,
                name=file.name,
                rows_kept=0,
                rows_refused=0,
                rows_duplicate=line.rows_read,
                refused={},
                notes={},
                same_as=origin,
                by_part=by_part,
            )
        )
        living = {self._records[live.path].source_sha256 for files in self.live.values() for live in files}
        if origin != self.import_id and file.sha256 not in living:
            self._warnings.append(
                f"{file.name} was imported before as {origin} and replaced since; nothing was changed."
                " To go back to it, import it into a new workspace."
            )

    def _settle(self, table: str) -> None:
        """Put the new files of a table beside those that stay, month by month of each force."""
        mine = [record for record in self._data_files if record.table == table]
        new = {(record.part, month) for record in mine for month in record.months}
        # What the same command names again stays: with the new files it makes up the month.
        named_again = {line.sha256 for line in self._lines if line.same_as}
        earlier = self.live.get(table, ())
        read_again = self._outdated & {record.source_sha256 for record in self._data_files}
        kept = []
        for live in earlier:
            if self._records[live.path].source_sha256 in read_again:
                continue
            stays = (
                self._adds
                or self._records[live.path].source_sha256 in named_again
                or self.before.manifest(live.import_id).source != self._source
            )
            months = live.months if stays else tuple(month for month in live.months if (live.part, month) not in new)
            if months:
                kept.append(replace(live, months=months))
        added = [
            LiveFile(path=record.path, import_id=self.import_id, months=tuple(sorted(record.months)), part=record.part)
            for record in mine
        ]
        before, after = self._rows_by_month(earlier), self._rows_by_month((*kept, *added))
        self.live[table] = (*kept, *added)
        for part in sorted({record.part or "" for record in mine}):
            self._tell_change(table, part, {month for each, month in new if each == part}, before, after)

    def _tell_change(
        self,
        table: str,
        part: str,
        months: set[str],
        before: dict[tuple[str, str], int],
        after: dict[tuple[str, str], int],
    ) -> None:
        changed = sorted(month for month in months if (part, month) in before)
        names = sorted(
            {
                line.name
                for line in self._lines
                if part in line.by_part and not line.same_as and months & set(line.months)
            }
        )
        self._changes.append(
            TableChange(
                table=table,
                file_name=names[0] if len(names) == 1 else f"{len(names)} files",
                months_added=tuple(sorted(months - set(changed))),
                months_replaced=() if self._adds else tuple(changed),
                rows_before=sum(rows for (each, _), rows in before.items() if each == part),
                rows_after=sum(rows for (each, _), rows in after.items() if each == part),
                replaced_rows_before=sum(before[part, month] for month in changed),
                replaced_rows_after=sum(after[part, month] for month in changed),
                revisions=0,
                part=part,
            )
        )
        self._month_changes += [
            MonthChange(
                table=table, part=part, month=month, rows_before=before[part, month], rows_after=after[part, month]
            )
            for month in changed
        ]
        if not INCIDENT_TABLES[table].months_count:
            return
        lost = [month for month in changed if after[part, month] < SUSPICIOUS_SHARE * before[part, month]]
        if lost:
            self._warnings.append(
                f"{part} loses more than half of its rows in {listed(lost)} ({lost[0]}: {before[part, lost[0]]:,} became"
                f" {after[part, lost[0]]:,}). If the file is a part of the month only, import the whole one, or pass --add."
            )
        rows = {month: count for (each, month), count in after.items() if each == part}
        gaps = gaps_in(rows)
        if gaps:
            self._warnings.append(
                f"{part} has no rows for {listed(gaps)}: unknown, not zero. Import the files that have them."
            )
        partial = partial_months(rows)
        if partial:
            self._warnings.append(
                f"{part} looks partial in {listed(partial)}: far fewer rows a day than in the months around."
            )

    def _rows_by_month(self, files: tuple[LiveFile, ...]) -> dict[tuple[str, str], int]:
        rows: dict[tuple[str, str], int] = {}
        for live in files:
            for month in live.months:
                key = (live.part or "", month)
                rows[key] = rows.get(key, 0) + self._records[live.path].months[month].rows
        return rows

    def _distinct_references(self) -> int | None:
        """How many different references the incidents of this import have, over all its files."""
        import duckdb

        paths = [self.before.path / each.path for each in self._data_files if each.table == INCIDENTS.table]
        if not paths:
            return None
        files = ", ".join(duck.path_in_sql(path) for path in paths)
        with duck.connection() as db:
            try:
                found = db.execute(f"select count(distinct reference) from read_parquet([{files}])").fetchone()  # noqa: S608
            except duckdb.Error as error:
                raise WorkspaceDamaged(
                    f"What import {self.import_id} wrote can't be read back. Check the disk and import again."
                ) from error
        return int(found[0]) if found else None


def _by_part(reading: Reading, pieces: tuple[Piece, ...]) -> dict[str, dict[str, int]]:
    kept: dict[str, int] = {}
    for piece in pieces:
        kept[piece.part] = kept.get(piece.part, 0) + piece.rows
    told = {part: {"rows_read": rows, "rows_kept": rows, "rows_refused": 0} for part, rows in sorted(kept.items())}
    main = reading.part if reading.part in told else min(told)
    told[main]["rows_refused"] += reading.rows_refused
    told[main]["rows_read"] += reading.rows_refused
    return {part: {**counts, "rows_duplicate": 0} for part, counts in told.items()}


def _month_counts(rows: pa.Table) -> dict[str, MonthCount]:
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    has = set(rows.column_names)
    located = asb = None
    if "easting_m" in has:
        located = pc.is_valid(rows.column("easting_m")).to_numpy()
    if "offence" in has:
        asb = pc.fill_null(pc.equal(rows.column("offence").cast(pa.string()), ASB), False).to_numpy()
    numbers, where = np.unique(rows.column(MONTH).to_numpy(), return_inverse=True)
    counts = np.bincount(where, minlength=len(numbers)).tolist()
    points = None if located is None else np.bincount(where, weights=located, minlength=len(numbers)).tolist()
    antisocial = None if asb is None else np.bincount(where, weights=asb, minlength=len(numbers)).tolist()
    return {
        month_text(number): MonthCount(
            rows=counts[at],
            total=counts[at],
            located=None if points is None else int(points[at]),
            asb=None if antisocial is None else int(antisocial[at]),
        )
        for at, number in enumerate(numbers.tolist())
    }
