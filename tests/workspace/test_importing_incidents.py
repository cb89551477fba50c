"""Incidents are kept by force and month: parts add up, a later import replaces a month whole, known content does nothing."""

from __future__ import annotations

import gzip
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from lamplighter.errors import FileRefused, InputError
from lamplighter.reductions import Engine
from lamplighter.workspace import Workspace, import_files, import_police_uk, imports_listing
from lamplighter.workspace.completeness import partial_months

STREET_HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def bring(home):
    """Import street files at noon on 1 March 2026."""

    def run(*paths: Path, **more):
        return import_police_uk(paths, workspace=home, now=NOON, **more)

    return run


@pytest.fixture
def october(draw_street):
    """Three rows, one of them without a point, one of them anti-social behaviour."""
    return draw_street("2018-10-northam-street.csv", "a1 2018-10 Burglary A\na2 2018-10 Robbery -\n- 2018-10 ASB B")


def references(home: Path, **more) -> list[str]:
    """The references of all live rows, and a dash for each row that has none."""
    with Engine(Workspace.open(home), **more) as engine:
        rows = engine.view("incidents").sql("select coalesce(reference, '-') from incidents order by 1").fetchall()
    return [reference for (reference,) in rows]


def changes(home: Path, import_id: str) -> list[tuple[str, int, int]]:
    """(month, rows before, rows after) of each month that an import changed."""
    found = Workspace.open(home).manifest(import_id).month_changes
    return [(each.month, each.rows_before, each.rows_after) for each in found]


def test_an_import_is_listed_with_the_published_keys_and_no_other(home, october, bring):
    bring(october)
    (entry,) = imports_listing(Workspace.open(home))
    files = entry.pop("files")
    assert [(file["name"], file["rows_read"], file["rows_kept"]) for file in files] == [(october.name, 3, 3)]
    assert set(files[0]) == {"name", "sha256", "rows_read", "rows_kept", "rows_refused", "rows_duplicate"}
    assert entry.pop("id").startswith("0001-")
    assert entry == {
        "source": "police-uk",
        "refused": {},
        "located": 2,
        "asb_rows": 1,
        "distinct_crime_ids": 2,
        "months_present": ["2018-10"],
        "months_missing": [],
        "months_partial": [],
    }


def test_parts_of_a_month_in_one_command_add_up(home, draw_street, bring):
    one = draw_street("one/2018-10-northam-street.csv", "a1 2018-10 Burglary A")
    other = draw_street("other/2018-10-northam-street.csv", "a2 2018-10 Burglary A\na3 2018-10 Burglary B")
    bring(one, other)
    assert references(home) == ["a1", "a2", "a3"]


def test_a_later_import_replaces_the_month_whole_and_says_rows_before_and_after(home, october, draw_street, bring):
    bring(october)
    later = draw_street("later/2018-10-northam-street.csv", "a1 2018-10 Burglary A\nb1 2018-11 Burglary A")
    done = bring(later)
    assert references(home) == ["a1", "b1"]
    assert changes(home, done.id) == [("2018-10", 3, 1)]
    assert any("loses more than half of its rows in 2018-10 (2018-10: 3 became 1)" in each for each in done.warnings)


def test_a_replacement_leaves_other_months_and_other_forces_alone(home, draw_street, bring):
    first = draw_street("first.csv", "a1 2018-10 Burglary A\na2 2018-11 Burglary A")
    southam = draw_street("southam.csv", "s1 2018-11 Burglary A", force="Southam Police")
    bring(first)
    bring(southam)
    bring(draw_street("later.csv", "n1 2018-11 Burglary B\nn2 2018-11 Burglary B"))
    assert references(home) == ["a1", "n1", "n2", "s1"]
    workspace = Workspace.open(home)
    assert workspace.parts("incidents") == ("Northam Police", "Southam Police")
    assert len(workspace.months("incidents")) == 2
    assert len(workspace.months("incidents", part="Southam Police")) == 1


def test_added_rows_stand_beside_those_that_are_there(home, october, draw_street, bring):
    bring(october)
    done = bring(draw_street("more.csv", "a9 2018-10 Burglary A"), adds=True)
    assert references(home) == ["-", "a1", "a2", "a9"]
    assert changes(home, done.id) == [("2018-10", 3, 4)]


