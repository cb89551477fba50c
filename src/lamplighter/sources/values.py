"""SQL expressions that turn a foreign value into a month or a count, by the type that the file gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lamplighter.sources.cleaning import is_text

if TYPE_CHECKING:
    import pyarrow as pa

_EARLIEST_YEAR, _LATEST_YEAR = 1800, 2199
_LARGEST_COUNT = 10**12  # beyond any count of crimes, and small enough for sums to stay exact


def month_of_date(column: str, arrow_type: pa.DataType) -> str:
    """year * 12 + month − 1, or null when the value is no date.

    Text may be 2014-01-01, 2014-01-01 00:00:00 or 01/01/2014 (day first, as Britain writes it).
    """
    day = _day_of_text(column)
    if is_date(arrow_type):
        day = f"cast({column} as date)"
    elif not is_text(arrow_type):
        return "cast(null as integer)"  # a number or a time with a zone is no month: the row says so
    year = f"year({day})"
    return f"case when {year} between {_EARLIEST_YEAR} and {_LATEST_YEAR} then {year} * 12 + month({day}) - 1 end"


def is_date(arrow_type: pa.DataType) -> bool:
    """A date, or a time without a zone; one with a zone may belong to the day, and so the month, before."""
    import pyarrow.types as types

    return bool(types.is_date(arrow_type) or (types.is_timestamp(arrow_type) and arrow_type.tz is None))


def _day_of_text(column: str) -> str:
    text = f"cast({column} as varchar)"
    clock = "[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?"
    return (
        f"case when regexp_full_match({text}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([ T]{clock}Z?)?')"
        f" then try_cast(substr({text}, 1, 10) as date)"
        f" when regexp_full_match({text}, '[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{4}}( {clock})?')"
        f" then cast(try_strptime(split_part({text}, ' ', 1), '%d/%m/%Y') as date) end"
    )


def number_of_count(column: str, arrow_type: pa.DataType) -> str:
    """The whole number as BIGINT, or null when it is none."""
    import pyarrow.types as types

    if types.is_integer(arrow_type):
        return f"case when {column} between -{_LARGEST_COUNT} and {_LARGEST_COUNT} then cast({column} as bigint) end"
    if types.is_floating(arrow_type) or types.is_decimal(arrow_type):
        number = f"cast({column} as double)"
        whole = f"isfinite({number}) and floor({number}) = {number} and abs({number}) <= {_LARGEST_COUNT}"
        return f"case when {whole} then cast({number} as bigint) end"
    if is_text(arrow_type):
        text = f"cast({column} as varchar)"
        whole = f"regexp_full_match({text}, '[+-]?[0-9]{{1,12}}([.]0+)?')"
        return f"case when {whole} then cast(split_part({text}, '.', 1) as bigint) end"
    return "cast(null as bigint)"


def reason_of_count(column: str, arrow_type: pa.DataType) -> str:
    """Why the count can't be used, or null when it can."""
    import pyarrow.types as types

    missing = f"{column} is null"
    if types.is_floating(arrow_type):
        missing += f" or isnan({column})"  # a table program's blank
    number = number_of_count(column, arrow_type)
    return (
        f"case when {missing} then 'count missing'"
        f" when {number} is null then 'count not a whole number'"
        f" when {number} < 0 then 'count negative' end"
    )
