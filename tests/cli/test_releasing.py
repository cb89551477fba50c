"""`plan release`, `release approve` and `release verify`, typed as a person would: what they say and what they exit with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import typer

from lamplighter.cli import releasing
from lamplighter.errors import LamplighterError
from lamplighter.plan.releases.label import ReleaseLabel
from lamplighter.reports.build import build_site

ACCEPT = ("--accept", "breakdown absent=Northam publishes none", "--accept", "release not announced=a trial")
Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    """Run one command of this module: exit code, and all that was said."""
    app, plan = typer.Typer(), typer.Typer()
    plan.command("release")(releasing.release)
    plan.callback()(lambda: None)
    app.add_typer(plan, name="plan")
    app.add_typer(releasing.app, name="release")

    def run(*arguments: str | Path) -> tuple[int, str]:
        capsys.readouterr()
        try:
            told = app([str(each) for each in arguments], standalone_mode=False)
            code, more = (told if isinstance(told, int) else 0), ""
        except typer.Exit as done:
            code, more = done.exit_code, ""
        except LamplighterError as error:
            code, more = error.exit_code, str(error)
        said = capsys.readouterr()
        return code, said.out + said.err + more

    return run


@pytest.fixture
def releases(tmp_path: Path) -> Path:
    return tmp_path / "releases"


@pytest.fixture
def released(typed: Typed, plan: Path, releases: Path) -> Callable[..., tuple[int, str]]:
    """Make a candidate with the real site."""

    def run(name: str = "2022-summer", *more: str) -> tuple[int, str]:
        usual = ("--name", name, "--out", releases, "--builder", "Ann Archer")
        return typed("plan", "release", plan, *usual, *(more or ACCEPT))

    return run


def digest(said: str) -> str:
    return next(word for word in said.split() if len(word) == 64)


def test_from_a_plan_to_a_verified_release(typed: Typed, released: Callable, releases: Path):
    code, said = released()
    assert code == 0
    assert "It is not public" in said
    assert f"lamplighter release approve {releases} v1 --approver NAME --digest " in said
    code, told = typed("release", "approve", releases, "v1", "--approver", "Ben Baker", "--digest", digest(said))
    assert (code, f"Published {releases / 'v1'}." in told) == (0, True)
    for page in ("index.html", "promises/A1.html", "report.pdf", "plan.json", "records/plan.toml"):
        assert (releases / "v1" / page).is_file()
    code, said = typed("release", "verify", releases, "--last-digest", digest(told))
    assert (code, said) == (0, "The one release is what was approved.\n")
    (releases / "v1" / "index.html").write_bytes(b"kept!")
    code, said = typed("release", "verify", releases)
    assert code == 1
    assert said.startswith("altered: v1/index.html: ")


def test_a_second_release_has_the_first_behind_it(typed: Typed, released: Callable, releases: Path):
    for number, name in ((1, "2022-summer"), (2, "2022-autumn")):
        approval = ("--approver", "Ben Baker", "--digest", digest(released(name)[1]))
        assert typed("release", "approve", releases, f"v{number}", *approval)[0] == 0
    told = json.loads(typed("release", "verify", releases, "--json")[1])
    assert [each["release"] for each in told["releases"]] == ["v1", "v2"]
    assert told["found"] == []
    shutil.rmtree(releases / "v2")
    code, said = typed("release", "verify", releases, "--json")
    assert (code, json.loads(said)["found"][0]["what"]) == (1, "cut off")


def test_a_checklist_says_how_each_warning_is_accepted(released: Callable, releases: Path):
    code, said = released("2022-summer", "--accept", "release not announced=a trial")
    assert code == 1
    assert "Errors to mend: 0. Warnings to mend or to accept: 7." in said
    assert '[accept it with: --accept "sex: breakdown absent=REASON"]' in said
    assert not (releases / "candidates").exists()


def test_the_builder_does_not_approve(typed: Typed, released: Callable, releases: Path):
    made = digest(released()[1])
    code, said = typed("release", "approve", releases, "v1", "--approver", "ann archer", "--digest", made)
    assert (code, "Ann Archer built v1 and can't approve it" in said) == (1, True)


def test_who_is_asked_to_approve_stands_in_the_command_that_is_printed(released: Callable):
    assert '--approver "Ben Baker" --digest' in released("2022-summer", *ACCEPT, "--approver", "Ben Baker")[1]


def test_a_warning_is_not_accepted_without_a_reason(released: Callable):
    code, said = released("2022-summer", "--accept", "sex: breakdown absent")
    assert (code, "gives no reason" in said) == (3, True)


def test_made_again_it_says_that_nothing_changed(released: Callable):
    made = json.loads(released("2022-summer", *ACCEPT, "--json")[1])
    again = json.loads(released("2022-summer", *ACCEPT, "--json")[1])
    assert (made["unchanged"], again["unchanged"]) == (False, True)
    assert again["digest"] == made["digest"]


def test_a_site_is_never_built_over_a_release(
    typed: Typed, released: Callable, releases: Path, plan: Path, run: Callable
):
    approval = ("--approver", "Ben Baker", "--digest", digest(released()[1]))
    typed("release", "approve", releases, "v1", *approval)
    said = run("plan", "build", plan, "--out", releases / "v1")
    assert said.code == 3
    assert "not a site that Lamplighter wrote" in said.err
    assert typed("release", "verify", releases)[0] == 0


WRONG = (
    "id,record_id,field,old,new,corrected_by,corrected_on,reason\n"
    "K1,G1,value,123456,1234567,N. Owner,2022-05-01,A digit was lost\n"
)


@pytest.fixture
def published(typed: Typed, released: Callable, releases: Path) -> Callable[[str], Path]:
    """Make a release and approve it; its folder."""

    def run(name: str) -> Path:
        code, said = released(name)
        assert code == 0, said
        made = sorted((releases / "candidates").iterdir())[-1].name
        assert typed("release", "approve", releases, made, "--approver", "Ben Baker", "--digest", digest(said))[0] == 0
        return releases / made

    return run


def test_a_correction_stands_on_its_figures_page_in_every_later_release_and_can_not_be_left_out(
    published: Callable, released: Callable, releases: Path, plan: Path, tmp_path: Path, run: Callable
):
    (plan / "corrections.csv").write_text(WRONG, encoding="utf-8")
    first, second = published("2022-summer"), published("2022-autumn")
    page = (first / "promises" / "A1.html").read_text(encoding="utf-8")
    assert "It said 123,456 officers; it says 1,234,567 officers. A digit was lost." in page
    assert "Published with this release." in page
    later = (second / "promises" / "A1.html").read_text(encoding="utf-8")
    assert "It said 123,456 officers; it says 1,234,567 officers. A digit was lost." in later
    assert "Published in v1 on " in later
    (plan / "corrections.csv").write_text(WRONG.splitlines()[0] + "\n", encoding="utf-8")
    assert run("plan", "build", plan, "--out", tmp_path / "site").code == 0
    working = (tmp_path / "site" / "promises" / "A1.html").read_text(encoding="utf-8")
    assert "123,456 officers" not in working
    assert "Working copy, not a release:" in working
    code, said = released("2022-winter")
    assert code == 1
    assert "K1 (G1, value) was published in v2 and is not among the corrections now. Put it back" in said
    assert not (releases / "candidates" / "v3").exists()


def test_each_release_says_its_number_and_lists_those_before_it(published: Callable, releases: Path):
    first, second = published("2022-summer"), published("2022-autumn")
    assert "Release v1, 2022-summer." in (first / "index.html").read_text(encoding="utf-8")
    assert "None: this is the first." in (first / "releases.html").read_text(encoding="utf-8")
    told = (second / "releases.html").read_text(encoding="utf-8")
    assert '<a class="govuk-link" href="../v1/index.html">v1, 2022-summer</a>' in told
    for address in ("../latest/index.html", "../feed.xml", "../v1/index.html", "approval.json", "manifest.json"):
        assert f'href="{address}"' in told
        assert (second / address).resolve().is_file()


def test_a_feed_that_somebody_touched_is_named(typed: Typed, published: Callable, releases: Path):
    published("2022-summer")
    (releases / "feed.xml").write_bytes(b"<feed/>")
    code, said = typed("release", "verify", releases)
    assert (code, said.startswith("altered: feed.xml: ")) == (1, True)


def test_a_working_copy_that_stands_already_does_not_pass_for_a_release(plan: Path, tmp_path: Path):
    label = ReleaseLabel(number=1, name="2022-summer")
    assert not build_site(plan, out=tmp_path / "site", workspace=None).unchanged
    assert not build_site(plan, out=tmp_path / "site", workspace=None, release=label).unchanged
    assert "Release v1, 2022-summer." in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert build_site(plan, out=tmp_path / "site", workspace=None, release=label).unchanged
