"""The sentences that a plan writes by itself, counted by hand on a made-up plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.book import Book, Finding
from lamplighter.plan.make_book import changed_of
from lamplighter.studies.answers import Break, MeasureAnswer, PhaseLimits, Signal, StatedNumber, Unchanged

Write = Callable[..., Path]
BookOf = Callable[..., Book]

SENTENCES = "id,version,position,paraphrase\nS1,V1,1,Many are trained\nS2,V1,2,Lamps are mended\n"
# Two objectives, four actions: two with a figure that the text claims, one of these with a target.
PROMISES = """\
id,version,kind,title,owner,due_words,due_to,definition_ids
O1,V1,objective,Safer nights,,,,
O2,V1,objective,Faster answers,,,,D-ANSWER
A1,V1,action,Train officers,Head of training,by March 2023,2023-03-31,D-TRAINED
A2,V1,action,Mend lamps,,in the spring,2022-05-31,
A3,V1,action,Walk with anyone,,,,
A4,V1,action,Visit victims,,,,D-VISITS
"""
CARDS = """\
id,version,name,plain_definition,denominator,needs,needed_words
D-ANSWER,1,Answer time,Minutes to an answer,calls,training,
D-TRAINED,1,Trained,Officers who finished,officers,training,
D-VISITS,1,Visits,Visits offered,victims,visits.offered,how many were offered a visit
"""
SOURCES = """\
id,title,kind,provides
Q-PLAN,The plan,plan text,
Q-AUDIT,The audit,inspection,training
"""
FIGURES = """\
id,promise_ids,role,label,value,unit,denominator,definition_id,definition_version,as_of,source_id,sentence_id
G-LAMPS,A2,context,Lamps to be mended,240,lamps,,,,,Q-PLAN,S2
G-TRAINED,A1,current,Officers trained,300,officers,,D-TRAINED,1,2021-11-04,Q-PLAN,S1
T-TRAINED,A1,target,Officers to be trained,400,officers,,D-TRAINED,1,,Q-PLAN,S1
G-WALKS,A3,current,Walks,12,walks,,,,2022-01-31,Q-AUDIT,
"""
FOLDER = {
    "sentences": SENTENCES,
    "promises": PROMISES,
    "definitions": CARDS,
    "sources": SOURCES,
    "figures": FIGURES,
}


def finding(book: Book, finding_id: str) -> Finding:
    return next(each for each in book.findings if each.id == finding_id)


def counts(book: Book) -> dict[str, tuple[Any, Any]]:
    return {key: (each.numerator, each.denominator) for key, each in book.numbers.items() if key.startswith("plan.")}


def test_the_first_sentence_counts_what_the_plans_figures_stand_on(write_plan: Write, book_of: BookOf):
    assert finding(book_of(write_plan(**FOLDER)), "plan.measured").text == (
        "0 of 2 objectives have a baseline, a target or a denominator; explicit figures stand on 2 of 4 actions; one of "
        "them (Train officers) has a stated target (300 of 400 = 75.0%), and none says of how many officers."
    )


@pytest.mark.parametrize(("actions", "is_named"), [(6, True), (7, False)])
def test_a_sentence_names_no_more_than_six_promises_and_counts_them_all(
    write_plan: Write, book_of: BookOf, actions: int, is_named: bool
):
    ids = [f"A{at}" for at in range(1, actions + 1)]
    rows = [f"{each},V1,action,Train {each},,,,D-TRAINED" for each in ids]
    figures = [f"G-{each},{each},current,Trained,300,officers,,D-TRAINED,1,,Q-PLAN,S1" for each in ids]
    figures += [f"T-{each},{each},target,To be trained,400,officers,,D-TRAINED,1,,Q-PLAN,S1" for each in ids]
    heads = (PROMISES.splitlines()[0], FIGURES.splitlines()[0])
    tables = {"promises": "\n".join((heads[0], *rows, "")), "figures": "\n".join((heads[1], *figures, ""))}
    book = book_of(write_plan(**{**FOLDER, **tables}))
    told = finding(book, "plan.measured")
    assert f"; {actions} of them{' (' if is_named else ' have stated targets, and'}" in told.text
    assert ("Train A1, Train A2" in told.text) is is_named
    assert ("A1.reached" in told.number_ids) is is_named
    assert {f"{each}.reached" for each in ids} <= set(book.numbers)


def test_the_other_sentences_count_standings_owners_and_dates(write_plan: Write, book_of: BookOf):
    book = book_of(write_plan(**FOLDER))
    assert finding(book, "plan.standing").text == (
        "Of 6 promises, 1 can't be shown from any source that we know of, 0 are shown, and 0 are known to have been kept."
    )
    assert finding(book, "plan.owners-and-dates").text == (
        "5 of 6 promises name nobody who answers for them, and 5 of 6 have no last date."
    )


def test_each_count_is_a_number_with_its_denominator(write_plan: Write, book_of: BookOf):
    assert counts(book_of(write_plan(**FOLDER))) == {
        "plan.objectives-measured": (0, 2),
        "plan.actions-figured": (2, 4),
        "plan.actions-with-target": (1, 4),
        "plan.actions-with-base": (0, 2),
        "plan.cannot-be-shown": (1, 6),
        "plan.shown": (0, 6),
        "plan.kept": (0, 6),
        "plan.no-owner": (5, 6),
        "plan.no-date": (5, 6),
    }


def test_the_share_of_the_target_is_a_number_of_its_own(write_plan: Write, book_of: BookOf):
    number = book_of(write_plan(**FOLDER)).numbers["A1.reached"]
    assert (number.value, number.numerator, number.denominator) == (75.0, 300.0, 400.0)
    assert number.as_of == "4 November 2021"


@pytest.mark.parametrize(
    "figure",
    [
        "X,O1,baseline,Before,10,calls,,,,2021-01-01,Q-AUDIT,\n",
        "X,O1,target,To be,10,calls,,,,,Q-PLAN,\n",
        "X,O1,current,Now,10,calls,200,,,2022-01-01,Q-AUDIT,\n",
    ],
    ids=["baseline", "target", "denominator"],
)
def test_an_objective_with_a_baseline_a_target_or_a_denominator_is_counted(
    write_plan: Write, book_of: BookOf, figure: str
):
    book = book_of(write_plan(**{**FOLDER, "figures": FIGURES + figure}))
    assert counts(book)["plan.objectives-measured"] == (1, 2)


def test_a_figure_that_says_out_of_how_many_is_counted_as_such(write_plan: Write, book_of: BookOf):
    figures = FIGURES.replace("300,officers,,", "300,officers,9000,")
    book = book_of(write_plan(**{**FOLDER, "figures": figures}))
    assert counts(book)["plan.actions-with-base"] == (1, 2)
    assert finding(book, "plan.measured").text.endswith(", and 1 says of how many officers.")


def test_a_figure_that_no_sentence_claims_is_not_the_texts_own(write_plan: Write, book_of: BookOf):
    book = book_of(write_plan(**{**FOLDER, "figures": FIGURES.replace("Q-PLAN,S2", "Q-AUDIT,")}))
    assert counts(book)["plan.actions-figured"] == (1, 4)


def test_a_plan_without_figures_says_so_without_a_target(write_plan: Write, book_of: BookOf):
    folder = write_plan(promises=PROMISES.replace("D-ANSWER", "").replace("D-TRAINED", "").replace("D-VISITS", ""))
    assert finding(book_of(folder), "plan.measured").text == (
        "0 of 2 objectives have a baseline, a target or a denominator; explicit figures stand on 0 of 4 actions."
    )


def test_only_the_first_version_is_counted(write_plan: Write, book_of: BookOf):
    header = (
        'schema_version = 2\ntitle = "T"\nbody = "B"\nas_of = 2022-06-30\n'
        '[[version]]\nid = "V1"\ntitle = "One"\n[[version]]\nid = "V2"\ntitle = "Two"\n'
    )
    folder = write_plan(**{**FOLDER, "promises": PROMISES + "B1,V2,action,Another,,,,\n"}, header=header)
    assert counts(book_of(folder))["plan.shown"] == (0, 6)


def test_every_number_in_a_sentence_is_in_the_book(write_plan: Write, book_of: BookOf, measure: Callable[..., Any]):
    stated = StatedNumber(
        key="share-2021", label="Share", value=3.6, unit="%", period="2021", numerator=36.0, denominator=1000.0
    )
    headline = measure("recorded-vawg", summary="It was 3.6%.", stated=(stated,))
    book = book_of(write_plan(**FOLDER), measures={"recorded-vawg": headline})
    assert "data.recorded-vawg" in {each.id for each in book.findings}
    for each in book.findings:
        assert each.number_ids, each.id
        assert set(each.number_ids) <= set(book.numbers), each.id
    assert book.numbers["recorded-vawg.share-2021"].denominator == 1000.0


def test_a_measure_that_says_nothing_writes_no_sentence(
    write_plan: Write, book_of: BookOf, measure: Callable[..., Any]
):
    book = book_of(write_plan(**FOLDER), measures={"recorded-vawg": measure("recorded-vawg")})
    assert not [each for each in book.findings if each.about == "data"]


def test_the_ids_of_numbers_are_their_keys(write_plan: Write, book_of: BookOf):
    assert all(key == each.id for key, each in book_of(write_plan(**FOLDER)).numbers.items())


def test_what_cannot_be_shown_is_listed_with_what_would_be_needed(write_plan: Write, book_of: BookOf):
    (told,) = book_of(write_plan(**FOLDER)).cannot_show
    assert (told.promise_id, told.needed, told.needed_words) == (
        "A4",
        ("visits.offered",),
        ("how many were offered a visit",),
    )


# -- what changed -------------------------------------------------------------------------------------------------------


def signal(rule: str, since: str, until: str) -> Signal:
    return Signal(
        rule=rule,
        rule_words=f"Rule {rule}",
        since=since,
        until=until,
        side="above",
        effect=5.0,
        effect_low=1.0,
        effect_high=9.0,
        effect_percent=10.0,
        compared_with="the baseline",
        words="5 a month more",
    )


def phase(first: str, last: str) -> PhaseLimits:
    return PhaseLimits(
        first=first,
        last=last,
        baseline_first=first,
        baseline_last=last,
        centre=(),
        lower=(),
        upper=(),
        sigma_z=1.0,
        method="Laney u-prime",
    )


def test_what_changed_lists_level_breaks_first_and_then_runs_the_latest_first(measure: Callable[..., Any]):
    stretch = (phase("2022-01", "2022-12"),)
    level = Break(period="2022-02", words="Up by 9%", marked=False)
    measures: Mapping[str, MeasureAnswer] = {
        "one": measure("one", phases=stretch, signals=(signal("outside", "2022-01", "2022-01"),)),
        "two": measure("two", phases=stretch, signals=(signal("shift", "2022-03", "2022-09"),)),
        "three": measure("three", phases=stretch, breaks=(level,)),
    }
    told = changed_of(measures, None)
    assert [(each.measure_id, each.rule, each.since, each.until) for each in told] == [
        ("three", "level_break", "2022-02", "2022-12"),
        ("two", "shift", "2022-03", "2022-09"),
        ("one", "outside", "2022-01", "2022-01"),
    ]
    assert [each.effect_words for each in told] == ["Up by 9%", "5 a month more", "5 a month more"]


def test_a_marked_change_of_recording_and_what_came_before_it_are_no_change_told(measure: Callable[..., Any]):
    marked = Break(period="2022-01", words="Another record system", marked=True)
    stretches = (phase("2021-01", "2021-12"), phase("2022-01", "2022-12"))
    before = measure("m", phases=stretches, breaks=(marked,), signals=(signal("outside", "2021-06", "2021-06"),))
    assert changed_of({"m": before}, None) == ()


def test_what_only_a_rule_says_that_a_careful_reader_switches_off_is_marked(measure: Callable[..., Any]):
    calls = Unchanged(rows=(), switch_off=("shift",), criterion="c", question={})
    runs = (signal("outside", "2022-01", "2022-01"), signal("shift", "2022-03", "2022-09"))
    told = changed_of({"m": measure("m", phases=(phase("2022-01", "2022-12"),), signals=runs)}, calls)
    assert {each.rule: each.caution for each in told} == {"outside": False, "shift": True}


# -- days since a real change --------------------------------------------------------------------------------------------


def test_the_last_real_change_is_the_latest_figure_step_event_or_correction(write_plan: Write, book_of: BookOf):
    folder = write_plan(**FOLDER)
    told = book_of(folder).standing("A3")
    assert (told.last_change, told.last_change_what, told.days_since_change) == (
        date(2022, 1, 31),
        "figure G-WALKS",
        150,
    )
    write_plan(milestones="id,promise_id,title,done_on\nM1,A3,First walk,2022-02-10\n")
    assert book_of(folder).standing("A3").last_change_what == "step M1 done"
    write_plan(evidence="id,promise_ids,title,happened_on,source_id\nE1,A3,A walk,2022-03-01,Q-AUDIT\n")
    assert book_of(folder).standing("A3").last_change_what == "event E1"
    write_plan(
        corrections="id,record_id,field,corrected_by,corrected_on,reason\nK1,G-WALKS,value,N. Owner,2022-04-01,Miscounted\n"
    )
    assert book_of(folder).standing("A3").last_change_what == "correction K1"
    write_plan(
        promises=PROMISES.replace("definition_ids", "definition_ids,closed_on").replace(",,,,\n", ",,,,,2022-05-01\n")
    )


def test_typing_something_in_is_no_change(write_plan: Write, book_of: BookOf):
    figures = FIGURES.replace("sentence_id\n", "sentence_id,typed_on\n").replace("Q-AUDIT,\n", "Q-AUDIT,,2022-06-29\n")
    figures = figures.replace(",S1\n", ",S1,\n").replace(",S2\n", ",S2,\n")
    told = book_of(write_plan(**{**FOLDER, "figures": figures})).standing("A3")
    assert told.last_change == date(2022, 1, 31)


def test_where_nothing_dated_is_recorded_the_days_are_unknown(write_plan: Write, book_of: BookOf):
    told = book_of(write_plan(**FOLDER)).standing("O1")
    assert (told.last_change, told.days_since_change) == (None, None)
    assert told.last_change_what == "nothing dated is recorded"
