"""Which offences an area is asked for: what the force records, whether the area has a row of each or not."""

from __future__ import annotations

import pytest
import shapely

from lamplighter.errors import InputError, NoSuchName
from lamplighter.studies.incidents.question import Polygon, ProfileQuestion


@pytest.fixture(scope="module")
def two_districts(street, street_workspace):
    """Three burglaries in Northam, two burglaries and four robberies in Southam."""
    away = {"lsoa": "Southam 001A", "at": (5000, 0)}
    return street_workspace(
        [
            *street("2020-01", 3, offence="Burglary"),
            *street("2020-01", 2, offence="Burglary", **away),
            *street("2020-01", 4, offence="Robbery", **away),
        ]
    )


def test_an_area_without_one_of_the_offences_is_asked_for_both(two_districts, chosen_of):
    chosen = chosen_of(two_districts, ProfileQuestion(area="Northam", offences=("burglary", "Robbery")))
    assert chosen.offences == ("Burglary", "Robbery")
    assert chosen.number("select count(*) from asked where of_question") == 3


def test_an_area_without_any_row_of_the_offence_says_so(two_districts, chosen_of):
    with pytest.raises(InputError, match="Northam has no row of Robbery"):
        chosen_of(two_districts, ProfileQuestion(area="Northam", offences=("Robbery",)))


def test_an_offence_that_the_force_does_not_record_names_the_near_miss(two_districts, chosen_of):
    with pytest.raises(NoSuchName, match="Robbery"):
        chosen_of(two_districts, ProfileQuestion(area="Northam", offences=("Robery",)))


def test_an_outline_that_lies_elsewhere_says_so_and_blames_no_offence(two_districts, chosen_of):
    """A layer in another system often lands in the sea beside Africa."""
    sea = Polygon(name="Beat 4", outline=shapely.box(0, 0, 0.1, 0.2))
    with pytest.raises(
        InputError, match=r"No map point of Norshire Police lies in Beat 4.*0\.000, 0\.000 to 0\.100, 0\.200"
    ):
        chosen_of(two_districts, ProfileQuestion(area=sea))


def test_more_places_than_anybody_reads_are_not_asked_for():
    assert ProfileQuestion(places=200, chosen_places=1000).places == 200
    with pytest.raises(InputError, match=r"100,000 places are more than anybody reads\. Give at most 200"):
        ProfileQuestion(places=100_000, chosen_places=500_000)
