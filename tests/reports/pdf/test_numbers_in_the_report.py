"""Every number that the report prints is in plan.json under the id beside it, with the same value and its denominator."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from lamplighter.reports.pdf import write_report
from lamplighter.reports.report.figures import in_a_line, number_words, out_of, printed, with_unit

ID = re.compile(r"\[([A-Za-z][A-Za-z0-9.\- ]*)\]")


def text_of(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def values_before(text: str, number_id: str) -> list[str]:
    """What stands between the id and the id or the line before it, for every place where the id is printed."""
    flat = re.sub(r"\s+", " ", text)
    found = []
    for at in re.finditer(re.escape(f"[{number_id}]"), flat):
        found.append(re.split(r"\]|·", flat[: at.start()])[-1][-160:])
    return found


def test_every_id_in_the_report_is_in_plan_json(told: dict[str, Any], charts: dict[str, str], tmp_path: Path) -> None:
    text = text_of(write_report(told, charts=charts, out=tmp_path / "report.pdf").path)
    known = {each["id"] for kind in ("figures", "promises", "measures") for each in told[kind]}
    known |= {f"{each['id']} v{each['version']}" for each in told["definitions"]}
    known |= {each["id"] for promise in told["promises"] for each in promise["ratings"]}
    found = set(ID.findall(re.sub(r"\s+", " ", text)))
    assert found - known == {"either"}, "the word in brackets of a hostile title, and no other"
    assert {"G-TARGET", "G-NOW", "A1.reached", "plan.cannot-be-shown", "recorded-northam", "A1", "R-FOR"} <= found


def test_each_printed_value_is_the_value_in_plan_json(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    text = text_of(write_report(told, charts=charts, out=tmp_path / "report.pdf").path)
    checked = 0
    for number in told["figures"]:
        for before in values_before(text, number["id"]):
            value = number["value"]
            forms = {number_words(value), f"{value:,.1f}"}
            assert any(re.search(rf"(?<![\d.,]){re.escape(each)}(?![\d]|[.,]\d)", before) for each in forms), (
                number["id"],
                before,
            )
            checked += 1
    assert checked >= 12


def test_each_figure_says_out_of_how_many_or_that_it_is_not_stated(
    told: dict[str, Any], charts: dict[str, str], tmp_path: Path
) -> None:
    text = re.sub(r"\s+", " ", text_of(write_report(told, charts=charts, out=tmp_path / "report.pdf").path))
    assert "400 officers [G-TARGET] denominator not stated" in text
    assert "about 1,234.5 officers [G-NOW] of 2,500 officers who need it" in text


@pytest.mark.parametrize(
    ("value", "unit", "worked_out", "words"),
    [
        (6800, "officers", False, "6,800 officers"),
        (41, "% more charges", False, "41% more charges"),
        (80, "% of the target", True, "80.0% of the target"),
        (-19.4, "% change", True, "−19.4% change"),
        (3.25, "%", True, "3.25%"),
        (0, "promises", True, "0 promises"),
        (None, "officers", False, "not known officers"),
    ],
)
def test_a_value_is_written_with_its_unit(value: float | None, unit: str, worked_out: bool, words: str) -> None:
    assert with_unit(value, unit, worked_out=worked_out) == words


def number(**parts: Any) -> dict[str, Any]:
    plain = {
        "id": "G-1",
        "label": "x",
        "value": 24,
        "numerator": 24,
        "denominator": 28,
        "denominator_words": "promises",
        "unit": "promises",
        "low": None,
        "high": None,
        "interval_words": "",
        "as_of": "",
        "source": "",
        "status": "worked out",
        "qualifier": "",
        "note": "",
    }
    return {**plain, **parts}


def test_the_denominator_is_said_in_every_case() -> None:
    assert in_a_line(number())["words"] == "24 of 28 promises"
    share = number(
        value=29.1, unit="%", numerator=41219, denominator=141465, denominator_words="victims", low=28.9, high=29.4
    )
    assert in_a_line(share)["words"] == "29.1% (41,219 of 141,465 victims), interval 28.9 to 29.4"
    count = number(numerator=None, denominator=None, denominator_words="n/a: a count", unit="crimes", value=1768)
    assert in_a_line(count)["words"] == "1,768 crimes"
    assert out_of(count) == "n/a: a count"
    unsaid = number(numerator=None, denominator=None, denominator_words="women asked; base not read")
    assert out_of(unsaid) == "denominator not stated (women asked; base not read)"
    assert out_of(number(denominator=None, denominator_words="")) == "denominator not stated"
    assert printed(number(qualifier="more than"))["value"] == "more than 24 promises"
    assert out_of(number(value=0, numerator=0, denominator=0)) == "of 0 promises"


def test_a_change_is_told_against_what_was_there_before_and_never_as_a_part_of_it():
    number = {"numerator": 8241, "denominator": 7923, "denominator_words": "crimes recorded in 2023", "value": 4.0}
    assert out_of({**number, "unit": "% change"}) == "8,241 against 7,923 crimes recorded in 2023"
    assert out_of({**number, "numerator": 1835, "unit": "%"}) == "1,835 of 7,923 crimes recorded in 2023"
