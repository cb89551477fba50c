"""The folders of one profile an area: none twice, none that lies there already, none that Windows refuses."""

from __future__ import annotations

import shapely

from lamplighter.reports.profile.each import folders_of
from lamplighter.studies.incidents.question import Polygon


def test_two_areas_never_share_a_folder_whatever_numbers_stand_in_their_names():
    assert folders_of(["Ward 2", "Ward", "Ward?"]) == ["ward-2", "ward", "ward-3"]


def test_an_area_takes_no_name_of_windows_or_of_what_lies_beside_it():
    assert folders_of(["Con", "Figures", "Workspace", "LPT1"]) == ["con-2", "figures-2", "workspace-2", "lpt1-2"]


def test_a_drawn_area_has_the_folder_of_its_name_and_an_unreadable_one_a_plain_one():
    square = shapely.box(0, 0, 1, 1)
    assert folders_of([Polygon(name="Bath and N.E. Somerset", outline=square), "北"]) == [
        "bath-and-n-e-somerset",
        "area",
    ]
