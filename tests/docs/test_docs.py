"""The documentation is true: its commands run, its links lead somewhere, and it names nothing that is not there."""

from __future__ import annotations

import importlib.util
import json
import re
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.docs.conftest import Reader
from tests.docs.pages import (
    DOCS,
    EXAMPLE,
    FOLLOWED,
    PAGES,
    PROJECT,
    anchors_of,
    bare_options_in,
    blocks_of,
    commands_in,
    links_in,
    run_commands_in,
)

from lamplighter import errors
from lamplighter.cli import INTERRUPTED
from lamplighter.methods.run_rules import RULES
from lamplighter.studies.unchanged import UnchangedQuestion, unchanged

pytestmark = pytest.mark.xdist_group("docs")
MOST_PICTURE_BYTES = 250_000


def named(page: Path) -> str:
    return page.relative_to(PROJECT).as_posix()


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def module_at(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


REFERENCE = module_at(DOCS / "make_reference.py")


# -- commands that run ------------------------------------------------------------------------------------------------


def test_the_tutorial_can_be_followed_from_an_empty_folder_to_a_site(finished_tutorial: Reader) -> None:
    site = finished_tutorial.folder / "site"
    assert (site / "index.html").is_file()
    assert (site / "report.pdf").read_bytes().startswith(b"%PDF")
    told = json.loads((site / "plan.json").read_text(encoding="utf-8"))
    stands = {each["id"]: (each["evidence"], each["delivery"]) for each in told["promises"]}
    assert stands == {
        "A1": ("shown", "partly"),
        "A2": ("nothing claimed", "no date given"),
        "O1": ("can't be shown", "no date given"),
    }


@pytest.mark.parametrize("page", FOLLOWED, ids=named)
def test_a_page_with_commands_can_be_followed_after_the_tutorial(page: Path, reader: Reader) -> None:
    reader.follow(page)


def test_the_reference_of_plan_json_names_every_key_of_a_real_one(finished_tutorial: Reader) -> None:
    told = json.loads((finished_tutorial.folder / "site" / "plan.json").read_text(encoding="utf-8"))
    page = text_of(DOCS / "reference" / "plan-json.md")
    assert set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)) == set(told)


def test_the_made_up_tables_are_what_their_script_writes(tmp_path: Path) -> None:
    module_at(EXAMPLE / "make_example.py").main(tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert made == {path.name: path.read_bytes() for path in EXAMPLE.glob("*.csv")}


def test_a_block_that_exits_otherwise_than_the_page_says_is_found(finished_tutorial: Reader, tmp_path: Path) -> None:
    page = tmp_path / "seeded.md"
    page.write_text("```sh runnable\nlamplighter plan check nowhere\n```\n", encoding="utf-8")
    with pytest.raises(AssertionError, match="→ 3"):
        finished_tutorial.follow(page)


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("```python runnable\nimport lamplighter\nlamplighter.open('nowhere')\n```\n", "→ 3"),
        ("```python runnable\n1 + 1\n```\n\n```text output\n3\n```\n", "promises '3'"),
    ],
)
def test_a_python_block_that_says_otherwise_than_the_page_is_found(
    finished_tutorial: Reader, tmp_path: Path, block: str, told: str
) -> None:
    page = tmp_path / "seeded.md"
    page.write_text(block, encoding="utf-8")
    with pytest.raises(AssertionError, match=told):
        finished_tutorial.follow(page)


# -- nothing that is not there ----------------------------------------------------------------------------------------


def options_of(command: Any) -> set[str]:
    return {"--help"} | {name for each in command.params if each.param_type_name == "option" for name in each.opts}


def wrong_in(words: list[str], tree: Any) -> str | None:
    """What of `lamplighter WORDS` the command line does not know, or None."""
    command, path = tree, ["lamplighter"]
    while getattr(command, "commands", None) and words and not words[0].startswith("-"):
        if words[0] not in command.commands:
            return f"{' '.join([*path, words[0]])}: no such command"
        path.append(words[0])
        command, words = command.commands[words[0]], words[1:]
    unknown = [word.split("=")[0] for word in words if re.match(r"^--?[a-z]", word)]
    unknown = [word for word in unknown if word not in options_of(command)]
    return f"{' '.join(path)}: no option {unknown[0]}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_names_no_command_and_no_option_that_is_not_there(page: Path) -> None:
    tree = REFERENCE.command_tree()
    assert [wrong for words in commands_in(text_of(page)) if (wrong := wrong_in(words, tree))] == []
    known = {name for _, command in REFERENCE.leaves(tree) for name in options_of(command)} | options_of(tree)
    known |= set(re.findall(r"--[a-z][a-z-]+", text_of(PROJECT / "run")))
    assert bare_options_in(text_of(page)) - known == set()


