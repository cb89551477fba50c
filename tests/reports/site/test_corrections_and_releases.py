"""Corrections beside what was corrected and in their list, the calendar, and which release a page says that it belongs to."""

from __future__ import annotations

import csv
import html
import io
import re
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lamplighter.plan.book import CameFrom
from lamplighter.plan.records.releasing import EarlyAccess, ReleaseDay
from lamplighter.plan.records.running import Correction
from lamplighter.plan.releases.label import EarlierRelease, FirstPublished, ReleaseLabel
from lamplighter.reports.changed_figures import corrections_csv, revisions_csv
from lamplighter.reports.site import write_site

sys.path.insert(0, str(Path(__file__).parents[1]))
from made_up_areas import COMPARISON

LABEL = ReleaseLabel(
    number=2,
    name="2026-spring",
    announced_for=date(2026, 4, 2),
    earlier=(
        EarlierRelease(number=1, name="2025-autumn", as_of="2025-09-30", published_at="2025-10-02T09:30:00+00:00"),
    ),
    corrections={"CO1": FirstPublished(number=1, published_at="2025-10-02T09:30:00+00:00")},
    imports={"0001-ab12cd34": FirstPublished(number=1, published_at="2025-10-02T09:30:00+00:00")},
)
CO1 = Correction(
    id="CO1", record_id="G-NOW", field="value", old="40", new="400", corrected_by="The Northam Watch",
    corrected_on=date(2025, 2, 1), reason="A nought was lost",
)  # fmt: skip
Site = Callable[..., Path]


@pytest.fixture
def site(book: Any, charts: Any, tmp_path: Path) -> Site:
    """Write a site with further records."""

    def write(*, release: ReleaseLabel | None = None, **records: tuple[Any, ...]) -> Path:
        plan = replace(book.plan, records={**book.plan.records, **records})
        write_site(replace(book, plan=plan, own_text={}), tmp_path / "site", charts=charts, release=release)
        return tmp_path / "site"

    return write


def words(page: Path) -> str:
    """What a reader sees in <main>."""
    text = page.read_text(encoding="utf-8")
    inside = text[text.index("<main") : text.index("</main>")]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", inside)).split()).replace(" .", ".").replace(" ,", ",")


def banner(page: Path) -> str:
    found = re.search(
        r'<p class="govuk-phase-banner__content site-release">(.*?)</p>', page.read_text(encoding="utf-8")
    )
    assert found
    return re.sub(r"<[^>]+>", "", found[1])


def notice(page: Path) -> str:
    """The notice near the top; empty if there is none."""
    found = re.search(r'<section class="govuk-inset-text site-correction".*?</section>', page.read_text("utf-8"), re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", found[0])).split()) if found else ""


def correction(record_id: str, name: str = "title", **more: Any) -> Correction:
    usual: dict[str, Any] = {"id": "CO2", "old": "Old words", "new": "New words", "reason": "It was wrong"}
    by = {"corrected_by": "The Northam Watch", "corrected_on": date(2025, 3, 1)}
    return Correction(record_id=record_id, field=name, **{**usual, **by, **more})


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline="")))


# -- corrections -------------------------------------------------------------------------------------------------------


def test_a_corrected_figure_says_so_at_the_top_of_its_page_and_beside_its_number(site: Site) -> None:
    page = site() / "promises" / "A1.html"
    assert notice(page).startswith(
        "Correction 1 February 2025: Officers trained, the number. It said 40 officers; it says 400 officers. "
        "A nought was lost. Corrected by The Northam Watch."
    )
    assert "about 400 officers progress Corrected on 1 February 2025, the number. It said 40 officers." in words(page)


def test_a_page_without_a_corrected_record_has_no_notice(site: Site) -> None:
    out = site()
    assert [notice(out / "promises" / name) for name in ("A2.html", "O1.html")] == ["", ""]


@pytest.mark.parametrize(
    ("record_id", "pages"),
    [
        ("A2", {"promises/A2.html"}),
        ("recorded", {"measures/recorded.html"}),
        ("recorded.peak", {"measures/recorded.html", "how-we-know.html"}),
        ("src-charity", {"sources.html"}),
        ("D-TRAINED", {"definitions.html", "promises/A1.html"}),
        ("EV1", {"promises/A2.html"}),
        ("RS1", {"how-it-is-run.html"}),
        ("G-NOW", {"promises/A1.html", "how-it-is-run.html", "how-we-know.html", "numbers.html"}),
        ("gone", set()),
    ],
)
def test_a_correction_stands_on_every_page_that_shows_its_record(site: Site, record_id: str, pages: set[str]) -> None:
    out = site(corrections=(correction(record_id),))
    found = {path.relative_to(out).as_posix() for path in out.rglob("*.html") if notice(path)}
    assert found == pages


