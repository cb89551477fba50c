"""Tonight's A4: always one page, only ground where somebody may go, and never a draft that looks like an order."""

from __future__ import annotations

import io
import re
from copy import deepcopy
from types import ModuleType
from typing import Any

import pytest
from pypdf import PdfReader

from lamplighter.reports.profile.brief import brief_pdf
from lamplighter.reports.profile.drawings import drawings
from lamplighter.reports.profile.drawn import Drawn

Told = dict[str, Any]
PROSE = "An endless sentence about a place, its rows and its streets; and another part of it. " * 25
WORD = "Llanfairpwllgwyngyll" * 30
KINDS = "; ".join(f"kind number {at} of a very ordinary length" for at in range(20))


def pages_of(pdf: bytes) -> list[str]:
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def page_of(told: Told, made: dict[str, str] | None = None) -> str:
    """The one page in words."""
    [page] = pages_of(brief_pdf(told, drawings=made or {}))
    return page


def alts_of(root: Any) -> list[str]:
    """What every picture says, wherever it stands in the structure tree."""
    found, waiting = [], [root]
    while waiting:
        each = waiting.pop()
        each = each.get_object() if hasattr(each, "get_object") else each
        if isinstance(each, dict):
            found += [str(each["/Alt"])] if "/Alt" in each else []
            waiting.append(each.get("/K"))
        elif isinstance(each, list):
            waiting += each
    return found


def decided(told: Told, at: int, **changed: Any) -> None:
    """A named person accepted the recommendation, and nothing lacks."""
    told["recommendations"][at] |= {
        "state": "accepted", "state_words": "accepted by Ada Example, 20 November 2026", "lacks": [], "owner": "Ben Example",
        "legal_basis": "common law", "equality_check": "done", **changed,
    }  # fmt: skip


def filled_with(told: Any, words: str) -> Any:
    """The same profile with every text of places, recommendations, windows and terms replaced."""
    if isinstance(told, dict):
        return {
            key: each if key in ("id", "place_id", "state", "made_on", "tactic") else filled_with(each, words)
            for key, each in told.items()
        }
    if isinstance(told, list):
        return [filled_with(each, words) for each in told]
    return words if isinstance(told, str) else told


@pytest.mark.parametrize("kind", ["extract_told", "street_told", "empty_told", "long_told"])
@pytest.mark.parametrize("with_map", [True, False])
def test_it_is_one_page(kind: str, with_map: bool, profiles: ModuleType, drawn: Drawn) -> None:
    told = getattr(profiles, kind)()
    assert page_of(told, drawings(told, drawn) if with_map else None)


@pytest.mark.parametrize("words", [PROSE, WORD, KINDS], ids=["prose", "one word", "twenty kinds"])
@pytest.mark.parametrize("is_street", [True, False])
def test_it_is_one_page_with_texts_of_two_thousand_letters_everywhere(
    words: str, is_street: bool, profiles: ModuleType, drawn: Drawn
) -> None:
    told = profiles.street_told() if is_street else profiles.extract_told()
    first, proposed = told["places"][0], told["recommendations"][0]
    told["places"] = [{**deepcopy(first), "id": f"p{at}", "rank": at} for at in range(1, 21)]
    told["recommendations"] = [{**deepcopy(proposed), "place_id": f"p{at}"} for at in range(1, 21)]
    made = drawings(told, drawn)
    for key in ("places", "recommendations", "time", "terms", "title", "what_it_is", "synthetic_words", "caution"):
        told[key] = filled_with(told[key], words)
    told["question"]["area"]["name"] = words
    for at in range(20):
        decided(told, at, place_name=words, state_words=words)
    page = page_of(told, made)
    for heading in ("Who decided", "When", "Behaviours to look for, not kinds of people", "What not to conclude"):
        assert heading in page


def test_a_draft_says_that_nobody_has_decided_and_that_nobody_deploys_from_it(street_told: Told) -> None:
    street_told["recommendations"][0]["state"] = "draft"
    assert "Draft: nobody has decided. Do not deploy from it." in page_of(street_told)


def test_an_acceptance_that_lacks_its_legal_basis_is_not_to_be_deployed_yet(extract_told: Told) -> None:
    page = page_of(extract_told)
    assert "Not to be deployed yet." in page
    assert "accepted, and it lacks a legal basis and an equality check" in page
    assert "Do not deploy from it" not in page