@pytest.mark.parametrize("line", ["lamplighter plan frobnicate X", "`lamplighter plan check X --stricter`"])
def test_a_seeded_wrong_command_is_found(line: str) -> None:
    text = line if line.startswith("`") else f"```sh\n{line}\n```\n"
    assert [wrong_in(words, REFERENCE.command_tree()) for words in commands_in(text)] != [None]


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_a_page_names_no_run_command_that_is_not_there(page: Path) -> None:
    there = set(re.findall(r"^\./run ([a-z]+)", text_of(PROJECT / "run"), re.MULTILINE))
    assert run_commands_in(text_of(page)) - there == set()


def test_the_read_me_gives_the_two_commands_of_a_fresh_machine() -> None:
    assert {"demo", "test"} <= run_commands_in(text_of(PROJECT / "README.md"))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_inside_the_repository_leads_somewhere(page: Path) -> None:
    broken = []
    for link in links_in(text_of(page)):
        if re.match(r"^(https?|mailto|tel):", link):
            continue
        target, _, anchor = link.partition("#")
        path = (page.parent / target).resolve() if target else page
        if not path.exists() or (anchor and path.suffix == ".md" and anchor not in anchors_of(text_of(path))):
            broken.append(link)
    assert broken == []


def test_every_page_is_named_on_the_front_page_of_the_documentation() -> None:
    front = DOCS / "README.md"
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in links_in(text_of(front))}
    assert [named(page) for page in sorted(DOCS.rglob("*.md")) if page != front and page.resolve() not in linked] == []


def test_a_block_that_should_run_says_so_in_words_that_are_known() -> None:
    known = re.compile(r"^(runnable|output|exit=\d+|file=[\w./-]+)$")
    odd = [
        f"{named(page)}: {word}"
        for page in PAGES
        for block in blocks_of(text_of(page))
        for word in block.words
        if not known.match(word)
    ]
    assert odd == []


# -- up to date -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(REFERENCE.pages()))
def test_a_generated_page_of_the_reference_is_up_to_date(name: str) -> None:
    assert text_of(DOCS / "reference" / name) == REFERENCE.pages()[name], (
        "Run: PYTHONPATH=src python docs/make_reference.py"
    )


def test_the_table_of_false_calls_is_what_is_worked_out() -> None:
    found = {
        (row.rules, row.dispersion, row.limits_from): f"{row.share:.1%}" for row in unchanged(UnchangedQuestion()).rows
    }
    names = {
        "outside": ("outside",),
        "shift": ("shift",),
        "trend": ("trend",),
        "two of three": ("two_of_three",),
        "outside or shift": ("outside", "shift"),
        "all four": tuple(RULES),
    }
    columns = [
        (1.0, "the first 24 months"),
        (2.4, "the first 24 months"),
        (1.0, "all 48 months"),
        (2.4, "all 48 months"),
    ]
    page = text_of(DOCS / "explanation" / "when-a-series-moved.md")
    for name, rules in names.items():
        shares = [found[rules, dispersion, limits] for dispersion, limits in columns]
        assert f"| {name} | {' | '.join(shares)} |" in page


def test_the_page_of_exit_codes_has_every_code_that_the_errors_have() -> None:
    kinds = [
        each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, errors.LamplighterError)
    ]
    codes = {each.exit_code for each in kinds} | {0, 1, 2, INTERRUPTED}
    page = text_of(DOCS / "reference" / "exit-codes.md")
    assert {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)} == codes


def test_every_picture_is_small_enough_to_be_cloned_gladly() -> None:
    pictures = sorted((DOCS / "pictures").glob("*.png"))
    assert [named(each) for each in pictures if each.stat().st_size > MOST_PICTURE_BYTES] == []
    assert all(each.read_bytes().startswith(b"\x89PNG") for each in pictures)
