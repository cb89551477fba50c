"""Questions that no table answers are refused in a sentence, and so are names that are not there."""

from __future__ import annotations

import pytest

from lamplighter.errors import InputError, NoSuchName, QuestionRefused
from lamplighter.reductions import REDUCTIONS, Engine, check_place_or_offence
from lamplighter.workspace import Workspace


def test_an_offence_in_a_place_is_refused():
    with pytest.raises(
        QuestionRefused, match=r"Rape in Lambeth can't be answered: .* by place or by offence, never both"
    ):
        check_place_or_offence("Lambeth", "Rape")


@pytest.mark.parametrize(("place", "offence"), [("Lambeth", None), (None, "Rape"), (None, None)])
def test_a_place_or_an_offence_alone_may_be_asked(place, offence):
    check_place_or_offence(place, offence)


def test_no_reduction_holds_a_place_and_an_offence():
    places = {"bcu", "borough", "ward"}
    offences = {"offence_group", "offence_subgroup", "offence", "vawg_offence"}
    for reduction in REDUCTIONS.values():
        assert not (places & set(reduction.columns) and offences & set(reduction.columns))


def test_a_table_that_was_never_imported_is_named_with_the_command(tmp_path):
    with (
        Engine(Workspace.create_or_open(tmp_path / "W")) as engine,
        pytest.raises(InputError, match=r"holds no victims_age\. Import the Met's victim file: lamplighter import"),
    ):
        engine.run("victims_by_month_age")


def test_a_misspelt_reduction_is_named_with_its_nearest(tmp_path):
    with (
        Engine(Workspace.create_or_open(tmp_path / "W")) as engine,
        pytest.raises(NoSuchName, match="Did you mean crimes_by_month_ward"),
    ):
        engine.run("crimes_by_month_wards")
