"""The command that holds two versions of a plan side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lamplighter.cli.say import Json, Quiet, say, say_json, table
from lamplighter.errors import InputError

if TYPE_CHECKING:
    from lamplighter.plan.comparing import Comparison, Side
    from lamplighter.plan.comparing.following import Followed
    from lamplighter.plan.folder import Plan

app = typer.Typer()
_SHORT = 44


@app.command("compare")
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help="The earlier version: a plain text, or FOLDER@VERSION.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The later version: a plain text, or FOLDER@VERSION.")],
    text_a: Annotated[
        Path | None, typer.Option("--text-a", help="Your own copy of A's text, where A is a plan folder.")
    ] = None,
    text_b: Annotated[
        Path | None, typer.Option("--text-b", help="Your own copy of B's text, where B is a plan folder.")
    ] = None,
    reasons: Annotated[
        Path | None, typer.Option("--reasons", help="A CSV of reasons: before, after, reason, by, on.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="A folder for the page, the DOCX with tracked changes and the JSON."),
    ] = None,
    successors: Annotated[
        bool, typer.Option("--successors", help="Print the rows suggested for successors.csv, and nothing else.")
    ] = False,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Hold two versions side by side: what is the same, changed, moved, merged, split, new, gone or unsure, and why."""
    from lamplighter.plan.comparing import compare as compared
    from lamplighter.plan.comparing.comparison_json import comparison_json
    from lamplighter.plan.comparing.following import follow
    from lamplighter.plan.comparing.reasons import read_reasons, with_decisions, with_rows
    from lamplighter.plan.folder import as_csv
    from lamplighter.plan.records.promising import Successor

    if as_json and successors:
        raise InputError("--json and --successors both print. Ask for one of them.")
    side_a, plan_a, version_a = _side(a, text_a, "--text-a")
    side_b, plan_b, version_b = _side(b, text_b, "--text-b")
    found = with_decisions(compared(side_a, side_b), a=plan_a, b=plan_b)
    if reasons is not None:
        found = with_rows(found, read_reasons(reasons), name=reasons.name)
    followed: tuple[Followed, ...] = ()
    if plan_a is not None and version_a is not None:
        followed = follow(found, a=plan_a, version=version_a, b=plan_b, version_b=version_b)
    files: tuple[str, ...] = ()
    if out is not None:
        from lamplighter.reports.comparing import write_comparison

        files = write_comparison(found, followed, out)
    if as_json:
        say_json(comparison_json(found, followed))
    elif successors:
        say(as_csv(Successor, [each.suggested for each in followed if each.suggested]).rstrip("\n"))
    else:
        _say(found, followed, quiet=quiet)
        if out is not None:
            say(f"Wrote {', '.join(files)} into {out}. Open {out / files[0]}", quiet=quiet)


def _side(given: str, text: Path | None, option: str) -> tuple[Side, Plan | None, str | None]:
    """A plain text, or a version of a plan folder: `plans/ours@V2`, or the folder alone where it has one version."""
    from lamplighter.plan.comparing import side_of_text, side_of_version
    from lamplighter.plan.folder import load_plan
    from lamplighter.plan.text import read_text

    path, version = Path(given), None
    if not path.exists() and "@" in given:
        before, _, after = given.rpartition("@")
        path, version = Path(before), after
    if path.is_dir():
        plan = load_plan(path)
        own = read_text(text) if text is not None else None
        side = side_of_version(plan, version, name=path.name, own_text=own)
        return side, plan, version or plan.header.versions[0].id
    if version is not None and path.exists():
        raise InputError(f"{path} is no plan folder, so it has no version {version!r}. Leave out @{version}.")
    if text is not None:
        raise InputError(f"{given} is a plain text already. Leave out {option}.")
    return side_of_text(read_text(path), name=path.name), None, None


def _say(found: Comparison, followed: tuple[Followed, ...], *, quiet: bool) -> None:
    from lamplighter.plan.comparing.following import sentence_words

    say(
        f"{found.a.title}: {len(found.a.lines):,} sentences. {found.b.title}: {len(found.b.lines):,} sentences.",
        quiet=quiet,
    )
    for side in (found.a, found.b):
        if side.paraphrased:
            told = f"Of {side.paraphrased:,} sentences of {side.title} only our paraphrase is held"
            say(f"{told}: same may mean that only the paraphrase is the same.", quiet=quiet)
    say(", ".join(f"{count:,} {kind}" for kind, count in found.counts.items()) + ".", quiet=quiet)
    rows = [
        [each.id, f"{sentence_words(each)}", _cut((each.after or each.before)[0].words), _cut(each.reason_words)]
        for each in found.changes
        if each.kind != "same"
    ]
    if rows:
        say("\n" + table(["change", "what", "begins", "reason"], rows), quiet=quiet)
    if followed:
        promises = [
            [each.promise_id, each.outcome, ", ".join(each.to_ids) or "-", _cut(each.words)] for each in followed
        ]
        say("\n" + table(["promise", "by its sentences", "leads to", "because"], promises), quiet=quiet)
        for each in followed:
            if each.differs:
                say(f"{each.promise_id}: {each.differs}", quiet=quiet)
        if any(each.suggested for each in followed):
            say("For rows to read, sign and paste into successors.csv, add --successors.", quiet=quiet)


def _cut(words: str) -> str:
    return words if len(words) <= _SHORT else words[: _SHORT - 1].rstrip() + "…"
