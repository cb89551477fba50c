"""A machine suggests by the ground, a named person decides, both are kept, and nobody is sent to homes or from street data."""

from __future__ import annotations

from datetime import date

import pytest

from lamplighter import definitions
from lamplighter.errors import InputError
from lamplighter.profile.decisions import NO_DECISIONS, decisions_of, known_kinds
from lamplighter.profile.recommending import DRAFT_WORDS, recommend
from lamplighter.profile.suggesting import suggestions_of, tactic_at


def place(number: int, kind: str, *, patrol: bool, **other):
    return {
        "id": f"p{number}",
        "name": f"Street {number}",
        "kind": kind,
        "patrol": patrol,
        "rank": number,
        "tier": "almost certainly among the first 20",
        "class": "persistent",
        "class_words": "steady over three years",
        "count": 40 - number,
        "count_period": 90,
        "near_institution": None,
        "settings": {"public": 0, "home": 0, "online": 0, "unknown": 0},
        **other,
    }


MARKET, CLUB, HOMES = (
    place(1, "street", patrol=True),
    place(2, "nightclub", patrol=True),
    place(3, "home", patrol=False),
)
EXTRACT = {
    "question": {"victims": "female"},
    "places": [HOMES, CLUB, MARKET],
    "institutions": [{"name": "Hospital", "kind": "hospital", "count": 30, "count_period": 70}],
    "places_method": {"chosen_on": "2020-10 to 2021-09"},
    "kinds": {"risky_facilities": [{"kind": "nightclub", "points": 9, "rows": 50, "points_with_half": 2}]},
    "time": {"windows": [{"words": "Friday 22:00 to Saturday 03:00"}, {"words": "Saturday 21:00 to 24:00"}]},
}
STREET = {**EXTRACT, "time": {"available": False}}


def made(text: str = "", told=EXTRACT, *, is_street: bool = False):
    decisions = decisions_of(text.encode()) if text else NO_DECISIONS
    return {each.id: each for each in recommend(told, decisions, is_street=is_street)}


def said(
    place_id: str, decision: str = "accept", more: str = "", by: str = "Insp. B. Oyelaran", on: str = "2026-11-02"
) -> str:
    return f'[[recommendations]]\nplace = "{place_id}"\ndecision = "{decision}"\nby = "{by}"\non = {on}\n{more}\n'


READY = 'owner = "Insp. B. Oyelaran"\nlegal_basis = "common law"\nequality_check = "done 2026-10-30"\n'


def test_each_ground_gets_the_tactic_that_fits_it_in_the_order_of_rank():
    assert list(made()) == [
        "p1.town_centre",
        "p2.vigilant",
        "p3.safeguarding_review",
        "institution.hospital.joint_work",
        "kind.nightclub.licensing",
    ]


@pytest.mark.parametrize(
    ("ground", "tactic"),
    [
        (place(1, "park", patrol=True), "open_space"),
        (place(1, "bus station", patrol=True), "transport_hub"),
        (place(1, "subway", patrol=True), "walk_talk"),
        (place(1, "unheard of", patrol=True), "town_centre"),
        (place(1, "unknown, may be homes", patrol=False), "own_records"),
        (place(1, "unknown, may be homes", patrol=False, settings={"public": 4, "home": 6}), "safeguarding_review"),
        (place(1, "unknown, may be homes", patrol=False, settings={"public": 6, "home": 4}), "own_records"),
        (place(1, "college", patrol=False), "place_managers"),
        (place(1, "prison", patrol=False), "joint_work"),
        (place(1, "communal home", patrol=False), "safeguarding_review"),
    ],
)
def test_the_tactic_follows_the_kind_the_settings_and_whether_a_patrol_may_be_drawn(ground, tactic):
    assert tactic_at(ground, women_and_girls=True) == tactic


@pytest.mark.parametrize("kind", known_kinds())
def test_no_kind_of_ground_gets_a_tactic_in_the_open_where_no_patrol_may_be_drawn(kind):
    in_the_open = {row["tactic"] for row in definitions.tactics() if row["public_ground"] == "yes"}
    assert tactic_at(place(1, kind, patrol=False), women_and_girls=True) not in in_the_open


@pytest.mark.parametrize("kind", ["nightclub", "subway"])
def test_what_is_meant_for_women_and_girls_is_not_drawn_from_rows_of_everybody(kind):
    assert tactic_at(place(1, kind, patrol=True), women_and_girls=False) == "town_centre"


def test_street_data_carry_no_tactic_for_any_place_institution_or_facility():
    every = made(told=STREET, is_street=True)
    assert [(each.tactic, each.state) for each in every.values()] == [("own_records", "draft")] * 3


