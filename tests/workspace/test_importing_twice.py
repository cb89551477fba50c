"""The same content again adds nothing but a line in the ledger."""

from __future__ import annotations

from datetime import UTC, datetime

from lamplighter.workspace import Workspace, import_files, imports_listing


def parquet_files(home):
    return sorted(path.relative_to(home).as_posix() for path in home.rglob("*.parquet"))


def test_importing_the_same_file_twice_changes_nothing(home, march, bring_in):
    bring_in(march)
    digest, files = Workspace.open(home).digest(), parquet_files(home)
    again = bring_in(march)
    assert Workspace.open(home).digest() == digest
    assert parquet_files(home) == files
    assert not again.changed
    assert again.tables == ()


def test_the_second_time_is_a_line_in_the_ledger_with_every_row_a_duplicate(home, march, bring_in):
    bring_in(march)
    bring_in(march)
    first, second = imports_listing(Workspace.open(home))
    assert [line["rows_duplicate"] for line in first["files"] + second["files"]] == [0, 3]
    assert [line["rows_read"] for line in second["files"]] == [3]
    assert [line["rows_kept"] for line in second["files"]] == [0]
    assert second["months_present"] == ["2014-01", "2014-02"]


def test_the_same_content_under_another_name_is_the_same_content(home, march, bring_in):
    bring_in(march)
    copy = march.with_name("copy.csv")
    copy.write_bytes(march.read_bytes())
    assert not bring_in(copy).changed


def test_the_same_content_twice_in_one_import_is_kept_once(home, march, bring_in):
    copy = march.with_name("copy.csv")
    copy.write_bytes(march.read_bytes())
    done = bring_in(march, copy)
    assert [(line.rows_kept, line.rows_duplicate) for line in done.files] == [(3, 0), (0, 3)]
    assert done.files[1].same_as == done.id


def test_the_id_is_made_of_the_order_and_the_content(home, march, april, bring_in, tmp_path):
    first = bring_in(march).id
    assert first.startswith("0001-")
    assert bring_in(april).id.startswith("0002-")
    assert bring_in(march).id == first.replace("0001", "0003")


def test_the_same_files_in_another_order_give_the_same_digest(home, march, draw, bring_in, tmp_path):
    later = draw("later.csv", "Ealing Abbey 2015-01 1")
    bring_in(march)
    bring_in(later)
    one = Workspace.open(home).digest()
    import_files([later, march], workspace=tmp_path / "V", now=datetime(2027, 1, 1, tzinfo=UTC))
    assert Workspace.open(tmp_path / "V").digest() == one


def test_a_file_that_was_replaced_since_is_not_brought_back_in_silence(home, march, april, bring_in):
    bring_in(march)
    bring_in(april)
    # March still has January live, so nothing needs saying.
    assert bring_in(march).warnings == ()


def test_a_file_of_which_nothing_is_live_says_so_when_it_comes_again(home, march, draw, bring_in):
    first = bring_in(march).id
    bring_in(draw("whole.csv", "Ealing Abbey 2014-01 1\nEaling Abbey 2014-02 5"))
    again = bring_in(march)
    assert f"imported before as {first} and replaced since; nothing was changed" in again.warnings[0]
