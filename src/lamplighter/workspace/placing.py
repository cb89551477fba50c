"""Where the rows of each file of an import go: new months beside the old, known months in their place."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lamplighter.errors import FileRefused, listed
from lamplighter.schema import OnProgress, month_number, month_text
from lamplighter.sources.layouts import LAYOUT_OF, MPS_VAWG_TABLES
from lamplighter.sources.reading import Reading
from lamplighter.workspace.durable import Disk
from lamplighter.workspace.head import LiveFile
from lamplighter.workspace.listing import gaps_in
from lamplighter.workspace.manifests import (
    DataFile,
    FileLine,
    Manifest,
    MonthCount,
    SideFile,
    SourceFile,
    TableChange,
    sha256_of,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from lamplighter.workspace.folder import Workspace

SUSPICIOUS_SHARE = 0.5  # a month that loses half its crimes to a later file is more often a partial extract than a fact


class Placing:
    """One import on its way: collects what is live, file by file, without touching anything that was there before."""

    def __init__(
        self,
        *,
        before: Workspace,
        import_id: str,
        at: datetime,
        reading_version: int,
        disk: Disk,
        tell: OnProgress,
    ):
        self.before, self.import_id, self.at = before, import_id, at.astimezone(UTC)
        self.reading_version, self.disk, self.tell = reading_version, disk, tell
        self.live: dict[str, tuple[LiveFile, ...]] = dict(before.head.tables)
        self._records = {record.path: record for manifest in before.imports() for record in manifest.data_files}
        self._seen = {line.sha256: (manifest.id, line) for manifest in before.imports() for line in manifest.files}
        self._lines: list[FileLine] = []
        self._data_files: list[DataFile] = []
        self._changes: list[TableChange] = []
        self._warnings: list[str] = []
        self._revisions: list[pa.Table] = []
        self._refused: list[str] = []

    def place(self, file: SourceFile, reading: Reading | None, *, number: int) -> None:
        """Write one file's rows and account for them; content that was imported before adds a line and nothing else."""
        if file.sha256 in self._seen:
            self._place_known(file)
            return
        if reading is None:
            raise FileRefused(f"{file.name} was not read, and this workspace has not seen it. Import it again.")
        for done, (table, rows) in enumerate(sorted(reading.tables.items())):
            self.tell(f"writing {table} of {file.name}", done, len(reading.tables))
            self._place_table(table, rows, file, number=number)
        for row in reading.refused_rows.to_pylist():
            self._refused.append(json.dumps({"file": file.name, **row}, ensure_ascii=False))
        months = {
            month for record in self._data_files if record.source_sha256 == file.sha256 for month in record.months
        }
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
        )
        self._warnings.extend(reading.warnings)
        self._lines.append(line)
        self._seen[file.sha256] = (self.import_id, line)

    def manifest(self, *, source: str) -> Manifest:
        """Write what stands beside the manifest, and give the manifest (not yet written)."""
        self._check_tables_agree()
        return Manifest(
            id=self.import_id,
            source=source,
            at=self.at.isoformat(),
            files=tuple(self._lines),
            data_files=tuple(self._data_files),
            changes=tuple(self._changes),
            refused_rows=self._side_file(
                "refused.jsonl", "".join(row + "\n" for row in self._refused).encode(), len(self._refused)
            ),
            revisions=self._revisions_file(),
            warnings=tuple(self._warnings),
        )

    def _place_known(self, file: SourceFile) -> None:
        import_id, line = self._seen[file.sha256]
        origin = line.same_as or import_id
        self._lines.append(
            FileLine(
                name=file.name,
                sha256=file.sha256,
                rows_read=line.rows_read,
                rows_kept=0,
                rows_refused=0,
                rows_duplicate=line.rows_read,
                months=line.months,
                same_as=origin,
                reading_version=line.reading_version,
            )
        )
        living = {live.import_id for files in self.live.values() for live in files}
        if origin not in living:
            self._warnings.append(
                f"{file.name} was imported before as {origin} and replaced since; nothing was changed."
                " To go back to it, import it into a new workspace."
            )

    def _place_table(self, table: str, rows: pa.Table, file: SourceFile, *, number: int) -> None:
        counts = _month_counts(rows, LAYOUT_OF[table].count_column)
        content = parquet_bytes(rows)
        record = DataFile(
            table=table,
            path=f"imports/{self.import_id}/{table}-{number}.parquet",
            sha256=sha256_of(content),
            rows=rows.num_rows,
            source_sha256=file.sha256,
            reading_version=self.reading_version,
            months=counts,
        )
        self.disk.write_new(self.before.path / record.path, content)
        earlier = self.live.get(table, ())
        replaced = sorted({month for live in earlier for month in live.months} & set(counts))
        revisions = self._revisions_of(table, rows, earlier, replaced)
        rows_before = self._rows_in(earlier)
        replaced_before = self._rows_in(earlier, only=set(replaced))
        self._warn_of_losses(table, earlier, counts, replaced, file)
        kept = [
            LiveFile(path=live.path, import_id=live.import_id, months=tuple(m for m in live.months if m not in counts))
            for live in earlier
        ]
        mine = LiveFile(path=record.path, import_id=self.import_id, months=tuple(sorted(counts)))
        self._records[record.path] = record
        self._data_files.append(record)
        self.live[table] = (*(live for live in kept if live.months), mine)
        gaps = gaps_in(month for live in self.live[table] for month in live.months)
        if gaps:
            self._warnings.append(
                f"{table} has no rows for {listed(gaps)}: unknown, not zero. Import the file that has them."
            )
        self._changes.append(
            TableChange(
                table=table,
                file_name=file.name,
                months_added=tuple(sorted(set(counts) - set(replaced))),
                months_replaced=tuple(replaced),
                rows_before=rows_before,
                rows_after=self._rows_in(self.live[table]),
                replaced_rows_before=replaced_before,
                replaced_rows_after=sum(counts[month].rows for month in replaced),
                revisions=revisions,
            )
        )

    def _revisions_of(self, table: str, rows: pa.Table, earlier: tuple[LiveFile, ...], replaced: list[str]) -> int:
        if not replaced:
            return 0
        from lamplighter.workspace.revisions import revisions_between

        old = [
            (self.before.path / live.path, [month_number(month) for month in live.months if month in replaced])
            for live in earlier
            if set(live.months) & set(replaced)
        ]
        found = revisions_between(
            old,
            rows,
            table=table,
            months=[month_number(month) for month in replaced],
            at=self.at,
            import_id=self.import_id,
        )
        if found.num_rows:
            self._revisions.append(found)
        return found.num_rows

    def _rows_in(self, files: tuple[LiveFile, ...], *, only: set[str] | None = None) -> int:
        return sum(
            self._records[live.path].months[month].rows
            for live in files
            for month in live.months
            if only is None or month in only
        )

    def _totals(self, table: str) -> dict[str, int]:
        return {
            month: self._records[live.path].months[month].total
            for live in self.live.get(table, ())
            for month in live.months
        }

    def _warn_of_losses(
        self,
        table: str,
        earlier: tuple[LiveFile, ...],
        counts: dict[str, MonthCount],
        replaced: list[str],
        file: SourceFile,
    ) -> None:
        old = {month: self._records[live.path].months[month].total for live in earlier for month in live.months}
        lost = [month for month in replaced if counts[month].total < SUSPICIOUS_SHARE * old[month]]
        if lost:
            first = lost[0]
            self._warnings.append(
                f"{file.name}: {table} loses more than half of its count in {listed(lost)} ({first}: {old[first]:,}"
                f" became {counts[first].total:,}). If the file is a part of the extract only, import the whole one."
            )

    def _check_tables_agree(self) -> None:
        """Sheets that count the same crimes or victims must add to the same in each month that both have."""
        touched = {change.table for change in self._changes}
        for layout in MPS_VAWG_TABLES:
            if layout.same_as is None or not {layout.table, layout.same_as} & touched:
                continue
            one, other = self._totals(layout.table), self._totals(layout.same_as)
            differ = sorted(month for month in set(one) & set(other) if one[month] != other[month])
            if differ:
                first = differ[0]
                self._warnings.append(
                    f"{layout.table} and {layout.same_as} should add to the same and differ in {listed(differ)}"
                    f" ({first}: {one[first]:,} and {other[first]:,}). Check that both sheets are of one extract."
                )

    def _revisions_file(self) -> SideFile | None:
        if not self._revisions:
            return None
        import pyarrow as pa

        whole = pa.concat_tables(self._revisions)
        return self._side_file("revisions.parquet", parquet_bytes(whole), whole.num_rows)

    def _side_file(self, name: str, content: bytes, rows: int) -> SideFile | None:
        if not rows:
            return None
        path = f"imports/{self.import_id}/{name}"
        self.disk.write_new(self.before.path / path, content)
        return SideFile(path=path, sha256=sha256_of(content), rows=rows)


