"""How commands speak: sentences to a person, JSON to a machine, progress to a terminal and to nobody else."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from lamplighter.schema import OnProgress, number_words, tell_nobody, visible

Workspace = Annotated[Path, typer.Option("--workspace", "-w", help="The folder that holds what was imported.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for a machine, and nothing else.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say only what went wrong.")]


def say(text: str = "", *, quiet: bool = False) -> None:
    """A sentence on standard output."""
    if not quiet:
        typer.echo(visible(text))


def say_json(told: Any) -> None:
    """JSON on standard output, readable, in UTF-8."""
    typer.echo(json.dumps(told, ensure_ascii=False, indent=1))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A plain table that reads in a terminal and in a mail."""
    widths = [max(len(head), *(len(row[at]) for row in rows)) if rows else len(head) for at, head in enumerate(heads)]
    lines = [heads, ["-" * width for width in widths], *rows]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def number(value: float | None) -> str:
    """1,234,567; 22.5; 0.04; not known: in full, never as 1.23e+06."""
    if value is None or float(value).is_integer():
        return number_words(value)
    return f"{value:,.1f}" if abs(value) >= 1 else f"{value:.2g}"


@contextmanager
def progress(*, quiet: bool) -> Iterator[OnProgress]:
    """Tells of long steps on standard error: a bar in a terminal, nothing where it is not one or nobody wants it."""
    if quiet or not sys.stderr.isatty():
        yield tell_nobody
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    bar = Progress(TextColumn("{task.description:<44}"), BarColumn(), TextColumn("{task.completed}/{task.total}"),
                   console=Console(stderr=True), transient=True)  # fmt: skip
    with bar:
        task = bar.add_task("", total=None)
        yield lambda what, done, of: bar.update(task, description=what, completed=done, total=of)
