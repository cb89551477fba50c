"""How long does an import of both of the Met's files take (checked, hashed, durable), beside pandas reading them?"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pandas as pd

from lamplighter.reductions import Engine
from lamplighter.workspace import Workspace, import_files

DATA = Path(__file__).parents[1] / "data" / "mps"
FILES = (DATA / "vawg-offences.parquet", DATA / "vawg-victims.parquet")
RUNS = 3

T = TypeVar("T")
Totals = dict[tuple[str | None, str | None, int], int]


def rows() -> list[dict[str, str | float | bool]]:
    """The rows of the bench table that this file measures."""
    return [measure()]


def measure(files: tuple[Path, ...] = FILES, runs: int = RUNS) -> dict[str, str | float | bool]:
    """One row of the bench table, ours and the peer by turns in one run, the best of `runs` after one to warm up."""
    ours_s, peer_s = float("inf"), float("inf")
    for run in range(runs + 1):
        took_peer, theirs = _timed(lambda: [_pandas_totals(file) for file in files])
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder) / "W"
            took_ours, _ = _timed(lambda: import_files(files, workspace=home, now=datetime(2026, 1, 1, tzinfo=UTC)))  # noqa: B023
            ours = _our_totals(home)
        if run:
            ours_s, peer_s = min(ours_s, took_ours), min(peer_s, took_peer)
    return {
        "work": "import_mps",
        "peer": "pandas reads the same Parquet and groups it once by ward and month",
        "ours_s": round(ours_s, 4),
        "peer_s": round(peer_s, 4),
        "same_answer": ours == [_as_ours(series) for series in theirs],
    }


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


def _pandas_totals(file: Path) -> pd.Series:
    table = pd.read_parquet(file)
    keys = ["borough_name", "ward_name_clean_2", "recorded_date_months"]
    return table[table["borough_name"].notna()].groupby(keys, dropna=False)["count"].sum()


def _our_totals(home: Path) -> list[Totals]:
    with Engine(Workspace.open(home)) as engine:
        return [
            {
                (row["borough"], row["ward"], row["recorded_month"]): row[count]
                for row in engine.run(f"{count}_by_month_ward").to_pylist()
            }
            for count in ("crimes", "victims")
        ]


def _as_ours(series: pd.Series) -> Totals:
    return {
        (borough, None if pd.isna(ward) else ward, month.year * 12 + month.month - 1): int(total)
        for (borough, ward, month), total in series.items()
    }


if __name__ == "__main__":
    print(json.dumps(rows()))