def _month_counts(rows: pa.Table, count_column: str) -> dict[str, MonthCount]:
    grouped = rows.group_by("recorded_month").aggregate([(count_column, "sum"), (count_column, "count")])
    return {
        month_text(row["recorded_month"]): MonthCount(
            rows=row[f"{count_column}_count"], total=row[f"{count_column}_sum"]
        )
        for row in sorted(grouped.to_pylist(), key=lambda row: row["recorded_month"])
    }


def parquet_bytes(table: pa.Table, *, without_dictionary: tuple[str, ...] | None = None) -> bytes:
    """The table as Parquet with zstd, in memory, so that its hash is known before a byte is on the disk.

    without_dictionary: columns of which hardly two values are the same; they and the rest are then written for speed.
    """
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    if without_dictionary is None:
        pq.write_table(table, sink, compression="zstd")
        return sink.getvalue()
    coded = [name for name in table.column_names if name not in without_dictionary]
    encodings = {name: "DELTA_BYTE_ARRAY" if name == "row_id" else "PLAIN" for name in table.column_names}
    pq.write_table(
        table,
        sink,
        compression="zstd",
        compression_level=1,
        use_dictionary=coded,
        column_encoding={name: encodings[name] for name in table.column_names if name not in coded},
        write_statistics=["force_name", "month"],
        store_schema=False,  # readers then see plain text, not our dictionaries
    )
    return sink.getvalue()
