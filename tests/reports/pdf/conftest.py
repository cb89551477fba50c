"""A plan of the made-up Northam Constabulary, worked out by the product itself: synthetic, and nobody's plan."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.book import Pair
from lamplighter.plan.cards import cards_of
from lamplighter.plan.editing import start_folder
from lamplighter.plan.folder import load_plan
from lamplighter.plan.make_book import make_book
from lamplighter.plan.pairs import pairs_of
from lamplighter.plan.plan_json import plan_json
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.reports.charts import chart_svg, pair_svg
from lamplighter.schema import month_number, month_text
from lamplighter.studies.answers import (
    FalseCallRow,
    Layer,
    MeasureAnswer,
    PhaseLimits,
    Point,
    Provenance,
    Signal,
    StatedNumber,
    Unchanged,
)

ROWS: dict[str, list[dict[str, str]]] = {
    "sources": [
        {
            "id": "src-plan",
            "title": "The plan of Northam",
            "by_promiser": "yes",
            "kind": "plan text",
            "access": "open",
            "status": "verified",
        },
        {
            "id": "src-review",
            "title": "Review of Northam",
            "by_promiser": "no",
            "kind": "inspection",
            "access": "open",
            "provides": "training.trained;training.eligible",
            "status": "verified",
            "published_on": "2022-03-01",
        },
    ],
    "sentences": [
        {"id": "S1", "version": "V1", "position": "1", "paraphrase": "Train 400 officers.", "source_id": "src-plan"},
        {
            "id": "S2",
            "version": "V1",
            "position": "2",
            "paraphrase": "Visit everyone who reports exposure.",
            "source_id": "src-plan",
        },
    ],
    "definitions": [
        {
            "id": "D-TRAIN",
            "version": "1",
            "name": "Officers trained",
            "plain_definition": "Officers who finished the course.",
            "numerator": "officers trained",
            "denominator": "officers who need it",
            "needs": "training.trained;training.eligible",
            "needed_words": "officers trained, and officers who need it",
            "leaves_out": "What they learnt.",
            "status": "verified",
        },
        {
            "id": "D-VISIT",
            "version": "1",
            "name": "Visits offered",
            "plain_definition": "Victims who were offered a visit.",
            "numerator": "visits offered",
            "denominator": "victims",
            "needs": "exposure.victims;exposure.visits",
            "needed_words": "victims, visits offered and visits accepted",
            "status": "verified",
        },
    ],
    "promises": [
        {
            "id": "O1",
            "version": "V1",
            "kind": "objective",
            "title": "Bring more offenders to justice",
            "means": "Which, it does not say.",
            "sentence_ids": "S1",
            "definition_ids": "D-VISIT",
            "measure_ids": "recorded-northam",
        },
        {
            "id": "O2",
            "version": "V1",
            "kind": "objective",
            "title": "Treat victims “better” & faster",
            "means": "<b>Not markup</b> #strong[either].",
            "sentence_ids": "S2",
            "definition_ids": "D-VISIT",
            "measure_ids": "victims-northam",
        },
        {
            "id": "A1",
            "version": "V1",
            "kind": "action",
            "title": "Train 400 officers",
            "means": "Of how many?",
            "sentence_ids": "S1",
            "objective_ids": "O1;O2",
            "definition_ids": "D-TRAIN",
            "owner": "Head of training",
            "due_words": "by 31 March 2022",
            "due_from": "2022-03-31",
            "due_to": "2022-03-31",
        },
        {
            "id": "A2",
            "version": "V1",
            "kind": "action",
            "title": "Visit every victim of exposure",
            "sentence_ids": "S2",
            "objective_ids": "O2",
            "definition_ids": "D-VISIT",
        },
        {
            "id": "P1",
            "version": "V1",
            "kind": "process",
            "title": "Report back",
            "sentence_ids": "S2",
            "due_words": "by 1 May 2022",
            "due_from": "2022-05-01",
            "due_to": "2022-05-01",
        },
    ],
    "figures": [
        {
            "id": "G-ASKED",
            "role": "context",
            "label": "Women harmed in the last year, by survey",
            "value": "12.5",
            "unit": "% of women asked",
            "base": "800",
            "definition_id": "D-PREVALENCE",
            "definition_version": "1",
            "as_of_words": "year ending March 2022",
            "source_id": "src-review",
            "status": "verified",
        },
        {
            "id": "G-TARGET",
            "promise_ids": "A1",
            "role": "target",
            "label": "Officers to be trained",
            "value": "400",
            "unit": "officers",
            "definition_id": "D-TRAIN",
            "definition_version": "1",
            "source_id": "src-plan",
            "sentence_id": "S1",
            "status": "verified",
        },
        {
            "id": "G-NOW",
            "promise_ids": "A1",
            "role": "current",
            "label": "Officers trained",
            "value": "1234.5",
            "qualifier": "about",
            "unit": "officers",
            "denominator": "2500",
            "denominator_label": "officers who need it",
            "definition_id": "D-TRAIN",
            "definition_version": "1",
            "as_of": "2022-03-01",
            "source_id": "src-review",
            "status": "verified",
        },
    ],
    "ratings": [
        {
            "id": "R-FOR",
            "promise_ids": "A1",
            "rater": "A charity",
            "rater_kind": "charity",
            "verdict": "A good beginning.",
            "leans": "for",
            "source_id": "src-review",
            "said_on": "2022-03-01",
            "status": "verified",
        },
        {
            "id": "R-AGAINST",
            "promise_ids": "A1",
            "rater": "An inspector",
            "rater_kind": "inspectorate",
            "verdict": "Too few.",
            "leans": "against",
            "source_id": "src-review",
            "status": "verified",
        },
    ],
}
FIRST = month_number("2018-01")


def folder_of(rows: Mapping[str, list[dict[str, str]]], path: Path) -> Path:
    start_folder(path, title="Northam: a synthetic plan", body="Northam Constabulary (made up)", today=date(2022, 6, 1))
    for kind, records in rows.items():
        told = RECORD_TYPES[kind]
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, [each.name for each in columns_of(told)], lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(records, key=lambda each: each["id"]))
        (path / told.FILE).write_text(out.getvalue(), encoding="utf-8", newline="\n")
    return path


def provenance(table: str) -> Provenance:
    return Provenance(
        study="synthetic",
        question={"baseline_months": "24 (default)"},
        import_ids=("0001-aaaa",),
        files=(("northam.csv", "0" * 64),),
        rows_read=48,
        rows_used=48,
        rows_refused=0,
        tables=(table,),
        code_version="test",
    )


def measures() -> dict[str, MeasureAnswer]:
    points = tuple(
        Point(period=month_text(FIRST + at), value=None if at == 5 else 200.0 + at % 7, immature=at > 45)
        for at in range(48)
    )
    limits = PhaseLimits(
        first="2018-01",
        last="2021-12",
        baseline_first="2018-01",
        baseline_last="2019-12",
        centre=(203.0,) * 48,
        lower=(190.0,) * 48,
        upper=(216.0,) * 48,
        sigma_z=1.2,
        method="Laney u-prime",
    )
    signal = Signal(
        rule="shift",
        rule_words="Seven or more on one side",
        since="2020-01",
        until="2020-08",
        side="above",
        effect=9.0,
        effect_low=2.0,
        effect_high=16.0,
        effect_percent=4.0,
        compared_with="baseline",
        words="9 a month more than the baseline's 203 (+4%; 95% interval +1% to +8%)",
    )
    recorded = MeasureAnswer(
        id="recorded-northam",
        title="Crimes recorded a month",
        family="headline",
        definition_id="D-RECORDED",
        definition_version="1",
        area="Northam",
        unit="crimes recorded",
        statistic="count",
        summary="",
        points=points,
        phases=(limits,),
        signals=(signal,),
        provenance=provenance("offences_kind"),
        pair_with="prevalence",
        stated=(
            StatedNumber(
                key="share",
                label="Share of something",
                value=29.0,
                unit="%",
                period="2021",
                numerator=29,
                denominator=100,
                denominator_words="victims",
            ),
            StatedNumber(
                key="odd",
                label="A small share",
                value=3.25,
                unit="%",
                period="2021",
                numerator=13,
                denominator=400,
                denominator_words="victims",
                low=2.1,
                high=4.4,
            ),
        ),
    )
    layers = (
        Layer(
            name="Amber", points=(Point(period="2020", value=60.0, numerator=60, denominator=100, low=60.0, high=70.0),)
        ),
        Layer(
            name="Unknown", points=(Point(period="2020", value=10.0, numerator=10, denominator=100),), is_unknown=True
        ),
    )
    victims = MeasureAnswer(
        id="victims-northam",
        title="Victims by ethnicity",
        family="victims",
        definition_id="D-VICTIM-ETHNICITY",
        definition_version="1",
        area="Northam",
        unit="% of victims",
        statistic="share",
        summary="",
        points=layers[1].points,
        layers=layers,
        provenance=provenance("victims_ethnicity"),
    )
    return {each.id: each for each in (recorded, victims)}


def paired(plan_folder: Path) -> tuple[Pair, ...]:
    """The pair that the book makes by itself: recording beside national prevalence."""
    plan = load_plan(plan_folder)
    return pairs_of(plan, measures(), cards_of(plan), as_of=plan.header.as_of)


FALSE_CALLS = Unchanged(
    rows=(
        FalseCallRow(
            mean=200,
            months=48,
            dispersion=1,
            limits_from="the first 24 months",
            rules=("shift",),
            all_rules=True,
            signalling=330,
            series=1000,
            share=0.33,
            low=0.3,
            high=0.36,
            seed=0,
        ),
    ),
    switch_off=("shift",),
    criterion="Keep the rule that adds least.",
    question={},
)


@pytest.fixture
def told(tmp_path: Path) -> dict[str, Any]:
    """plan.json of Northam on 1 June 2022: A1 was due in March, P1 in May."""
    book = make_book(
        folder_of(ROWS, tmp_path / "northam"),
        as_of=date(2022, 6, 1),
        measures=measures(),
        false_calls=FALSE_CALLS,
        imports=(
            {
                "id": "0001-aaaa",
                "source": "synthetic",
                "files": [
                    {
                        "name": "northam.csv",
                        "sha256": "0" * 64,
                        "rows_read": 48,
                        "rows_kept": 48,
                        "rows_refused": 0,
                        "rows_duplicate": 0,
                    }
                ],
                "refused": {},
                "months_present": ["2018-01", "2021-12"],
                "months_missing": [],
            },
        ),
        revisions=(),
        workspace_digest="a" * 64,
        code_version="test",
    )
    return plan_json(book)


@pytest.fixture
def charts(tmp_path: Path) -> dict[str, str]:
    found = measures()
    drawn = {each.id: chart_svg(each, cache=None) for each in found.values()}
    pairs = paired(folder_of(ROWS, tmp_path / "paired"))
    return {**drawn, **{f"pair:{each.id}": pair_svg(each, found[each.measure_id], cache=None) for each in pairs}}
