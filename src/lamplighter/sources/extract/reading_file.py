"""One export of a force, read by its mapping → incident rows, and an account of every row that was not used."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lamplighter import definitions
from lamplighter.errors import FileRefused, listed
from lamplighter.sources.extract.clock import MINUTES_A_DAY, Moments, moments_of, month_of
from lamplighter.sources.extract.mapping import DAYS, TIME_OF_DAY, Mapping, Words, folded
from lamplighter.sources.extract.personal import TEXT_FIELDS, check_values, street_only
from lamplighter.sources.extract.points import Points, points_of
from lamplighter.sources.extract.rows import ExportRows, export_rows
from lamplighter.sources.incidents import FORCE, INCIDENTS, MONTH, row_ids
from lamplighter.sources.police_uk.judging import NO_MONTH, Reasons
from lamplighter.sources.reading import Reading

if TYPE_CHECKING:
    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray

READING_VERSION = (
    1  # raise it when the same file would give other rows: answers kept under the old digest are then stale
)
FROM_AFTER_TO = "from after to"
NO_FORCE, NO_OFFENCE = "force missing", "offence missing"
UNKNOWN = "unknown"
_OLDEST = 120


@dataclass(frozen=True, kw_only=True)
class Judged:
    """An export with all its rows judged. fields: our field → cells (null where empty or said to be missing).

    unknown_words: field → its words that the mapping does not know, with their rows.
    """

    rows: ExportRows
    fields: dict[str, list[str | None]]
    reasons: Reasons
    moments: dict[str, Moments]
    points: Points
    columns: dict[str, Any]
    unknown_words: dict[str, Counter[str]]


def read(content: bytes, *, name: str, mapping: Mapping, content_sha256: str, reference_key: bytes) -> Reading:
    """What incidents does this export hold by its mapping, which rows can be used, and why not the others?

    content: of a CSV or an XLSX. content_sha256: of `content`; it makes the rows' ids. reference_key: the workspace's own;
    a reference becomes the first 128 bits of its HMAC-SHA256, so that rows of one crime stay together in one workspace and
    mean nothing outside it. A day without a time spans its whole day (from 00:00 to 24:00), which time studies spread.
    Misleads where the mapping does: a word given the wrong meaning is read as it says. Where the month is that of the report,
    a crime committed years before stands in the month of its report.
    Raises FileRefused (the file) or InputError (the mapping asks for what is personal, or names no known ground).
    """
    judged = judge(content, name=name, mapping=mapping)
    kept = judged.reasons.kept()
    rows = _incidents(judged, kept, mapping, content_sha256, reference_key)
    refused_rows, refused = refused_of(judged)
    if not rows.num_rows:
        why = listed(f"{reason} ({count:,})" for reason, count in refused.items())
        raise FileRefused(
            f"{name}: not one of its {judged.rows.rows_read:,} rows can be used: {why}."
            " Mend the mapping: lamplighter mapping check shows what it refuses."
        )
    return Reading(
        file_name=name,
        kind="extract",
        tables={INCIDENTS.table: rows},
        rows_read=judged.rows.rows_read,
        rows_kept=rows.num_rows,
        rows_refused=judged.rows.rows_read - rows.num_rows,
        refused=refused,
        refused_rows=refused_rows,
        notes=_notes(judged, kept),
        warnings=tuple(judged.rows.warnings) + _warnings(judged, name),
        part=_most_named(rows),
        ground=judged.points.name,
        made_up=mapping.made_up,
    )


def judge(content: bytes, *, name: str, mapping: Mapping) -> Judged:
    """Read every cell that the mapping asks for and say what is wrong with which row. Nothing is written."""
    import numpy as np

    rows = export_rows(
        content, name=name, wanted=mapping.headers, separator=mapping.separator, worksheet=mapping.worksheet
    )
    fields = {ours: _given(rows.columns[theirs], mapping.missing.get(ours)) for ours, theirs in mapping.columns.items()}
    if mapping.drops_house_numbers and "location" in fields:
        fields["location"] = _each(fields["location"], street_only)
    for ours in (*TEXT_FIELDS, "victim_age"):
        if ours in fields:
            check_values(ours, mapping.columns[ours], sorted(filter(None, set(fields[ours]))), name=name)
    reasons = Reasons(len(rows.row))
    moments = {day: _moments(day, fields, mapping, rows, reasons) for day in DAYS if day in fields}
    reasons.refuse(~moments[mapping.month_by].known, NO_MONTH)
    if {"from", "to"} <= set(moments):
        start, end = moments["from"], moments["to"]
        last = np.where(end.timed, end.minute, end.minute + MINUTES_A_DAY)
        reasons.refuse(start.known & end.known & (start.minute > last), FROM_AFTER_TO)
    if "force" in fields and mapping.force is None:
        reasons.refuse(_missing(fields["force"]), NO_FORCE)
    if mapping.offence is None:
        reasons.refuse(_missing(fields.get("offence") or fields["offence_code"]), NO_OFFENCE)
    points = points_of(
        {each: fields[each] for each in ("lon", "lat", "easting", "northing") if each in fields}, mapping, reasons
    )
    columns, unknown_words = _worded(fields, rows, mapping)
    return Judged(
        rows=rows,
        fields=fields,
        reasons=reasons,
        moments=moments,
        points=points,
        columns=columns,
        unknown_words=unknown_words,
    )


def refused_of(judged: Judged) -> tuple[pa.Table, dict[str, int]]:
    """found_at, reason and the mapped cells of every refused row, in the file's order; and how many by reason.

    What the mapping does not ask for is not kept of a refused row either, and its reference is left out.
    """
    import numpy as np
    import pyarrow as pa

    rows = judged.rows
    told = [(row, place, reason, json.dumps({"text": "not kept: it could not be cut into columns"}))
            for row, place, reason, _ in rows.malformed]  # fmt: skip
    shown = [ours for ours in judged.fields if ours not in ("reference", "location", "victim_age")]
    for at in np.flatnonzero(~judged.reasons.kept()).tolist():
        given = {ours: judged.fields[ours][at] for ours in shown}
        told.append((rows.row[at], rows.found_at[at], judged.reasons.of(at), json.dumps(given, ensure_ascii=False)))
    told.sort(key=lambda each: each[0])
    table = pa.table(
        {
            "found_at": pa.array([place for _, place, _, _ in told], pa.string()),
            "reason": pa.array([reason for _, _, reason, _ in told], pa.string()),
            "given": pa.array([given for *_, given in told], pa.string()),
        }
    )
    return table, dict(sorted(Counter(reason for _, _, reason, _ in told).items()))


def _given(cells: Sequence[str | None], missing: frozenset[str] | None) -> list[str | None]:
    if not missing:
        return list(cells)
    return _each(cells, lambda text: None if folded(text) in missing else text)


def _each(cells: Sequence[str | None], turn: Callable[[str], str | None]) -> list[str | None]:
    """The cells with each distinct text turned once."""
    turned = {text: turn(text) for text in set(cells) if text is not None}
    return [None if text is None else turned[text] for text in cells]


def _missing(cells: Sequence[str | None]) -> NDArray[np.bool_]:
    import numpy as np

    return np.array([cell is None for cell in cells], bool)


def _moments(
    day: str, fields: dict[str, list[str | None]], mapping: Mapping, rows: ExportRows, reasons: Reasons
) -> Moments:
    time = f"{day}_time"
    found = moments_of(
        fields[day],
        day_format=mapping.dates[day],
        times=fields.get(time),
        time_format=mapping.dates.get(time),
        unknown_clocks=mapping.missing.get(TIME_OF_DAY, frozenset()) if day in ("from", "to") else frozenset(),
        from_workbook=rows.from_workbook,
    )
    reasons.refuse(found.wrong, f"{day.replace('_', ' ')} not a date or time as the mapping states")
    return found


def _worded(
    fields: dict[str, list[str | None]], rows: ExportRows, mapping: Mapping
) -> tuple[dict[str, Any], dict[str, Counter[str]]]:
    """What our words make of the file's: sex, age band, ethnicity, relationship, premises, setting and flags of every row."""
    columns: dict[str, Any] = {}
    unknown: dict[str, Counter[str]] = {}
    for ours, words in sorted(mapping.words.items()):
        if ours in fields:
            columns[ours], unknown[ours] = _meant(fields[ours], words)
    if "victim_ethnicity" in fields and "victim_ethnicity" not in mapping.words:
        columns["victim_ethnicity"] = fields["victim_ethnicity"]
    if "victim_age_band" in fields:
        columns["victim_age_band"] = fields["victim_age_band"]
    if "victim_age" in fields:
        columns["victim_age_band"] = _each(fields["victim_age"], lambda text: _band(text, mapping.age_bands))
        unknown["victim_age"] = Counter(
            {"not a whole number of years": _lost(fields["victim_age"], columns["victim_age_band"])}
        )
    if "premises" in fields:
        columns["premises"] = fields["premises"]
        if mapping.vocabulary:
            setting_of = {
                folded(row["premises"]): row["setting"] for row in definitions.premises_kinds(mapping.vocabulary)
            }
            unknown["premises"] = Counter(
                each for each in fields["premises"] if each and folded(each) not in setting_of
            )
            by_premises = _each(fields["premises"], lambda text: setting_of.get(folded(text)))
            stated = columns.get("setting", [None] * len(by_premises))
            columns["setting"] = [said or meant for said, meant in zip(stated, by_premises, strict=True)]
    columns["setting"] = [each or UNKNOWN for each in columns.get("setting", [None] * len(rows.row))]
    columns["flags"] = _flags(rows, mapping)
    return columns, {ours: +words for ours, words in unknown.items() if +words}