def test_why_here_says_rank_tier_count_and_cites_the_figure_only_if_it_is_there():
    cited = {**EXTRACT, "figures": [{"id": "places.p1.count"}]}
    first, second, *_ = suggestions_of(cited, is_street=False)
    assert first.why_here == (
        "Rank 1, almost certainly among the first 20: 39 rows in 2020-10 to 2021-09. The source says that most of its rows"
        " happened in public. Persistent: steady over three years."
    )
    assert (first.figure_ids, second.figure_ids) == (("places.p1.count",), ())


def test_why_here_says_what_the_rows_of_the_place_itself_say_of_its_ground():
    own = place(1, "street", patrol=True, kind_because="26 of its 39 rows are in public by the source", tier=None)
    [first] = suggestions_of({**EXTRACT, "places": [own]}, is_street=False)[:1]
    assert "Rank 1: 39 rows in 2020-10 to 2021-09. 26 of its 39 rows are in public by the source. P" in first.why_here


def test_an_unknown_count_is_said_to_be_unknown_and_never_0():
    [first] = suggestions_of({"places": [place(1, "street", patrol=True, count=None)]}, is_street=False)
    assert "its rows are unknown" in first.why_here


def test_a_place_near_an_institution_is_to_be_looked_up_first():
    near = place(1, "street", patrol=True, near_institution="prison", near_institution_m=312.4)
    [first] = suggestions_of({"places": [near]}, is_street=False)
    assert first.check_first == "Prison 312 m away: look up whether these rows are the same site under another name."


def test_windows_are_named_for_what_is_done_in_the_open_and_for_nothing_else():
    told = {each["id"]: each["when"] for each in (one.told() for one in made().values())}
    assert told["p1.town_centre"] == (
        "Windows of the whole area: Friday 22:00 to Saturday 03:00; Saturday 21:00 to 24:00."
        " This place's own hours may be others."
    )
    assert told["p3.safeguarding_review"] is None


def test_beside_the_windows_of_the_area_stands_whether_the_place_is_one_of_the_day():
    station = place(1, "street", patrol=True)
    time = {
        **EXTRACT["time"],
        "day_places": [{"id": "p1", "count": 73}],
        "night_places": [{"id": "p2", "count": 9}, {"id": "p1", "count": 17}],
    }
    [first] = suggestions_of({"places": [station], "time": time}, is_street=False)
    assert first.when.endswith("Of its own rows 73 are by day (07:00 to 19:00) and 17 by night.")


def test_a_recommendation_is_a_draft_without_owner_or_day_until_a_named_person_decides():
    told = made()["p1.town_centre"].told()
    assert (told["state"], told["state_words"], told["decision"]) == ("draft", DRAFT_WORDS, None)
    assert (told["owner"], told["legal_basis"], told["equality_check"], told["review_on"]) == (None, None, None, None)
    assert told["lacks"] == ["an owner", "a legal basis", "an equality check"]


def test_an_accepted_one_names_who_and_when_and_is_reviewed_eight_weeks_later():
    told = made(said("p1", more=READY))["p1.town_centre"].told()
    assert told["state_words"] == "accepted by Insp. B. Oyelaran, 2 November 2026"
    assert told["review_on"] == "2026-12-28"
    assert told["lacks"] == []


def test_an_accepted_one_without_legal_basis_is_accepted_and_says_that_nobody_should_act_yet():
    words = made(said("p1", more='owner = "A"\nequality_check = "done"\n'))["p1.town_centre"].state_words
    assert words.endswith("nobody should act yet: it lacks a legal basis")


def test_an_amended_one_keeps_what_was_suggested_beside_what_was_decided():
    more = READY + 'tactic = "walk_talk"\nreason = "women asked for it"\ndosage = "weekly"\nreview_on = 2027-02-01\n'
    told = made(said("p1", "amend", more))["p1.town_centre"].told()
    assert (told["suggested_tactic"], told["tactic"], told["state"]) == ("town_centre", "walk_talk", "amended")
    assert (told["dosage"], told["dosage_status"], told["review_on"]) == ("weekly", "decided", "2027-02-01")
    assert "women asked for it" in told["state_words"]


def test_a_rejected_one_stays_with_its_reason_and_is_not_reviewed():
    told = made(said("p2", "reject", 'reason = "the venue has closed"\n'))["p2.vigilant"].told()
    assert (told["state"], told["review_on"]) == ("rejected", None)
    assert "the venue has closed" in told["state_words"]


def test_the_later_decision_stands_and_the_earlier_is_kept_whatever_their_order_in_the_file():
    later = said("p1", "reject", 'reason = "no officers"\n', on="2026-11-20")
    earlier = said("p1", more=READY, on="2026-11-02")
    for text in (later + earlier, earlier + later):
        told = made(text)["p1.town_centre"].told()
        assert told["state"] == "rejected"
        assert [each["on"] for each in told["earlier_decisions"]] == ["2026-11-02"]


