"""What the commands say: a preview before anything is written, JSON to a machine, exit 1 when something stands against it."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
import typer
from tests.plan.sheets.conftest import bytes_of, type_in
from typer.testing import CliRunner, Result

from lamplighter.cli import sheets

app = typer.Typer()
app.command("export")(sheets.export_sheets)
app.command("import")(sheets.import_sheets)
app.command("ask")(sheets.ask)
app.command("remind")(sheets.remind)


def _run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(each) for each in arguments])


def test_export_says_what_it_wrote_and_what_comes_next(plan: Path, tmp_path: Path):
    said = _run("export", plan, "--xlsx", tmp_path / "x.xlsx")
    assert said.exit_code == 0
    assert said.output.startswith("Wrote 10 records in ")
    assert f"lamplighter plan import {plan} --xlsx {tmp_path / 'x.xlsx'}" in said.output


def test_import_without_yes_shows_the_changes_and_writes_nothing(plan: Path, sheet: Path):
    before = bytes_of(plan)
    type_in(sheet, {("promises", "A3", "title"): "Ask women first"})
    said = _run("import", plan, "--xlsx", sheet)
    assert said.exit_code == 0
    assert "  A3, title: 'Ask women' becomes 'Ask women first' (plan.xlsx, sheet promises, D4)" in said.output
    assert said.output.endswith("Nothing was written. Add --yes to write it.\n")
    assert bytes_of(plan) == before


def test_import_with_yes_writes_and_says_which_files(plan: Path, sheet: Path):
    said = _run("import", plan, "--xlsx", type_in(sheet, {("promises", "A3", "title"): "Ask women first"}), "--yes")
    assert (said.exit_code, f"Wrote promises.csv in {plan}." in said.output) == (0, True)
    assert "Ask women first" in (plan / "promises.csv").read_text(encoding="utf-8")
    assert _run("import", plan, "--xlsx", sheet, "--yes").output == "Nothing changed.\n"


def test_import_exits_1_and_writes_nothing_when_a_cell_can_not_be_taken(plan: Path, sheet: Path):
    before = bytes_of(plan)
    type_in(sheet, {("promises", "A3", "title"): "Ask women first", ("promises", "A1", "kind"): "x"})
    said = _run("import", plan, "--xlsx", sheet, "--yes")
    assert said.exit_code == 1
    assert "error: plan.xlsx, sheet promises, C2: kind: 'x' is not one of" in said.output
    assert "Errors: 1, conflicts: 0. Nothing was written." in said.output
    assert bytes_of(plan) == before


def test_import_names_a_conflict_and_the_two_ways_out(plan: Path, sheet: Path):
    path = plan / "promises.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("Ask women", "Ask all"), encoding="utf-8", newline="\n")
    said = _run("import", plan, "--xlsx", type_in(sheet, {("promises", "A3", "title"): "Ask some"}), "--yes")
    assert said.exit_code == 1
    assert (
        "conflict: A3, title: the folder says 'Ask all', plan.xlsx, sheet promises, D4 says 'Ask some'." in said.output
    )
    assert "add --take sheet or --take folder" in said.output
    assert _run("import", plan, "--xlsx", sheet, "--yes", "--take", "sheet").exit_code == 0


def test_import_as_json_is_json_and_nothing_else(plan: Path, sheet: Path):
    told = json.loads(
        _run("import", plan, "--xlsx", type_in(sheet, {("promises", "A3", "title"): "Ask"}), "--json").output
    )
    assert (told["written"], told["errors"], told["conflicts"]) == ([], [], [])
    assert [(each["record"], each["before"], each["after"]) for each in told["changed"]] == [("A3", "Ask women", "Ask")]


def test_ask_and_import_of_all_pages_at_once(plan: Path, tmp_path: Path):
    for owner in ("Head of Training", "Head of Engagement"):
        assert (
            _run("ask", plan, "--owner", owner, "--out", tmp_path / f"{owner}.xlsx", "--as-of", "2022-06-30").exit_code
            == 0
        )
    said = _run(
        "import", plan, "--xlsx", tmp_path / "Head of Training.xlsx", "--xlsx", tmp_path / "Head of Engagement.xlsx"
    )
    assert "Head of Training answers 0 of 2 promises asked on 2022-06-30." in said.output
    assert said.output.endswith("Nothing changed.\n")


def test_ask_all_writes_a_workbook_a_person_and_they_come_back_together(plan: Path, tmp_path: Path):
    said = _run("ask", plan, "--all", "--out", tmp_path / "asked", "--as-of", "2022-06-30", "--send-to", "Ann, room 4")
    assert (said.exit_code, "Wrote 2 workbooks into" in said.output) == (0, True)
    pages = sorted((tmp_path / "asked").glob("*.xlsx"))
    assert [each.name[:-12] for each in pages] == ["2022-06-30-head-of-engagement", "2022-06-30-head-of-training"]
    top = openpyxl.load_workbook(pages[1])["answers"]["A3"].value
    assert top == "Asked on 30 June 2022. Save it and send it back by 14 July 2022 to Ann, room 4."
    back = _run("import", plan, "--xlsx", pages[0], "--xlsx", pages[1])
    assert "Head of Engagement answers 0 of 1 promises" in back.output
    assert back.output.endswith("Nothing changed.\n")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--owner NAME for one, or --all for everybody"),
        (("--all", "--owner", "Head of Training"), "and not both"),
        (("--owner", "Head of Training", "--mail-server", "localhost"), "Pages are sent with --all only"),
        (("--all", "--back-by", "2022-06-01"), "2022-06-01 lies before the day of asking, 2022-06-30"),
        (("--all", "--tls", "none"), "--tls says how to send"),
    ],
)
def test_ask_says_which_options_do_not_go_together(plan: Path, tmp_path: Path, options: tuple[str, ...], said: str):
    done = _run("ask", plan, "--out", tmp_path / "asked", "--as-of", "2022-06-30", *options)
    assert said in str(done.exception)
    assert not list(tmp_path.rglob("*.xlsx"))


def test_ask_all_into_a_file_is_refused_and_the_file_stays(plan: Path, tmp_path: Path):
    (tmp_path / "x.xlsx").write_bytes(b"mine")
    assert "is a file. With --all give --out a folder" in str(
        _run("ask", plan, "--all", "--out", tmp_path / "x.xlsx").exception
    )
    assert (tmp_path / "x.xlsx").read_bytes() == b"mine"


def test_remind_dry_says_the_mails_and_writes_nothing_and_then_writes_each_once(plan: Path, tmp_path: Path):
    asked = ("remind", plan, "--as-of", "2022-06-02", "--out", tmp_path / "outbox")
    dry = _run(*asked, "--dry-run")
    assert "To Head of Engagement, no address" in dry.output
    assert dry.output.endswith("Nothing was written.\n")
    assert not (tmp_path / "outbox").exists()
    assert _run(*asked).output.endswith(f"Written into {tmp_path / 'outbox'}; none was sent.\n")
    assert _run(*asked).output == "0 mails, 0 new ledger lines. Nothing was written.\n"


def test_without_an_outbox_named_the_mails_lie_beside_the_plan_and_not_in_it(plan: Path):
    before = bytes_of(plan)
    assert _run("remind", plan, "--as-of", "2022-06-02").exit_code == 0
    assert (plan.parent / "northam-reminders" / "ledger.csv").is_file()
    assert bytes_of(plan) == before


@pytest.mark.parametrize("command", ["export", "import", "ask", "remind"])
def test_every_command_says_what_it_is_for(command: str):
    assert _run(command, "--help").exit_code == 0