def test_a_decision_names_who_decided_and_leaves_the_rest_a_draft(extract_told: Told) -> None:
    decided(extract_told, 0)
    page = page_of(extract_told)
    assert "Silver Street, High Street and Hall Gate: accepted by Ada Example, 20 November 2026" in page
    assert "Whatever is not named here is a draft: do not deploy from it." in page
    assert "Walk and talk (decided): 15 minutes, 3 times a night." in page


def test_a_place_where_no_patrol_may_be_drawn_is_left_out_and_counted(extract_told: Told, profiles: ModuleType) -> None:
    page = page_of(extract_told)
    assert "Unknown, may be homes" not in page
    assert (
        "The first 3 places known to be public, of 4 in the profile, ranked by count. 1 of higher rank is left out"
        in page
    )
    assert profiles.SCRIPT in page


def test_a_place_that_a_person_rejected_is_not_sent_out(extract_told: Told) -> None:
    extract_told["recommendations"][0] |= {"state": "rejected", "state_words": "rejected by Ada Example"}
    assert "Silver Street, High Street" not in page_of(extract_told)


def test_a_place_of_which_one_proposal_was_rejected_and_one_was_not_stays(extract_told: Told) -> None:
    first = extract_told["recommendations"][0]
    extract_told["recommendations"].append(first | {"id": "another", "state": "rejected", "state_words": "rejected"})
    assert "Silver Street, High Street" in page_of(extract_told)


def test_street_data_send_nobody_and_ask_for_own_records(street_told: Told) -> None:
    page = page_of(street_told)
    assert "A violence profile from open street data" in page
    assert "No patrol is drawn from it. Check these places with own records first." in page
    assert "The source has no times. Open street data do not tell it." in page
    assert "The first 4 of 4 places by rank." in page
    assert "Own records: was it at home or in public, at what time, is it still so?" in page
    assert "Walk and talk" not in page


def test_an_extract_without_the_victims_sex_says_what_it_is(extract_told: Told) -> None:
    extract_told |= {"women_and_girls": False, "what_it_is": "Too few rows tell the victim's sex."}
    assert "Too few rows tell the victim's sex." in page_of(extract_told)


def test_made_up_data_say_so(extract_told: Told) -> None:
    assert "Made-up data: no person, force or crime in it is real." in page_of(extract_told)
    extract_told |= {"synthetic": False, "synthetic_words": None}
    assert "Made-up data" not in page_of(extract_told)


def test_its_two_windows_are_those_of_the_profile(extract_told: Told) -> None:
    page = page_of(extract_told)
    for each in extract_told["time"]["windows"]:
        assert f"{each['words']}: {each['rows']} rows, {round(100 * each['share'])}% of rows in public" in page


def test_each_place_has_the_count_of_the_json(extract_told: Told) -> None:
    page = page_of(extract_told)
    for place in (each for each in extract_told["places"] if each["patrol"]):
        assert f"{place['count']} rows (interval {place['count_low']} to {place['count_high']})" in page


def test_a_count_that_is_not_known_is_not_nought(extract_told: Told) -> None:
    extract_told["places"][0] |= {"count": None, "count_low": None, "count_high": None}
    assert "not known rows; almost certainly among the first 20" in page_of(extract_told)


def test_it_looks_for_behaviours_and_says_whose_list_it_is(street_told: Told, extract_told: Told) -> None:
    assert "Somebody who follows a woman on foot" in page_of(extract_told)
    page = page_of(street_told)
    assert "Following somebody" in page
    assert "The source names none; these are those of such teams elsewhere: College of Policing" in page


def test_a_prison_near_by_has_to_be_looked_up_first(extract_told: Told) -> None:
    extract_told["places"][2] |= {"near_institution": "prison", "near_institution_m": 447.2}
    assert "Near it: prison, 447 m away. Look up whether it is the same site." in page_of(extract_told)


def test_it_says_until_when_it_is_valid_or_that_nobody_said(extract_told: Told) -> None:
    assert "Valid until 31 December 2026." in page_of(extract_told)
    extract_told["terms"]["valid_until"] = None
    assert "Valid until a day that nobody has filled in." in page_of(extract_told)


def test_it_is_tagged_and_its_map_has_words(extract_told: Told, drawn: Drawn) -> None:
    pdf = brief_pdf(extract_told, drawings=drawings(extract_told, drawn))
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()  # type: ignore[index]
    assert alts_of(root["/StructTreeRoot"]) == ["Map of the places by rank, over all map points in grey"]  # type: ignore[index]


def test_the_same_profile_gives_the_same_bytes(extract_told: Told, drawn: Drawn) -> None:
    made = drawings(extract_told, drawn)
    assert brief_pdf(extract_told, drawings=made) == brief_pdf(extract_told, drawings=made)
