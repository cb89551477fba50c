"""Does a large plan build in time that grows with its pages, and in how much memory? 5,000 promises and 300 measures."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from made_up_plan import AS_OF, write_made_up_plan
from measuring import row, timed

HERE = Path(__file__).resolve().parent.parent
DATA = HERE / "data" / "mps"
SIZES = ((625, 38), (1_250, 75), (2_500, 150), (5_000, 300))
MOST_RATIO = 1.3
MOST_MEMORY_MB = 2_000


def peak_memory_mb() -> float | None:
    """The most memory that this process ever held; None where the system does not say, as on Windows."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measures_made_up(workspace: Path, count: int) -> dict[str, Any]:
    """So many measures: those of the open data, over and over under made-up names."""
    from lamplighter.studies.catalogue import answers
    from lamplighter.workspace import Workspace

    asked = list(answers(Workspace.open(workspace), as_of=AS_OF).values())
    found = {}
    for at in range(count):
        each = asked[at % len(asked)]
        found[f"made-up-{at}"] = replace(each, id=f"made-up-{at}", title=f"Made-up series {at}: {each.title}")
    return found


def build(promises: int, measures: int, workspace: Path, out: Path) -> dict[str, Any]:
    """Builds one plan as `plan build` and `plan pack` do, and says what each stage took, in processor seconds."""
    from lamplighter.plan.make_book import make_book
    from lamplighter.plan.plan_json import plan_json
    from lamplighter.reports.editions import editions
    from lamplighter.reports.pack import write_pack
    from lamplighter.reports.site import write_site
    from lamplighter.studies.catalogue import area_comparisons
    from lamplighter.studies.unchanged import UnchangedQuestion, unchanged
    from lamplighter.workspace import Workspace, imports_listing, revision_rows

    stages: dict[str, float] = {}

    def stage(name: str, work: Callable[[], Any]) -> Any:
        stages[name], answer = timed(work, clock=time.process_time)
        return answer

    plan, cache, opened = out / "plan", out / "charts", Workspace.open(workspace)
    asked = measures_made_up(workspace, measures)
    records = write_made_up_plan(plan, promises=promises, measure_ids=tuple(asked))
    areas, false_calls = area_comparisons(opened, as_of=AS_OF), unchanged(UnchangedQuestion())
    book = stage(
        "book",
        lambda: make_book(
            plan, as_of=None, measures=asked, false_calls=false_calls, imports=imports_listing(opened),
            revisions=revision_rows(opened), workspace_digest=opened.digest(), code_version="bench", areas=areas,
        ),
    )  # fmt: skip
    told = stage("plan.json", lambda: plan_json(book))
    extra = stage("documents", lambda: editions(book, told, cache=cache))
    done = stage("site", lambda: write_site(book, out / "site", cache=cache, extra_files=extra))
    stage("pack", lambda: write_pack(plan, workspace=None, as_of=AS_OF, out=out / "pack.zip"))
    heavy = sorted((out / "site").rglob("*.html"), key=lambda each: -each.stat().st_size)[:5]
    return {
        "promises": promises,
        "measures": measures,
        "records": records,
        "pages": done.pages,
        "seconds": sum(stages.values()),
        "stages": stages,
        "peak_mb": peak_memory_mb(),
        "heaviest_kb": {each.relative_to(out / "site").as_posix(): each.stat().st_size // 1024 for each in heavy},
        "documents_kb": {name: len(content) // 1024 for name, content in extra.items()},
    }


def rows() -> list[dict[str, Any]]:
    """A row a size: its seconds beside the smallest plan's seconds a page times its own pages. Each in a process of its own."""
    from datetime import UTC, datetime

    from lamplighter.workspace import import_files

    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as part:
        workspace = Path(part) / "workspace"
        import_files(sorted(DATA.glob("vawg-*.parquet")), workspace=workspace, now=datetime.now(UTC))
        first_s_a_page = first_grows_s_a_page = 0.0
        for promises, measures in SIZES:
            told = _alone(promises, measures, workspace, Path(part) / str(promises))
            a_page = told["seconds"] / told["pages"]
            documents_s = told["stages"]["documents"]
            grows = (told["seconds"] - documents_s) / told["pages"]
            first_s_a_page, first_grows_s_a_page = first_s_a_page or a_page, first_grows_s_a_page or grows
            note = (
                f"{told['pages']:,} pages, {1000 * a_page:.1f} ms a page, at most {MOST_RATIO} times the smallest plan's "
                f"wanted; without the documents, whose length is bounded ({documents_s:.1f} s), {1000 * grows:.1f} ms, "
                f"{grows / first_grows_s_a_page:.2f} times; peak {told['peak_mb'] or float('nan'):,.0f} MB, under "
                f"{MOST_MEMORY_MB:,} wanted; heaviest page {max(told['heaviest_kb'].values())} KB"
            )
            work = f"scale_{promises}_promises_{measures}_measures"
            peer = f"the {SIZES[0][0]}-promise plan's seconds a page, times pages"
            peer_s = first_s_a_page * told["pages"]
            found.append(row(work, peer, told["seconds"], peer_s, same_answer=told["pages"] > promises, note=note))
    return found


def _alone(promises: int, measures: int, workspace: Path, out: Path) -> dict[str, Any]:
    """One size in a fresh process, so that its peak of memory is its own."""
    command = [sys.executable, str(Path(__file__).resolve()), str(promises), str(measures), str(workspace), str(out)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE / "src")
    return dict(json.loads(done.stdout))


if __name__ == "__main__":
    if len(sys.argv) == 5:
        print(json.dumps(build(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))))
    else:
        for each in rows():
            print(each)