def test_a_page_that_tells_of_an_earlier_promises_figures_tells_their_corrections_too(
    book: Any, charts: Any, tmp_path: Path
) -> None:
    came = CameFrom(promise_id="A1", version="V1", to_id="A2", fate="changed", words="Read so", read_by="A. Analyst")
    standings = tuple(replace(each, came_from=(came,)) if each.promise.id == "A2" else each for each in book.standings)
    plan = replace(book.plan, records={**book.plan.records, "corrections": (CO1,)})
    write_site(replace(book, plan=plan, standings=standings, own_text={}), tmp_path / "site", charts=charts)
    page = tmp_path / "site" / "promises" / "A2.html"
    assert "G-NOW" in page.read_text(encoding="utf-8")
    assert "It said 40 officers; it says 400 officers." in notice(page)


@pytest.mark.parametrize("record_id", ["areas-late-borough", "D-AREA-LATE"])
def test_the_page_that_compares_areas_tells_its_corrections(
    book: Any, charts: Any, tmp_path: Path, record_id: str
) -> None:
    charts.areas = lambda comparison: ('<svg viewBox="0 0 9 9" role="img" aria-label="A square"/>', "In words.")
    plan = replace(book.plan, records={**book.plan.records, "corrections": (correction(record_id),)})
    write_site(replace(book, plan=plan, areas=(COMPARISON,), own_text={}), tmp_path / "site", charts=charts)
    assert notice(tmp_path / "site" / "areas-late.html")


def test_a_corrected_field_of_a_promise_says_so_beside_the_field(site: Site) -> None:
    out = site(corrections=(correction("A2", "owner", old=None, new="Chief Superintendent"),))
    beside = "Chief Superintendent Corrected on 1 March 2025. It said nothing. It was wrong."
    assert beside in words(out / "promises" / "A2.html")


def test_the_list_keeps_a_correction_whose_record_is_gone(site: Site) -> None:
    said = words(site(corrections=(CO1, correction("G-GONE", "value", old="7", new="9"))) / "corrections.html")
    assert "2 corrections, the latest first" in said
    assert said.index("1 March 2025") < said.index("1 February 2025")
    assert "It said 7 It says 9 Why It was wrong." in said
    assert "G-GONE: no page shows it now" in said


def test_a_plan_without_corrections_says_so_in_a_sentence(site: Site) -> None:
    out = site(corrections=())
    assert "Nothing has had to be corrected yet." in words(out / "corrections.html")
    assert len((out / "corrections.csv").read_text(encoding="utf-8").splitlines()) == 1


def test_in_a_release_a_correction_says_which_release_published_it_first(site: Site) -> None:
    said = words(site(release=LABEL, corrections=(CO1, correction("A2"))) / "corrections.html")
    assert "Published Published in v1 on 2 October 2025." in said
    assert "Published Published with this release." in said


def test_a_working_copy_does_not_claim_to_know_when_a_correction_was_published(site: Site) -> None:
    assert "Not known to be in a release yet." in words(site() / "corrections.html")


def test_a_script_in_a_correction_is_shown_as_text(site: Site) -> None:
    hostile = "<script>alert(1)</script>"
    out = site(corrections=(correction("A2", old=hostile, new=hostile, reason=hostile),))
    for name in ("corrections.html", "promises/A2.html"):
        assert "<script" not in (out / name).read_text(encoding="utf-8")
        assert hostile in words(out / name)


def test_the_list_as_csv_has_the_columns_of_the_list_beside_the_releases(book: Any) -> None:
    assert table(corrections_csv(book, LABEL)) == [
        {
            "period": "2025-01-04", "old": "40", "new": "400", "reason": "A nought was lost",
            "published_at": "2025-10-02T09:30:00+00:00", "release": "v1", "id": "CO1", "record_id": "G-NOW",
            "field": "value", "corrected_by": "The Northam Watch", "corrected_on": "2025-02-01",
        }
    ]  # fmt: skip


# -- revisions ---------------------------------------------------------------------------------------------------------


def test_a_revision_says_period_old_new_why_since_when_and_which_measure(book: Any) -> None:
    place = book.measures["place-borough-abbey"]
    place = replace(place, provenance=replace(place.provenance, tables=("offences_place",)))
    (row,) = table(revisions_csv(replace(book, measures={**book.measures, place.id: place}), LABEL))
    assert {name: row[name] for name in ("period", "old", "new", "reason", "published_at", "release")} == {
        "period": "2023-01", "old": "7", "new": "9", "reason": "import 0001-ab12cd34: northam.csv",
        "published_at": "2025-10-02T09:30:00+00:00", "release": "v1",
    }  # fmt: skip
    assert (row["measure"], row["area"]) == ("place-borough-abbey", "Old Town, Abbey")


def test_a_revision_that_no_release_has_published_leaves_the_day_empty(book: Any) -> None:
    working, fresh = table(revisions_csv(book, None))[0], table(revisions_csv(book, replace(LABEL, imports={})))[0]
    assert (working["published_at"], working["release"]) == ("", "")
    assert (fresh["published_at"], fresh["release"]) == ("", "v2")


