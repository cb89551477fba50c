"""Which records speak of a promise is looked up once, and gives what a search through all of them would."""

from __future__ import annotations

from datetime import date

from lamplighter.plan.lookup import Lookup
from lamplighter.plan.records import Correction, Evidence, Figure, Milestone, Promise, Source, Successor

DAY = date(2022, 1, 1)


def figure(id_: str, *promise_ids: str) -> Figure:
    return Figure(id=id_, promise_ids=promise_ids, role="current", label=id_, value=1.0, unit="officers")


def correction(id_: str, record_id: str) -> Correction:
    told = {"field": "value", "corrected_by": "A", "corrected_on": DAY, "reason": "A slip."}
    return Correction(id=id_, record_id=record_id, **told)


def test_a_record_is_found_under_each_promise_that_it_names_and_once_where_it_names_one_twice() -> None:
    found = Lookup({"figures": (figure("G1", "A1", "A1"), figure("G2", "A2", "A1"), figure("G3"))})
    assert [each.id for each in found.about("figures", "A1")] == ["G1", "G2"]
    assert [each.id for each in found.about("figures", "A2")] == ["G2"]
    assert found.about("figures", "A3") == ()
    assert found.about("evidence", "A1") == ()


def test_records_of_one_promise_and_of_several_are_both_found() -> None:
    evidence = Evidence(id="E1", promise_ids=("A1", "A2"), title="It began", source_id="src")
    found = Lookup({"milestones": (Milestone(id="M1", promise_id="A1", title="Begin"),), "evidence": (evidence,)})
    assert [each.id for each in found.about("milestones", "A1")] == ["M1"]
    assert [each.id for each in found.about("evidence", "A2")] == ["E1"]


def test_corrections_on_several_records_come_in_the_order_of_their_own_ids() -> None:
    records = (correction("C1", "G2"), correction("C2", "G1"), correction("C3", "G2"))
    found = Lookup({"corrections": records})
    assert [each.id for each in found.on("corrections", "G1", "G2", "G2")] == ["C1", "C2", "C3"]
    assert found.on("corrections", "G9") == ()


def test_what_leads_to_a_promise_how_many_a_version_has_and_what_sources_provide() -> None:
    told = {"version": "V2", "fate": "merged", "reason": "Read so.", "read_by": "A"}
    found = Lookup(
        {
            "successors": (
                Successor(id="U1", promise_id="A1", to_ids=("B1",), **told),
                Successor(id="U2", promise_id="A2", to_ids=("B1", "B2"), **told),
            ),
            "promises": tuple(Promise(id=each, version="V1", kind="action", title=each) for each in ("A1", "A2")),
            "sources": (
                Source(id="s1", title="One", provides=("a", "b")),
                Source(id="s2", title="Two", provides=("b",)),
            ),
        }
    )
    assert [each.id for each in found.leading_to("B1")] == ["U1", "U2"]
    assert [each.id for each in found.leading_to("B2")] == ["U2"]
    assert (found.known_in("V1"), found.known_in("V2")) == (2, 0)
    assert found.provided == {"a", "b"}
    assert list(found.by_id("promises")) == ["A1", "A2"]


def test_an_empty_plan_has_nothing_to_find() -> None:
    found = Lookup({})
    assert found.about("figures", "A1") == found.on("decisions", "A1") == found.leading_to("A1") == ()
    assert found.by_id("promises") == {}
    assert found.provided == frozenset()
