"""One measure, answered: its points, signals, breaks and parts as tables, and the whole of it as a page of a notebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from lamplighter.notebook.showing import as_html, as_text
from lamplighter.plan.records.showing import Card
from lamplighter.reports.tables import limits_by_period
from lamplighter.studies.answers import MeasureAnswer, Point, Provenance
from lamplighter.typed_table import Kind, TypedColumn, TypedTable

if TYPE_CHECKING:
    import pyarrow as pa

_POINT: dict[str, Kind] = {
    "period": "period", "value": "number", "numerator": "number", "denominator": "number", "low": "number", "high": "number",
    "immature": "flag",
}  # fmt: skip
_LIMITS: dict[str, Kind] = {"centre": "number", "lower_limit": "number", "upper_limit": "number"}
_LAYER: dict[str, Kind] = {"layer": "text", "is_unknown": "flag", **_POINT}
_SIGNAL: dict[str, Kind] = {
    "rule": "text", "rule_words": "text", "since": "period", "until": "period", "side": "text", "effect": "number",
    "effect_low": "number", "effect_high": "number", "effect_percent": "number", "compared_with": "text", "words": "text",
}  # fmt: skip
_BREAK: dict[str, Kind] = {
    "period": "period", "words": "text", "marked": "flag", "source": "text", "change_percent": "number",
}  # fmt: skip


@dataclass(frozen=True, kw_only=True, repr=False)
class Measured:
    """A frozen answer with its caveats, definition and provenance. It shows itself as chart and table in a notebook.

    `answer` is the whole of it, as the site and plan.json are made of it. `pair_words`: what it must be read beside, or "".
    """

    answer: MeasureAnswer = field(repr=False)
    card: Card | None = field(repr=False)
    pair_words: str
    as_of: date | None
    is_made_up: bool

    @property
    def id(self) -> str:
        """The measure's id."""
        return self.answer.id

    @property
    def title(self) -> str:
        """What is measured."""
        return self.answer.title

    @property
    def unit(self) -> str:
        """What one of it is."""
        return self.answer.unit

    @property
    def caveats(self) -> tuple[str, ...]:
        """What must be known before it is used."""
        return self.answer.caveats

    @property
    def definition(self) -> Card | None:
        """The card that defines the number."""
        return self.card

    @property
    def provenance(self) -> Provenance:
        """How we know: study, question, imports, files with SHA-256, rows used and refused."""
        return self.answer.provenance

    @property
    def points(self) -> TypedTable:
        """The series, a row a period: value with its parts, its bounds, whether it is still filling up, and its limits.

        The numbers are those of the measure's CSV on the site. low and high are bounds where a share has them.
        """
        limits = limits_by_period(self.answer)
        rows = ((*_cells(each), *limits.get(each.period, (None, None, None))) for each in self.answer.points)
        return self._table("every period", {**_POINT, **_LIMITS}, rows)

    @property
    def layers(self) -> TypedTable:
        """The parts of a breakdown (age groups, wards), a row a part and period; Unknown is a part and is marked."""
        rows = ((part.name, part.is_unknown, *_cells(each)) for part in self.answer.layers for each in part.points)
        return self._table("each part", _LAYER, rows)

    @property
    def latest_layers(self) -> TypedTable:
        """Each part at the last period of its own that is not still filling up, a row a part."""
        settled = {name: row for row in self.layers for name in [row["layer"]] if not row["immature"]}
        rows = (tuple(row[name] for name in _LAYER) for row in settled.values())
        return self._table("each part, lately", _LAYER, rows)

    @property
    def signals(self) -> TypedTable:
        """The changes that stated rules called, each with its size and interval; never why."""
        rows = (tuple(getattr(each, name) for name in _SIGNAL) for each in self.answer.signals)
        return self._table("what changed, by which rule", _SIGNAL, rows)

    @property
    def breaks(self) -> TypedTable:
        """The periods that the series can't be read across: a marked change of recording, or a level that the test found."""
        rows = (tuple(getattr(each, name) for name in _BREAK) for each in self.answer.breaks)
        return self._table("where it can't be read across", _BREAK, rows)

    @property
    def svg(self) -> str:
        """The chart as SVG, as on the site. Raises PartMissing if the drawing engine (extra `report`) is not installed."""
        from lamplighter.reports.charts import chart_svg

        return chart_svg(self.answer, cache=None)

    def to_arrow(self) -> pa.Table:
        """The points as an Arrow table; title, unit, definition, day and caveats go along as metadata."""
        told = {name.encode(): str(value).encode() for name, value in self._about().items()}
        return self.points.to_arrow().replace_schema_metadata(told)

    def to_pandas(self) -> Any:
        """The points as a pandas DataFrame; title, unit, definition, day and caveats go along in its `attrs`."""
        frame = self.points.to_pandas()
        frame.attrs.update(self._about())
        return frame

    def to_polars(self) -> Any:
        """The points as a Polars DataFrame, which carries no words beside its columns: keep `caveats` with it."""
        return self.points.to_polars()

    def __repr__(self) -> str:
        return as_text(self)

    def _repr_html_(self) -> str:
        return as_html(self)

    def _about(self) -> dict[str, Any]:
        answer = self.answer
        return {
            "measure": answer.id,
            "title": answer.title,
            "unit": answer.unit,
            "area": answer.area,
            "definition": f"{answer.definition_id} v{answer.definition_version}",
            "as_of": "" if self.as_of is None else self.as_of.isoformat(),
            "made_up": self.is_made_up,
            "caveats": list(answer.caveats),
        }

    def _table(self, what: str, kinds: dict[str, Kind], rows: Iterable[tuple[Any, ...]]) -> TypedTable:
        columns = tuple(TypedColumn(name=name, kind=kind) for name, kind in kinds.items())
        return TypedTable(title=f"{self.title}: {what} ({self.unit})", columns=columns, rows=tuple(rows))


def _cells(point: Point) -> tuple[Any, ...]:
    return tuple(getattr(point, name) for name in _POINT)