def test_a_revised_total_is_not_given_to_a_measure_that_leaves_offences_out(book: Any) -> None:
    total = {**book.revisions[0], "table_name": "offences_kind", "level": "total", "key_1": None, "key_2": None}
    (row,) = table(revisions_csv(replace(book, revisions=(total,)), None))
    assert (row["measure"], row["area"]) == ("", "")


def test_a_revised_subgroup_without_a_series_goes_to_the_series_of_its_group(book: Any) -> None:
    keys = {"key_1": "Crimes recorded a month", "key_2": "Some sub-group"}
    (row,) = table(
        revisions_csv(
            replace(
                book,
                revisions=({**book.revisions[0], "table_name": "offences_kind", "level": "group_subgroup", **keys},),
            ),
            None,
        )
    )
    assert (row["measure"], row["area"]) == ("recorded", "Northam")


def test_revisions_on_the_page_are_those_of_the_csv(site: Site) -> None:
    said = words(site() / "how-we-know.html")
    assert "Abbey, Old Town January 2023 7 9 no series of its own import 0001-ab12cd34: northam.csv" in said


# -- releases ----------------------------------------------------------------------------------------------------------


def test_every_page_of_a_release_says_which_it_is_and_leads_to_the_latest(site: Site) -> None:
    out = site(release=LABEL)
    for path in out.rglob("*.html"):
        assert banner(path) == "Release v2, 2026-spring. This address never changes. The latest release"
        up = "../" * (len(path.relative_to(out).parts))
        assert f'href="{up}latest/index.html"' in path.read_text(encoding="utf-8"), path


def test_every_page_of_a_working_copy_says_that_it_is_no_release(site: Site) -> None:
    for path in site().rglob("*.html"):
        assert banner(path) == "Working copy, not a release: it may change. Releases"


def test_a_release_lists_the_earlier_ones_and_claims_no_day_that_it_can_not_know(site: Site) -> None:
    page = site(release=LABEL) / "releases.html"
    said, text = words(page), page.read_text(encoding="utf-8")
    assert "This is release v2, 2026-spring." in said
    assert "Announced for 2 April 2026" in said
    assert "When, and who approved it, was not known when these pages were made" in said
    assert "These pages can’t know. The latest release is always at that address" in said
    assert "v1, 2025-autumn : published on 2 October 2025, looked at from 30 September 2025" in said
    assert 'href="../v1/index.html"' in text
    assert (
        '<link rel="alternate" type="application/atom+xml" title="Releases and corrections" href="../feed.xml">' in text
    )


def test_a_working_copy_links_to_no_feed_and_no_release(site: Site) -> None:
    page = site() / "releases.html"
    assert "does not know which releases were published" in words(page)
    assert "feed.xml" not in page.read_text(encoding="utf-8")


def test_the_calendar_shows_each_state_with_its_day_and_its_notice(site: Site) -> None:
    days = (
        ReleaseDay(id="R-3", name="2026-winter", state="provisional", planned_words="in December"),
        ReleaseDay(id="R-1", name="2026-spring", state="confirmed", planned_on=date(2026, 4, 2)),
        ReleaseDay(id="R-0", name="2025-autumn", state="published", published_on=date(2025, 10, 2)),
        ReleaseDay(
            id="R-2", name="2026-summer", state="postponed", planned_on=date(2026, 9, 10), moved_from=date(2026, 7, 2),
            notice="The tables come later", notice_on=date(2026, 6, 20),
        ),
        ReleaseDay(id="R-4", name="2025-summer", state="cancelled", notice="Nobody could check it"),
    )  # fmt: skip
    said = words(site(release_calendar=days) / "releases.html")
    order = [said.index(each) for each in ("2025-autumn", "2026-spring", "2026-summer", "2026-winter", "2025-summer")]
    assert order[:3] == sorted(order[:3])
    assert "2026-winter Provisional in December" in said
    assert "2026-spring Confirmed 2 April 2026" in said
    assert "2025-autumn Published 2 October 2025" in said
    postponed = "Postponed 10 September 2026 moved from 2 July 2026 The tables come later. Notice of 20 June 2026."
    assert postponed in said
    assert "2025-summer Cancelled no day Nobody could check it." in said


def test_who_sees_a_release_early_is_public_with_body_day_and_reason(site: Site) -> None:
    days = (ReleaseDay(id="R-1", name="2026-spring", state="confirmed", planned_on=date(2026, 4, 2)),)
    early = (
        EarlyAccess(id="E1", release_id="R-1", who="Deputy Mayor", body="City Hall", reason="To answer questions",
                    from_day=date(2026, 4, 1)),
    )  # fmt: skip
    said = words(site(release_calendar=days, pre_release_access=early) / "releases.html")
    assert "Deputy Mayor City Hall 2026-spring, from 1 April 2026 To answer questions." in said


def test_a_plan_without_calendar_or_early_access_says_so(site: Site) -> None:
    said = words(site() / "releases.html")
    assert "This plan has announced no release." in said
    assert "Nobody: this plan lists no early access." in said