def test_the_same_content_again_adds_a_ledger_line_and_nothing_else(home, tmp_path, october, bring):
    bring(october)
    before = Workspace.open(home).digest(), references(home)
    packed = tmp_path / "other name.csv.gz"
    packed.write_bytes(gzip.compress(october.read_bytes()))
    for added in (False, True):
        done = bring(packed, adds=added)
        (line,) = done.files
        assert (line.rows_read, line.rows_kept, line.rows_duplicate) == (3, 0, 3)
        assert not done.changed
        assert done.tables == ()
    assert (Workspace.open(home).digest(), references(home)) == before
    entry = imports_listing(Workspace.open(home))[-1]
    assert (entry["located"], entry["asb_rows"], entry["distinct_crime_ids"]) == (0, 0, 0)


def test_the_same_file_twice_in_one_command_counts_once(home, tmp_path, october, bring):
    copy = tmp_path / "copy" / october.name
    copy.parent.mkdir()
    copy.write_bytes(october.read_bytes())
    done = bring(october, copy)
    assert sorted(line.rows_duplicate for line in done.files) == [0, 3]
    assert len(references(home)) == 3
    assert done.warnings == ()


def test_a_known_part_that_is_named_with_a_new_one_is_not_replaced_by_it(home, october, draw_street, bring):
    bring(october)
    done = bring(october, draw_street("rest.csv", "a9 2018-10 Burglary A"))
    assert references(home) == ["-", "a1", "a2", "a9"]
    assert changes(home, done.id) == [("2018-10", 3, 4)]


def test_content_that_was_replaced_since_is_not_brought_back_in_silence(home, october, draw_street, bring):
    bring(october)
    bring(draw_street("later.csv", "n1 2018-10 Burglary A\nn2 2018-10 Burglary A\nn3 2018-10 Burglary A"))
    done = bring(october)
    assert references(home) == ["n1", "n2", "n3"]
    assert "was imported before as 0001-" in done.warnings[0]
    assert "and replaced since; nothing was changed" in done.warnings[0]


def test_the_order_of_files_and_of_imports_changes_neither_rows_nor_digest(home, tmp_path, draw_street):
    one, two = draw_street("b.csv", "a1 2018-10 Burglary A"), draw_street("a.csv", "b1 2018-11 Burglary A")
    digests = set()
    for number, steps in enumerate([[(one, two)], [(two, one)], [(one,), (two,)], [(two,), (one,)]]):
        folder = tmp_path / f"W{number}"
        for paths in steps:
            import_police_uk(paths, workspace=folder, now=NOON)
        digests.add(Workspace.open(folder).digest())
        assert references(folder) == ["a1", "b1"]
    assert len(digests) == 1


def test_one_bad_file_refuses_all_and_every_bad_file_is_named(home, tmp_path, october, bring):
    (tmp_path / "empty.csv").write_bytes(b"")
    (tmp_path / "headless.csv").write_bytes(b"a,b\r\n1,2\r\n")
    with pytest.raises(FileRefused) as told:
        bring(october, tmp_path / "empty.csv", tmp_path / "headless.csv")
    assert "empty.csv is empty" in str(told.value)
    assert "headless.csv: no column" in str(told.value)
    assert not home.exists()


def test_a_refused_file_leaves_a_workspace_that_was_there_as_it_was(home, tmp_path, october, bring):
    bring(october)
    before = Workspace.open(home).state_sha256()
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(FileRefused):
        bring(tmp_path / "empty.csv")
    assert Workspace.open(home).state_sha256() == before


def test_refused_rows_are_kept_with_their_file_and_the_account_is_whole(home, tmp_path, bring):
    good = "a1,2018-10,N,N,-1.45,53.59,On or near A,E01,Northam 001A,Burglary,,"
    path = tmp_path / "mixed.csv"
    bad = good.replace("2018-10", "2018-13")
    path.write_text("\n".join([STREET_HEADER, good, bad, good]) + "\n", encoding="utf-8")
    done = bring(path)
    (line,) = done.files
    assert (line.rows_read, line.rows_kept, line.rows_refused) == (3, 2, 1)
    (refused,) = Workspace.open(home).refused_rows(done.id)
    assert (refused["file"], refused["found_at"], refused["reason"]) == ("mixed.csv", "line 3", "month not a month")
    assert line.by_part == {"N": {"rows_read": 3, "rows_kept": 2, "rows_refused": 1, "rows_duplicate": 0}}


