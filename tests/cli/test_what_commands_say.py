"""What commands say: sentences to a person, JSON alone to a machine, and nothing when asked to be quiet."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


# -- JSON alone -----------------------------------------------------------------------------------------------------------

ASKED = [
    ("imports", "--workspace", "{w}"),
    ("imports", "--all", "--workspace", "{w}"),
    ("measures", "--workspace", "{w}"),
    ("measure", "recorded-vawg", "--workspace", "{w}"),
    ("measure", "--area", "northam", "--workspace", "{w}"),
    ("verify", "--workspace", "{w}"),
    ("plan", "check", "{plan}"),
    ("plan", "show", "{plan}"),
    ("plan", "show", "{plan}", "A1"),
    ("plan", "show", "{plan}", "--workspace", "{w}"),
]


@pytest.mark.parametrize("typed", ASKED, ids=" ".join)
def test_json_is_json_and_nothing_else(run: Run, plan: Path, workspace: Path, typed: tuple[str, ...]):
    said = run(*(each.format(plan=plan, w=workspace) for each in typed), "--json")
    assert said.code == 0
    assert said.err == ""
    json.loads(said.out)


def test_an_import_is_told_as_json(run: Run, northam_csv: Path, tmp_path: Path):
    said = run("import", "mps-vawg", northam_csv, "--workspace", tmp_path / "w", "--json")
    told = json.loads(said.out)
    assert (told["files"][0]["rows_read"], told["files"][0]["rows_kept"], told["files"][0]["rows_refused"]) == (
        49,
        48,
        1,
    )
    assert said.err == ""


def test_the_list_of_imports_has_the_promised_shape(run: Run, workspace: Path):
    (told,) = json.loads(run("imports", "--workspace", workspace, "--json").out)
    assert {"id", "source", "files", "refused", "months_present", "months_missing"} <= set(told)
    (file,) = told["files"]
    assert {"name", "sha256", "rows_read", "rows_kept", "rows_refused", "rows_duplicate"} <= set(file)
    assert sum(told["refused"].values()) == 1


def test_the_check_is_told_as_json_with_file_line_and_mend(run: Run, plan: Path):
    told = json.loads(run("plan", "check", plan, "--json").out)
    assert (told["errors"], told["accepted"]) == ([], [])
    first = next(each for each in told["warnings"] if each["name"] == "no owner")
    assert (first["file"], first["line"], first["record"]) == ("promises.csv", 2, "A1")


def test_one_promise_as_json_is_that_promise(run: Run, plan: Path):
    told = json.loads(run("plan", "show", plan, "A2", "--json").out)
    assert (told["id"], told["evidence_rule"]) == ("A2", "nothing-claimed")


@pytest.mark.parametrize("what", ["folder", "plan.json"])
def test_the_published_schemas_are_json(run: Run, what: str):
    assert json.loads(run("plan", "schema", what).out)


def test_rows_refused_are_told_with_file_line_and_reason(run: Run, workspace: Path):
    import_id = json.loads(run("imports", "--workspace", workspace, "--json").out)[0]["id"]
    (row,) = json.loads(run("refused", import_id, "--workspace", workspace, "--json").out)
    assert row["file"] == "northam.csv"
    assert "50" in row["found_at"]
    assert "count not a whole number" in run("refused", import_id, "--workspace", workspace).out


# -- quiet ----------------------------------------------------------------------------------------------------------------


def test_a_quiet_import_says_nothing(run: Run, northam_csv: Path, tmp_path: Path):
    said = run("import", "mps-vawg", northam_csv, "--workspace", tmp_path / "w", "--quiet")
    assert (said.code, said.out, said.err) == (0, "", "")
    again = run("import", "mps-vawg", northam_csv, "--workspace", tmp_path / "w", "-q")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_a_quiet_import_still_says_what_went_wrong(run: Run, tmp_path: Path):
    said = run("import", "mps-vawg", tmp_path / "gone.csv", "--workspace", tmp_path / "w", "--quiet")
    assert said.code == 3
    assert len(said.sentences) == 1


# -- to a person ------------------------------------------------------------------------------------------------------------


def test_an_import_tells_rows_read_kept_and_refused_and_twice_is_nothing_new(
    run: Run, northam_csv: Path, tmp_path: Path
):
    first = run("import", "mps-vawg", northam_csv, "--workspace", tmp_path / "w")
    assert "northam.csv: 49 rows read, 48 kept, 1 refused, 0 known already." in first.out
    assert "Refused: 1, count not a whole number." in first.out
    again = run("import", "mps-vawg", northam_csv, "--workspace", tmp_path / "w")
    assert "Nothing new: these files were imported before." in again.out


def test_a_measure_tells_its_numbers_and_what_to_beware_of(run: Run, workspace: Path):
    said = run("measure", "--area", "northam", "--workspace", workspace)
    assert said.out.startswith("Northam (flagged crimes recorded in twelve months; Northam)")
    assert "2021-12  48" in said.out
    assert "Note: Place pages count all flagged offences" in said.out


def test_a_whole_workspace_verifies(run: Run, workspace: Path):
    assert run("verify", "--workspace", workspace).out == "Every file is what its manifest says.\n"


def test_a_plan_is_shown_promise_by_promise(run: Run, plan: Path):
    said = run("plan", "show", plan)
    assert "As of 2022-06-30" in said.out
    lines = [line.split("  ") for line in said.out.splitlines() if line.startswith(("A1", "A2"))]
    assert [line[0].strip() for line in lines] == ["A1", "A2"]


def test_one_promise_is_shown_with_its_figures_in_full_and_both_rules(run: Run, plan: Path):
    said = run("plan", "show", plan, "A1")
    words = " ".join(said.out.split())
    assert "1,234,567 officers of 2,345,678" in words
    assert "Rule claimed-not-shown" in words
    assert "Rule no-date-given" in words
    assert "Owner: nobody is named" in words


def test_an_earlier_day_can_be_looked_from(run: Run, plan: Path):
    assert "As of 2022-01-31" in run("plan", "show", plan, "--as-of", "2022-01-31").out


def test_a_readers_own_copy_is_matched(run: Run, plan: Path, tmp_path: Path):
    from lamplighter.plan.text import digest_of

    sentence = "We will train every officer who asks."
    (plan / "sentences.csv").write_text(
        f"id,version,paraphrase,sha256\nS1,V1,Training,{digest_of(sentence)}\nS2,V1,Lamps,{digest_of('Not there')}\n",
        encoding="utf-8",
    )
    (tmp_path / "copy.txt").write_text(f"A heading\n\n{sentence}\n", encoding="utf-8")
    said = run("plan", "check", plan, "--text", tmp_path / "copy.txt")
    assert "1 of 2 sentences of the plan stand in copy.txt." in said.out
    assert "Not found: S2 (Lamps)" in said.out


# -- editing a folder -------------------------------------------------------------------------------------------------------


def test_a_new_folder_passes_its_own_check(run: Run, tmp_path: Path):
    assert "plan check" in run("plan", "new", tmp_path / "new", "--title", "T", "--body", "B").out
    said = run("plan", "check", tmp_path / "new", "--strict")
    assert (said.code, said.out) == (0, "0 errors, 0 warnings, 0 accepted with a reason, in 0 promises.\n")


def test_changing_the_day_keeps_the_comments(run: Run, plan: Path):
    before = (plan / "plan.toml").read_text(encoding="utf-8")
    assert "# The day that the plan is shown as of." in before
    said = run("plan", "as-of", plan, "2023-01-31")
    assert "as_of is now 2023-01-31" in said.out
    assert (plan / "plan.toml").read_text(encoding="utf-8") == before.replace("2022-06-30", "2023-01-31")


def test_a_warning_is_accepted_by_name_and_then_counted_as_accepted(run: Run, plan: Path):
    typed = ("plan", "accept", plan, "A1", "no owner", "--by", "N. Owner", "--reason", "Vacant")
    assert "Wrote decision X-A1-1" in run(*typed).out
    said = run("plan", "check", plan)
    assert "1 accepted with a reason" in said.out
    assert "A1 has no owner" not in said.out
    told = json.loads(run("plan", "check", plan, "--json").out)
    assert told["accepted"][0]["reason"].startswith("Vacant (N. Owner, ")


def test_definitions_are_stamped_once(run: Run, plan: Path):
    (plan / "definitions.csv").write_text("id,version,name,plain_definition\nD1,1,Trained,Officers\n", encoding="utf-8")
    assert "Stamped 1 definition versions" in run("plan", "stamp", plan, "--by", "N. Owner").out
    assert "Stamped 0 definition versions" in run("plan", "stamp", plan, "--by", "N. Owner").out


@pytest.mark.parametrize("command", [(), ("plan",), ("import",)])
def test_help_reads_well_and_names_every_command(run: Run, command: tuple[str, ...]):
    said = run(*command, "--help")
    assert said.code == 0
    names = {(): ("plan", "import", "imports", "measure", "verify"), ("plan",): ("check", "show", "build", "accept")}
    for name in names.get(command, ("mps-vawg",)):
        assert name in said.out
    assert "--help" in said.out


@pytest.mark.parametrize("more", [(), ("--quiet",), ("--json",)])
def test_a_build_from_a_restricted_source_says_that_the_pages_are_not_for_everybody(
    run: Run, plan: Path, tmp_path: Path, more: tuple[str, ...]
):
    """It is a working copy, so it is written; a release would be refused."""
    sources = "id,title,access\nQ1,Minutes,restricted\nQ2,Audit,open\n"
    (plan / "sources.csv").write_text(sources, encoding="utf-8")
    said = run("plan", "build", plan, "--out", tmp_path / "site", *more)
    assert said.code == 0
    assert said.sentences == [
        "Not for everybody: Q1 is marked restricted in sources.csv, and what was read there stands in these pages. "
        "Don't publish them; a release refuses it."
    ]
    (plan / "sources.csv").write_text(sources.replace("restricted", "open"), encoding="utf-8")
    assert run("plan", "build", plan, "--out", tmp_path / "site", *more).err == ""


def test_a_name_out_of_a_file_steers_no_terminal(capsys: pytest.CaptureFixture[str]):
    from lamplighter.cli.say import say

    say("Shef\x1b[31mfield\x07 \u202eegap\n\tand on")
    assert capsys.readouterr().out == "Shef[31mfield egap\n\tand on\n"


def test_an_error_that_quotes_a_file_steers_no_terminal(run: Run, tmp_path: Path):
    said = run("imports", "--workspace", tmp_path / "no\x1b[2J\u202ewhere")
    assert said.code == 3
    assert "\x1b" not in said.err
    assert "\u202e" not in said.err