def test_what_a_person_adds_at_a_place_stands_beside_the_suggestion():
    every = made(said("p1", more=READY + 'tactic = "walk_talk"\n'))
    assert every["p1.town_centre"].state == "draft"
    assert every["p1.walk_talk"].told()["suggested_tactic"] is None


@pytest.mark.parametrize("tactic", ["vigilant", "town_centre", "walk_talk", "open_space", "transport_hub"])
def test_nobody_can_send_a_patrol_to_homes_by_accepting_or_amending(tactic):
    for verdict in ("accept", "amend"):
        every = made(said("p3", verdict, f'tactic = "{tactic}"\nreason = "many calls"\n' + READY))
        held = every["p3.safeguarding_review"].told()
        assert (held["state"], held["tactic"], held["decision"]["tactic"]) == ("held", "safeguarding_review", tactic)
        assert "under [kinds]" in held["state_words"]
        assert held["review_on"] is None
        assert len(every) == 5


def test_nobody_can_draw_a_patrol_from_street_data():
    every = made(said("p1", more=READY + 'tactic = "town_centre"\n'), STREET, is_street=True)
    held = every["p1.own_records"]
    assert (held.state, held.tactic) == ("held", "own_records")
    assert "open street data carry no tactic" in held.state_words
    assert len(every) == 3


def test_a_decision_about_a_place_that_this_run_does_not_show_is_kept_and_held():
    gone = made(said("p99", more=READY + 'tactic = "town_centre"\n'))["p99.town_centre"].told()
    assert (gone["state"], gone["tactic"], gone["place_name"]) == ("held", "own_records", "p99")
    assert "not among those of this profile" in gone["state_words"]


def test_a_place_may_be_named_by_its_name_an_institution_and_a_kind_too():
    text = said("street 1", more=READY) + said("Hospital", more=READY) + said("nightclub", more=READY)
    states = {name: each.state for name, each in made(text).items()}
    assert [name for name, state in states.items() if state == "accepted"] == [
        "p1.town_centre",
        "institution.hospital.joint_work",
        "kind.nightclub.licensing",
    ]


def test_a_name_that_two_places_have_is_refused_with_their_ids():
    told = {
        "places": [
            place(1, "street", patrol=True, name="High Street"),
            place(2, "park", patrol=True, name="High Street"),
        ]
    }
    with pytest.raises(InputError, match=r"name of 2 places.*p1 and p2"):
        made(said("High Street"), told)


def test_two_institutions_of_one_name_have_ids_of_their_own():
    prison = {"name": "Prison", "kind": "prison", "count": 9, "easting_m": 457100.4, "northing_m": 403200.0}
    both = {"institutions": [prison, {**prison, "count": 4, "easting_m": 457900.0}]}
    ids = [each.target_id for each in suggestions_of(both, is_street=False)]
    assert ids == ["institution.prison.457100.403200", "institution.prison.457900.403200"]


def test_no_id_stands_twice_and_the_order_of_the_sections_changes_nothing():
    turned = {**EXTRACT, "places": EXTRACT["places"][::-1]}
    text = said("p1", more='tactic = "walk_talk"\n') + said("p77") + said("p77", more='tactic = "vigilant"\n')
    every = recommend(EXTRACT, decisions_of(text.encode()), is_street=False)
    assert len({each.id for each in every}) == len(every) == 8
    assert every == recommend(turned, decisions_of(text.encode()), is_street=False)


def test_a_source_without_places_gives_no_recommendation():
    assert recommend({}, NO_DECISIONS, is_street=True) == ()


def test_the_day_of_a_decision_counts_not_the_clock():
    assert made(said("p3", more=READY, on="2026-11-02"))["p3.safeguarding_review"].told()["review_on"] == "2026-11-30"
    assert date(2026, 11, 2).toordinal() + 28 == date(2026, 11, 30).toordinal()


@pytest.mark.parametrize(("home", "tactic"), [(10, "safeguarding_review"), (9, "own_records")])
def test_half_of_the_rows_at_home_are_enough_for_a_person_to_look_and_one_less_is_not(home, tactic):
    settings = {"public": 5, "home": home, "online": 0, "unknown": 15 - home}
    there = place(1, "unknown, may be homes", patrol=False, settings=settings)
    assert tactic_at(there, women_and_girls=True) == tactic


@pytest.mark.parametrize(("rows", "proposed"), [(10, True), (9, False)])
def test_ten_rows_at_a_kind_of_facility_are_worth_a_visit_and_nine_are_not(rows, proposed):
    told = EXTRACT | {
        "kinds": {"risky_facilities": [{"kind": "nightclub", "points": 4, "rows": rows, "points_with_half": 1}]}
    }
    assert any(each.target == "kind" for each in suggestions_of(told, is_street=False)) is proposed