def test_a_missing_month_is_named_for_the_force_that_lacks_it(home, draw_street, bring):
    northam = draw_street("n.csv", "a1 2018-10 Burglary A\na2 2018-12 Burglary A")
    southam = draw_street("s.csv", "s1 2018-11 Burglary A", force="Southam Police")
    done = bring(northam, southam)
    assert done.months_missing == ("2018-11",)
    assert any("Northam Police has no rows for 2018-11: unknown, not zero" in each for each in done.warnings)
    assert not any("Southam Police has no rows" in each for each in done.warnings)


def test_a_month_with_far_fewer_rows_a_day_than_its_neighbours_looks_partial():
    # 310, 300, 310, 310 and 280 rows are 10 a day; 62 and 120 rows are 2 and 4 a day; 186 rows in a month of 31 days are 6.
    whole = {"2018-10": 310, "2018-11": 300, "2018-12": 310, "2019-01": 310, "2019-02": 280}
    assert partial_months(whole) == ()
    assert partial_months({**whole, "2018-12": 62}) == ("2018-12",)
    assert partial_months({**whole, "2018-10": 62}) == ("2018-10",)
    assert partial_months({**whole, "2018-12": 186}) == (), "0.6 of the neighbours' rows a day is not below 0.6"
    assert partial_months({**whole, "2018-12": 185}) == ("2018-12",)
    assert partial_months({"2018-10": 310, "2018-11": 3}) == (), "one neighbour says nothing"
    assert partial_months({}) == ()


def test_a_workspace_of_the_mets_tables_is_written_as_before(home, march):
    import_files([march], workspace=home, now=NOON)
    head = json.loads((home / "workspace.json").read_text(encoding="utf-8"))
    assert head["schema_version"] == 1
    assert all(set(live) == {"path", "import_id", "months"} for files in head["tables"].values() for live in files)
    (folder,) = (home / "imports").iterdir()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest) == {
        "id", "source", "at", "files", "data_files", "changes", "refused_rows", "revisions", "warnings",
    }  # fmt: skip
    assert set(manifest["data_files"][0]["months"]["2014-01"]) == {"rows", "total"}
    assert "kind" not in manifest["files"][0]
    assert "part" not in manifest["changes"][0]


def test_both_kinds_of_source_live_in_one_workspace(home, march, october, bring):
    import_files([march], workspace=home, now=NOON)
    bring(october)
    workspace = Workspace.open(home)
    assert set(workspace.head.tables) == {"offences_place", "incidents"}
    assert json.loads((home / "workspace.json").read_text(encoding="utf-8"))["schema_version"] == 2
    assert workspace.verify() == ()
    assert "months_partial" not in imports_listing(workspace)[0]


def test_a_workspace_that_was_frozen_before_there_were_parts_opens_and_takes_incidents(tmp_path, october):
    frozen = Path(__file__).parents[1] / "fixtures" / "v1" / "workspace"
    copy = tmp_path / "W"
    shutil.copytree(frozen, copy)
    before = imports_listing(Workspace.open(copy))
    assert Workspace.open(copy).verify() == ()
    import_police_uk([october], workspace=copy, now=NOON)
    assert imports_listing(Workspace.open(copy))[:-1] == before
    assert len(references(copy)) == 3


def test_incidents_of_two_sources_are_never_added(home, october, bring):
    from lamplighter.sources import police_uk
    from lamplighter.workspace import import_incidents

    bring(october)
    offered, digest = police_uk.offered_files([october])

    def as_extract(content, *, name, stem, content_sha256):
        return police_uk.read(content, name=name, stem=stem, content_sha256=content_sha256)

    changed = [police_uk.Offered(name="extract.csv", content=lambda: offered[0].content().replace(b"a1,", b"x1,"))]
    import_incidents(
        changed, digest=digest, source="extract", read=as_extract, reading_version=1, workspace=home, now=NOON
    )
    with pytest.raises(
        InputError, match="from extract and police-uk, which may be the same crimes and are never added"
    ):
        references(home)
    assert references(home, incidents_from="police-uk") == ["-", "a1", "a2"]
    assert references(home, incidents_from="extract") == ["-", "a2", "x1"]
