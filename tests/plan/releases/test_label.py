"""What a site is told of the release that it is built for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lamplighter.plan.releases.label import EarlierRelease, FirstPublished, ReleaseLabel

WRONG = (
    "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
    "K1,G1,value,6080,6800,Ann Archer,2022-06-01,Typed wrongly\n"
)
AT = "2022-07-04T09:30:00+00:00"


def caught(desk, labels: list[ReleaseLabel], **files: str):
    """The usual build, keeping the label and writing further files."""
    write = desk.site(desk.book())

    def build(folder: Path, label: ReleaseLabel) -> None:
        labels.append(label)
        write(folder, label)
        for name, content in files.items():
            (folder / name.replace("_csv", ".csv")).write_text(content, encoding="utf-8")

    return build


def test_the_first_release_has_its_number_name_and_day_and_nothing_before_it(desk):
    labels: list[ReleaseLabel] = []
    desk.candidate("2022-summer", build=caught(desk, labels))
    assert labels == [ReleaseLabel(number=1, name="2022-summer", announced_for=date(2022, 7, 4))]


def test_a_day_that_is_not_confirmed_is_not_announced(desk):
    desk.write(release_calendar="id,name,state,planned_on\nR-1,2022-summer,provisional,2022-07-04\n")
    labels: list[ReleaseLabel] = []
    accept = {"breakdown absent": "none", "release not confirmed": "a trial"}
    desk.candidate("2022-summer", build=caught(desk, labels), accept=accept)
    assert labels[0].announced_for is None


def test_the_second_is_told_of_the_first_and_which_corrections_it_published(desk):
    desk.write(corrections=WRONG)
    desk.publish("2022-summer")
    desk.write(corrections=WRONG + "K2,G1,note,,Counted in May,Ann Archer,2022-06-02,Left out\n")
    labels: list[ReleaseLabel] = []
    desk.candidate("2022-autumn", build=caught(desk, labels))
    (label,) = labels
    assert label.folder == "v2"
    assert label.earlier == (EarlierRelease(number=1, name="2022-summer", as_of="2022-06-30", published_at=AT),)
    assert label.corrections == {"K1": FirstPublished(number=1, published_at=AT)}


def test_a_correction_that_stands_in_every_release_is_dated_by_the_first_of_them(desk):
    desk.write(corrections=WRONG)
    desk.publish("2022-summer")
    desk.publish("2022-autumn")
    labels: list[ReleaseLabel] = []
    desk.candidate("2022-winter", build=caught(desk, labels))
    assert labels[0].corrections == {"K1": FirstPublished(number=1, published_at=AT)}


def test_an_import_that_changed_past_figures_is_dated_by_the_release_that_listed_it_first(desk):
    listed = "period,old,new,import\n2021-01,4,5,0002-ab\n2021-02,4,6,0002-ab\n"
    desk.approve(desk.candidate("2022-summer", build=caught(desk, [], revisions_csv=listed)))
    more = listed + "2021-03,1,2,0003-cd\n"
    desk.approve(desk.candidate("2022-autumn", build=caught(desk, [], revisions_csv=more)))
    labels: list[ReleaseLabel] = []
    desk.candidate("2022-winter", build=caught(desk, labels))
    assert labels[0].imports == {
        "0002-ab": FirstPublished(number=1, published_at=AT),
        "0003-cd": FirstPublished(number=2, published_at=AT),
    }


def test_a_list_of_revisions_as_an_older_version_wrote_it_counts_too(desk):
    old = "table_name,recorded_month,old_count,new_count,import_id\noffences_place,2021-01,4,5,0002-ab\n"
    desk.approve(desk.candidate("2022-summer", build=caught(desk, [], revisions_csv=old)))
    labels: list[ReleaseLabel] = []
    desk.candidate("2022-autumn", build=caught(desk, labels))
    assert labels[0].imports == {"0002-ab": FirstPublished(number=1, published_at=AT)}
