"""The page that tells, release by release, what was removed, added and changed in the data."""

from __future__ import annotations

import re

from lamplighter.plan.releases.data_changes import DataChange, DataRelease
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.reports.site.data_page import data_page

MONTH = DataChange(
    what="added", kind="period", of=tuple(f"m{at}" for at in range(8)), count=8, names=("2026-04",)
)  # fmt: skip
LOG = (
    DataRelease(release="v1", name="2026-spring", data_version="1.0.0", level="first"),
    DataRelease(
        release="v2",
        name="2026-summer",
        data_version="1.1.0",
        level="minor",
        changes=(MONTH, DataChange(what="changed", kind="value", of=("figures.csv",), count=1200)),
    ),
    DataRelease(
        release="v3",
        name="2026-autumn",
        data_version="2.0.0",
        level="major",
        changes=(
            DataChange(what="removed", kind="area", of=("rape",), count=1, names=("<Northam> & East",)),
            DataChange(what="changed", kind="schema", of=("plan.json",), count=1, names=("1", "2")),
        ),
    ),
)


def page(book) -> str:
    return data_page(book, ReleaseLabel(number=3, name="2026-autumn"), LOG).decode("utf-8")


def test_the_latest_stands_first_with_its_version_and_the_rule_that_gave_it(book):
    text = page(book)
    assert re.findall(r'<h2 class="govuk-heading-m" id="v\d">([^<]*)</h2>', text) == [
        "Data 2.0.0: release v3, 2026-autumn",
        "Data 1.1.0: release v2, 2026-summer",
        "Data 1.0.0: release v1, 2026-spring",
    ]
    assert text.index("A major version: something was taken out") < text.index("A minor version: something was added")
    assert "The first data that were published." in text


def test_a_month_that_eight_measures_got_is_one_period_in_eight_measures(book):
    text = page(book)
    assert "1 period: April 2026" in text
    assert "m0, m1, m2, m3, m4, m5 and 2 more" in text
    assert "1,200 rows with other values" in text
    assert "Removed 0, added 8, changed 1,200, counted in each table." in text


def test_names_are_escaped_and_another_schema_says_from_what_to_what(book):
    text = page(book)
    assert "1 area: &lt;Northam&gt; &amp; East" in text
    assert "the schema, from version 1 to 2" in text
    assert "<Northam>" not in text


def test_it_says_which_release_it_belongs_to_and_loads_nothing_from_elsewhere(book):
    text = page(book)
    assert "Release v3, 2026-autumn." in text
    for part in ("<script", 'src="http', 'rel="stylesheet" href="http'):
        assert part not in text
