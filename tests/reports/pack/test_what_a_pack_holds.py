"""A pack holds what was known on its day, of the recommendation that was asked for, and counts what came later."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from lamplighter.errors import InputError, NoSuchName
from lamplighter.reports.pack import PackDone, write_pack
from lamplighter.workspace import import_files

_spec = spec_from_file_location("pack_conftest", Path(__file__).with_name("conftest.py"))
assert _spec is not None
assert _spec.loader is not None
made_up = module_from_spec(_spec)
_spec.loader.exec_module(made_up)
DAY, content_of, rows_of = made_up.DAY, made_up.content_of, made_up.rows_of


def packed(plan: Path, **more: Any) -> PackDone:
    told = {"workspace": None, "as_of": DAY, "out": plan.parent / "pack.zip", "recommendation": "RC-1", **more}
    return write_pack(plan, **told)


def test_one_recommendation_brings_its_promise_and_what_stands_behind_it_and_no_more(plan: Path) -> None:
    done = packed(plan)
    rows = rows_of(done.path, "index.csv")
    assert [(each["recommendation"], each["promise"], each["kind"], each["id"]) for each in rows] == [
        ("RC-1", "A1", "evidence", "E-COURSE"),
        ("RC-1", "A1", "figure", "G-EARLY"),
        ("RC-1", "A1", "step", "M1"),
    ]
    assert rows[1]["what"] == "Officers trained: 40 officers of 100 officers (current)"
    assert (rows[1]["source"], rows[1]["access"], rows[1]["address"]) == ("Q-AUDIT", "open", "northam.example/audit")
    assert {each["id"] for each in rows_of(done.path, "records/sources.csv")} == {"Q-AUDIT", "Q-REVIEW"}
    assert {each["id"] for each in rows_of(done.path, "records/promises.csv")} == {"A1"}
    assert {each["id"] for each in rows_of(done.path, "definitions.csv")} == {"D-TRAIN"}
    assert (done.recommendations, done.promises) == (1, 1)


def test_what_came_later_is_left_out_and_counted_and_a_later_step_is_not_done_yet(plan: Path) -> None:
    """Later than 30 June: one event, one figure by when it was typed, one source and the recommendation in it."""
    done = packed(plan)
    left = {each.what: each.count for each in done.left_out}
    assert left == {"Evidence": 1, "Figures": 1, "Sources": 1, "Reviews' recommendations": 1}
    content = content_of(done.path)
    for gone in (b"E-LATE", b"G-TYPED-LATER", b"RC-LATER", b"2022-07-02"):
        assert not any(gone in each for name, each in content.items() if name.startswith("records/")), gone
    (step,) = (each for each in rows_of(done.path, "index.csv") if each["kind"] == "step")
    assert step["what"] == "All are trained: not recorded as done"
    told = json.loads(content["manifest.json"])
    assert {each["what"]: each["count"] for each in told["left_out"]} == left
    page = content["index.html"].decode("utf-8")
    assert "<li>Figures: 1</li>" in page


def test_what_speaks_of_a_later_promise_only_is_left_out_with_it(plan: Path) -> None:
    header = plan / "plan.toml"
    header.write_text(
        header.read_text(encoding="utf-8")
        + '\n[[version]]\nid = "V2"\ntitle = "Second"\npublished_on = 2022-10-01\ncomplete = false\n',
        encoding="utf-8",
    )
    for name, row in (("promises", "B1,V2,action,Do more,\n"), ("milestones", "M-B1,B1,Begin,no,2022-12-31,,\n")):
        with (plan / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(row)
    done = packed(plan, recommendation="all", with_restricted=True)
    left = {each.what: each.count for each in done.left_out}
    assert (left["Promises"], left["Milestones"], left["Versions of the plan"]) == (1, 1, 1)
    assert not any(b"B1" in each for name, each in content_of(done.path).items() if name.startswith("records/"))


def test_looked_at_a_year_later_the_step_is_done_and_the_later_figure_is_there(plan: Path) -> None:
    done = packed(plan, as_of=date(2023, 6, 30))
    assert done.left_out == ()
    found = {each["id"]: each["what"] for each in rows_of(done.path, "index.csv")}
    assert {"E-LATE", "G-TYPED-LATER"} <= set(found)
    assert found["M1"] == "All are trained: done on 2022-07-02"
    assert "Nothing was left out for being of a later day." in content_of(done.path)["index.html"].decode("utf-8")


CORRECTIONS = (
    "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
    "K1,G-EARLY,value,35,38,A. Analyst,2022-05-01,Three had been forgotten.\n"
    "K2,G-EARLY,value,38,39,A. Analyst,2022-08-01,One more had been forgotten.\n"
    "K3,G-EARLY,value,39,40,A. Analyst,2022-09-01,And another.\n"
    "K4,E-COURSE,says,In one borough.,In two boroughs.,A. Analyst,2022-07-01,We had misread it.\n"
)


@pytest.mark.parametrize(
    ("day", "value", "says"),
    [
        (date(2022, 6, 30), "38", "In one borough."),
        (date(2022, 7, 1), "38", "In two boroughs."),
        (date(2022, 8, 31), "39", "In two boroughs."),
        (date(2022, 9, 1), "40", "In two boroughs."),
    ],
)
def test_what_was_corrected_later_says_in_a_pack_what_it_said_on_the_day(
    plan: Path, day: date, value: str, says: str
) -> None:
    (plan / "corrections.csv").write_text(CORRECTIONS, encoding="utf-8")
    path = packed(plan, as_of=day).path
    (figure,) = (each for each in rows_of(path, "records/figures.csv") if each["id"] == "G-EARLY")
    (event,) = (each for each in rows_of(path, "records/evidence.csv") if each["id"] == "E-COURSE")
    assert (figure["value"], event["says"]) == (value, says)
    told = {each["id"]: each["what"] for each in rows_of(path, "index.csv")}
    assert told["G-EARLY"] == f"Officers trained: {value} officers of 100 officers (current)"
    assert says.encode() in content_of(path)["index.html"]


def test_a_correction_that_does_not_lead_to_what_stands_there_changes_nothing(plan: Path) -> None:
    (plan / "corrections.csv").write_text(CORRECTIONS.replace("39,40", "39,41"), encoding="utf-8")
    (figure,) = (each for each in rows_of(packed(plan).path, "records/figures.csv") if each["id"] == "G-EARLY")
    assert figure["value"] == "40"


def test_a_page_that_went_later_is_not_told_of(plan: Path) -> None:
    (plan / "former_addresses.csv").write_text(
        "id,kind,title,to_ids,reason,gone_on,told_by\n"
        "Z1,promise,Gone in spring,A1,Merged.,2022-03-01,A. Analyst\n"
        "Z2,promise,Gone in autumn,A1,Taken back.,2022-10-01,A. Analyst\n",
        encoding="utf-8",
    )
    done = packed(plan, recommendation="all", with_restricted=True)
    assert [each["id"] for each in rows_of(done.path, "records/former_addresses.csv")] == ["Z1"]
    assert not any(b"autumn" in each for each in content_of(done.path).values())


def test_where_a_promise_stood_is_worked_out_from_what_was_known(plan: Path) -> None:
    """A step that completes the promise was done in July: kept a year later, not in June."""
    june = {each["axis"]: each["answer"] for each in rows_of(packed(plan).path, "standing.csv")}
    later = {
        each["axis"]: each["answer"] for each in rows_of(packed(plan, as_of=date(2023, 6, 30)).path, "standing.csv")
    }
    assert june["delivery"] == "no date given"
    assert later["delivery"] == "kept"


def test_a_source_that_is_not_open_is_refused_by_name_unless_it_is_asked_for(plan: Path) -> None:
    with pytest.raises(InputError, match=r"Q-CLOSED, which sources.csv does not mark open.*--with-restricted"):
        packed(plan, recommendation="all")
    assert not (plan.parent / "pack.zip").exists()
    done = packed(plan, recommendation="all", with_restricted=True)
    assert done.restricted == ("Q-CLOSED",)
    content = content_of(done.path)
    assert "Do not publish it" in content["index.html"].decode("utf-8")
    assert json.loads(content["manifest.json"])["restricted_sources"] == ["Q-CLOSED"]
    assert packed(plan).restricted == (), "the chain of RC-1 does not go through it"


def test_a_source_that_does_not_say_who_may_read_it_is_refused_too(plan: Path) -> None:
    sources = plan / "sources.csv"
    sources.write_text(sources.read_text(encoding="utf-8").replace("Auditors,open", "Auditors,"), encoding="utf-8")
    with pytest.raises(InputError, match="Q-AUDIT"):
        packed(plan)


def test_all_holds_every_recommendation_and_the_promises_that_answer_none(plan: Path) -> None:
    done = packed(plan, recommendation="all", with_restricted=True)
    rows = rows_of(done.path, "index.csv")
    assert next(each["recommendation"] for each in rows if each["promise"] == "A1") == "RC-1"
    assert [(each["promise"], each["id"]) for each in rows if each["recommendation"] == "RC-2"] == [("", "")]
    assert [(each["recommendation"], each["id"]) for each in rows if each["promise"] == "A3"] == [("", "")]
    page = content_of(done.path)["index.html"].decode("utf-8")
    assert "No promise that was known on the day answers it." in page
    assert "Promises that answer no recommendation" in page


def test_words_are_words_on_the_page_and_no_formula_in_the_table(plan: Path) -> None:
    done = packed(plan, recommendation="all", with_restricted=True)
    assert "Train &lt;everybody&gt; &amp; soon." in content_of(done.path)["index.html"].decode("utf-8")
    (board,) = (each for each in rows_of(done.path, "index.csv") if each["id"] == "E-BOARD")
    assert board["what"].startswith("'=1+1")


def test_the_page_points_only_into_the_pack_and_the_manifest_names_every_file(plan: Path) -> None:
    content = content_of(packed(plan).path)
    page = content["index.html"].decode("utf-8")
    local = [each for each in re.findall(r'(?:href|src)="([^"#]+)"', page) if not each.startswith("https://")]
    assert set(local) <= set(content)
    assert set(re.findall(r'href="(https://[^"]+)"', page)) == {"https://www.bbc.co.uk/weather"}
    assert "<script" not in page
    files = json.loads(content["manifest.json"])["files"]
    assert files == {name: sha256(each).hexdigest() for name, each in content.items() if name != "manifest.json"}


def test_the_same_pack_twice_has_the_same_bytes_and_its_digest_is_that_of_the_manifest(plan: Path) -> None:
    one = packed(plan, out=plan.parent / "one.zip")
    two = packed(plan, out=plan.parent / "two.zip")
    assert one.path.read_bytes() == two.path.read_bytes()
    assert one.digest == sha256(content_of(one.path)["manifest.json"]).hexdigest()


def test_a_recommendation_that_was_not_made_yet_is_not_there(plan: Path) -> None:
    with pytest.raises(NoSuchName, match="There is no recommendation called 'RC-LATER'"):
        packed(plan, recommendation="RC-LATER")
    with pytest.raises(NoSuchName, match="Did you mean RC-1"):
        packed(plan, recommendation="rc-11")


def test_a_plan_without_a_record_has_its_pack(tmp_path: Path) -> None:
    from lamplighter.plan.editing import start_folder

    folder = tmp_path / "empty"
    start_folder(folder, title="Empty", body="Nobody", today=DAY)
    done = packed(folder, recommendation="all")
    assert (done.recommendations, done.promises, done.left_out) == (0, 0, ())
    assert rows_of(done.path, "index.csv") == []


def test_a_place_that_is_a_folder_is_refused_and_a_full_disk_leaves_the_old_pack(
    plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="is a folder"):
        packed(plan, out=plan)
    before = packed(plan).path.read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("lamplighter.workspace.durable._move", full)
    with pytest.raises(InputError, match="No space left on device"):
        packed(plan, as_of=date(2023, 6, 30))
    assert (plan.parent / "pack.zip").read_bytes() == before
    assert [each.name for each in plan.parent.iterdir() if each.is_file()] == ["pack.zip"]


LINES = (
    "bcu_location,borough_name,ward_name_clean_2,recorded_date_months,date_committed_from_date_months,count,sheet,"
    "crimsec_group,crimseccodeexpansion,crimsec_offences,vawg_offence\n"
    + "".join(
        f",,,{year}-{month:02d}-01,{year}-{month:02d}-01,4,Offence count classification,Rape,"
        "Rape of a female aged 16 and over,Rape,Yes\n"
        for year in (2019, 2020, 2021)
        for month in range(1, 13)
    )
)


def test_a_file_that_was_imported_after_the_day_is_not_in_it_nor_a_measure_worked_out_from_it(plan: Path) -> None:
    promises = plan / "promises.csv"
    rows = promises.read_text(encoding="utf-8").replace("definition_ids\n", "definition_ids,measure_ids\n")
    rows = (
        rows.replace("D-TRAIN\n", "D-TRAIN,recorded-rape\n")
        .replace("lamps,\n", "lamps,,\n")
        .replace("women,\n", "women,,\n")
    )
    promises.write_text(rows, encoding="utf-8")
    table = plan.parent / "northam.csv"
    table.write_text(LINES, encoding="utf-8")
    workspace = plan.parent / "workspace"
    import_files([table], workspace=workspace, now=datetime(2022, 7, 1, tzinfo=UTC))
    early = packed(plan, workspace=workspace)
    assert {each.what: each.count for each in early.left_out}["Imports"] == 1
    assert early.measures_left_out == 1
    assert rows_of(early.path, "imports.csv") == []
    later = packed(plan, workspace=workspace, as_of=date(2022, 7, 1))
    assert later.measures_left_out == 0
    digest = sha256(table.read_bytes()).hexdigest()
    assert [(each["file"], each["sha256"]) for each in rows_of(later.path, "imports.csv")] == [("northam.csv", digest)]
    (piece,) = (each for each in rows_of(later.path, "index.csv") if each["kind"] == "imported file")
    assert (piece["file"], piece["sha256"]) == ("northam.csv", digest)
    assert "measures/recorded-rape.csv" in content_of(later.path)


def test_a_text_like_a_formula_does_not_run_in_any_table_of_a_pack_and_a_number_below_nought_stays_one(
    plan: Path,
) -> None:
    figures = plan / "figures.csv"
    told = figures.read_text(encoding="utf-8").replace("Lamps mended,7,", "Lamps mended,-7,")
    figures.write_text(told, encoding="utf-8", newline="\n")
    done = packed(plan, recommendation="all", with_restricted=True)
    (event,) = (each for each in rows_of(done.path, "records/evidence.csv") if each["id"] == "E-BOARD")
    assert event["title"] == "'=1+1 the board was told"
    (lamps,) = (each for each in rows_of(done.path, "records/figures.csv") if each["id"] == "G-LAMPS")
    assert lamps["value"] == "-7"
    for name in (each for each in content_of(done.path) if each.endswith(".csv")):
        assert not [cell for row in rows_of(done.path, name) for cell in row.values() if cell.startswith("=")], name
