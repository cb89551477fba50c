"""The data version of a release follows from what its tables lack, have more, or have otherwise: each rule on a small table."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter.plan.releases.data_changes import (
    DataChange,
    DataRelease,
    changelog,
    changelog_csv,
    changelog_json,
    data_changes,
    level_of,
    next_version,
)
from lamplighter.plan.releases.verifying import verify

SERIES = """\
measure,area,layer,period,value,low
rape,Northam,,2022-01,4,1
rape,Northam,,2022-02,5,2
rape,Northam,under 16,2022-01,1,
rape,Northam,under 16,2022-02,2,
rape,Southam,,2022-01,7,3
"""
PROMISES = "id,title,evidence\nA1,Train officers,shown\nA2,Mend lamps,not shown\n"
SIGNALS = "measure,rule,since\nrape,outside,2022-01\nrape,outside,2022-01\nrape,run,2022-02\n"
BEFORE = {"measures/rape.csv": SERIES, "promises.csv": PROMISES, "signals.csv": SIGNALS}


def changes(**after: str | None) -> tuple[DataChange, ...]:
    """Against BEFORE, with these tables put in (or, None, taken out); `rape` stands for its file."""
    names = {"rape": "measures/rape.csv", "theft": "measures/theft.csv"}
    now = {**BEFORE, **{names.get(name, f"{name}.csv"): text for name, text in after.items()}}
    return data_changes(encoded(BEFORE), encoded({name: text for name, text in now.items() if text is not None}))


def encoded(files: dict[str, str]) -> dict[str, bytes]:
    return {name: text.encode() for name, text in files.items()}


def told(found: tuple[DataChange, ...]) -> list[str]:
    return [
        f"{each.what} {each.kind} {';'.join(each.names) or each.count} of {';'.join(each.of)}".strip() for each in found
    ]


def without(text: str, *words: str) -> str:
    return "".join(line for line in text.splitlines(keepends=True) if not all(word in line for word in words))


def without_column(text: str, name: str) -> str:
    rows = list(csv.reader(io.StringIO(text)))
    at = rows[0].index(name)
    return "".join(",".join([*row[:at], *row[at + 1 :]]) + "\n" for row in rows)


def test_the_same_tables_changed_nothing_and_keep_their_version():
    assert changes() == ()
    assert (level_of(()), next_version("2.3.4", "nothing")) == ("nothing", "2.3.4")


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({"rape": without(SERIES, "Southam")}, ["removed area Southam of rape"]),
        ({"rape": without(SERIES, "2022-02")}, ["removed period 2022-02 of rape"]),
        ({"rape": without(SERIES, "under 16,2022-02")}, ["removed period 2022-02 of rape"]),
        ({"rape": without(SERIES, "under 16")}, ["removed part under 16 of rape"]),
        ({"rape": without_column(SERIES, "low")}, ["removed column low of rape"]),
        ({"rape": None}, ["removed measure rape of"]),
        ({"promises": without(PROMISES, "A2")}, ["removed record A2 of promises.csv"]),
        ({"promises": None}, ["removed table promises.csv of"]),
        ({"promises": without_column(PROMISES, "title")}, ["removed column title of promises.csv"]),
    ],
)
def test_what_is_removed_is_told_and_makes_a_major_version(after: dict[str, str], words: list[str]):
    found = changes(**after)
    assert told(found) == words
    assert next_version("1.4.2", level_of(found)) == "2.0.0"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({"rape": SERIES + "rape,Westham,,2022-01,1,\n"}, ["added area Westham of rape"]),
        ({"rape": SERIES + "rape,Northam,,2022-03,6,\n"}, ["added period 2022-03 of rape"]),
        ({"rape": SERIES + "rape,Northam,over 60,2022-01,6,\n"}, ["added part over 60 of rape"]),
        ({"theft": SERIES.replace("rape", "theft")}, ["added measure theft of"]),
        ({"sources": "id\nS1\n"}, ["added table sources.csv of"]),
        ({"promises": PROMISES + "A3,Answer calls,shown\n"}, ["added record A3 of promises.csv"]),
        ({"promises": "id,title,evidence,owner\nA1,Train officers,shown,\nA2,Mend lamps,not shown,\n"},
         ["added column owner of promises.csv"]),
    ],
)  # fmt: skip
def test_what_is_added_is_told_and_makes_a_minor_version(after: dict[str, str], words: list[str]):
    found = changes(**after)
    assert told(found) == words
    assert next_version("1.4.2", level_of(found)) == "1.5.0"


@pytest.mark.parametrize(
    ("after", "words"),
    [
        ({"rape": SERIES.replace("2022-01,4,1", "2022-01,9,8")}, ["changed value 1 of rape"]),
        ({"promises": PROMISES.replace("not shown", "shown")}, ["changed value 1 of promises.csv"]),
        # a row without a name can't be pointed to: that one of two like rows is gone is another value, not a removal
        ({"signals": without(SIGNALS, "run")}, ["changed value 1 of signals.csv"]),
        ({"signals": SIGNALS.replace("rape,outside,2022-01\n", "", 1)}, ["changed value 1 of signals.csv"]),
    ],
)
def test_other_values_alone_make_a_patch(after: dict[str, str], words: list[str]):
    found = changes(**after)
    assert told(found) == words
    assert next_version("1.4.2", level_of(found)) == "1.4.3"


def test_what_one_area_loses_is_lost_though_another_gains_it():
    def rows(first: str, second: str) -> str:
        return f"measure,area,layer,period,value\nrape,Abbey,{first},2022-01,1\nrape,Brook,{second},2022-01,1\n"

    before = {"measures/rape.csv": rows("", "men").encode()}
    found = data_changes(before, {"measures/rape.csv": rows("men", "").encode()})
    assert told(found) == [
        "removed part men;the whole series of rape",
        "added part men;the whole series of rape",
    ]
    assert level_of(found) == "major"


def test_an_area_that_is_gone_from_a_comparison_is_a_removed_area():
    before = {"late.csv": b"comparison,area,period,value\nlate,Abbey,2022,4\nlate,Brook,2022,5\n"}
    found = data_changes(before, {"late.csv": b"comparison,area,period,value\nlate,Abbey,2023,4\n"})
    assert told(found) == ["removed area Brook of late.csv", "changed value 1 of late.csv"]


def test_rows_and_columns_in_another_order_are_the_same_data():
    head, *rows = PROMISES.splitlines(keepends=True)
    assert changes(promises=head + "".join(reversed(rows))) == ()
    assert changes(promises="title,id,evidence\nTrain officers,A1,shown\nMend lamps,A2,not shown\n") == ()


def test_one_removal_among_many_additions_is_still_a_major_version():
    found = changes(rape=without(SERIES, "Southam") + "rape,Northam,,2022-03,6,\n", sources="id\nS1\n")
    assert {each.what for each in found} == {"removed", "added"}
    assert level_of(found) == "major"


def test_the_same_month_added_to_every_measure_is_one_line():
    before = encoded({f"measures/m{at}.csv": SERIES for at in range(40)})
    after = encoded({f"measures/m{at}.csv": SERIES + "rape,Northam,,2022-03,6,\n" for at in range(40)})
    (only,) = data_changes(before, after)
    assert (only.what, only.kind, only.names, only.count, len(only.of)) == ("added", "period", ("2022-03",), 40, 40)


def schema(version: int, *fields: str) -> bytes:
    properties = {"schema_version": {"const": version}, **{each: {} for each in fields}}
    return json.dumps({"properties": properties}).encode()


@pytest.mark.parametrize(
    ("after", "level"),
    [
        (schema(1, "title"), "major"),
        (schema(1, "title", "body", "about"), "minor"),
        (schema(2, "title", "body"), "major"),
        (schema(1, "body", "title"), "nothing"),
    ],
)
def test_a_field_of_plan_json_counts_like_a_column_and_another_schema_is_major(after: bytes, level: str):
    found = data_changes({"plan.schema.json": schema(1, "title", "body")}, {"plan.schema.json": after})
    assert level_of(found) == level


KEYS = st.sets(
    st.tuples(
        st.sampled_from(("Abbey", "Brook")), st.sampled_from(("", "men")), st.sampled_from(("2022-01", "2022-02"))
    ),
    min_size=1,
)
COLUMNS = st.sets(st.sampled_from(("value", "low", "high")), min_size=1)


def table(keys: set[tuple[str, str, str]], columns: set[str]) -> bytes:
    heads = ["measure", "area", "layer", "period", *sorted(columns)]
    rows = [["m", *key, *("1" for _ in columns)] for key in sorted(keys)]
    return "".join(",".join(row) + "\n" for row in [heads, *rows]).encode()


@settings(max_examples=150, deadline=None)
@given(was=KEYS, now=KEYS, old=COLUMNS, new=COLUMNS)
def test_nothing_is_ever_removed_in_a_minor_version_or_a_patch(was, now, old, new):
    found = data_changes({"measures/m.csv": table(was, old)}, {"measures/m.csv": table(now, new)})
    level = level_of(found)
    if was - now or old - new:
        assert level == "major"
    elif now - was or new - old:
        assert level == "minor"
    else:
        assert level == "nothing"


# -- releases ---------------------------------------------------------------------------------------------------------


def release(folder: Path, **tables: str) -> Path:
    folder.mkdir()
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    return folder


def test_a_chain_without_a_changelog_is_worked_out_from_its_first_release(tmp_path: Path):
    v1 = release(tmp_path / "v1", promises=PROMISES)
    v2 = release(tmp_path / "v2", promises=PROMISES + "A3,Answer calls,shown\n")
    v3 = release(tmp_path / "v3", promises="id,title\nA1,Train officers\n")
    log = changelog([("v1", "spring", v1), ("v2", "summer", v2)], new=("v3", "autumn", v3))
    assert [(each.release, each.level, each.data_version) for each in log] == [
        ("v1", "first", "1.0.0"), ("v2", "minor", "1.1.0"), ("v3", "major", "2.0.0"),
    ]  # fmt: skip
    (v2 / "data-changelog.json").write_bytes(changelog_json(log[:2]))
    assert changelog([("v1", "spring", v1), ("v2", "summer", v2)], new=("v3", "autumn", v3)) == log


def test_what_the_last_release_told_of_its_forerunners_is_taken_over_and_not_worked_out_again(tmp_path: Path):
    v1, v2 = release(tmp_path / "v1", promises=PROMISES), release(tmp_path / "v2", promises=PROMISES)
    first = changelog([], new=("v1", "spring", v1))
    told = (*first, DataRelease(release="v2", name="summer", data_version="1.1.0", level="minor"))
    (v1 / "data-changelog.json").write_bytes(changelog_json(first))
    (v2 / "data-changelog.json").write_bytes(changelog_json(told))
    v3 = release(tmp_path / "v3", promises=PROMISES)
    log = changelog([("v1", "spring", v1), ("v2", "summer", v2)], new=("v3", "autumn", v3))
    assert log[:2] == told
    assert (log[2].level, log[2].data_version) == ("nothing", "1.1.0")


def test_the_csv_has_a_row_a_change_and_one_for_a_release_without(tmp_path: Path):
    v1 = release(tmp_path / "v1", promises=PROMISES)
    v2 = release(tmp_path / "v2", promises=without(PROMISES, "A2") + "A3,Answer calls,shown\n")
    lines = changelog_csv(changelog([("v1", "spring", v1)], new=("v2", "summer", v2))).decode().splitlines()
    assert lines == [
        "release,name,data_version,level,what,kind,of,count,names",
        "v1,spring,1.0.0,first,,,,,",
        "v2,summer,2.0.0,major,removed,record,promises.csv,1,A2",
        "v2,summer,2.0.0,major,added,record,promises.csv,1,A3",
    ]


def test_no_name_in_the_csv_runs_as_a_formula():
    change = DataChange(what="added", kind="part", of=("rape",), count=2, names=("=1+1", "under 16"))
    told = DataRelease(release="v2", name="@SUM(A1)", data_version="1.1.0", level="minor", changes=(change,))
    assert changelog_csv([told]).decode().splitlines()[1] == "v2,'@SUM(A1),1.1.0,minor,added,part,rape,2,'=1+1;under 16"


def test_what_lies_among_the_records_or_speaks_of_the_data_is_not_the_data(tmp_path: Path):
    v1, v2 = release(tmp_path / "v1", promises=PROMISES), release(tmp_path / "v2", promises=PROMISES)
    (v1 / "records").mkdir()
    (v1 / "records" / "risks.csv").write_text("id\nR1\n", encoding="utf-8")
    (v2 / "data-dictionary.csv").write_text("file\n", encoding="utf-8")
    log = changelog([("v1", "spring", v1)], new=("v2", "summer", v2))
    assert (log[-1].level, log[-1].data_version) == ("nothing", "1.0.0")


def with_promises(desk, text: str):
    """A site that has promises.csv beside its pages."""
    write = desk.site(desk.book())

    def build(folder: Path, *label: object) -> None:
        write(folder, *label)
        (folder / "promises.csv").write_text(text, encoding="utf-8")

    return build


def test_each_release_has_its_data_version_in_its_manifest_and_the_changelog_grows(desk):
    first = desk.candidate(build=with_promises(desk, PROMISES))
    desk.approve(first)
    desk.approve(desk.candidate("2022-autumn", build=with_promises(desk, PROMISES + "A3,Answer calls,shown\n")))
    desk.approve(desk.candidate("2022-winter", build=with_promises(desk, without_column(PROMISES, "title"))))
    versions = [
        json.loads((desk.releases / f"v{number}" / "manifest.json").read_bytes())["data_version"]
        for number in (1, 2, 3)
    ]
    assert versions == ["1.0.0", "1.1.0", "2.0.0"]
    told = json.loads((desk.releases / "v3" / "data-changelog.json").read_bytes())["releases"]
    assert [each["data_version"] for each in told] == versions
    assert verify(desk.releases).found == ()


def test_a_changelog_that_was_altered_is_named(desk):
    desk.publish("2022-summer")
    path = desk.releases / "v1" / "data-changelog.csv"
    path.write_bytes(path.read_bytes().replace(b"1.0.0", b"1.0.1"))
    assert [(each.what, each.path) for each in verify(desk.releases).found] == [("altered", "v1/data-changelog.csv")]
