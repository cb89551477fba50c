"""`plan pack`, typed as a person would: what it says and what it exits with."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

from lamplighter.workspace.zipping import zip_bytes

Run = Callable[..., object]


def test_a_pack_is_written_and_verified_and_an_altered_one_exits_1(run: Callable, plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "pack.zip"
    said = run("plan", "pack", plan, "--as-of", "2022-06-30", "--out", out)
    assert said.code == 0
    assert f"Wrote {out}: 0 recommendations, 2 promises" in said.out
    digest = said.out.split()[-1]
    said = run("plan", "pack", "--verify", out, "--digest", digest)
    assert (said.code, digest in said.out) == (0, True)
    with zipfile.ZipFile(out) as made:
        files = {each: made.read(each) for each in made.namelist()}
    out.write_bytes(zip_bytes({**files, "index.csv": b"kept!"}))
    said = run("plan", "pack", "--verify", out)
    assert (said.code, said.out) == (1, "index.csv: altered.\n")
    told = json.loads(run("plan", "pack", "--verify", out, "--json").out)
    assert told["found"] == ["index.csv: altered."]


def test_what_is_lacking_or_too_much_is_said(run: Callable, plan: Path, tmp_path: Path) -> None:
    said = run("plan", "pack", plan, "--out", tmp_path / "pack.zip")
    assert (said.code, "needs a plan folder, a day and a place" in said.err) == (3, True)
    said = run("plan", "pack", plan, "--verify", tmp_path / "pack.zip")
    assert (said.code, "--verify checks a pack and writes none" in said.err) == (3, True)
    said = run("plan", "pack", plan, "--as-of", "2022-06-30", "--out", tmp_path / "p.zip", "--digest", "0")
    assert (said.code, "--digest belongs to --verify" in said.err) == (3, True)
    assert not (tmp_path / "pack.zip").exists()
