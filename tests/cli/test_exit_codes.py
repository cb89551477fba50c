"""Every way to fail has its exit code and one sentence that names the thing and the mend."""

from __future__ import annotations

import functools
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

import lamplighter.workspace
from lamplighter import __version__
from lamplighter.errors import PartMissing, WorkspaceNotWritten

Run = Callable[..., Any]


def test_done_is_nought(run: Run, plan: Path, workspace: Path):
    assert run("imports", "--workspace", workspace).code == 0
    assert run("plan", "check", plan).code == 0
    assert run("--help").code == 0


def test_a_check_that_finds_an_error_is_one(run: Run, plan: Path):
    (plan / "promises.csv").write_text("id,version,kind,title\nA1,V9,action,Train\n", encoding="utf-8")
    said = run("plan", "check", plan)
    assert said.code == 1
    assert "error: promises.csv:2: A1 is of version 'V9'" in said.out


def test_warnings_are_one_only_where_that_is_asked_for(run: Run, plan: Path):
    assert run("plan", "check", plan).code == 0
    assert run("plan", "check", plan, "--strict").code == 1


@pytest.mark.parametrize(
    "typed",
    [
        ("plan", "check"),
        ("plan", "check", "folder", "--colour"),
        ("plan", "check", "folder", "--as-of", "yesterday"),
        ("imprt",),
        ("imports",),
        ("plan", "as-of", "folder", "30/06/2022"),
        ("plan", "accept", "folder", "A1", "no owner"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_two_with_the_word_that_is_wrong(run: Run, typed: tuple[str, ...]):
    said = run(*typed)
    assert said.code == 2
    assert said.out == ""
    assert "Error" in said.err
    assert len(said.sentences) <= 8


REFUSED = [
    (("plan", "check", "{tmp}/nowhere"), "There is no folder"),
    (("plan", "show", "{tmp}/nowhere"), "There is no folder"),
    (("plan", "check", "{tmp}"), "has no plan.toml, so it is not a plan folder"),
    (("plan", "new", "{plan}", "--title", "T", "--body", "B"), "is not empty. Name a new folder."),
    (("plan", "stamp", "{plan}", "--by", " "), "A stamp needs a name"),
    (("plan", "as-of", "{tmp}", "2022-01-01"), "has no plan.toml"),
    (("plan", "accept", "{plan}", "A1", "no ownr", "--by", "N", "--reason", "R"), "A1 has no warning 'no ownr'"),
    (("plan", "schema", "plan.jsn"), "There is no schema of 'plan.jsn'"),
    (("plan", "show", "{plan}", "A3"), "There is no promise called 'A3'. Known: A1 and A2."),
    (("plan", "show", "{plan}", "A3", "--json"), "There is no promise called 'A3'"),
    (("plan", "show", "{plan}", "--text", "{tmp}/copy.txt"), "There is no file copy.txt"),
    (("plan", "show", "{plan}", "--as-of", "1999-12-31", "--workspace", "{tmp}/none"), "{tmp}/none"),
    (("measure", "recorded-vwag", "--workspace", "{w}"), "Did you mean recorded-vawg"),
    (("measure", "--area", "Nortam", "--workspace", "{w}"), "Did you mean Northam"),
    (("measure", "--area", "Abbey", "--workspace", "{w}"), "Name it with its borough: Northam / Abbey"),
    (("measure", "--area", "Northam", "--offence", "Rape", "--workspace", "{w}"), "by place or by offence, never both"),
    (("measure", "--workspace", "{w}"), "Name a measure, an --area or an --offence."),
    (("measures", "--workspace", "{tmp}/none"), "{tmp}/none"),
    (("imports", "--workspace", "{tmp}/none"), "{tmp}/none"),
    (("verify", "--workspace", "{tmp}/none"), "{tmp}/none"),
    (("refused", "0009-none", "--workspace", "{w}"), "There is no import 0009-none"),
    (("import", "mps-vawg", "{tmp}/gone.csv", "--workspace", "{tmp}/new"), "gone.csv"),
    (("demo", "--data", "{tmp}", "--out", "{tmp}/demo"), "There is no vawg-*.parquet"),
]


@pytest.mark.parametrize(("typed", "words"), REFUSED, ids=[" ".join(typed) for typed, _ in REFUSED])
def test_input_refused_is_three_with_one_sentence_and_nothing_else(
    run: Run, plan: Path, workspace: Path, tmp_path: Path, typed: tuple[str, ...], words: str
):
    places = {"tmp": str(tmp_path), "plan": str(plan), "w": str(workspace)}
    said = run(*(each.format(**places) for each in typed))
    assert said.code == 3
    assert said.out == ""
    assert len(said.sentences) == 1
    assert said.err.startswith("lamplighter: ")
    assert words.format(**places) in said.err


def test_a_folder_with_bad_lines_is_three_where_it_has_to_be_read_whole(run: Run, plan: Path):
    (plan / "promises.csv").write_text("id,version,kind,title\n9,V1,action,Train\n", encoding="utf-8")
    said = run("plan", "show", plan)
    assert said.code == 3
    assert "promises.csv:2" in said.err


def test_a_busy_workspace_is_four(
    run: Run, workspace: Path, northam_csv: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    other = tmp_path / "other.csv"
    other.write_text(northam_csv.read_text(encoding="utf-8").replace(",4,", ",5,"), encoding="utf-8")
    hasty = functools.partial(lamplighter.workspace.import_files, wait_s=0.1)
    monkeypatch.setattr(lamplighter.workspace, "import_files", hasty)
    with FileLock(workspace / "workspace.lock"):
        started = time.monotonic()
        said = run("import", "mps-vawg", other, "--workspace", workspace)
    assert said.code == 4
    assert time.monotonic() - started < 20
    assert len(said.sentences) == 1
    assert said.out == ""


@pytest.mark.parametrize("as_json", [False, True])
def test_a_damaged_workspace_is_five(run: Run, northam_csv: Path, tmp_path: Path, as_json: bool):
    folder = tmp_path / "workspace"
    assert run("import", "mps-vawg", northam_csv, "--workspace", folder).code == 0
    kept = sorted(folder.rglob("*.parquet"))[0]
    kept.write_bytes(kept.read_bytes()[:-1] + b"?")
    said = run("verify", "--workspace", folder, *(["--json"] if as_json else []))
    assert said.code == 5
    assert kept.name in said.err


@pytest.mark.parametrize("asked", ["build", "show", "measure"])
def test_nothing_is_said_from_a_table_that_was_changed_after_its_import(
    run: Run, plan: Path, northam_csv: Path, tmp_path: Path, asked: str
):
    folder = tmp_path / "workspace"
    assert run("import", "mps-vawg", northam_csv, "--workspace", folder).code == 0
    kept = sorted(folder.rglob("*.parquet"))[0]
    content = bytearray(kept.read_bytes())
    content[100] ^= 1  # still a Parquet file, of other numbers
    kept.write_bytes(content)
    out = ["--out", tmp_path / "site"] if asked == "build" else []
    question = ["measure", "recorded-vawg"] if asked == "measure" else ["plan", asked, plan]
    said = run(*question, "--workspace", folder, *out)
    assert said.code == 5
    assert f"{kept.name} was changed after import" in said.err
    assert said.out == ""
    assert not (tmp_path / "site").exists()


def test_a_workspace_that_lost_a_file_is_five_when_it_is_asked(run: Run, northam_csv: Path, tmp_path: Path):
    folder = tmp_path / "workspace"
    assert run("import", "mps-vawg", northam_csv, "--workspace", folder).code == 0
    for kept in folder.rglob("*.parquet"):
        kept.unlink()
    said = run("measures", "--workspace", folder)
    assert (said.code, len(said.sentences)) == (5, 1)


@pytest.mark.parametrize(
    ("error", "code"), [(PartMissing("No [web]."), 6), (WorkspaceNotWritten("The disk is full."), 7)]
)
def test_a_missing_part_is_six_and_a_disk_that_refuses_is_seven(
    run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, code: int
):
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(lamplighter.workspace, "import_files", fail)
    said = run("import", "mps-vawg", "a.csv", "--workspace", workspace)
    assert (said.code, said.err) == (code, f"lamplighter: {error}\n")


def test_stopped_by_hand_is_130(run: Run, workspace: Path, monkeypatch: pytest.MonkeyPatch):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(lamplighter.workspace, "import_files", stop)
    said = run("import", "mps-vawg", "a.csv", "--workspace", workspace)
    assert said.code == 130
    assert "stopped. Nothing half-done was kept." in said.err


def test_the_codes_that_are_printed_and_documented_are_those_of_the_error_tree(run: Run):
    from lamplighter import errors

    given = {each.exit_code for each in vars(errors).values() if isinstance(each, type) and issubclass(each, Exception)}
    printed = " ".join(run("--help").out.split())
    documented = (Path(__file__).parents[2] / "docs" / "reference" / "exit-codes.md").read_text(encoding="utf-8")
    for code in given | {0, 2, 130}:
        assert f" {code} " in printed, code
        assert f"\n| {code} |" in documented, code


# -- the version ----------------------------------------------------------------------------------------------------------


def test_the_version_is_told_without_loading_the_commands():
    script = (
        "import sys; from lamplighter.cli import main; code = main(['--version']); "
        "assert not {'typer', 'rich', 'click', 'duckdb', 'numpy', 'pyarrow'} & set(sys.modules); sys.exit(code)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"lamplighter {__version__}\n", "")


def test_the_version_is_told_after_other_options_too(run: Run):
    assert run("--version", "plan").out == f"lamplighter {__version__}\n"


def test_the_module_runs_as_a_command():
    done = subprocess.run(
        [sys.executable, "-m", "lamplighter", "plan", "check", "nowhere"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 3
    assert done.stderr.startswith("lamplighter: There is no folder nowhere.")


def test_a_place_under_a_file_is_refused_before_anything_is_drawn(run: Run, plan: Path, tmp_path: Path):
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    said = run("plan", "build", plan, "--out", tmp_path / "letter.txt" / "site")
    assert said.code == 3
    assert "letter.txt is a file. Give --out a folder" in said.err


def test_a_whole_disk_is_not_walked_through_to_refuse_it(
    run: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letters").mkdir()
    monkeypatch.setattr(Path, "rglob", lambda *_: pytest.fail("walked through what is not ours"))
    said = run("plan", "build", plan, "--out", tmp_path / "home")
    assert said.code == 3
    assert "is not a site that Lamplighter wrote" in said.err


def test_a_place_of_somebody_elses_is_refused_before_the_workspace_is_opened(run: Run, plan: Path, tmp_path: Path):
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("Dear", encoding="utf-8")
    said = run("plan", "build", plan, "--out", tmp_path / "home", "--workspace", tmp_path / "nowhere")
    assert said.code == 3
    assert "is not a site that Lamplighter wrote" in said.err


def test_a_disk_that_is_full_when_a_site_is_written_is_seven_with_a_sentence_and_no_site(
    run: Run, plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def full(self: Path, *_: object) -> int:
        raise OSError(28, "No space left on device", str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    said = run("plan", "build", plan, "--out", tmp_path / "site")
    assert said.code == 7
    assert len(said.sentences) == 1
    assert "No space left on device" in said.err
    assert not list(tmp_path.glob("*site*"))


def test_a_new_plan_under_a_file_is_seven_with_a_sentence(run: Run, tmp_path: Path):
    (tmp_path / "letter.txt").write_text("Dear", encoding="utf-8")
    said = run("plan", "new", tmp_path / "letter.txt" / "plan", "--title", "Ours", "--body", "Us")
    assert said.code == 7
    assert "letter.txt" in said.err
