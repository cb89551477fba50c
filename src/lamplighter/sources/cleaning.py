"""Spaces at the ends of a value and empty text mean nothing: the first go, the second is unknown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


def cleaned(table: pa.Table) -> pa.Table:
    """The same rows, text columns without spaces at their ends and with null for empty; other columns as they are.

    Worked on each column's distinct values: a column of 400,000 names has a few hundred of them.
    """
    for position, name in enumerate(table.column_names):
        column = _cleaned_column(table.column(name))
        if column is not None:
            table = table.set_column(position, name, column)
    return table


def _cleaned_column(column: pa.ChunkedArray) -> pa.ChunkedArray | None:
    import pyarrow as pa

    if not is_text(column.type):
        return None
    chunks = []
    changed = False
    for chunk in column.chunks:
        coded = chunk if pa.types.is_dictionary(chunk.type) else chunk.cast(pa.string()).dictionary_encode()
        clean = [_clean(value) for value in coded.dictionary.to_pylist()]
        if clean == coded.dictionary.to_pylist():
            chunks.append(chunk)
            continue
        changed = True
        chunks.append(pa.array(clean, pa.string()).take(coded.indices))
    if not changed:
        return None
    texts = [chunk.cast(pa.string()) if chunk.type != pa.string() else chunk for chunk in chunks]
    return pa.chunked_array(texts, pa.string())


def _clean(value: str | None) -> str | None:
    return (value.strip() or None) if value is not None else None


def is_text(arrow_type: pa.DataType) -> bool:
    """Text in any of Arrow's ways of keeping it."""
    import pyarrow as pa

    if pa.types.is_dictionary(arrow_type):
        arrow_type = arrow_type.value_type
    return bool(
        pa.types.is_string(arrow_type) or pa.types.is_large_string(arrow_type) or pa.types.is_string_view(arrow_type)
    )
