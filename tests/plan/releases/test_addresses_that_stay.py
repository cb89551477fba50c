"""What was published at an address stays there: the checklist blocks a release in which a page would be lost."""

from __future__ import annotations

from typing import Any

import pytest

from lamplighter.errors import ReleaseRefused
from lamplighter.plan.releases.addresses import addresses_kept
from lamplighter.plan.releases.chain import read_published

RENAMED = "id,version,kind,title,owner\nB1,V1,action,Train officers,The training lead\n"
FIGURES = (
    "id,promise_ids,role,label,value,unit,definition_id,definition_version,as_of,source_id\n"
    "G1,B1,current,Officers trained,6800,officers,D1,1,2022-03-31,Q-AUDIT\n"
)
FORMER = (
    "id,kind,title,to_ids,reason,gone_on,told_by\nA1,promise,Train officers,{to},Numbered anew,2022-07-01,Ann Archer\n"
)


def test_a_published_promise_that_is_gone_without_an_address_blocks_the_release(desk: Any) -> None:
    desk.publish("2022-summer")
    desk.write(promises=RENAMED, figures=FIGURES)
    with pytest.raises(
        ReleaseRefused, match=r"promises/A1\.html was published in v1, and there is no such promise now"
    ):
        desk.candidate("2022-autumn")


def test_with_a_former_address_the_renamed_promise_is_released(desk: Any) -> None:
    desk.publish("2022-summer")
    desk.write(promises=RENAMED, figures=FIGURES, former_addresses=FORMER.format(to="B1"))
    assert desk.candidate("2022-autumn").checklist.errors == ()


def test_the_former_address_has_to_stay_in_the_release_after_that(desk: Any) -> None:
    desk.publish("2022-summer")
    desk.write(promises=RENAMED, figures=FIGURES, former_addresses=FORMER.format(to="B1"))
    desk.publish("2022-autumn")  # the small site of these tests has promises/A1.html whatever the plan says
    desk.write(promises=RENAMED, figures=FIGURES, former_addresses="id,kind,title,to_ids,reason,gone_on,told_by\n")
    with pytest.raises(ReleaseRefused, match="A1: address lost"):
        desk.candidate("2022-winter")


def test_a_measure_that_leads_to_one_that_is_not_measured_is_named(desk: Any) -> None:
    desk.publish("2022-summer")
    former = "id,kind,title,to_ids,reason,gone_on,told_by\nold,measure,Calls,calls,Counted anew,2022-07-01,Ann Archer\n"
    desk.write(former_addresses=former)
    (found,) = addresses_kept(desk.book(), read_published(desk.releases, 1).manifest)
    assert found.message.startswith("old leads to calls, which is not measured here.")


def test_of_a_first_release_nothing_can_be_lost(desk: Any) -> None:
    assert list(addresses_kept(desk.book(), None)) == []
