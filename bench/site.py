"""How fast is a site written: from cold, with charts cached, and again when nothing changed?"""

from __future__ import annotations

import csv
import hashlib
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from measuring import row, timed

HERE = Path(__file__).resolve().parent.parent
PLAN, DATA = HERE / "plans" / "met-vawg-2021", HERE / "data" / "mps"
PEER_TEMPLATE = """<!doctype html><html lang="en"><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
<figure>{{ chart|safe }}</figure><table>{% for cells in rows %}<tr>{% for cell in cells %}<td>{{ cell }}</td>{% endfor %}</tr>
{% endfor %}</table></body></html>"""


def plain_jinja_loop(book: Any, svgs: dict[str, str], out: Path) -> int:
    """The peer: one small template, autoescape on, the same charts, rows and CSV, a page a measure and a promise."""
    import jinja2

    template = jinja2.Environment(autoescape=True).from_string(PEER_TEMPLATE)
    out.mkdir(parents=True)
    pages = 0
    for measure in book.measures.values():
        rows = [
            [each.period, each.value, each.numerator, each.denominator, each.low, each.high] for each in measure.points
        ]
        rows += [[layer.name, point.period, point.value] for layer in measure.layers for point in layer.points]
        text = template.render(title=measure.title, chart=svgs.get(measure.id, ""), rows=rows)
        (out / f"{measure.id}.html").write_text(text, encoding="utf-8")
        (out / f"{measure.id}.svg").write_text(svgs.get(measure.id, ""), encoding="utf-8")
        with (out / f"{measure.id}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        pages += 1
    for standing in book.standings:
        rows = [[each.label, each.value, each.unit, each.source_id] for each in standing.figures]
        charts = "".join(svgs.get(each, "") for each in standing.measure_ids)
        text = template.render(title=standing.promise.title, chart=charts, rows=rows)
        (out / f"{standing.promise.id}.html").write_text(text, encoding="utf-8")
        pages += 1
    return pages


def same_pages_loop(book: Any, cache: Path, out: Path) -> int:
    """The other peer: our own templates and contexts in a plain loop, a plain write a page; no CSV, no swap, no manners."""
    from lamplighter.reports.site.drawing import charts_of, draw
    from lamplighter.reports.site.rendering import rendered

    pages = 0
    for path, content in rendered(book, draw(book, charts_of(cache)), files={}, mark="", cache=cache):
        (out / path).parent.mkdir(parents=True, exist_ok=True)
        (out / path).write_bytes(content)
        pages += 1
    return pages


def _workbook_s(book: Any) -> float:
    """What the one workbook of all tables takes: every site has it, and no peer."""
    from lamplighter.reports.data_xlsx import made_from_tables
    from lamplighter.reports.site.drawing import Drawn
    from lamplighter.reports.site.write import data_files

    tables = {path: content for path, content in data_files(book, Drawn()) if path.endswith(".csv")}
    return timed(lambda: made_from_tables(tables, book, None), times=2)[0]


def rows() -> list[dict[str, Any]]:
    """The site rows, measured in one run."""
    from datetime import UTC, datetime

    from lamplighter.reports.build import book_of, build_site
    from lamplighter.reports.charts import chart_svg
    from lamplighter.reports.site import write_site
    from lamplighter.workspace import import_files

    with tempfile.TemporaryDirectory() as part:
        folder = Path(part)
        workspace = folder / "workspace"
        import_files(sorted(DATA.glob("vawg-*.parquet")), workspace=workspace, now=datetime.now(UTC))
        book = book_of(PLAN, workspace=workspace, as_of=None)
        cache = folder / "cache"
        cold_s, cold = timed(lambda: write_site(book, folder / "cold", cache=cache))
        svgs = {each.id: chart_svg(each, cache=cache) for each in book.measures.values()}
        funnels = sum(1 for each in book.areas if each.judgement.curve)
        workbook_s = _workbook_s(book)
        cached_s, cached = timed(lambda: write_site(book, folder / "cold", cache=cache), times=2)

        def peer() -> int:
            shutil.rmtree(folder / "peer", ignore_errors=True)
            return plain_jinja_loop(book, svgs, folder / "peer")

        peer_s, pages = timed(peer, times=2)
        per_page = peer_s / pages * cached.pages
        shutil.rmtree(folder / "peer", ignore_errors=True)
        loop_s, looped = timed(lambda: same_pages_loop(book, cache, folder / "peer"), times=2)
        first_s, first = timed(lambda: build_site(PLAN, out=folder / "site", workspace=workspace))
        again_s, again = timed(lambda: build_site(PLAN, out=folder / "site", workspace=workspace), times=3)
        hash_s, _ = timed(
            lambda: [hashlib.sha256(each.read_bytes()) for each in (folder / "site").rglob("*") if each.is_file()]
        )
        return [
            row("site_cold", f"plain Jinja loop, charts given, scaled to {cold.pages} pages", cold_s, per_page,
                same_answer=cold.charts_drawn == len(svgs) + len(book.pairs) + funnels,
                note=f"{cold.pages / cold_s:.0f} pages a second with {cold.charts_drawn} charts drawn; at least 20 wanted"),
            row("site_cached", f"plain Jinja loop, charts given, scaled to {cached.pages} pages", cached_s, per_page,
                same_answer=cached.charts_drawn == 0 and cached.pages == cold.pages,
                note=f"at most 3 times the peer wanted; {workbook_s:.2f} s of it is data.xlsx, which the peer does not write"),
            row("site_cached", "the same templates and contexts in a plain Jinja loop, without CSV and swap", cached_s, loop_s,
                same_answer=looped == cached.pages, note="at most 3 times the peer wanted"),
            row("build_whole", "the same site without measures worked out and report", first_s, cached_s,
                same_answer=first.pages == cold.pages),
            row("rebuild_unchanged", "hashing the files of the site", again_s, hash_s,
                same_answer=again.unchanged, note="under a second wanted"),
        ]  # fmt: skip


def start_rows() -> list[dict[str, Any]]:
    """How long does it take to start?"""

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], check=True, capture_output=True, text=True, cwd=HERE / "src"
        )
        return done.stdout

    bare_s, _ = timed(lambda: run("-c", "pass"), times=5)
    version_s, said = timed(lambda: run("-m", "lamplighter", "--version"), times=5)
    heavy = "import sys, lamplighter; print(sorted({'duckdb', 'pyarrow', 'numpy', 'vl_convert', 'typst'} & set(sys.modules)))"
    import_s, loaded = timed(lambda: run("-c", heavy), times=5)
    return [
        row("version", "python -c pass", version_s, bare_s, same_answer=said.startswith("lamplighter "),
            note="under 0.3 s wanted"),
        row("import_lamplighter", "python -c pass", import_s, bare_s, same_answer=loaded.strip() == "[]",
            note="loads no plotting and no engine"),
    ]  # fmt: skip