def _meant(cells: Sequence[str | None], words: Words) -> tuple[list[str | None], Counter[str]]:
    order = list(dict.fromkeys(words.means.values()))

    def meaning(text: str) -> str | None:
        parts = text.split(words.separated_by) if words.separated_by else [text]
        found = {words.means[folded(part)] for part in parts if folded(part) in words.means}
        return next((our for our in order if our in found), None)

    turned = _each(cells, meaning)
    # Of several codes in one cell most mean nothing here: only a whole cell can be a word that was overlooked.
    lost = Counter(
        text for text, our in zip(cells, turned, strict=True) if text and our is None and not words.separated_by
    )
    return turned, lost


def _lost(cells: Sequence[str | None], turned: Sequence[str | None]) -> int:
    return sum(text is not None and band is None for text, band in zip(cells, turned, strict=True))


def _band(text: str, starts: tuple[int, ...]) -> str | None:
    if not text.isascii() or not text.isdigit() or int(text) > _OLDEST:
        return None
    at = max(place for place, start in enumerate(starts) if start <= int(text))
    if at == len(starts) - 1:
        return f"{starts[at]} and over"
    return f"under {starts[1]}" if at == 0 else f"{starts[at]} to {starts[at + 1] - 1}"


def _flags(rows: ExportRows, mapping: Mapping) -> list[str]:
    standing: list[list[str]] = [[] for _ in rows.row]
    for flag in mapping.flags:

        def holds(text: str, flag: Any = flag) -> str | None:
            parts = text.split(flag.separated_by) if flag.separated_by else [text]
            return flag.name if any(folded(part) in flag.any_of for part in parts) else None

        for at, found in enumerate(_each(rows.columns[flag.column], holds)):
            if found:
                standing[at].append(found)
    return ["|".join(sorted(each)) for each in standing]


