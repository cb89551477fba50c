"""`plan build --self-contained` and `release zip`, as a person types them."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

ACCEPT = ("--accept", "breakdown absent=Northam publishes none", "--accept", "release not announced=a trial")


def test_a_build_writes_the_zip_too_and_says_where(run, plan: Path, tmp_path: Path):
    said = run("plan", "build", plan, "--out", tmp_path / "site", "--self-contained", tmp_path / "site.zip")
    assert said.code == 0
    assert said.out.endswith(f"Wrote {tmp_path / 'site.zip'}: unpack it and open index.html.\n")
    with zipfile.ZipFile(tmp_path / "site.zip") as packed:
        assert {"index.html", "records/plan.toml", "HOW-TO-CHECK.txt", "data.xlsx"} <= set(packed.namelist())
    before = (tmp_path / "site.zip").read_bytes()
    (tmp_path / "site.zip").unlink()
    again = run("plan", "build", plan, "--out", tmp_path / "site", "--self-contained", tmp_path / "site.zip")
    assert "Nothing changed" in again.out
    assert (tmp_path / "site.zip").read_bytes() == before


def test_a_zip_inside_the_site_is_refused_in_a_sentence(run, plan: Path, tmp_path: Path):
    said = run("plan", "build", plan, "--out", tmp_path / "site", "--self-contained", tmp_path / "site" / "x.zip")
    assert said.code == 3
    assert "would lie inside" in said.err
    assert not (tmp_path / "site").exists()  # asked before anything is built


def test_a_release_is_packed_once_it_is_published_and_not_before(run, plan: Path, tmp_path: Path):
    releases, out = tmp_path / "releases", tmp_path / "v1.zip"
    made = run(
        "plan",
        "release",
        plan,
        "--name",
        "2022-summer",
        "--out",
        releases,
        "--builder",
        "Ann Archer",
        *ACCEPT,
        "--json",
    )
    told = json.loads(made.out)
    assert told["data_version"] == "1.0.0"
    assert run("release", "zip", releases, "v1", "--out", out).code == 3  # a candidate is not public
    assert not out.exists()
    digest = told["digest"]
    assert run("release", "approve", releases, "v1", "--approver", "Ben Baker", "--digest", digest).code == 0
    said = run("release", "zip", releases, "v1", "--out", out, "--json")
    assert said.code == 0
    with zipfile.ZipFile(out) as packed:
        assert len(packed.namelist()) == json.loads(said.out)["files"]
        assert {"index.html", "v1/index.html", "v1/approval.json", "latest/index.html"} <= set(packed.namelist())
        assert "v1/data-changes.html" in packed.namelist()
