"""What is each row of the site worth: its month and its point, or the reason that it is refused for?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lamplighter.errors import InputError
from lamplighter.schema import month_number

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

# Round the United Kingdom with its islands. A row outside of it names no place that a force of the site polices.
LON_MIN, LON_MAX = -9.5, 2.5
LAT_MIN, LAT_MAX = 49.0, 61.5
_EARLIEST_YEAR, _LATEST_YEAR = 1990, 2199

NO_MONTH, NOT_A_MONTH = "month missing", "month not a month"
ONE_MISSING = "one coordinate missing"
NOT_FINITE = "coordinates not finite"
ZERO = "coordinates zero"
SWAPPED = "coordinates swapped"
OUTSIDE = "coordinates outside the United Kingdom"


class Reasons:
    """The first reason against each row, collected as more is asked; 0 is none."""

    def __init__(self, rows: int):
        import numpy as np

        self.words: list[str] = [""]
        self.codes: NDArray[np.int8] = np.zeros(rows, np.int8)

    def refuse(self, where: NDArray[np.bool_], reason: str) -> None:
        """Refuse the rows that nothing was found against so far."""
        self.words.append(reason)
        self.codes[where & (self.codes == 0)] = len(self.words) - 1

    def kept(self) -> NDArray[np.bool_]:
        """The rows that nothing was found against."""
        return self.codes == 0

    def of(self, row: int) -> str:
        """The reason against a row."""
        return self.words[int(self.codes[row])]


def judge_months(column: pa.ChunkedArray, reasons: Reasons, *, pattern: str = r"\d{4}-\d{2}") -> NDArray[np.int32]:
    """Month numbers (0 where there is none) of `2018-10`; refuses what is missing or no month, such as 2018-13.

    pattern: how much of the value is written before anything else may follow.
    """
    import numpy as np

    texts, codes, missing = coded(column)
    numbers = [_month_of(text, pattern) for text in texts]
    found = np.array([number or 0 for number in numbers], np.int32)[codes] if texts else np.zeros(len(codes), np.int32)
    found[missing] = 0
    reasons.refuse(missing, NO_MONTH)
    reasons.refuse(found == 0, NOT_A_MONTH)
    return found


def judge_present(column: pa.ChunkedArray, reasons: Reasons, reason: str) -> None:
    """Refuse rows that leave empty what must be there."""
    import numpy as np

    reasons.refuse(np.asarray(clean_codes(column).is_null().to_numpy(zero_copy_only=False), bool), reason)


def judge_points(
    lon: pa.ChunkedArray, lat: pa.ChunkedArray, reasons: Reasons
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.bool_]]:
    """Longitudes, latitudes and which rows have both. Neither is legitimate; only one, or one that can't be, is refused."""
    import numpy as np

    x, y = (np.asarray(each.to_numpy(zero_copy_only=False), np.float64) for each in (lon, lat))
    no_x, no_y = (np.asarray(each.is_null().to_numpy(zero_copy_only=False), bool) for each in (lon, lat))
    located = ~no_x & ~no_y
    reasons.refuse(no_x != no_y, ONE_MISSING)
    reasons.refuse(located & ~(np.isfinite(x) & np.isfinite(y)), NOT_FINITE)
    with np.errstate(invalid="ignore"):
        inside = (x >= LON_MIN) & (x <= LON_MAX) & (y >= LAT_MIN) & (y <= LAT_MAX)
        turned = (y >= LON_MIN) & (y <= LON_MAX) & (x >= LAT_MIN) & (x <= LAT_MAX)
    reasons.refuse(located & (y == 0) | located & (x == 0) & ~inside, ZERO)
    reasons.refuse(located & turned, SWAPPED)
    reasons.refuse(located & ~inside, OUTSIDE)
    return x, y, located


def coded(column: pa.ChunkedArray | pa.DictionaryArray) -> tuple[list[str], NDArray[np.int32], NDArray[np.bool_]]:
    """Distinct texts, each row's place among them (0 where missing), and which rows are missing; spaces at the ends go."""
    import numpy as np

    whole = clean_codes(column)
    missing = np.asarray(whole.indices.is_null().to_numpy(zero_copy_only=False), bool)
    codes = np.asarray(whole.indices.fill_null(0).to_numpy(zero_copy_only=False), np.int32)
    return whole.dictionary.to_pylist(), codes, missing


def clean_codes(column: pa.ChunkedArray | pa.DictionaryArray) -> pa.DictionaryArray:
    """The column in one piece, as codes of distinct texts; no text has spaces at its ends, and an empty one is missing."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if isinstance(whole, pa.ChunkedArray):  # no row at all
        whole = pa.array([], pa.string())
    if not pa.types.is_dictionary(whole.type):
        whole = whole.dictionary_encode()
    trimmed = pc.utf8_trim_whitespace(whole.dictionary)
    blank = np.asarray(pc.equal(pc.binary_length(trimmed), 0).to_numpy(zero_copy_only=False), bool)
    if not blank.any() and trimmed.equals(whole.dictionary):
        return whole
    codes = np.asarray(whole.indices.fill_null(0).to_numpy(zero_copy_only=False), np.int32)
    missing = np.asarray(whole.indices.is_null().to_numpy(zero_copy_only=False), bool) | blank[codes]
    return pa.DictionaryArray.from_arrays(pa.array(codes, mask=missing), trimmed)


def text_column(
    column: pa.ChunkedArray | pa.DictionaryArray,
    kept: NDArray[np.bool_],
    turned: Sequence[str | None] | None = None,
) -> pa.DictionaryArray:
    """The kept rows as text, null where missing. turned: what each distinct text becomes, in the order of `coded`."""
    import pyarrow as pa

    whole = clean_codes(column)
    if not kept.all():
        whole = whole.filter(pa.array(kept))
    if turned is None:
        return whole
    # Several texts may become one: the values are then taken out of the codes and coded again.
    return pa.array(turned, pa.string()).take(whole.indices).dictionary_encode()


def _month_of(text: str, pattern: str) -> int | None:
    found = re.match(pattern, text)
    if found is None or (pattern == r"\d{4}-\d{2}" and found.end() != len(text)):
        return None
    try:
        number = month_number(text[:7])
    except InputError:
        return None
    return number if _EARLIEST_YEAR <= number // 12 <= _LATEST_YEAR else None
