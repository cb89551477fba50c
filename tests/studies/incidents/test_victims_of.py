"""Who was harmed: extracts of a few dozen rows, what may leave of them, and what adding up must not give away."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

import lamplighter
from lamplighter.schema import number_words
from lamplighter.studies.incidents.question import Polygon, ProfileQuestion
from lamplighter.studies.incidents.victims_of import suspects_of, victims_of

WITH_ETHNICITY = """
lamplighter_mapping = 1
force = "Northam Police"
month_by = "reported"
[columns]
reported = "Reported"
offence = "Offence"
victim_sex = "Victim Sex"
victim_ethnicity = "Ethnicity"
[dates]
reported = "%d/%m/%Y"
[words.victim_sex]
female = ["F"]
male = ["M"]
"""


def rows_of(
    times: int, *, sex="F", age="24", relationship="Stranger", premises="Street", offence="Stalking", online="N"
):
    return [
        {
            "Crime Ref": "", "Force": "Northam Police", "Reported": "31/01/2024 12:00", "Committed From": "31/01/2024 09:10",
            "Committed To": "", "Offence": offence, "HO Code": "8/71", "DA Flag": "N", "Online Flag": online,
            "Victim Sex": sex, "Victim Age": age, "Relationship": relationship, "Premises": premises,
            "Street": "Acre Lane", "Easting": "553000", "Northing": "343000", "Outcome": "", "Outcome Date": "",
        }
        for _ in range(times)
    ]  # fmt: skip


def schema(section):
    return json.loads(
        (files("lamplighter.definitions") / "profile_schema" / f"{section}.json").read_text(encoding="utf-8")
    )


def told(answer):
    section = json.loads(json.dumps(answer.told()))
    jsonschema.validate(section, schema("victims"))
    return section


def shown(way):
    return {name: each["shown"] for name, each in way.items()}


def test_women_and_girls_are_counted_by_relationship_and_setting(extract_workspace, chosen_of):
    rows = rows_of(41) + rows_of(20, relationship="Partner", premises="Dwelling") + rows_of(30, sex="M")
    section = told(victims_of(chosen_of(extract_workspace(rows))))
    assert (section["whose"], section["rows"], section["rows_of_all_victims"]) == ("women and girls", 61, 91)
    assert shown(section["sex"]) == {"female": "61", "male": "30", "unknown": "0"}
    table = section["by_relationship_setting"]
    # 40 in public beside 40 in all would leave 4 at most for a stranger at home: one of the two has to go.
    shown_of_strangers = (section["by_relationship"]["stranger"]["shown"], table["stranger"]["public"]["shown"])
    assert shown_of_strangers == ("40", "withheld")
    assert section["by_relationship_setting"]["stranger"]["home"]["count"] is None
    assert section["completeness"][0] == {"field": "victim_sex", "known": 91, "of": 91, "share": 1}


def test_the_unknown_stand_in_every_table(extract_workspace, chosen_of):
    rows = rows_of(40) + rows_of(15, age="", relationship="", premises="") + rows_of(12, sex="U")
    section = told(victims_of(chosen_of(extract_workspace(rows))))
    assert section["sex"]["unknown"]["count"] == 12
    assert section["by_age"][-1] == {"band": "unknown", "count": 15, "shown": "15", "share": 0.27}
    assert section["by_relationship"]["unknown"]["count"] == 15
    assert section["by_setting"]["unknown"]["count"] == 15
    known = {each["field"]: (each["known"], each["of"]) for each in section["completeness"]}
    assert known["victim_sex"] == (55, 67)
    assert known["relationship"] == known["setting"] == known["victim_age_band"] == (40, 55)


def test_a_small_age_band_is_marked_and_what_would_give_it_away_is_withheld(extract_workspace, chosen_of):
    # 100 women: 60 are 18 to 24, 36 are 25 to 34, 4 are 65 or over. From 60, 35 and the total it would be 1 to 9.
    rows = rows_of(60, age="20") + rows_of(36, age="30") + rows_of(4, age="70")
    section = told(victims_of(chosen_of(extract_workspace(rows))))
    assert [(each["band"], each["shown"]) for each in section["by_age"]] == [
        ("18 to 24", "60"), ("25 to 34", "withheld"), ("65 and over", "under 10"), ("unknown", "0"),
    ]  # fmt: skip


def test_a_band_in_which_only_men_are_stands_there_marked_so_that_no_list_tells_of_a_woman(
    extract_workspace, chosen_of
):
    rows = rows_of(60, age="20") + rows_of(40, age="30") + rows_of(12, age="70", sex="M")
    section = told(victims_of(chosen_of(extract_workspace(rows))))
    assert {each["band"]: each["shown"] for each in section["by_age"]}["65 and over"] == "under 10"


def test_no_number_under_ten_but_of_the_unknown_leaves(made_up, chosen_of):
    section = told(victims_of(chosen_of(made_up)))

    def counts(value):
        if isinstance(value, dict):
            yield from ([value["count"]] if "shown" in value else [])
            for name, each in value.items():
                if name != "unknown":
                    yield from counts(each)
        elif isinstance(value, list):
            for each in value:
                yield from counts(each)

    found = [each for each in counts(section) if each is not None]
    assert len(found) > 10
    assert min(found) >= 10
    exact = {888, 126}  # the women and girls, and those of unknown age
    assert all(each % 5 == 0 for each in found if each not in exact)


def test_figures_hold_no_count_that_the_section_marks(made_up, chosen_of):
    answer = victims_of(chosen_of(made_up))
    section = told(answer)
    values = {each.id: each.value for each in answer.figures}
    assert values["victims.rows"] == section["rows"] == 888
    assert (
        values["victims.relationship_setting.stranger.public"]
        == section["by_relationship_setting"]["stranger"]["public"]["count"]
    )
    for relationship, settings in section["by_relationship_setting"].items():
        for setting, count in settings.items():
            id_ = f"victims.relationship_setting.{relationship.replace(' ', '-')}.{setting}"
            assert values.get(id_) == count["count"], id_
    assert len(values) == len(answer.figures)


def test_every_number_of_a_finding_is_a_figure(made_up, chosen_of):
    answer = victims_of(chosen_of(made_up))
    (finding,) = answer.findings
    values = {number_words(each.value) for each in answer.figures if each.id in finding.figure_ids}
    assert set(re.findall(r"[\d,]*\d", finding.text)) == values


def test_fewer_than_ten_women_are_not_broken_down(extract_workspace, chosen_of):
    chosen = chosen_of(extract_workspace(rows_of(9) + rows_of(40, sex="M")), ProfileQuestion(victims="all"))
    section = told(victims_of(chosen))
    assert (section["available"], section["by_age"], section["sex"]) == (False, None, None)
    assert "Fewer than 10" in section["why_not"]


def test_a_source_without_sex_speaks_of_all_victims_and_says_so(extract_workspace, chosen_of):
    rows = rows_of(30, sex="U") + rows_of(20, sex="U", relationship="Partner", premises="Dwelling")
    answer = victims_of(chosen_of(extract_workspace(rows)))
    section = told(answer)
    assert (section["whose"], section["rows"], section["sex"]) == ("all victims", 50, None)
    assert any("does not tell the victim's sex" in each for each in answer.cannot_say)


def test_ethnicity_is_counted_with_the_unknown_beside_it(extract_workspace, chosen_of):
    lines = [("White British", "F")] * 50 + [("Any other", "F")] * 33 + [("", "F")] * 17 + [("Any other", "M")] * 5
    rows = [
        {"Reported": "31/01/2024", "Offence": "Stalking", "Victim Sex": sex, "Ethnicity": group} for group, sex in lines
    ]
    section = told(victims_of(chosen_of(extract_workspace(rows, mapping=WITH_ETHNICITY))))
    groups = {each["group"]: (each["count"], each["share"]) for each in section["by_ethnicity"]}
    assert groups == {"Any other": (35, 0.35), "White British": (50, 0.5), "unknown": (17, 0.17)}
    assert "no score" in section["ethnicity_words"]
    assert section["by_relationship"] is section["by_relationship_setting"] is section["by_setting"] is None


def test_ethnicity_is_read_where_it_is_counted_and_nowhere_else():
    source = Path(lamplighter.__file__).parent
    readers = {
        file.relative_to(source).as_posix()
        for room in ("methods", "studies", "profile", "reports", "reductions")
        for file in (source / room).rglob("*")
        if file.suffix in (".py", ".sql") and "victim_ethnicity" in file.read_text(encoding="utf-8")
    }
    # chosen carries the column, scope says of how many rows it is known, victims_of counts it: none ranks or scores.
    assert readers == {f"studies/incidents/{name}.py" for name in ("chosen", "scope", "victims_of")}


def test_street_data_say_nothing_of_victims_and_the_profile_says_so(street_workspace, street, chosen_of):
    answer = victims_of(chosen_of(street_workspace(street("2020-01", 30))))
    section = told(answer)
    assert section["available"] is False
    assert "a profile of violence" in section["why_not"]
    assert answer.figures == answer.findings == ()


def test_suspects_are_said_to_be_absent(street_workspace, street, chosen_of):
    answer = suspects_of(chosen_of(street_workspace(street("2020-01", 3))))
    jsonschema.validate(answer.told(), schema("suspects"))
    assert "nothing of suspects" in answer.told()["why_not"]
    assert len(answer.cannot_say) == 1


@pytest.mark.parametrize("turned", [False, True])
def test_the_order_of_the_rows_changes_nothing(extract_workspace, chosen_of, turned):
    rows = rows_of(41) + rows_of(20, relationship="Partner", premises="Dwelling") + rows_of(7, age="70")
    first = told(victims_of(chosen_of(extract_workspace(rows))))
    again = told(victims_of(chosen_of(extract_workspace(rows[::-1] if turned else rows[30:] + rows[:30]))))
    assert first == again


def test_ten_women_are_broken_down(extract_workspace, chosen_of):
    chosen = chosen_of(extract_workspace(rows_of(10) + rows_of(40, sex="M")), ProfileQuestion(victims="all"))
    assert told(victims_of(chosen))["rows"] == 10


def test_of_an_area_smaller_than_a_force_only_rows_with_a_point_are_counted(extract_workspace, chosen_of):
    import shapely

    lost = [each | {"Easting": "", "Northing": ""} for each in rows_of(15)]
    workspace = extract_workspace(rows_of(25) + lost)
    around = Polygon(name="All of it", outline=shapely.box(-9, 49, 3, 61))
    assert told(victims_of(chosen_of(workspace, ProfileQuestion(area=around))))["rows"] == 25
    assert told(victims_of(chosen_of(workspace)))["rows"] == 40


def test_two_bands_whose_names_leave_the_same_letters_are_two_figures(extract_workspace, chosen_of):
    mapping = WITH_ETHNICITY
    rows = [
        {"Reported": "31/01/2024", "Offence": "Stalking", "Victim Sex": "F", "Ethnicity": group}
        for group, times in (("Black African", 25), ("Black-African", 35))
        for _ in range(times)
    ]
    figures = victims_of(chosen_of(extract_workspace(rows, mapping=mapping))).figures
    ids = [each.id for each in figures if each.id.startswith("victims.ethnicity.black")]
    assert ids == ["victims.ethnicity.black-african", "victims.ethnicity.black-african-2"]
