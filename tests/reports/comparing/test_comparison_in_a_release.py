"""From two versions to a second release: the comparison is frozen in it, and a page that went still leads on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from lamplighter.cli import main
from lamplighter.plan.records.showing import Card

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
T1,V2,1,More patrols of parks at night.
T2,V2,2,Train 9000 officers in domestic abuse by March.
"""
PROMISES = """\
id,version,kind,title,owner,sentence_ids
A1,V1,action,Patrols,The park inspector,S1
{second},V1,action,Training,The training lead,S2
B1,V2,action,Patrols,The park inspector,T1
B2,V2,action,Training,The training lead,T2
"""
FORMER = "id,kind,title,to_ids,reason,gone_on,told_by\nA2,promise,Training,A9,Numbered anew,2023-06-01,Jo Bloggs\n"
ACCEPT = ("breakdown absent=none is published", "release not announced=a trial")


@pytest.fixture
def northam(tmp_path: Path) -> Path:
    folder = tmp_path / "northam"
    folder.mkdir()
    heads = ",".join(each.name for each in fields(Card))
    told = {"plan.toml": HEADER, "sentences.csv": SENTENCES, "definitions.csv": f"{heads}\n"}
    for name, text in {**told, "promises.csv": PROMISES.format(second="A2")}.items():
        (folder / name).write_text(text, encoding="utf-8")
    sides = [f"{folder}@V1", f"{folder}@V2"]
    assert main(["plan", "compare", *sides, "--out", str(tmp_path / "compared"), "--quiet"]) == 0
    return tmp_path


@pytest.fixture
def release(northam: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[str, int], str]:
    """Make a candidate with the comparison in it, and publish it if it could be made; gives what was said."""

    def run(name: str, number: int) -> str:
        place = str(northam / "releases")
        accepted = [word for each in ACCEPT for word in ("--accept", each)]
        capsys.readouterr()
        code = main(
            ["plan", "release", str(northam / "northam"), "--name", name, "--out", place, "--builder", "Ann Archer",
             "--comparison", str(northam / "compared"), "--json", *accepted]
        )  # fmt: skip
        said = capsys.readouterr()
        if code == 0:
            digest = json.loads(said.out)["digest"]
            assert main(["release", "approve", place, f"v{number}", "--approver", "Ben Baker", "--digest", digest]) == 0
        return said.out + said.err

    return run


def test_the_comparison_and_every_published_address_go_with_the_releases(
    northam: Path, release: Callable[[str, int], str], capsys: pytest.CaptureFixture[str]
) -> None:
    release("2023-spring", 1)
    first = northam / "releases" / "v1"
    assert 'href="../comparison/comparison.html#' in (first / "promises" / "A2.html").read_text(encoding="utf-8")
    manifest = json.loads((first / "manifest.json").read_bytes())
    assert "comparison/comparison.html" in manifest["files"]
    assert len(manifest["digests"]["comparison"]) == 64

    (northam / "northam" / "promises.csv").write_text(PROMISES.format(second="A9"), encoding="utf-8")
    assert "promises/A2.html was published in v1, and there is no such promise now." in release("2023-autumn", 2)
    assert not (northam / "releases" / "v2").exists()

    (northam / "northam" / "former_addresses.csv").write_text(FORMER, encoding="utf-8")
    release("2023-autumn", 2)
    page = (northam / "releases" / "v2" / "promises" / "A2.html").read_text(encoding="utf-8")
    assert '<meta http-equiv="refresh" content="0; url=../promises/A9.html">' in page
    assert main(["release", "verify", str(northam / "releases")]) == 0


def test_a_comparison_that_quotes_a_text_is_released_only_once_somebody_says_why_it_may_be(
    northam: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (northam / "a.txt").write_text("More patrols of parks at night.", encoding="utf-8")
    (northam / "b.txt").write_text("More patrols of parks at night. And by day.", encoding="utf-8")
    texts = [str(northam / "a.txt"), str(northam / "b.txt")]
    assert main(["plan", "compare", *texts, "--out", str(northam / "quoting"), "--quiet"]) == 0
    arguments = ["plan", "release", str(northam / "northam"), "--name", "2023-spring", "--out", str(northam / "releases"),
                 "--builder", "Ann Archer", "--comparison", str(northam / "quoting"), "--quiet"]  # fmt: skip
    accepted = [word for each in ACCEPT for word in ("--accept", each)]
    capsys.readouterr()
    assert main([*arguments, *accepted]) == 1
    said = capsys.readouterr()
    assert "The comparison quotes 3 sentences of the texts" in said.out + said.err
    assert main([*arguments, *accepted, "--accept", "comparison: text quoted=both texts are ours"]) == 0
