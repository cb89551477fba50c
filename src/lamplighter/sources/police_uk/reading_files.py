"""One CSV of data.police.uk → a reading: incident rows, and an account of every row that was not used."""

from __future__ import annotations

import io
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from lamplighter.errors import FileRefused, listed
from lamplighter.schema import month_text
from lamplighter.sources.incidents import ASB, FORCE, INCIDENTS, MONTH, OUTCOMES, SEARCHES, row_ids
from lamplighter.sources.police_uk.judging import (
    Reasons,
    coded,
    judge_months,
    judge_points,
    judge_present,
    text_column,
)
from lamplighter.sources.police_uk.kinds import OUTCOME, STREET, force_words, month_and_force_of
from lamplighter.sources.police_uk.rows import REFERENCE, FileRows, rows_of
from lamplighter.sources.police_uk.text import utf8_of
from lamplighter.sources.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

READING_VERSION = (
    1  # raise it when the same file would give other rows: answers kept under the old digest are then stale
)


def read(content: bytes, *, name: str, stem: str, content_sha256: str) -> Reading:
    """What rows does this CSV of data.police.uk hold, which of them can be used, and why not the others?

    content: the CSV's bytes, unpacked. name: as it is told to a person. stem: the file's name without endings, in which the
    site writes month and force. content_sha256: of `content`; it makes the rows' ids.
    Street files give `incidents`, outcome files `outcomes`, stop-and-search files `searches`. Rows without a point are kept
    with nulls; exact repeats are rows of their own; Crime ID is not a key. Months are numbers (year * 12 + month − 1).
    Misleads when rows were cut out of the file before: nothing in it says so.
    Raises FileRefused, with the mend, when the file as a whole can't be used.
    Source: data.police.uk, street-level crime, outcomes and stop and search (Open Government Licence v3.0).
    """
    content, warnings = utf8_of(content, name=name)
    found = rows_of(content, name=name)
    if not found.rows_read:
        raise FileRefused(f"{name} has a header and no rows. Download it again, or leave it out.")
    if found.header.unused:
        warnings.append(f"{name}: columns not used: {listed(found.header.unused, most=12)}.")
    reasons = Reasons(found.rows.num_rows)
    file_month, slug = month_and_force_of(stem)
    if found.header.kind is STREET:
        table, rows, notes, ground = _street(found, reasons, content_sha256)
    elif found.header.kind is OUTCOME:
        table, rows, notes, ground = _outcomes(found, reasons, content_sha256)
    else:
        force = force_words(slug) if slug else "force not named"
        table, rows, notes, ground = _searches(found, reasons, content_sha256, force)
    refused_rows, refused = _refused(found, reasons, content)
    if not rows.num_rows:
        why = listed(f"{reason} ({count:,})" for reason, count in refused.items())
        raise FileRefused(f"{name}: not one of its {found.rows_read:,} rows can be used: {why}. Download it again.")
    warnings += _month_warning(rows, file_month, name)
    return Reading(
        file_name=name,
        kind=found.header.kind.name,
        tables={table: rows},
        rows_read=found.rows_read,
        rows_kept=rows.num_rows,
        rows_refused=found.rows_read - rows.num_rows,
        refused=refused,
        refused_rows=refused_rows,
        notes=notes,
        warnings=tuple(warnings),
        part=_most_named(rows),
        ground=ground,
    )


def _street(found: FileRows, reasons: Reasons, sha256: str) -> tuple[str, pa.Table, dict[str, int], str | None]:
    import numpy as np
    import pyarrow as pa

    from lamplighter.sources.ground import british_grid, british_grid_name

    given = found.rows
    months = judge_months(given.column("month"), reasons)
    judge_present(given.column("reported by"), reasons, "force missing")
    judge_present(given.column("crime type"), reasons, "crime type missing")
    lon, lat, located = judge_points(given.column("longitude"), given.column("latitude"), reasons)
    kept = reasons.kept()
    located = located[kept]
    lon, lat = (np.where(located, each[kept], np.nan) for each in (lon, lat))
    easting, northing = np.full((2, len(lon)), np.nan)
    easting[located], northing[located] = british_grid(lon[located], lat[located])
    off_grid = located & np.isnan(easting)
    offence = text_column(given.column("crime type"), kept)
    names, _, _ = coded(given.column("lsoa name"))
    reference = _reference(given, kept)
    columns = _key(found, months, kept, sha256) | {
        FORCE: text_column(given.column("reported by"), kept),
        "offence": offence,
        "reference": reference,
        "location_text": text_column(given.column("location"), kept),
        "lon": pa.array(lon, mask=~located),
        "lat": pa.array(lat, mask=~located),
        "easting_m": pa.array(easting, mask=np.isnan(easting)),
        "northing_m": pa.array(northing, mask=np.isnan(northing)),
        "lsoa_code": text_column(given.column("lsoa code"), kept),
        "lsoa_name": text_column(given.column("lsoa name"), kept),
        "district": text_column(given.column("lsoa name"), kept, [_district(name) for name in names]),
        "outcome": text_column(given.column("last outcome category"), kept),
    }
    notes = {
        "located": int((located & ~off_grid).sum()),
        "anti_social_behaviour": _count_of(offence, ASB),
        "without_crime_id": reference.null_count,
        "outside_the_grid": int(off_grid.sum()),
    }
    ground = british_grid_name() if located.any() else None
    return INCIDENTS.table, _in_order(columns, INCIDENTS.names), notes, ground


