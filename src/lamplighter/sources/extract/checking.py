"""What would come of a file by a mapping, before anything is imported: rows, reasons, words nobody mapped, completeness."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Table
from dataclasses import dataclass

from lamplighter.schema import month_text
from lamplighter.sources.extract.clock import month_of
from lamplighter.sources.extract.mapping import Mapping, folded
from lamplighter.sources.extract.reading_file import UNKNOWN, judge, refused_of


@dataclass(frozen=True, kw_only=True)
class Checked:
    """refused: reason → rows; refused_rows: (found at, reason) of the first hundred. unknown_words: field → word → rows.

    known: field of ours → rows kept in which it says something. unused: headers of the file that the mapping leaves alone.
    """

    rows_read: int
    rows_kept: int
    rows_refused: int
    refused: Table[str, int]
    refused_rows: tuple[tuple[str, str], ...]
    months: tuple[str, ...]
    known: Table[str, int]
    flags: Table[str, int]
    settings: Table[str, int]
    unknown_words: Table[str, Table[str, int]]
    unused: tuple[str, ...]
    ground: str | None
    warnings: tuple[str, ...]


def checked(content: bytes, *, name: str, mapping: Mapping) -> Checked:
    """What would an import of this file by this mapping keep and refuse? Nothing is written.

    Raises FileRefused or InputError where the import would.
    """
    judged = judge(content, name=name, mapping=mapping)
    kept_rows = judged.reasons.kept()
    kept = kept_rows.tolist()
    refused_rows, refused = refused_of(judged)
    known = {ours: sum(keep and cell is not None for keep, cell in zip(kept, cells, strict=True))
             for ours, cells in judged.fields.items()}  # fmt: skip
    for ours in ("victim_sex", "victim_age_band", "victim_ethnicity", "relationship"):
        if ours in judged.columns:
            known[ours] = sum(keep and cell is not None for keep, cell in zip(kept, judged.columns[ours], strict=True))
    known["point"] = int((judged.points.located & kept_rows).sum())
    flags = Counter(
        flag
        for keep, cell in zip(kept, judged.columns["flags"], strict=True)
        if keep
        for flag in cell.split("|")
        if flag
    )
    settings = Counter(each for keep, each in zip(kept, judged.columns["setting"], strict=True) if keep)
    months = sorted(set(month_of(judged.moments[mapping.month_by].minute[kept_rows]).tolist()))
    used = {folded(each) for each in mapping.headers}
    return Checked(
        rows_read=judged.rows.rows_read,
        rows_kept=sum(kept),
        rows_refused=refused_rows.num_rows,
        refused=refused,
        refused_rows=tuple(
            zip(refused_rows.column("found_at").to_pylist()[:100], refused_rows.column("reason").to_pylist()[:100], strict=True)
        ),
        months=tuple(month_text(each) for each in months),
        known=known,
        flags={flag.name: flags[flag.name] for flag in mapping.flags},
        settings=dict(sorted(settings.items())) if set(settings) != {UNKNOWN} else {},
        unknown_words={ours: dict(sorted(words.items(), key=lambda each: (-each[1], each[0])))
                       for ours, words in sorted(judged.unknown_words.items())},
        unused=tuple(each for each in judged.rows.headers if each.strip() and folded(each) not in used),
        ground=judged.points.name,
        warnings=tuple(judged.rows.warnings),
    )  # fmt: skip
