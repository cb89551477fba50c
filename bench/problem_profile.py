"""How long does a profile take, from an imported workspace to all its files, beside our own import of the same rows?

Measures the bundled sample; name a folder of one whole force in LAMPLIGHTER_STREET_DATA and it is measured as well. The most
memory that a profile takes is that of a process of its own.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from measuring import row, timed

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE / "src"))

SAMPLE = HERE / "data" / "police-uk-doncaster"
FOLDER_VARIABLE = "LAMPLIGHTER_STREET_DATA"
RUNS = 3
MADE_ON = date(2026, 1, 1)
MOST_TIMES = 10
MOST_GB = 1.0


def rows() -> list[dict[str, Any]]:
    """The rows of the bench table that this file measures."""
    folders = [SAMPLE, *(Path(named) for named in [os.environ.get(FOLDER_VARIABLE, "")] if named)]
    return [measure(folder) for folder in folders]


def measure(folder: Path) -> dict[str, Any]:
    """One row: the profile of the force with most rows, and the import that came before it, each the best of three."""
    with tempfile.TemporaryDirectory() as home:
        homes = iter(Path(home) / f"W{at}" for at in range(RUNS + 1))
        import_s, workspace = timed(lambda: import_into(next(homes), folder), RUNS)
        write_into(Path(home) / "first", workspace)  # loads what is loaded once
        outs = iter(Path(home) / f"P{at}" for at in range(RUNS))
        digests = set()

        def profile() -> Path:
            return write_into(next(outs), workspace)

        profile_s = float("inf")
        for _ in range(RUNS):
            took_s, out = timed(profile)
            profile_s = min(profile_s, took_s)
            digests.add(digest_of(out))
        told = json.loads((out / "profile.json").read_text(encoding="utf-8"))
        files = sum(1 for each in out.rglob("*") if each.is_file())
        kept = rows_in(workspace)
        peak = peak_gb(workspace, Path(home) / "apart")
    count = told["completeness"]["rows_of_force"]
    return row(
        f"profile ({count:,} rows)",
        "our own import of the same rows",
        profile_s,
        import_s,
        same_answer=len(digests) == 1 and count == kept,
        note=f"{files} files, the same bytes {RUNS} times, as many rows as were imported; {profile_s / import_s:.1f} times the"
        f" import (at most {MOST_TIMES} wanted); {peak:.2f} GB at most (under {MOST_GB:g} wanted)",
    )


def import_into(home: Path, folder: Path) -> Path:
    """Import a folder of street files into a new workspace."""
    from lamplighter.workspace import import_police_uk

    import_police_uk([folder], workspace=home, now=datetime(2026, 1, 1, tzinfo=UTC))
    return home


def write_into(out: Path, workspace: Path) -> Path:
    """What `lamplighter profile --workspace` does without options."""
    from lamplighter.reports.profile.build import ProfileOrder, write_profile
    from lamplighter.studies.incidents.question import ProfileQuestion

    write_profile(ProfileOrder(workspace=workspace, question=ProfileQuestion(), made_on=MADE_ON, out=out))
    return out


def digest_of(out: Path) -> str:
    """One digest of every file's name and bytes."""
    found = sha256()
    for path in sorted(each for each in out.rglob("*") if each.is_file()):
        found.update(path.relative_to(out).as_posix().encode())
        found.update(path.read_bytes())
    return found.hexdigest()


def rows_in(workspace: Path) -> int:
    """Live rows of the force with most."""
    from lamplighter.studies.coverage import coverage
    from lamplighter.workspace import Workspace

    return max(each.rows_live for each in coverage(Workspace.open(workspace)))


def peak_gb(workspace: Path, out: Path) -> float:
    """The most memory that one profile takes, in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--once", str(workspace), str(out)], capture_output=True, text=True, check=True
    )
    return int(done.stdout) / 1e6


def once(workspace: Path, out: Path) -> int:
    """One profile, and the most memory that this process held, in kB: Linux's own word."""
    write_into(out, workspace)
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    if found is None:
        raise SystemExit("This system does not say how much memory a process held at most.")
    return int(found[1])


if __name__ == "__main__":
    if "--once" in sys.argv:
        print(once(Path(sys.argv[2]), Path(sys.argv[3])))
    else:
        print(json.dumps(rows(), indent=1))
