"""The published list of imports, and what is kept beside it."""

from __future__ import annotations

import hashlib
import json

import pytest

from lamplighter.errors import InputError
from lamplighter.workspace import Workspace, imports_listing

KEYS = ["files", "id", "months_missing", "months_present", "refused", "source"]


def test_the_list_has_the_published_keys_and_no_other(home, march, bring_in):
    done = bring_in(march)
    (entry,) = imports_listing(Workspace.open(home))
    assert entry == {
        "id": done.id,
        "source": "mps-vawg",
        "files": [
            {
                "name": "march.csv",
                "sha256": hashlib.sha256(march.read_bytes()).hexdigest(),
                "rows_read": 3,
                "rows_kept": 3,
                "rows_refused": 0,
                "rows_duplicate": 0,
            }
        ],
        "refused": {},
        "months_present": ["2014-01", "2014-02"],
        "months_missing": [],
    }
    assert json.loads(json.dumps(entry)) == entry


def test_refused_rows_are_listed_by_reason_and_kept_with_their_words(home, draw, bring_in):
    done = bring_in(draw("odd.csv", "Ealing Abbey 2014-01 3\nEaling Abbey 2014-01 few\nEaling Abbey 2014-01 -1"))
    (entry,) = imports_listing(Workspace.open(home))
    assert entry["refused"] == {"count negative": 1, "count not a whole number": 1}
    line = entry["files"][0]
    assert line["rows_read"] == line["rows_kept"] + line["rows_refused"] + line["rows_duplicate"] == 3
    kept = Workspace.open(home).refused_rows(done.id)
    assert [(row["file"], row["found_at"], row["reason"]) for row in kept] == [
        ("odd.csv", "line 3", "count not a whole number"),
        ("odd.csv", "line 4", "count negative"),
    ]


def test_asked_for_all_it_adds_when_what_changed_and_what_is_odd(home, march, bring_in):
    bring_in(march)
    (entry,) = imports_listing(Workspace.open(home), all=True)
    assert sorted(entry)[:2] == ["at", "files"]
    assert set(KEYS) < set(entry)
    assert entry["notes"]["march.csv"]["ward_unknown"] == 1
    assert entry["tables"][0]["rows_after"] == 3


def test_a_refused_file_leaves_no_workspace_behind(home, tmp_path, bring_in):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    with pytest.raises(InputError, match="empty"):
        bring_in(bad)
    assert not home.exists()


def test_one_refused_file_keeps_its_companions_out(home, march, tmp_path, bring_in):
    bad = tmp_path / "bad.csv"
    bad.write_bytes(b"")
    with pytest.raises(InputError, match="empty"):
        bring_in(march, bad)
    assert not home.exists()


def test_an_unknown_source_is_named_with_the_known(march, bring_in):
    with pytest.raises(InputError, match=r"no source called 'mps-vawgs'\. Did you mean mps-vawg\?"):
        bring_in(march, source="mps-vawgs")


def test_live_imports_are_those_that_rows_come_from(home, march, april, bring_in):
    first, second = bring_in(march).id, bring_in(april).id
    bring_in(march)
    assert Workspace.open(home).import_ids() == (first, second)


def test_progress_is_told_in_steps(march, bring_in):
    told = []
    bring_in(march, on_progress=lambda what, done, of: told.append((what, done, of)))
    assert told == [("reading march.csv", 0, 1), ("writing offences_place of march.csv", 0, 1)]
