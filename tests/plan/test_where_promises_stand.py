"""Where promises of a whole folder stand: on which day, by whose decision, and never by what is typed elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter import definitions
from lamplighter.errors import InputError
from lamplighter.plan.book import Book, Standing
from lamplighter.plan.cards import cards_of
from lamplighter.plan.folder import Header, Plan, Version
from lamplighter.plan.known_by import known_by
from lamplighter.plan.make_book import facts_of
from lamplighter.plan.records import RECORD_TYPES, columns_of
from lamplighter.plan.records.promising import KINDS, Milestone, Promise
from lamplighter.plan.records.running import Decision
from lamplighter.plan.records.showing import QUALIFIERS, ROLES, Card, Evidence, Figure, Source
from lamplighter.plan.stands import where_it_stands

Write = Callable[..., Path]
BookOf = Callable[..., Book]

PROMISES = """\
id,version,kind,title,due_words,due_to,definition_ids
A1,V1,action,Train 8500 officers,by 31 March 2022,2022-03-31,D-TRAINED
"""
CARDS = """\
id,version,name,plain_definition,denominator,needs
D-TRAINED,1,Officers trained,Officers who finished the course,officers in post,training
"""
SOURCES = """\
id,title,kind,published_on,provides
Q-AUDIT,Northam audit office,inspection,2022-05-10,training
Q-PLAN,The plan,plan text,2021-11-04,
"""
FIGURES = """\
id,promise_ids,role,label,value,unit,denominator,definition_id,definition_version,as_of,source_id
G-NOW,A1,current,Trained,8500,officers,9000,D-TRAINED,1,2022-04-30,Q-AUDIT
G-THEN,A1,current,Trained,6800,officers,9000,D-TRAINED,1,2021-11-04,Q-PLAN
T-GOAL,A1,target,To be trained,8500,officers,,D-TRAINED,1,,Q-PLAN
"""
FOLDER = {"promises": PROMISES, "definitions": CARDS, "sources": SOURCES, "figures": FIGURES}


def stands(book: Book, promise_id: str = "A1") -> tuple[str, str]:
    found = book.standing(promise_id)
    return found.evidence.rule, found.delivery.rule


def test_the_same_folder_stands_differently_on_different_days(write_plan: Write, book_of: BookOf):
    folder = write_plan(**FOLDER)
    on = {
        day: stands(book_of(folder, as_of=date.fromisoformat(day)))
        for day in ("2021-12-31", "2022-05-09", "2022-05-10")
    }
    assert on == {
        "2021-12-31": ("cannot-be-shown", "partly"),
        "2022-05-09": ("cannot-be-shown", "partly"),
        "2022-05-10": ("shown", "kept"),
    }


def test_a_figure_dated_after_the_day_is_not_counted(write_plan: Write, book_of: BookOf):
    folder = write_plan(**{**FOLDER, "sources": SOURCES.replace("2022-05-10", "2022-01-01")})
    before = book_of(folder, as_of=date(2022, 4, 29)).standing("A1")
    assert [each.id for each in before.figures] == ["G-THEN", "T-GOAL"]
    assert book_of(folder, as_of=date(2022, 4, 30)).standing("A1").delivery.rule == "kept"


def test_the_day_is_the_headers_where_none_is_given(write_plan: Write, book_of: BookOf):
    assert book_of(write_plan(**FOLDER)).as_of == date(2022, 6, 30)


def test_a_promise_of_a_version_not_yet_published_is_not_there_and_no_fate_is_told(write_plan: Write, book_of: BookOf):
    header = (
        'schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n'
        '[[version]]\nid = "V1"\ntitle = "One"\n'
        '[[version]]\nid = "V2"\ntitle = "Two"\npublished_on = 2023-12-15\ncomplete = true\n'
    )
    folder = write_plan(header=header, promises="id,version,kind,title\nA1,V1,action,One\nB1,V2,action,Two\n")
    then = book_of(folder)
    assert [each.promise.id for each in then.standings] == ["A1"]
    assert [each.id for each in then.versions] == ["V1"]
    assert then.standing("A1").fates == ()
    now = book_of(folder, as_of=date(2023, 12, 15))
    assert [each.promise.id for each in now.standings] == ["A1", "B1"]
    assert [each.fate for each in now.standing("A1").fates] == ["dropped"]


def test_what_is_dated_later_is_on_no_page_of_an_earlier_day(write_plan: Write, book_of: BookOf):
    sentences = "id,version,position,paraphrase\nS1,V1,1,So many are trained\n"
    claimed = FIGURES.replace("source_id\n", "source_id,sentence_id\n").replace("Q-AUDIT\n", "Q-AUDIT,S1\n")
    claimed = claimed.replace("Q-PLAN\n", "Q-PLAN,\n")
    folder = write_plan(**{**FOLDER, "figures": claimed, "sentences": sentences})
    then, now = book_of(folder, as_of=date(2021, 12, 31)), book_of(folder)
    assert "G-NOW" not in then.numbers
    assert "Q-AUDIT" not in then.sources
    assert then.traps == ()
    assert "G-NOW" in now.numbers
    assert [each.id for each in now.traps] == ["G-NOW"]


def test_a_step_done_later_was_a_step_still_to_do(write_plan: Write, book_of: BookOf):
    steps = "id,promise_id,title,completes,done_on\nM1,A1,Course written,no,2022-06-01\n"
    folder = write_plan(**FOLDER, milestones=steps)
    assert [each.done_on for each in book_of(folder, as_of=date(2022, 1, 1)).standing("A1").milestones] == [None]
    assert [each.done_on for each in book_of(folder).standing("A1").milestones] == [date(2022, 6, 1)]


def test_a_day_before_the_first_version_is_refused_with_the_mend(write_plan: Write, book_of: BookOf):
    with pytest.raises(InputError, match=r"No version of the plan was published by 2021-11-03\. Look from a later day"):
        book_of(write_plan(**FOLDER), as_of=date(2021, 11, 3))


# -- overrides ----------------------------------------------------------------------------------------------------------

OVERRIDE = """\
id,kind,record_id,axis,answer,decided_by,decided_on,reason
X1,override,A1,delivery,overdue,N. Owner,2022-06-01,The audit counted agency staff
"""


def test_an_override_shows_both_answers_with_name_day_and_reason(write_plan: Write, book_of: BookOf):
    told = book_of(write_plan(**FOLDER, decisions=OVERRIDE)).standing("A1").delivery
    assert (told.answer, told.worked_out, told.rule) == ("overdue", "kept", "kept")
    assert told.override is not None
    assert (told.override.decided_by, told.override.reason) == ("N. Owner", "The audit counted agency staff")


def test_an_override_leaves_the_other_axis_alone(write_plan: Write, book_of: BookOf):
    assert book_of(write_plan(**FOLDER, decisions=OVERRIDE)).standing("A1").evidence.override is None


def test_an_override_of_a_later_day_does_not_count_yet(write_plan: Write, book_of: BookOf):
    folder = write_plan(**FOLDER, decisions=OVERRIDE)
    told = book_of(folder, as_of=date(2022, 5, 31)).standing("A1")
    assert told.delivery.override is None
    assert told.decisions == ()


@pytest.mark.parametrize("lacking", ["decided_by", "reason", "decided_on", "answer", "axis"])
def test_an_override_without_a_name_a_day_or_a_reason_counts_for_nothing(made, lacking: str):
    told: dict[str, Any] = {
        "axis": "delivery",
        "answer": "kept",
        "decided_by": "N. Owner",
        "decided_on": date(2022, 6, 1),
        "reason": "Because",
    }
    decision = Decision(id="X1", kind="override", record_id="A1", **{**told, lacking: None})
    assert made.delivery((decision,)).override is None


def test_of_several_overrides_the_latest_counts(made):
    def decision(number: int, day: date, answer: str) -> Decision:
        return Decision(
            id=f"X{number}",
            kind="override",
            record_id="A1",
            axis="delivery",
            answer=answer,
            decided_by="N. Owner",
            decided_on=day,
            reason="Because",
        )

    both = (decision(1, date(2022, 6, 2), "missed"), decision(2, date(2022, 6, 1), "kept"))
    assert made.delivery(both).answer == "missed"


# -- worked out, never typed ---------------------------------------------------------------------------------------------


def test_no_column_of_any_record_can_set_where_a_promise_stands():
    typed = {
        (name, each.name)
        for name, kind in RECORD_TYPES.items()
        for each in columns_of(kind)
        if each.name in {field for field in Standing.__dataclass_fields__ if field in ("evidence", "delivery")}
        or each.name.startswith(("evidence_rule", "delivery_rule", "stands"))
    }
    assert typed == set()
    answers = {rule["answer"] for rule in (*definitions.evidence_rules(), *definitions.delivery_rules())}
    offered = {
        (name, each.name, choice)
        for name, kind in RECORD_TYPES.items()
        for each in columns_of(kind)
        for choice in each.choices
        if choice in answers
    }
    assert offered == set()


# -- for any promise ---------------------------------------------------------------------------------------------------

DAYS = st.none() | st.dates(date(2021, 10, 1), date(2023, 3, 1))
SOURCE_IDS = st.sampled_from((None, "Q-PLAN", "Q-AUDIT", "Q-PRESS"))
ALL_SOURCES = (
    Source(id="Q-AUDIT", title="Audit", kind="inspection", provides=("training",), published_on=date(2022, 3, 1)),
    Source(id="Q-PLAN", title="The plan", kind="plan text"),
    Source(id="Q-PRESS", title="The Northam Post", kind="press"),
)
CARD = Card(id="D1", version="1", name="Trained", denominator="officers", needs=("training",))
OTHER_CARD = Card(id="D2", version="1", name="Visited", denominator="n/a", needs=("visits",))


@st.composite
def plans(draw: st.DrawFn, *, promise_id: str, mark: str) -> dict[str, tuple[Any, ...]]:
    """One promise with anything recorded about it; `mark` keeps the ids of two such apart."""
    promise = Promise(
        id=promise_id,
        version="V1",
        kind=draw(st.sampled_from(KINDS)),
        title="T",
        due_words=draw(st.sampled_from((None, "in the spring", "by May 2022"))),
        due_to=draw(DAYS),
        due_read_by=draw(st.sampled_from((None, "R. Reader"))),
        definition_ids=draw(st.sampled_from(((), ("D1",), ("D1", "D2")))),
        closed_on=draw(DAYS),
    )
    figures = tuple(
        Figure(
            id=f"G{mark}{at}",
            promise_ids=(promise_id,),
            role=draw(st.sampled_from(ROLES)),
            label="L",
            value=float(draw(st.integers(0, 3))),
            unit=draw(st.sampled_from(("officers", "visits"))),
            qualifier=draw(st.none() | st.sampled_from(QUALIFIERS)),
            rounded_to=draw(st.sampled_from((None, 2.0))),
            denominator=draw(st.sampled_from((None, 10.0))),
            definition_id=draw(st.sampled_from((None, "D1", "D2"))),
            definition_version="1",
            area="Northam",
            as_of=draw(DAYS),
            source_id=draw(SOURCE_IDS),
            sentence_id=draw(st.sampled_from((None, "S1"))),
        )
        for at in range(draw(st.integers(0, 4)))
    )
    evidence = tuple(
        Evidence(
            id=f"E{mark}{at}", promise_ids=(promise_id,), title="E", happened_on=draw(DAYS), source_id=draw(SOURCE_IDS)
        )
        for at in range(draw(st.integers(0, 2)))
    )
    steps = tuple(
        Milestone(
            id=f"M{mark}{at}",
            promise_id=promise_id,
            title="M",
            completes=draw(st.none() | st.booleans()),
            done_on=draw(DAYS),
            evidence_ids=tuple(each.id for each in evidence),
        )
        for at in range(draw(st.integers(0, 2)))
    )
    return {"promises": (promise,), "figures": figures, "evidence": evidence, "milestones": steps}


def answers_of(records: dict[str, tuple[Any, ...]], promise_id: str, today: date) -> tuple[Any, Any]:
    header = Header(title="T", body="B", as_of=today, versions=(Version(id="V1", title="One"),))
    common = {"definitions": (CARD, OTHER_CARD), "sources": ALL_SOURCES}
    plan = known_by(Plan(folder=Path(), header=header, records={**records, **common}), today)
    promise = next(each for each in plan.promises if each.id == promise_id)
    return where_it_stands(facts_of(plan, promise, today, cards_of(plan), {}), plan.decisions)


TODAYS = st.dates(date(2021, 10, 1), date(2023, 3, 1))


@settings(max_examples=200, deadline=None)
@given(records=plans(promise_id="A1", mark="a"), today=TODAYS)
def test_for_any_promise_one_rule_is_named_on_each_axis_with_a_reason(records, today: date):
    evidence, delivery = answers_of(records, "A1", today)
    assert evidence.rule in {rule["id"] for rule in definitions.evidence_rules()}
    assert delivery.rule in {rule["id"] for rule in definitions.delivery_rules()}
    assert evidence.because
    assert delivery.because


@settings(max_examples=150, deadline=None)
@given(ours=plans(promise_id="A1", mark="a"), others=plans(promise_id="B1", mark="b"), today=TODAYS)
def test_a_record_about_another_promise_never_changes_where_this_one_stands(ours, others, today: date):
    both = {kind: ours[kind] + others[kind] for kind in ours}
    assert answers_of(both, "A1", today) == answers_of(ours, "A1", today)


@settings(max_examples=150, deadline=None)
@given(records=plans(promise_id="A1", mark="a"), today=TODAYS)
def test_without_anything_from_outside_nothing_is_shown_and_nothing_kept(records, today: date):
    only_own = {
        "promises": records["promises"],
        "milestones": records["milestones"],
        **{
            kind: tuple(each for each in records[kind] if each.source_id in (None, "Q-PLAN"))
            for kind in ("figures", "evidence")
        },
    }
    evidence, delivery = answers_of(only_own, "A1", today)
    assert evidence.rule != "shown"
    assert delivery.rule != "kept"


@settings(max_examples=150, deadline=None)
@given(records=plans(promise_id="A1", mark="a"), today=TODAYS)
def test_what_is_dated_later_never_changes_where_a_promise_stands(records, today: date):
    def dated(record: Any) -> date | None:
        return next(
            (getattr(record, name) for name in ("as_of", "happened_on", "done_on") if hasattr(record, name)), None
        )

    until = {
        kind: tuple(each for each in records[kind] if kind == "promises" or (dated(each) or today) <= today)
        for kind in records
    }
    assert answers_of(records, "A1", today) == answers_of(until, "A1", today)
