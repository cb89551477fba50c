"""What was published does not change in silence: corrections stay, amendments have a note, a name keeps its meaning."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest

from lamplighter.plan.releases.candidate import ChecklistRefused

HEADS = "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
C1 = "C1,G1,value,6800,6500,Ann Archer,2022-06-20,Counted twice\n"
FIGURE = "id,promise_ids,role,label,value,unit,definition_id,definition_version,as_of,source_id,note\n"


def figure(value: str = "6800", *, unit: str = "officers", as_of: str = "2022-03-31", note: str = "") -> str:
    return f"G1,A1,current,Officers trained,{value},{unit},D1,1,{as_of},Q-AUDIT,{note}\n"


def refused(desk, name: str = "2022-autumn", **more) -> list[str]:
    """The errors that stand against the next release."""
    with pytest.raises(ChecklistRefused) as found:
        desk.candidate(name, **more)
    assert found.value.checklist.warnings == ()
    return [each.key for each in found.value.checklist.errors]


def rows(text: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.decode("utf-8"))))


# -- corrections --------------------------------------------------------------------------------------------------------


def test_a_correction_is_listed_with_period_old_new_reason_and_when_it_was_published(desk, day):
    desk.publish("2022-summer")
    desk.write(figures=FIGURE + figure("6500"), corrections=HEADS + C1)
    desk.approve(desk.candidate("2022-autumn"), now=day("2022-10-03"))
    (row,) = rows((desk.releases / "corrections.csv").read_bytes())
    assert {name: row[name] for name in ("period", "old", "new", "reason", "published_at")} == {
        "period": "2022-03-31",
        "old": "6800",
        "new": "6500",
        "reason": "Counted twice",
        "published_at": "2022-10-03T09:30:00+00:00",
    }
    assert (row["release"], row["id"], row["record_id"], row["corrected_on"]) == ("v2", "C1", "G1", "2022-06-20")


def test_a_correction_is_dated_by_the_release_that_published_it_first(desk, day):
    desk.write(figures=FIGURE + figure("6500"), corrections=HEADS + C1)
    desk.publish("2022-summer")
    desk.approve(desk.candidate("2022-autumn"), now=day("2022-10-03"))
    (row,) = rows((desk.releases / "corrections.csv").read_bytes())
    assert (row["release"], row["published_at"]) == ("v1", "2022-07-04T09:30:00+00:00")


def test_a_correction_that_was_published_can_not_be_left_out(desk):
    desk.write(figures=FIGURE + figure("6500"), corrections=HEADS + C1)
    desk.publish("2022-summer")
    desk.write(figures=FIGURE + figure("6500"))
    assert refused(desk) == ["C1: correction removed"]


@pytest.mark.parametrize("change", [("Counted twice", "A slip"), ("2022-06-20", "2022-06-21"), ("6800", "6600")])
def test_a_correction_that_was_published_can_not_be_reworded(desk, change: tuple[str, str]):
    desk.write(figures=FIGURE + figure("6500"), corrections=HEADS + C1)
    desk.publish("2022-summer")
    desk.write(figures=FIGURE + figure("6500"), corrections=HEADS + C1.replace(*change))
    assert refused(desk) == ["C1: correction altered"]


def test_a_correction_says_from_what_to_what(desk):
    desk.write(corrections=HEADS + "C1,G1,value,,,Ann Archer,2022-06-20,Counted twice\n")
    assert refused(desk) == ["C1: correction without its values"]


def test_a_cell_of_the_list_is_text_to_a_spreadsheet_and_a_negative_number_stays_a_number(desk):
    desk.write(corrections=HEADS + "C1,G1,note,-4,=1+1,Ann Archer,2022-06-20,@home\n")
    desk.publish("2022-summer")
    (row,) = rows((desk.releases / "corrections.csv").read_bytes())
    assert (row["old"], row["new"], row["reason"]) == ("-4", "'=1+1", "'@home")


# -- amendments ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("field", "old", "new"), [("role", "current", "target"), ("source_id", "Q-AUDIT", "Q-PRESS")])
def test_what_a_published_number_is_for_and_who_says_so_does_not_change_without_a_correction(
    desk, field: str, old: str, new: str
):
    """6,800 trained that becomes 6,800 to be trained is another number, with the same digits."""
    sources = "id,title,access\nQ-AUDIT,Northam audit office,open\nQ-PRESS,A newspaper,open\n"
    desk.write(figures=FIGURE + figure(), sources=sources)
    desk.publish("2022-summer")
    changed = FIGURE + figure().replace(old, new)
    desk.write(figures=changed, sources=sources)
    assert refused(desk) == ["G1: amendment without its note"]
    note = f"C1,G1,{field},{old},{new},Ann Archer,2022-06-20,We had misread it\n"
    desk.write(figures=changed, sources=sources, corrections=HEADS + note)
    desk.publish("2022-autumn")


def test_a_published_figure_does_not_change_without_a_correction(desk):
    desk.publish("2022-summer")
    desk.write(figures=FIGURE + figure("6500"))
    assert refused(desk) == ["G1: amendment without its note"]


def test_with_its_correction_it_does(desk):
    desk.publish("2022-summer")
    desk.write(figures=FIGURE + figure("6500"), corrections=HEADS + C1)
    assert desk.candidate("2022-autumn").number == 2


def test_a_correction_of_other_values_is_not_the_note(desk):
    desk.publish("2022-summer")
    desk.write(figures=FIGURE + figure("6400"), corrections=HEADS + C1)
    assert refused(desk) == ["G1: amendment without its note"]


def test_what_was_corrected_twice_between_two_releases_has_its_note_if_the_one_goes_on_from_the_other(desk):
    desk.publish("2022-summer")
    first = "C1,G1,value,6800,6600,Ann Archer,2022-06-20,Counted twice\n"
    second = "C2,G1,value,6600,6500,Ann Archer,2022-06-25,Counted thrice\n"
    desk.write(figures=FIGURE + figure("6500"), corrections=HEADS + first + second.replace("6600", "6700"))
    assert refused(desk) == ["G1: amendment without its note"]
    desk.write(figures=FIGURE + figure("6500"), corrections=HEADS + second + first)
    assert desk.candidate("2022-autumn").number == 2


def test_an_old_correction_is_not_the_note_of_a_new_change(desk):
    desk.write(corrections=HEADS + C1)
    desk.publish("2022-summer")
    desk.write(figures=FIGURE + figure("6500"), corrections=HEADS + C1)
    assert refused(desk) == ["G1: amendment without its note"]


def test_a_footnote_is_not_lost_when_a_figure_is_amended(desk):
    desk.write(figures=FIGURE + figure(note="Excludes the night shift"))
    desk.publish("2022-summer")
    desk.write(figures=FIGURE + figure())
    assert refused(desk) == ["G1: amendment without its note"]


def test_a_published_figure_does_not_go(desk):
    desk.publish("2022-summer")
    desk.write(figures=FIGURE)
    assert refused(desk) == ["G1: amendment without its note"]


def test_what_was_unknown_may_be_filled_in_and_new_figures_may_come(desk):
    desk.publish("2022-summer")
    more = "G2,A1,current,Officers trained,7000,officers,D1,1,2022-06-30,Q-AUDIT,\n"
    desk.write(figures=FIGURE + figure(note="Excludes the night shift") + more)
    assert desk.candidate("2022-autumn").number == 2


def test_a_promise_does_not_read_otherwise_without_a_note(desk):
    desk.publish("2022-summer")
    watered = "id,version,kind,title,owner\nA1,V1,action,Train some officers,The training lead\n"
    desk.write(promises=watered)
    assert refused(desk) == ["A1: amendment without its note"]
    decision = "id,kind,record_id,decided_by,decided_on,reason\nX1,reading,A1,Cat Cook,2022-06-20,The board chose so\n"
    desk.write(promises=watered, decisions=decision)
    assert desk.candidate("2022-autumn").number == 2


def test_a_decision_that_was_published_is_not_the_note_of_a_later_change(desk):
    decision = "id,kind,record_id,decided_by,decided_on,reason\nX1,reading,A1,Cat Cook,2022-06-20,The board chose so\n"
    desk.write(decisions=decision)
    desk.publish("2022-summer")
    desk.write(
        promises="id,version,kind,title,owner\nA1,V1,action,Train some officers,The training lead\n", decisions=decision
    )
    assert refused(desk) == ["A1: amendment without its note"]


def test_a_figure_that_an_earlier_day_did_not_show_is_not_missed_on_that_day(desk):
    later = "G2,A1,current,Officers trained,7000,officers,D1,1,2022-12-31,Q-AUDIT,\n"
    desk.write(figures=FIGURE + figure() + later)
    desk.publish("2022-summer")
    desk.write(figures=FIGURE + figure())
    assert desk.candidate("2022-autumn").number == 2


# -- definitions --------------------------------------------------------------------------------------------------------


def test_a_definition_does_not_change_under_its_version(desk):
    desk.publish("2022-summer")
    desk.write(definitions=desk.cards(plain_definition="Who began the course."))
    assert refused(desk) == ["D1: definition changed"]


def test_a_new_version_wants_a_note(desk):
    desk.publish("2022-summer")
    new = desk.cards(plain_definition="Who began the course.", version="2")
    desk.write(definitions=new)
    assert refused(desk) == ["D1: amendment without its note"]
    decision = "id,kind,record_id,decided_by,decided_on,reason\nX1,reading,D1,Cat Cook,2022-06-20,Drop-outs count too\n"
    desk.write(definitions=new, decisions=decision)
    assert desk.candidate("2022-autumn").number == 2


def test_an_old_name_is_not_given_to_another_definition(desk):
    desk.publish("2022-summer")
    desk.write(
        definitions=[*desk.cards(), *desk.cards(id="D2", name="officers TRAINED", plain_definition="Who began.")]
    )
    assert refused(desk) == ["D2: definition changed"]


def test_a_definition_that_was_left_out_for_a_while_is_not_forgotten(desk):
    extra = desk.cards(id="D2", name="Visits")
    desk.write(definitions=[*desk.cards(), *extra])
    desk.publish("2022-summer")
    desk.write()
    desk.publish("2022-autumn")
    desk.write(definitions=[*desk.cards(), *desk.cards(id="D2", name="Visits", plain_definition="Offers of a visit.")])
    assert refused(desk, "2022-winter") == ["D2: definition changed"]


def test_a_release_does_not_look_from_an_earlier_day_than_the_one_before(desk):
    desk.publish("2022-summer")
    assert refused(desk, book=desk.book(as_of=date(2022, 6, 29))) == ["as_of: earlier day"]
