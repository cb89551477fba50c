"""`lamplighter.plan.load(FOLDER)`: where promises stand as tables, the same as plan.json and the downloads say."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.notebook.conftest import PROJECT

import lamplighter
from lamplighter.errors import InputError, NoSuchName
from lamplighter.plan.plan_json import plan_json
from lamplighter.reports.build import book_of
from lamplighter.reports.tables import numbers_csv, promises_csv
from lamplighter.schema import MADE_UP

BUNDLED = PROJECT / "plans" / "met-vawg-2021"


def test_where_each_promise_stands_is_a_table(plan_folder: Path) -> None:
    plan = lamplighter.plan.load(plan_folder)
    rows = {each["id"]: each for each in plan.promises}
    assert (rows["A1"]["delivery"], rows["A1"]["delivery_rule"]) == ("missed", "missed")  # 48 of 60, three months late
    assert "48 of 60 = 80.0%" in rows["A1"]["delivery_because"]
    assert rows["A1"]["figures"] == ("G1", "G2")
    assert rows["A2"]["evidence"] == "nothing claimed"
    assert len(plan.promises) == 2


@pytest.mark.parametrize("day", ["2022-06-30", date(2022, 6, 30), datetime(2022, 6, 30, 23, 59)])
def test_a_day_is_taken_as_text_as_a_date_and_as_a_moment_of_it(plan_folder: Path, day: object) -> None:
    assert lamplighter.plan.load(plan_folder, as_of=day).as_of == date(2022, 6, 30)  # type: ignore[arg-type]


def test_as_of_an_earlier_day_the_later_figure_is_not_known(plan_folder: Path) -> None:
    plan = lamplighter.plan.load(str(plan_folder), as_of="2022-01-31")
    assert plan.promise("A1").delivery.answer == "overdue"
    assert plan.figures["id"] == ("G1",)
    assert "as of 31 January 2022" in repr(plan)


def test_a_promise_says_both_answers_with_their_rules_and_its_figures(plan_folder: Path) -> None:
    promise = lamplighter.plan.load(plan_folder).promise("A1")
    assert promise.delivery.rule == "missed"
    assert promise.figures["value"] == (60, 48)
    assert re.search(r"^Delivery: missed\. .*48 of 60 = 80\.0%.* Rule missed: ", repr(promise), re.MULTILINE)
    assert "Due: “by the end of 2021”: from 2021-12-31 to 2021-12-31" in repr(promise)


def test_a_promise_that_is_not_there_is_answered_with_the_nearest(plan_folder: Path) -> None:
    with pytest.raises(NoSuchName, match=r"no promise called 'a1'. Did you mean A1"):
        lamplighter.plan.load(plan_folder).promise("a1")
    with pytest.raises(NoSuchName, match=r"no record type called 'milestone'. Did you mean milestones"):
        lamplighter.plan.load(plan_folder).records("milestone")


def test_pages_of_a_plan_are_escaped(plan_folder: Path) -> None:
    plan = lamplighter.plan.load(plan_folder)
    for html in (plan._repr_html_(), plan.promise("A1")._repr_html_(), plan.promises._repr_html_()):
        assert "<script" not in html
        assert "<b>nights" not in html
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Northam &amp; Sons" in plan._repr_html_()


def test_dates_of_promises_are_datetimes_and_does_not_apply_is_no_date(plan_folder: Path) -> None:
    frame = lamplighter.plan.load(plan_folder).promises.to_pandas().set_index("id")
    assert frame.loc["A1", "due_to"].date().isoformat() == "2021-12-31"
    assert frame["due_to"].isna().tolist() == [False, True]
    assert str(frame.dtypes["days_since_change"]) == "Int64"
    assert frame.loc["A1", "days_since_change"] == 91  # from 31 March to 30 June 2022
    assert frame["days_since_change"].isna().tolist() == [False, True]


def test_check_names_the_warnings_with_file_and_line(plan_folder: Path) -> None:
    found = list(lamplighter.plan.load(plan_folder).check())
    assert {each["kind"] for each in found} == {"warning"}
    owner = next(each for each in found if each["record"] == "A1" and each["name"] == "no owner")
    assert (owner["file"], owner["line"]) == ("promises.csv", 2)


def test_a_folder_with_an_error_is_loaded_so_that_check_can_name_it_and_nothing_is_worked_out(
    plan_folder: Path,
) -> None:
    (plan_folder / "figures.csv").write_text(
        "id,promise_ids,role,label,value,unit\nG1,A9,target,x,60,officers\n", encoding="utf-8"
    )
    plan = lamplighter.plan.load(plan_folder)
    first = next(iter(plan.check()))
    assert (first["kind"], first["name"]) == ("error", "dead link")
    assert "has an error: mend it first" in repr(plan)
    assert "dead link" in plan._repr_html_()
    with pytest.raises(InputError, match=r"mend it first .*A9"):
        _ = plan.promises
    with pytest.raises(InputError, match="mend it first"):
        plan.promise("A1")


def test_a_file_in_another_encoding_is_an_error_of_the_check(plan_folder: Path) -> None:
    (plan_folder / "promises.csv").write_bytes("id,version,kind,title\nA1,V1,action,Café\n".encode("utf-16"))
    (plan_folder / "figures.csv").unlink()
    assert "UTF-8" in next(iter(lamplighter.plan.load(plan_folder).check()))["message"]


def test_a_folder_that_is_not_there_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nowhere"):
        lamplighter.plan.load(tmp_path / "nowhere")


def test_before_its_first_version_a_plan_can_not_be_looked_at(plan_folder: Path) -> None:
    with pytest.raises(InputError, match="No version of the plan was published by 2020-01-01"):
        lamplighter.plan.load(plan_folder, as_of="2020-01-01")


def test_what_was_loaded_does_not_see_a_later_change_of_the_folder(plan_folder: Path) -> None:
    plan = lamplighter.plan.load(plan_folder)
    (plan_folder / "promises.csv").unlink()
    assert plan.promises["id"] == ("A1", "A2")


def test_a_plan_whose_source_is_made_up_says_so(plan_folder: Path) -> None:
    assert MADE_UP not in repr(lamplighter.plan.load(plan_folder))
    (plan_folder / "sources.csv").write_text("id,title,by_promiser,kind\nQ1,Tables,no,synthetic\n", encoding="utf-8")
    plan = lamplighter.plan.load(plan_folder)
    for shown in (repr(plan), plan._repr_html_(), repr(plan.promise("A1")), plan.promise("A1")._repr_html_()):
        assert MADE_UP in shown


def test_the_bundled_plan_with_its_tables_says_what_its_plan_json_and_downloads_say(bundled: Path) -> None:
    plan = lamplighter.plan.load(BUNDLED, workspace=bundled)
    book = book_of(BUNDLED, workspace=bundled, as_of=None)
    told = plan_json(book)
    columns = ("id", "evidence", "evidence_rule", "evidence_because", "delivery", "delivery_rule", "days_since_change")
    assert [tuple(row[name] for name in columns) for row in plan.promises] == [
        tuple(each[name] for name in columns) for each in told["promises"]
    ]
    for table, written in ((plan.promises, promises_csv(book)), (plan.numbers, numbers_csv(book.numbers))):
        rows = list(csv.DictReader(io.StringIO(written.decode("utf-8"))))
        assert list(rows[0]) == list(table.names)
        assert [each["id"] for each in rows] == list(table["id"])
    values = {each["id"]: each["value"] for each in told["figures"]}
    assert {each["id"]: each["value"] for each in plan.numbers} == pytest.approx(values, nan_ok=False)
    assert sorted(plan.findings["text"]) == sorted(each["text"] for each in told["findings"])
    assert list(plan.findings["surprising"]) == sorted(plan.findings["surprising"], reverse=True)
    assert json.dumps(plan.figures["id"])  # plain text, as everything else that a frame takes
    assert "Measures of a workspace stand behind it." in repr(plan)
