"""How long does an import of street files take (checked, hashed, projected, durable), beside pandas and geopandas?

Measures the bundled sample; name a folder of one whole force in LAMPLIGHTER_STREET_DATA and it is measured as well, in a
process of its own, so that the peak of its memory is known.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

SAMPLE = Path(__file__).parents[1] / "data" / "police-uk-doncaster"
FOLDER_VARIABLE = "LAMPLIGHTER_STREET_DATA"
RUNS = 3
HELMERT_M = 5.0  # without Ordnance Survey's grid file, the peer is up to three metres off

T = TypeVar("T")


def rows() -> list[dict[str, Any]]:
    """The rows of the bench table that this file measures."""
    folders = [SAMPLE, *(Path(named) for named in [os.environ.get(FOLDER_VARIABLE, "")] if named)]
    return [measure(folder) for folder in folders]


def measure(folder: Path, runs: int = RUNS) -> dict[str, Any]:
    """One row, ours and the peer by turns in one run, the best of `runs` after one to warm up."""
    ours_s, peer_s = float("inf"), float("inf")
    ours, theirs = (0, 0, 0.0), (0, 0, 0.0)
    for run in range(runs + 1):
        took_peer, theirs = _timed(lambda: peer(folder))
        with tempfile.TemporaryDirectory() as home:
            took_ours, _ = _timed(lambda: import_into(Path(home) / "W", folder))
            ours = _ours(Path(home) / "W")
        if run:
            ours_s, peer_s = min(ours_s, took_ours), min(peer_s, took_peer)
    same = ours[:2] == theirs[:2] and abs(ours[2] - theirs[2]) < HELMERT_M
    return {
        "work": f"import_street ({ours[0]:,} rows)",
        "peer": "pandas reads all columns, geopandas projects every point (Helmert shift: no OSTN15 grid)",
        "ours_s": round(ours_s, 4),
        "peer_s": round(peer_s, 4),
        "same_answer": same,
        "note": f"rows and located rows equal, mean easting within {HELMERT_M:g} m; {peak_gb(folder):.2f} GB at most",
    }


def import_into(home: Path, folder: Path) -> None:
    """Import a folder of street files into a new workspace."""
    from lamplighter.workspace import import_police_uk

    import_police_uk([folder], workspace=home, now=datetime(2026, 1, 1, tzinfo=UTC))


def peer(folder: Path) -> tuple[int, int, float]:
    """Rows, located rows and the mean easting, as most would work them out."""
    import geopandas as gpd
    import pandas as pd

    table = pd.concat([pd.read_csv(file) for file in sorted(folder.glob("*.csv.gz"))], ignore_index=True)
    points = gpd.GeoSeries(gpd.points_from_xy(table["Longitude"], table["Latitude"]), crs=4326).to_crs(27700)
    return len(table), int(table["Longitude"].notna().sum()), float(points.x[table["Longitude"].notna()].mean())


def peak_gb(folder: Path) -> float:
    """The most memory that an import alone takes, in a process of its own."""
    script = (
        "import re, sys, tempfile; from pathlib import Path; sys.path.insert(0, sys.argv[2]);"
        "from import_street import import_into;"
        "import_into(Path(tempfile.mkdtemp()) / 'W', Path(sys.argv[1]));"
        # Linux's own word: what getrusage says is taken over from the process that started this one.
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), str(Path(__file__).parent)],
        capture_output=True,
        text=True,
        check=True,
    )
    return int(done.stdout) / 1e6


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


def _ours(home: Path) -> tuple[int, int, float]:
    from lamplighter.reductions import Engine
    from lamplighter.studies.coverage import coverage
    from lamplighter.workspace import Workspace

    workspace = Workspace.open(home)
    (force,) = coverage(workspace)
    with Engine(workspace) as engine:
        mean = engine.view("incidents").sql("select avg(easting_m) from incidents").fetchall()[0][0]
    return force.rows_live, force.located, float(mean)


if __name__ == "__main__":
    print(json.dumps(rows(), indent=1))
