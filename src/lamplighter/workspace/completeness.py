"""Which months look as if only a part of them had come?"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from lamplighter.schema import days_in_month, month_number, month_text

PARTIAL_SHARE = 0.6  # the first lockdown left 0.78 of the neighbours' rows, the least of 87 whole months of two forces
NEIGHBOURS = 3
LEAST_NEIGHBOURS = 2
PARTIAL_RULE = (
    f"rows a day below {PARTIAL_SHARE:g} of the median of the present months within {NEIGHBOURS} months on either side"
)


def partial_months(rows: Mapping[str, int]) -> tuple[str, ...]:
    """The months (`2018-10` → rows) whose rows a day are far below those of the months around them, by `PARTIAL_RULE`.

    A month with fewer than two present neighbours is not judged. Misleads when several months in a row are partial, or when
    crime really fell by half from one month to the next; a month without a row is missing, not partial.
    """
    per_day = {(number := month_number(month)): count / days_in_month(number) for month, count in rows.items() if count}
    found = []
    for number, rate in sorted(per_day.items()):
        around = [
            per_day[each]
            for each in range(number - NEIGHBOURS, number + NEIGHBOURS + 1)
            if each != number and each in per_day
        ]
        if len(around) >= LEAST_NEIGHBOURS and rate < PARTIAL_SHARE * median(around):
            found.append(month_text(number))
    return tuple(found)
