"""A made-up force, Northam Constabulary, and its made-up plan: small folders that can be worked out by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.book import Answer, Book
from lamplighter.plan.cards import cards_of
from lamplighter.plan.check import Checked, check
from lamplighter.plan.folder import Problem, read_plan
from lamplighter.plan.make_book import make_book
from lamplighter.plan.records import RECORD_TYPES
from lamplighter.plan.records.promising import Promise
from lamplighter.plan.records.running import Decision
from lamplighter.plan.records.showing import Card, Figure, Source
from lamplighter.plan.stands import Facts, where_it_stands
from lamplighter.studies.answers import MeasureAnswer, Point, Provenance

AS_OF = date(2022, 6, 30)
HEADER = """\
schema_version = 2
title = "Safer nights in Northam"
body = "Northam Constabulary (made up)"
as_of = 2022-06-30

[[version]]
id = "V1"
title = "The first plan"
published_on = 2021-11-04
complete = true
"""

Row = Mapping[str, str]
Rows = str | Sequence[Row]


def csv_text(rows: Rows) -> str:
    """CSV text as it is, or rows written out with the columns that any of them names."""
    if isinstance(rows, str):
        return rows
    heads = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, heads, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


@pytest.fixture
def write_plan(tmp_path: Path) -> Callable[..., Path]:
    """Write a plan folder from CSV text or rows, one keyword a record type."""

    def write(*, header: str = HEADER, name: str = "northam", **tables: Rows) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        (folder / "plan.toml").write_bytes(header.encode("utf-8"))
        for kind, rows in tables.items():
            (folder / RECORD_TYPES[kind].FILE).write_bytes(csv_text(rows).encode("utf-8"))
        return folder

    return write


@pytest.fixture(scope="session")
def checked() -> Callable[..., Checked]:
    """Check a folder on a day."""

    def run(folder: Path, *, today: date = AS_OF) -> Checked:
        plan, unreadable = read_plan(folder)
        return check(plan, unreadable, today=today, cards=cards_of(plan))

    return run


@pytest.fixture(scope="session")
def book_of() -> Callable[..., Book]:
    """Make the book of a folder without a workspace, or with measures given by hand."""

    def run(
        folder: Path,
        *,
        as_of: date | None = None,
        measures: Mapping[str, MeasureAnswer] | None = None,
        own_text: str | None = None,
        **more: Any,
    ) -> Book:
        given: dict[str, Any] = {"false_calls": None, "imports": (), "revisions": (), **more}
        return make_book(
            folder,
            as_of=as_of,
            measures=measures or {},
            workspace_digest="no workspace",
            code_version="0",
            own_text=own_text,
            **given,
        )

    return run


@pytest.fixture(scope="session")
def named() -> Callable[..., list[Problem]]:
    """The problems of one name, errors and warnings."""

    def find(found: Checked, name: str) -> list[Problem]:
        return [each for each in (*found.errors, *found.warnings) if each.name == name]

    return find


# -- single promises, without a folder -------------------------------------------------------------------------------


def figure(figure_id: str = "G1", **told: Any) -> Figure:
    """A current figure of 6,800 officers on 31 March 2022, unless told otherwise."""
    usual: dict[str, Any] = {
        "promise_ids": ("A1",),
        "role": "current",
        "label": "Officers trained",
        "value": 6800.0,
        "unit": "officers",
        "definition_id": "D1",
        "definition_version": "1",
        "area": "Northam",
        "as_of": date(2022, 3, 31),
        "source_id": "Q-AUDIT",
    }
    return Figure(id=figure_id, **{**usual, **told})


def card(card_id: str = "D1", **told: Any) -> Card:
    """A card whose one need, `training`, the audit provides."""
    usual: dict[str, Any] = {
        "version": "1",
        "name": "Officers trained",
        "plain_definition": "Officers who finished the course.",
        "denominator": "officers in post",
        "needs": ("training",),
        "needed_words": "the training records",
    }
    return Card(id=card_id, **{**usual, **told})


PLAN_TEXT = Source(id="Q-PLAN", title="The plan", kind="plan text", by_promiser=True)
AUDIT = Source(id="Q-AUDIT", title="Northam audit office", kind="inspection", by_promiser=False, provides=("training",))
SOURCES = {each.id: each for each in (PLAN_TEXT, AUDIT)}


def promise(**told: Any) -> Promise:
    usual: dict[str, Any] = {"version": "V1", "kind": "action", "title": "Train officers"}
    return Promise(id="A1", **{**usual, **told})


def facts(*, today: date = AS_OF, promise: Promise | None = None, **told: Any) -> Facts:
    """What is known of the promise A1: nothing, unless told otherwise."""
    usual: dict[str, Any] = {
        "cards": (card(),),
        "figures": (),
        "milestones": (),
        "evidence": (),
        "sources": SOURCES,
        "provided": frozenset({"training"}),
    }
    return Facts(promise=promise or Promise(id="A1", version="V1"), today=today, **{**usual, **told})


class Made:
    """Records of one promise to build a case from, and the two answers that it gets."""

    as_of = AS_OF
    figure = staticmethod(figure)
    card = staticmethod(card)
    promise = staticmethod(promise)
    facts = staticmethod(facts)
    sources = SOURCES

    @staticmethod
    def evidence(decisions: Sequence[Decision] = (), **told: Any) -> Answer:
        return where_it_stands(facts(**told), decisions)[0]

    @staticmethod
    def delivery(decisions: Sequence[Decision] = (), **told: Any) -> Answer:
        return where_it_stands(facts(**told), decisions)[1]


@pytest.fixture(scope="session")
def made() -> type[Made]:
    return Made


@pytest.fixture(scope="session")
def measure() -> Callable[..., MeasureAnswer]:
    """A measure of three months of the made-up force, with its provenance."""

    def make(measure_id: str, **told: Any) -> MeasureAnswer:
        usual: dict[str, Any] = {
            "title": "Crimes recorded a month",
            "family": "headline",
            "definition_id": "D-RECORDED",
            "definition_version": "1",
            "area": "Northam",
            "unit": "crimes recorded",
            "statistic": "count",
            "summary": "",
            "points": tuple(Point(period=f"2022-0{month}", value=float(month)) for month in (1, 2, 3)),
            "provenance": Provenance(
                study="recorded",
                question={"kind": "all"},
                import_ids=("0001-abc",),
                files=(("northam.csv", "0" * 64),),
                rows_read=3,
                rows_used=3,
                rows_refused=0,
                tables=("offences_kind",),
                code_version="0",
            ),
        }
        return MeasureAnswer(id=measure_id, **{**usual, **told})

    return make