def _incidents(
    judged: Judged, kept: NDArray[np.bool_], mapping: Mapping, sha256: str, reference_key: bytes
) -> pa.Table:
    import numpy as np
    import pyarrow as pa

    at = np.flatnonzero(kept).tolist()
    fields, moments, points = judged.fields, judged.moments, judged.points

    def text(cells: Sequence[str | None]) -> pa.Array:
        return pa.array([cells[each] for each in at], pa.string())

    def number(values: NDArray[Any], known: NDArray[np.bool_]) -> pa.Array:
        return pa.array(values[kept], mask=~known[kept])

    columns: dict[str, Any] = {
        "row_id": row_ids(sha256, pa.array(np.array(judged.rows.row, np.int32)[kept])),
        FORCE: pa.array([mapping.force] * len(at), pa.string()) if mapping.force else text(fields["force"]),
        MONTH: pa.array(month_of(moments[mapping.month_by].minute[kept])),
    }
    # An export with codes only: the code is the offence as given.
    stated = [mapping.offence] * len(judged.rows.row)
    columns["offence"] = text(stated if mapping.offence else fields.get("offence") or fields["offence_code"])
    for ours, theirs in (("offence_code", "offence_code"), ("location_text", "location"), ("district", "district"),
                         ("lsoa_code", "lsoa_code"), ("lsoa_name", "lsoa_name"), ("outcome", "outcome")):  # fmt: skip
        if theirs in fields:
            columns[ours] = text(fields[theirs])
    if "reference" in fields:
        columns["reference"] = text(_each(fields["reference"], lambda given: hashed(given, reference_key)))
    for ours in ("lon", "lat", "easting_m", "northing_m"):
        values = getattr(points, ours)
        columns[ours] = number(values, np.isfinite(values))
    if "reported" in moments:
        columns["reported_minute"] = number(moments["reported"].minute, moments["reported"].known)
    for ours, values, known in _spans(moments):
        columns[ours] = number(values, known)
    for ours in ("flags", "victim_sex", "victim_age_band", "victim_ethnicity", "relationship", "premises", "setting"):
        if ours in judged.columns and (ours != "flags" or mapping.flags):
            columns[ours] = text(judged.columns[ours])
    if "outcome_date" in moments:
        found = moments["outcome_date"]
        columns["outcome_day"] = number((found.minute // MINUTES_A_DAY).astype(np.int32), found.known)
    # All columns, so that a workspace of one export has every column that a study may ask for: unknown, not absent.
    types = {"varchar": pa.string(), "integer": pa.int32(), "bigint": pa.int64(), "double": pa.float64()}
    arrays = [columns.get(name, pa.nulls(len(at), types[sql])).cast(types[sql]) for name, sql in INCIDENTS.columns]
    return pa.table(arrays, names=list(INCIDENTS.names))


def _spans(moments: dict[str, Moments]) -> list[tuple[str, NDArray[np.int64], NDArray[np.bool_]]]:
    """from_minute and to_minute: a time that is known stands for its minute, a day without one for all of it."""
    import numpy as np

    if "from" not in moments:
        return []
    start = moments["from"]
    if "to" in moments:
        end = moments["to"]
        to, to_known = np.where(end.timed, end.minute, end.minute + MINUTES_A_DAY), end.known & start.known
    else:
        to, to_known = np.zeros_like(start.minute), np.zeros_like(start.known)
    whole_day = start.known & ~start.timed & ~to_known
    to = np.where(whole_day, start.minute + MINUTES_A_DAY, to)
    return [("from_minute", start.minute, start.known), ("to_minute", to, to_known | whole_day)]


def hashed(reference: str, key: bytes) -> str:
    """A reference as it is stored: 32 hex digits that only the workspace's key can make again."""
    return hmac.new(key, reference.strip().encode("utf-8"), hashlib.sha256).hexdigest()[:32]


def _notes(judged: Judged, kept: NDArray[np.bool_]) -> dict[str, int]:
    notes = {"located": int((judged.points.located & kept).sum())}
    if "from" in judged.moments:
        start = judged.moments["from"]
        notes["without_a_time_of_day"] = int((kept & ~start.timed).sum())
        notes["at_exactly_midnight"] = int((kept & start.timed & (start.minute % MINUTES_A_DAY == 0)).sum())
        notes["at_exactly_noon"] = int(
            (kept & start.timed & (start.minute % MINUTES_A_DAY == MINUTES_A_DAY // 2)).sum()
        )
    if "victim_sex" in judged.columns:
        notes["victim_sex_unknown"] = sum(
            keep and not each for keep, each in zip(kept.tolist(), judged.columns["victim_sex"], strict=True)
        )
    return notes


def _warnings(judged: Judged, name: str) -> tuple[str, ...]:
    told = []
    for ours, words in sorted(judged.unknown_words.items()):
        most = listed(
            f"{word!r} ({rows:,})" for word, rows in sorted(words.items(), key=lambda each: (-each[1], each[0]))
        )
        told.append(f"{name}: {ours} holds words that the mapping does not know, so they are unknown: {most}.")
    return tuple(told)


def _most_named(rows: pa.Table) -> str:
    counts = {each["values"]: each["counts"] for each in rows.column(FORCE).value_counts().to_pylist()}
    return max(sorted(counts), key=lambda force: counts[force])