def _outcomes(found: FileRows, reasons: Reasons, sha256: str) -> tuple[str, pa.Table, dict[str, int], str | None]:
    given = found.rows
    months = judge_months(given.column("month"), reasons)
    judge_present(given.column("reported by"), reasons, "force missing")
    judge_present(given.column("outcome type"), reasons, "outcome type missing")
    kept = reasons.kept()
    reference = _reference(given, kept)
    columns = _key(found, months, kept, sha256) | {
        FORCE: text_column(given.column("reported by"), kept),
        "reference": reference,
        "lsoa_code": text_column(given.column("lsoa code"), kept),
        "outcome": text_column(given.column("outcome type"), kept),
    }
    return OUTCOMES.table, _in_order(columns, OUTCOMES.names), {"without_crime_id": reference.null_count}, None


def _searches(
    found: FileRows, reasons: Reasons, sha256: str, force: str
) -> tuple[str, pa.Table, dict[str, int], str | None]:
    import pyarrow as pa

    given = found.rows
    months = judge_months(given.column("date"), reasons, pattern=r"\d{4}-\d{2}-\d{2}")
    kept = reasons.kept()
    columns = _key(found, months, kept, sha256) | {
        FORCE: pa.DictionaryArray.from_arrays(pa.array([0] * int(kept.sum()), pa.int32()), pa.array([force])),
        "search_type": text_column(given.column("type"), kept),
    }
    return SEARCHES.table, _in_order(columns, SEARCHES.names), {}, None


def _key(found: FileRows, months: NDArray[np.int32], kept: NDArray[np.bool_], sha256: str) -> dict[str, pa.Array]:
    import pyarrow as pa

    rows = found.rows.column("row").to_numpy()[kept]
    return {"row_id": row_ids(sha256, pa.array(rows)), MONTH: pa.array(months[kept])}


def _reference(given: pa.Table, kept: NDArray[np.bool_]) -> pa.Array:
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = given.column(REFERENCE).combine_chunks()
    if not kept.all():
        texts = texts.filter(pa.array(kept))
    trimmed = pc.utf8_trim_whitespace(texts)
    return pc.if_else(pc.equal(pc.binary_length(trimmed), 0), pa.scalar(None, pa.string()), trimmed)


def _in_order(columns: dict[str, Any], names: tuple[str, ...]) -> pa.Table:
    import pyarrow as pa

    here = [name for name in names if name in columns]
    return pa.table([columns[name] for name in here], names=here)


def _refused(found: FileRows, reasons: Reasons, content: bytes) -> tuple[pa.Table, dict[str, int]]:
    """found_at, reason and the row's own text of every refused row, in the file's order; and how many by reason."""
    import numpy as np
    import pyarrow as pa

    told = [(row, line, reason, text) for row, line, reason, text in found.malformed]
    bad = np.flatnonzero(~reasons.kept())
    if bad.size:
        lines = list(io.StringIO(content.decode("utf-8"), newline=""))
        at = found.rows.column("line").to_numpy()
        rows = found.rows.column("row").to_numpy()
        for each in bad.tolist():
            line = int(at[each])
            told.append(
                (int(rows[each]), line, reasons.of(each), lines[line - 1].rstrip("\r\n") if line <= len(lines) else "")
            )
    told.sort()
    table = pa.table(
        {
            "found_at": pa.array([f"line {line}" for _, line, _, _ in told], pa.string()),
            "reason": pa.array([reason for _, _, reason, _ in told], pa.string()),
            "given": pa.array([json.dumps({"text": text}, ensure_ascii=False) for *_, text in told], pa.string()),
        }
    )
    return table, dict(sorted(Counter(reason for _, _, reason, _ in told).items()))


def _month_warning(rows: pa.Table, file_month: str | None, name: str) -> list[str]:
    if file_month is None:
        return []
    counts = Counter(
        {month_text(each["values"]): each["counts"] for each in rows.column(MONTH).value_counts().to_pylist()}
    )
    others = {month: count for month, count in sorted(counts.items()) if month != file_month}
    if not others:
        return []
    told = listed(f"{count:,} of {month}" for month, count in others.items())
    return [
        f"{name}: its name says {file_month} and it holds rows of other months ({told}). They were kept as they say."
    ]


def _most_named(rows: pa.Table) -> str:
    counts = {each["values"]: each["counts"] for each in rows.column(FORCE).value_counts().to_pylist()}
    return max(sorted(counts), key=lambda force: counts[force])


def _count_of(column: pa.Array, text: str) -> int:
    import pyarrow.compute as pc

    return int(pc.sum(pc.equal(column.cast("string"), text)).as_py() or 0)


def _district(lsoa_name: str) -> str | None:
    """`Bath and North East Somerset 001A` → the district before the last word."""
    return lsoa_name.rsplit(" ", 1)[0] if " " in lsoa_name else None
