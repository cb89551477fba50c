"""The same measure gives the same bytes, wherever the clock stands, and is drawn once."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lamplighter.reports.charts import chart_svg, drawing
from lamplighter.studies.answers import MeasureAnswer

DRAW = (
    "import pickle, sys; from lamplighter.reports.charts import chart_svg;"
    "from pathlib import Path;"
    "cache = Path(sys.argv[2]) if len(sys.argv) > 2 else None;"
    "svg = chart_svg(pickle.loads(Path(sys.argv[1]).read_bytes()), cache=cache);"
    "sys.stdout.buffer.write(svg.encode());"
    "sys.stderr.write('loaded' if 'vl_convert' in sys.modules else 'not loaded')"
)


def draw_elsewhere(measure: MeasureAnswer, folder: Path, zone: str, *more: str) -> tuple[bytes, str]:
    kept = folder / "measure.pickle"
    kept.write_bytes(pickle.dumps(measure))
    done = subprocess.run(
        [sys.executable, "-c", DRAW, str(kept), *more],
        env={**os.environ, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        check=True,
    )
    return done.stdout, done.stderr.decode()


def test_new_york_and_tokyo_draw_the_same_bytes(recorded: MeasureAnswer, tmp_path: Path) -> None:
    west, _ = draw_elsewhere(recorded, tmp_path, "America/New_York")
    east, _ = draw_elsewhere(recorded, tmp_path, "Asia/Tokyo")
    assert west == east
    assert west == chart_svg(recorded, cache=None).encode()


def test_a_chart_from_the_cache_does_not_load_the_drawing_engine(recorded: MeasureAnswer, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    svg, first = draw_elsewhere(recorded, tmp_path, "UTC", str(cache))
    again, second = draw_elsewhere(recorded, tmp_path, "UTC", str(cache))
    assert (first, second) == ("loaded", "not loaded")
    assert svg == again
    assert len(list(cache.iterdir())) == 1


def test_another_value_is_another_picture(recorded: MeasureAnswer, tmp_path: Path) -> None:
    before = chart_svg(recorded, cache=tmp_path)
    points = (replace(recorded.points[0], value=201.0), *recorded.points[1:])
    assert chart_svg(replace(recorded, points=points), cache=tmp_path) != before
    assert len(list(tmp_path.iterdir())) == 2


def test_half_a_picture_in_the_cache_is_drawn_again(recorded: MeasureAnswer, tmp_path: Path) -> None:
    whole = chart_svg(recorded, cache=tmp_path)
    kept = next(tmp_path.iterdir())
    for broken in (b"", whole.encode()[: len(whole) // 2], b"\xff\xfe"):
        kept.write_bytes(broken)
        assert chart_svg(recorded, cache=tmp_path) == whole
    assert kept.read_text(encoding="utf-8") == whole


def test_a_full_disk_leaves_no_half_picture(
    recorded: MeasureAnswer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        chart_svg(recorded, cache=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_without_the_drawing_engine_the_error_says_what_to_install(
    recorded: MeasureAnswer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    drawing._compiled.cache_clear()
    with pytest.raises(drawing.PartMissing, match=r"lamplighter\[report\]"):
        chart_svg(recorded, cache=None)
