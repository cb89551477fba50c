"""What reading a foreign file gives: tables of ours, and an account of every row that was not used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One file, read.

    tables: table name → rows (`layouts.TableLayout.names` says its columns). Only tables that have a row.
    rows_read = rows_kept + rows_refused. refused: reason → rows.
    refused_rows: found_at (line or row of the file), reason, given (the row's own text as JSON).
    notes: things that are kept as they are and worth knowing, such as rows without a ward → how many.
    warnings: sentences about the file as a whole.
    part: the force that refused rows are told under, where the tables are kept by force and month.
    ground: how places became metres on the ground, where they did.
    made_up: whoever wrote the mapping says that no person or crime in the file is real.
    """

    file_name: str
    kind: str
    tables: Mapping[str, pa.Table]
    rows_read: int
    rows_kept: int
    rows_refused: int
    refused: Mapping[str, int]
    refused_rows: pa.Table
    notes: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    part: str | None = None
    ground: str | None = None
    made_up: bool = False


@dataclass(frozen=True, kw_only=True)
class RawRows:
    """A foreign file as it stands, before any value of it was judged.

    rows: the columns that we know, under their official names, and `found_at` (line of the text, row of the worksheet)
    and perhaps `worksheet`. headers: all that the file has, as it writes them.
    malformed: rows that could not even be cut into columns: (found at, reason, text).
    """

    rows: pa.Table
    headers: tuple[str, ...]
    malformed: tuple[tuple[str, str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    row_word: str = "row"
