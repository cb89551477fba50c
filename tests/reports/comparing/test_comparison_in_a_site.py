"""A comparison in the plan's site: linked both ways, with its reasons, and part of what a build depends on."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from lamplighter.cli import main
from lamplighter.errors import InputError
from lamplighter.plan.comparing.comparison_json import comparison_from, comparison_json
from lamplighter.reports.comparing.in_site import read_comparison

HEADER = """\
schema_version = 2
title = "Safer nights in Northam"
body = "Northam Constabulary (made up)"
as_of = 2023-06-30
[[version]]
id = "V1"
title = "The first plan"
complete = true
[[version]]
id = "V2"
title = "The second plan"
complete = true
"""
SENTENCES = """\
id,version,position,paraphrase
S1,V1,1,More patrols of parks at night.
S2,V1,2,Train 8500 officers in domestic abuse by March.
S3,V1,3,Venues join a scheme to ask for help.
T1,V2,1,More patrols of parks at night.
T2,V2,2,Train 9000 officers in domestic abuse by March.
"""
PROMISES = """\
id,version,kind,title,sentence_ids
A1,V1,action,Patrols,S1
A2,V1,figure,Training,S2
A3,V1,action,Venues,S3
B1,V2,action,Patrols,T1
B2,V2,figure,Training,T2
"""
REASONS = "before,after,reason,by,on\nS2,T2,More recruits than planned,Ann Lee,2023-02-01\n"


@pytest.fixture
def northam(tmp_path: Path) -> Path:
    """A plan folder, and its two versions held side by side, in one folder."""
    folder = tmp_path / "northam"
    folder.mkdir()
    told = {"plan.toml": HEADER, "sentences.csv": SENTENCES, "promises.csv": PROMISES}
    for name, text in told.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "reasons.csv").write_text(REASONS, encoding="utf-8")
    _compare(tmp_path, "--reasons", str(tmp_path / "reasons.csv"))
    return tmp_path


def _compare(place: Path, *more: str) -> None:
    folder = place / "northam"
    arguments = ["plan", "compare", f"{folder}@V1", f"{folder}@V2", "--out", str(place / "compared"), "--quiet"]
    assert main([*arguments, *more]) == 0


def build(place: Path, *more: str) -> int:
    return main(["plan", "build", str(place / "northam"), "--out", str(place / "site"), *more])


def read(place: Path, name: str) -> str:
    return (place / "site" / name).read_text(encoding="utf-8")


def test_versions_and_each_changed_promise_lead_to_the_sentence_before_and_after(northam: Path) -> None:
    assert build(northam, "--comparison", str(northam / "compared")) == 0
    assert 'href="comparison/comparison.html">The first plan (V1) and The second plan (V2), side by side</a>' in read(
        northam, "versions.html"
    )
    assert "1 same, 1 changed, 1 gone" in " ".join(read(northam, "versions.html").split())
    page = read(northam, "comparison/comparison.html")
    for promise, reason in (("A2", "More recruits than planned."), ("B2", "More recruits than planned."),
                            ("A3", "no reason recorded.")):  # fmt: skip
        text = read(northam, f"promises/{promise}.html")
        anchors = re.findall(r'href="\.\./comparison/comparison\.html#(C\d+)"', text)
        assert len(anchors) == 1
        assert f'id="{anchors[0]}"' in page
        assert f"Reason: {reason}" in text
    assert "comparison.html#" not in read(northam, "promises/A1.html")


def test_the_comparison_leads_back_to_the_plan_and_to_its_promises_and_every_link_is_there(northam: Path) -> None:
    build(northam, "--comparison", str(northam / "compared"))
    page = read(northam, "comparison/comparison.html")
    links = [each for each in re.findall(r'(?:href|src)="([^"#]+)', page) if not each.startswith(("https://", "tel:"))]
    assert {"../versions.html", "../promises/A2.html", "../promises/B2.html", "comparison.docx"} <= set(links)
    assert [each for each in links if not (northam / "site" / "comparison" / each).resolve().is_file()] == []


def test_a_site_without_a_comparison_says_nothing_of_one(northam: Path) -> None:
    build(northam)
    assert not (northam / "site" / "comparison").exists()
    assert "side by side" not in read(northam, "versions.html")


def test_another_reason_is_another_build_and_the_same_comparison_is_none(
    northam: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    build(northam, "--comparison", str(northam / "compared"))
    digest = json.loads(read(northam, "plan.json"))["digests"]["comparison"]
    capsys.readouterr()
    build(northam, "--comparison", str(northam / "compared"))
    assert "Nothing changed" in capsys.readouterr().out
    (northam / "reasons.csv").write_text(REASONS.replace("More recruits", "Fewer recruits"), encoding="utf-8")
    _compare(northam, "--reasons", str(northam / "reasons.csv"))
    build(northam, "--comparison", str(northam / "compared"))
    assert "Nothing changed" not in capsys.readouterr().out
    assert json.loads(read(northam, "plan.json"))["digests"]["comparison"] != digest


def test_what_was_written_is_read_back_as_it_was(northam: Path) -> None:
    held = read_comparison(northam / "compared")
    told = json.loads((northam / "compared" / "comparison.json").read_bytes())
    assert comparison_json(held.comparison, held.followed) == told
    assert comparison_json(*comparison_from(told)) == told


@pytest.mark.parametrize(
    ("harm", "message"),
    [
        (lambda folder: (folder / ".lamplighter").unlink(), "not a folder that holds a comparison"),
        (lambda folder: (folder / "comparison.docx").unlink(), r"holds no comparison\.docx"),
        (lambda folder: (folder / "comparison.json").write_bytes(b"{}"), "is not a comparison"),
        (lambda folder: (folder / "comparison.json").write_bytes(b""), "is not a comparison"),
        (lambda folder: (folder / "comparison.json").write_bytes(b"\xff\xfe{"), "is not a comparison"),
        (lambda folder: (folder / "comparison.json").write_bytes(b"[1]"), "is not a comparison"),
    ],
)
def test_a_folder_that_is_no_whole_comparison_is_refused_with_the_mend(northam: Path, harm, message: str) -> None:  # type: ignore[no-untyped-def]
    harm(northam / "compared")
    with pytest.raises(InputError, match=message) as told:
        read_comparison(northam / "compared")
    assert "lamplighter plan compare A B --out FOLDER" in str(told.value)
    assert build(northam, "--comparison", str(northam / "compared")) == 3
    assert not (northam / "site").exists()
