"""The tables of how a plan is run, to download: each record with what was worked out from it beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lamplighter.plan.book import Book
from lamplighter.plan.records.columns import Record, columns_of
from lamplighter.plan.records.running import Crossing, Dependency, Post, Recommendation, Resource, Training
from lamplighter.reports.tables import as_csv_bytes

WORKED_OUT: Mapping[str, Mapping[str, str]] = {
    "recommendations.csv": {
        "answer": "How far it is, by the first rule that holds.",
        "answer_rule": "The rule that holds.",
        "answer_because": "That rule's words, filled in.",
    },
    "training.csv": {
        "trained": "People who ever had it.",
        "target": "People who were to be trained.",
        "eligible": "People in posts that need it. Not the target.",
        "valid": "People whose training holds on the day that the pages are as of.",
        "coverage": "valid divided by eligible, from 0 to 1; empty where either is not known.",
        "run_out": "People whose training has run out.",
        "counted_on": "The day of the count.",
        "expiring": "People whose training runs out, by quarter.",
        "lacking": "What is not known, so that no coverage can be worked out.",
    },
    "posts.csv": {
        "promised": "Posts announced.",
        "established": "Posts that exist.",
        "filled": "Posts with somebody in them.",
        "deployable": "People in them who can be deployed.",
        "vacant": "established minus filled, if both are of one day; negative is over strength.",
        "not_deployable": "filled minus deployable, if both are of one day.",
        "lacking": "What is not known.",
    },
}


def running_files(book: Book) -> Iterator[tuple[str, bytes]]:
    """Each table that has a row, by its name in the site."""
    running = book.running
    tables: tuple[tuple[type[Record], Sequence[tuple[Any, tuple[object, ...]]]], ...] = (
        (
            Recommendation,
            [(each.recommendation, (each.answer, each.rule, each.because)) for each in running.recommendations],
        ),
        (
            Training,
            [
                (
                    each.training,
                    (
                        each.trained,
                        each.target,
                        each.eligible,
                        each.valid,
                        each.share,
                        each.run_out,
                        each.counted_on,
                        tuple(f"{one.quarter}: {one.people}" for one in each.expiring),
                        each.lacking,
                    ),
                )
                for each in running.training
            ],
        ),
        (
            Post,
            [
                (
                    each.post,
                    (
                        *(
                            figure.value if figure else None
                            for figure in (each.promised, each.established, each.filled, each.deployable)
                        ),
                        each.vacant,
                        each.not_deployable,
                        each.lacking,
                    ),
                )
                for each in running.posts
            ],
        ),
        (Resource, [(each, ()) for each in running.resources]),
        (Dependency, [(each, ()) for each in running.dependencies]),
        (Crossing, [(each, ()) for part in running.framework for each in part.crossings]),
    )
    for record_type, rows in tables:
        if rows:
            yield record_type.FILE, _table(record_type, rows)


def _table(record_type: type[Record], rows: Sequence[tuple[Any, tuple[object, ...]]]) -> bytes:
    names = [each.name for each in columns_of(record_type)]
    heads = (*names, *WORKED_OUT.get(record_type.FILE, {}))
    ordered = sorted(rows, key=lambda row: row[0].id)
    return as_csv_bytes(heads, ([*(getattr(record, name) for name in names), *more] for record, more in ordered))
