"""Parquet as it stands: the known columns with the types that the file gives them."""

from __future__ import annotations

from pathlib import Path

from lamplighter.errors import FileRefused
from lamplighter.sources.cleaning import is_text
from lamplighter.sources.columns import check_columns, known_columns, unknown_columns
from lamplighter.sources.reading import RawRows


def parquet_rows(path: Path, *, always: tuple[str, ...]) -> RawRows:
    """All rows of the file, `found_at` counted from 1. Raises FileRefused when it is cut short or damaged."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        # A file object, not the path: PyArrow would otherwise read some names as addresses.
        with path.open("rb") as file:
            schema = pq.read_schema(file)
            headers = schema.names
            found = known_columns(headers, file_name=path.name)
            check_columns(always, headers, file_name=path.name)
            file.seek(0)
            table = pq.read_table(
                file,
                columns=[headers[position] for position in found.values()],
                read_dictionary=[field.name for field in schema if is_text(field.type)],
            )
    except (pa.ArrowException, OSError) as error:
        raise FileRefused(f"{path.name} is damaged or cut short ({_first_line(error)}). Download it again.") from error
    table = table.rename_columns([name.strip().casefold() for name in table.column_names])
    table = table.append_column("found_at", pa.array(np.arange(1, table.num_rows + 1, dtype=np.int64)))
    spare = unknown_columns(headers)
    told = (f"{path.name}: columns not used: {', '.join(spare)}.",) if spare else ()
    return RawRows(rows=table, headers=tuple(headers), warnings=told)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or ["unreadable"])[0].rstrip(".")
