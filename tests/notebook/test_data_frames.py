"""What a table becomes in Arrow, pandas and Polars: the types, the unknown, the periods; and a sentence where one is missing."""

from __future__ import annotations

import importlib
from datetime import date
from typing import Any

import pandas
import polars
import pyarrow as pa
import pytest

from lamplighter.errors import NoSuchName, PartMissing
from lamplighter.notebook import OpenWorkspace
from lamplighter.typed_table import Kind, TypedColumn, TypedTable


def table(*columns: tuple[str, Kind], rows: tuple[tuple[Any, ...], ...]) -> TypedTable:
    return TypedTable(
        title="Northam", columns=tuple(TypedColumn(name=name, kind=kind) for name, kind in columns), rows=rows
    )


EVERY_KIND = table(
    ("text", "text"), ("texts", "texts"), ("number", "number"), ("whole", "whole"), ("flag", "flag"), ("day", "day"),
    ("period", "period"),
    rows=(("a", ("A1", "A2"), 1.5, 2, True, date(2022, 6, 30), "2021-01"), (None, (), None, None, None, "n/a", "2021-02")),
)  # fmt: skip


def test_a_month_that_is_missing_is_na_and_no_nought(opened: OpenWorkspace) -> None:
    frame = opened.measure("recorded-vawg").to_pandas()
    march = frame.set_index("period").loc["2021-03", "value"]
    assert march is pandas.NA
    assert frame["value"].sum() == 4 + 5 + 7 + 8
    assert frame["value"].count() == 4


def test_a_series_of_months_has_a_period_column_and_nullable_types(opened: OpenWorkspace) -> None:
    frame = opened.measure("recorded-vawg").to_pandas()
    types = {name: str(kind) for name, kind in frame.dtypes.items()}
    numbers = ("value", "numerator", "denominator", "low", "high", "centre", "lower_limit", "upper_limit")
    assert types == {"period": "period[M]", "immature": "boolean", **dict.fromkeys(numbers, "Float64")}
    assert list(frame["period"].astype(str)) == ["2021-01", "2021-02", "2021-03", "2021-04", "2021-05"]


def test_polars_has_the_same_rows_with_null_for_the_unknown(opened: OpenWorkspace) -> None:
    frame = opened.measure("recorded-vawg").to_polars()
    assert frame.schema["period"] == polars.String
    assert frame.schema["value"] == polars.Float64
    assert frame.schema["immature"] == polars.Boolean
    assert frame["value"].to_list() == [4.0, 5.0, None, 7.0, 8.0]


def test_caveats_unit_and_day_travel_with_a_pandas_frame_and_an_arrow_table(opened: OpenWorkspace) -> None:
    measured = opened.measure("recorded-vawg", as_of=date(2021, 4, 30))
    told = measured.to_pandas().attrs
    assert (told["measure"], told["unit"], told["as_of"]) == ("recorded-vawg", "crimes recorded", "2021-04-30")
    assert told["caveats"] == list(measured.caveats) != []
    assert measured.to_arrow().schema.metadata[b"unit"] == b"crimes recorded"


def test_every_kind_of_column_has_its_arrow_type_and_na_is_null_where_a_date_stands() -> None:
    arrow = EVERY_KIND.to_arrow()
    assert arrow.schema.types == [
        pa.string(), pa.list_(pa.string()), pa.float64(), pa.int64(), pa.bool_(), pa.date32(), pa.string(),
    ]  # fmt: skip
    assert arrow.to_pylist()[1] == {
        "text": None, "texts": [], "number": None, "whole": None, "flag": None, "day": None, "period": "2021-02",
    }  # fmt: skip


def test_every_kind_of_column_has_its_pandas_type() -> None:
    frame = EVERY_KIND.to_pandas()
    types = {name: str(kind).split("[")[0] for name, kind in frame.dtypes.items()}
    assert types == {
        "text": "string", "texts": "object", "number": "Float64", "whole": "Int64", "flag": "boolean",
        "day": "datetime64", "period": "period",
    }  # fmt: skip
    assert frame["texts"].tolist() == [["A1", "A2"], []]
    assert frame["day"].isna().tolist() == [False, True]


@pytest.mark.parametrize(
    ("periods", "kind"),
    [
        (("2021-01", "2021-02"), "period[M]"),
        (("2020", "2021"), "period[Y-DEC]"),
        (("2021", "12 months to 2026-02"), "string"),
        (("2021", "2021-02"), "string"),
        ((), "string"),
    ],
)
def test_periods_become_periods_only_where_all_are_months_or_all_are_years(periods: tuple[str, ...], kind: str) -> None:
    found = table(("period", "period"), rows=tuple((each,) for each in periods)).to_pandas()
    assert str(found.dtypes["period"]) == kind
    assert list(found["period"].astype(str)) == list(periods)


def test_a_table_without_a_row_keeps_its_columns_and_types() -> None:
    empty = table(("id", "text"), ("value", "number"), rows=())
    assert empty.to_polars().schema == {"id": polars.String, "value": polars.Float64}
    assert len(empty.to_pandas()) == 0
    assert "No rows." in empty.as_text()


@pytest.mark.parametrize("name", ["pandas", "polars"])
def test_where_a_frame_library_is_missing_a_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, opened: OpenWorkspace, name: str
) -> None:
    found = importlib.import_module

    def without(wanted: str, package: str | None = None) -> Any:
        if wanted == name:
            raise ModuleNotFoundError(f"No module named {wanted!r}")
        return found(wanted, package)

    monkeypatch.setattr(importlib, "import_module", without)
    measured = opened.measure("recorded-vawg")
    with pytest.raises(PartMissing, match=f"{name} is not installed here.* pip install {name}"):
        getattr(measured, f"to_{name}")()
    assert measured.to_arrow().num_rows == 5


def test_a_column_that_is_not_there_is_named_with_the_nearest(opened: OpenWorkspace) -> None:
    points = opened.measure("recorded-vawg").points
    assert points["value"] == (4, 5, None, 7, 8)
    with pytest.raises(NoSuchName, match="Did you mean value"):
        points["valu"]
