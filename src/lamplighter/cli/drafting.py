"""Commands that start a plan from a text: draft, review, draft-score."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from lamplighter.cli.say import Json, say, say_json

if TYPE_CHECKING:
    from lamplighter.plan.drafting.confirming import Confirmed
    from lamplighter.plan.drafting.review import Item, Review

KEYS = "y confirm · n refuse · s later · u undo · q stop"
END_OF_INPUT = ""


def draft(
    text: Annotated[Path, typer.Argument(help="The plan's text: .txt, .html, .docx, or a PDF with a text layer.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The plan folder; started if it is not there.")],
    title: Annotated[str | None, typer.Option(help="The plan's title, for a new folder.")] = None,
    body: Annotated[str | None, typer.Option(help="Whose plan it is, for a new folder.")] = None,
    version: Annotated[str | None, typer.Option(help="The version that the text is of; the last if not given.")] = None,
    as_json: Json = False,
) -> None:
    """Draft a plan from its text: what may be a promise, a figure, a date or a programme. Nothing is confirmed."""
    from lamplighter.plan.drafting.documents import read_document
    from lamplighter.plan.drafting.draft import draft as drafted_from
    from lamplighter.plan.drafting.draft_folder import write_draft

    found = drafted_from(read_document(text))
    rows = write_draft(found, folder=out, name=text.name, title=title, body=body, version=version, today=date.today())
    counts = {kind.__name__.removeprefix("Draft").lower() + "s": len(each) for kind, each in rows.items()}
    if as_json:
        say_json({"folder": str(out), **counts, "warning": found.warning or None})
        return
    told = ", ".join(f"{count:,} {name}" for name, count in counts.items() if name != "sentences")
    say(f"Read {counts['sentences']:,} sentences of {text.name} and picked {told}. Nothing is confirmed yet.")
    if found.warning:
        say(found.warning)
    say(f"Decide each one, a key an item: lamplighter plan review {out} --by NAME")


def review(
    folder: Annotated[Path, typer.Argument(help="The plan folder that holds the draft.")],
    by: Annotated[str, typer.Option("--by", help="Your name: it is kept with each answer.")],
) -> None:
    """Confirm or refuse what the draft picked, one key an item; stop and go on whenever you like."""
    from lamplighter.plan.drafting.confirming import write_confirmed
    from lamplighter.plan.drafting.review import open_review

    opened = open_review(folder)
    say(f"{len(opened.left):,} of {len(opened.items):,} items are left to decide. Keys: {KEYS}")
    try:
        opened = _ask_all(opened, by=by)
    finally:
        _say_written(write_confirmed(open_review(folder)), folder)
    left = len(opened.left)
    say(f"{left:,} items are left. Go on with the same command." if left else "Every item is decided.")


def _ask_all(opened: Review, *, by: str) -> Review:
    from lamplighter.plan.drafting.review import decide, undo

    later: list[str] = []
    while True:
        waiting = [each for each in opened.left if each.id not in later]
        if not waiting:
            if later or not opened.answers:
                return opened
            say("\nThat was the last item. u takes the last answer back · any other key ends")
            if _key() != "u":
                return opened
            opened, back = undo(opened)
            say(f"  Undone: {back}.")
            continue
        item = waiting[0]
        _say_item(item, len(opened.items) - len(opened.left) + 1, len(opened.items))
        key = _key()
        if key in ("y", "n"):
            opened = decide(opened, item.id, "confirmed" if key == "y" else "refused", by=by, today=date.today())
        elif key == "s":
            later.append(item.id)
        elif key == "u":
            opened, back = undo(opened)
            say(f"  Undone: {back}." if back else "  There is nothing to undo.")
        elif key in ("q", END_OF_INPUT):
            return opened
        else:
            say(f"  {KEYS}")


def _say_item(item: Item, number: int, of: int) -> None:
    say(f"\n{number}/{of} {item.id} {item.words}")
    if item.kind != "promise":
        say(f"  in: {item.sentence.text}")
    say(f"  {item.row.sure}: {item.row.why}")


def _key() -> str:
    """One key of a terminal without Enter; where input is piped, one character, white space passed over."""
    if sys.stdin.isatty():
        import click

        pressed = click.getchar().lower()
        return END_OF_INPUT if pressed == "\x04" else pressed
    while (typed := sys.stdin.read(1)).isspace():
        pass
    return typed.lower()


def _say_written(done: Confirmed, folder: Path) -> None:
    if done.added:
        say("\nWrote " + ", ".join(f"{count} into {name}.csv" for name, count in done.added.items()) + f" of {folder}.")
    if done.taken_back:
        say("Took back " + ", ".join(f"{count} from {name}.csv" for name, count in done.taken_back.items()) + ".")
    for each in done.kept:
        say(f"{each} was changed by hand since it was confirmed, so it stays. Take it out of its CSV if it must go.")
    for each, needed_by in done.used:
        say(f"{each} is no longer confirmed, but {', '.join(needed_by[:5])} refers to it, so it stays.")
    if done.names:
        say(
            f"{len(done.names)} confirmed names are kept in {folder / 'draft' / 'programmes.csv'}, and in the note of each "
            "confirmed promise whose sentence has one."
        )


def draft_score(
    text: Annotated[Path, typer.Option("--text", help="The text that was labelled.")],
    truth: Annotated[
        Path, typer.Option("--truth", help="The labels: a CSV with kind, id, value, and start and end or words.")
    ],
    as_json: Json = False,
) -> None:
    """Score the drafting rules on a labelled text: precision and recall of promises, figures and dates, with counts."""
    from lamplighter.plan.drafting.documents import read_document
    from lamplighter.plan.drafting.draft import draft as drafted_from
    from lamplighter.plan.drafting.scoring import read_labels, score

    words = read_document(text)
    found = score(drafted_from(words), read_labels(truth, text=words))
    if as_json:
        say_json({each.kind + "s": _score_told(each) for each in found})
        return
    for each in found:
        say(
            f"{each.kind + 's':<9} recall {_share(each.recall)} ({each.found} of {each.labelled} labelled), "
            f"precision {_share(each.precision)} ({each.right} of {each.drafted} drafted)"
        )
        for missed in each.missed:
            say(f"  missed: {missed}")
        for wrong in each.wrong:
            say(f"  not labelled: {wrong}")


def _score_told(each: Any) -> dict[str, Any]:
    return {
        "labelled": each.labelled,
        "found": each.found,
        "recall": each.recall,
        "drafted": each.drafted,
        "right": each.right,
        "precision": each.precision,
        "missed": list(each.missed),
        "not_labelled": list(each.wrong),
    }


def _share(value: float | None) -> str:
    return "not known" if value is None else f"{100 * value:.0f}%"
