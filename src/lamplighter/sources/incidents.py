"""The tables that hold one row an incident, whatever they were read from: their columns and the key of a month."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

FORCE, MONTH = "force_name", "month"


@dataclass(frozen=True, kw_only=True)
class IncidentTable:
    """One table whose rows are kept by force and month: parts given together add up, a later import replaces a month whole.

    what: what one row is, in words. columns: (name, type in SQL) in order. A reader may leave columns out; they are null.
    months_count: its months are months of the source; the others are listed and enter no total.
    """

    table: str
    what: str
    columns: tuple[tuple[str, str], ...]
    months_count: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The columns in order."""
        return tuple(name for name, _ in self.columns)


_KEY = (("row_id", "varchar"), (FORCE, "varchar"), (MONTH, "integer"))

INCIDENTS = IncidentTable(
    table="incidents",
    what="a recorded incident",
    months_count=True,
    columns=(
        *_KEY,
        ("offence", "varchar"),  # the category or the offence, as given
        ("offence_code", "varchar"),
        ("reference", "varchar"),  # street data: Crime ID, which is not a key; an extract: a keyed hash
        ("location_text", "varchar"),
        ("lon", "double"),
        ("lat", "double"),
        ("easting_m", "double"),  # null where the row has no point
        ("northing_m", "double"),
        ("lsoa_code", "varchar"),
        ("lsoa_name", "varchar"),
        ("district", "varchar"),  # the LSOA's name without its last word
        ("outcome", "varchar"),
        ("reported_minute", "bigint"),  # minutes since 1970-01-01 on the local clock
        ("from_minute", "bigint"),
        ("to_minute", "bigint"),
        ("flags", "varchar"),  # sorted, joined by |
        ("victim_sex", "varchar"),
        ("victim_age_band", "varchar"),
        ("victim_ethnicity", "varchar"),  # only ever counted: no score, rank or place reads it
        ("relationship", "varchar"),
        ("premises", "varchar"),
        ("setting", "varchar"),  # public, home, online or unknown
        ("outcome_day", "integer"),
    ),
)

OUTCOMES = IncidentTable(
    table="outcomes",
    what="an outcome of a crime, joined to it by its reference",
    columns=(*_KEY, ("reference", "varchar"), ("lsoa_code", "varchar"), ("outcome", "varchar")),
)

SEARCHES = IncidentTable(
    table="searches",
    what="a stop and search: listed as seen, used in no score",
    columns=(*_KEY, ("search_type", "varchar")),
)

INCIDENT_TABLES: dict[str, IncidentTable] = {each.table: each for each in (INCIDENTS, OUTCOMES, SEARCHES)}

ASB = "Anti-social behaviour"  # incidents that are not recorded crime: never added into "crime"

ROW_DIGITS = 7


def row_ids(content_sha256: str, rows: pa.Array) -> pa.Array:
    """`0123456789abcdef-0000042`: the file's content and the row in it. Exact repeats are rows of their own.

    rows: each row's number in its file, the first after the header being 1, refused ones counted.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    numbers = pc.utf8_lpad(rows.cast(pa.string()), ROW_DIGITS, "0")
    return pc.binary_join_element_wise(content_sha256[:16], numbers, "-")
