"""Writes the pages of docs/reference that the code knows best: commands, the plan folder, rules and definitions.

    PYTHONPATH=src python docs/make_reference.py

A test says when they are out of date.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent / "reference"
MADE = "<!-- Written by docs/make_reference.py from the code. Change it there. -->\n"


def pages() -> dict[str, str]:
    """File name → content of every generated page."""
    sys.path.insert(0, str(HERE.parent))
    from make_profile_reference import profile_pages

    return {
        **profile_pages(MADE, table),
        "commands.md": MADE + commands_page(),
        "plan-folder.md": MADE + plan_folder_page(),
        "data.md": MADE + data_page(),
        "rules.md": MADE + rules_page(),
        "measure-cards.md": MADE + measure_cards_page(),
        "python.md": MADE + python_page(),
    }


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; a bar in a cell is escaped."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    lines += [
        "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines) + "\n"


# -- commands ---------------------------------------------------------------------------------------------------------


def command_tree() -> Any:
    """The command line as Typer knows it."""
    from typer.main import get_command

    from lamplighter.cli.commands import app

    return get_command(app)


def leaves(command: Any, path: tuple[str, ...] = ("lamplighter",)) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that can be run, with the words that call it."""
    inner = getattr(command, "commands", None)
    if not inner:
        yield path, command
        return
    for name, each in inner.items():
        yield from leaves(each, (*path, name))


def commands_page() -> str:
    parts = [
        "# Commands\n",
        "In a clone, put `./run` before them (`./run lamplighter plan check my-plan`). On Windows, and wherever the command "
        "is not on the path: `py -m lamplighter …` or `python -m lamplighter …`. What they exit with: "
        "[exit codes](exit-codes.md).\n",
        "`lamplighter --version` prints the version; `--help` after any command says what it takes.\n",
    ]
    for path, command in leaves(command_tree()):
        arguments = [each for each in command.params if each.param_type_name == "argument"]
        options = [each for each in command.params if each.param_type_name == "option" and each.name != "help"]
        usage = " ".join(
            [*path, *(_argument(each) for each in arguments), *(_needed(each) for each in options if each.required)]
        )
        parts.append(f"## {' '.join(path[1:])}\n")
        parts.append(f"{_paragraphs(command.help)}\n")
        parts.append(f"```sh\n{usage}\n```\n")
        rows = [(f"`{_argument(each)}`", _says(each)) for each in arguments]
        rows += [(", ".join(f"`{name}`" for name in each.opts) + _takes(each), _says(each)) for each in options]
        if rows:
            parts.append(table(("argument or option", "what"), rows))
    return "\n".join(parts)


def _argument(argument: Any) -> str:
    name = (argument.metavar or argument.name).strip("[]").upper()
    name = f"{name}…" if argument.nargs == -1 else name
    return name if argument.required else f"[{name}]"


def _takes(option: Any) -> str:
    return "" if option.is_flag else f" {_value_of(option)}"


def _value_of(option: Any) -> str:
    known = {"Path": "PATH", "datetime": "YYYY-MM-DD", "str": "TEXT"}
    return known.get(option.type_descriptor.annotation.__name__, "VALUE")


def _needed(option: Any) -> str:
    longest = max(option.opts, key=len)
    return f"{longest} {_value_of(option)}"


def _says(parameter: Any) -> str:
    words = parameter.help or ""
    if parameter.required:
        return f"{words} Required."
    default = parameter.default
    if default not in (None, False, ()) and not callable(default):
        shown = default.as_posix() if isinstance(default, Path) else default
        return f"{words} Default: `{shown}`."
    return words


def _paragraphs(words: str | None) -> str:
    return "\n\n".join(" ".join(each.split()) for each in re.split(r"\n\s*\n", (words or "").strip()))


# -- the plan folder --------------------------------------------------------------------------------------------------


def plan_folder_page() -> str:
    from lamplighter.plan.published import folder_schema

    told = folder_schema()
    form = told["format"]
    parts = [
        "# The plan folder: files and columns\n",
        f"Schema version {told['schema_version']}. `lamplighter plan schema folder` prints the same as JSON; "
        "`lamplighter plan new` writes every file with its column heads.\n",
        "`plan.toml` is the header: `schema_version`, `title`, `body`, `about`, `licence`, `as_of` (a date without "
        "quotes: the day that the plan is shown as of; nothing dated later counts), and one `[[version]]` a "
        "version of the plan with `id`, `title` "
        "and, where known, `published_on`, `status`, `complete`, `promises_stated` and `source_id`. Everything else is a CSV, "
        "and a CSV that is not there is an empty one.\n",
        table(
            ("what", "how"),
            [
                ("encoding, line ends", f"{form['encoding']}, {form['line_end']} (CR LF is read too)"),
                ("order", form["order"]),
                ("between several ids", f"`{form['between_ids']}`"),
                ("not known", f"{form['unknown']} (never 0)"),
                ("does not apply", f"`{form['not_applicable']}`"),
                ("an id", form["id"]),
                ("a date", f"`{form['date']}`"),
                ("a number", "`6800` or `12.8`: no commas, no %"),
            ],
        ),
        "Optional columns may be left out of a file; a column that is not in this list is an error. There is no column for "
        "where a promise stands: that is [worked out](rules.md).\n",
    ]
    for each in told["files"]:
        parts.append(f"## {each['file']}\n")
        parts.append(f"{each['says']}\n")
        parts.append(table(("column", "holds", "what it means"), [_column(column) for column in each["columns"]]))
    return "\n".join(parts)


def data_page() -> str:
    from lamplighter.plan.releases.data_changes import CHANGELOG_CSV, CHANGELOG_JSON, CHANGELOG_PAGE
    from lamplighter.reports.data_xlsx import DATA_XLSX
    from lamplighter.reports.dictionary import AREAS, DICTIONARY, entries_of, known_tables

    parts = [
        "# The tables to download: what each column means\n",
        f"Every site has its numbers as CSV, all of them in one workbook (`{DATA_XLSX}`: a table a sheet, numbers as numbers, "
        f"the first sheet says what it is), and this page as `{DICTIONARY}`. CSV is UTF-8 with LF; a text that a spreadsheet "
        "would run has an apostrophe before it, which the workbook does not need.\n",
        f"A release says in its manifest which `data_version` its data are, MAJOR.MINOR.PATCH, and in `{CHANGELOG_PAGE}`, "
        f"`{CHANGELOG_CSV}` and `{CHANGELOG_JSON}` what changed since the release before, and in "
        "all before that. Rules give it, nobody types it:\n",
        table(
            ("against the release before", "version"),
            [
                (
                    "a table, column, measure, area, part of a breakdown, period or record is gone, or a field of plan.json",
                    "major",
                ),
                ("plan.json has another schema version", "major"),
                ("nothing is gone, and one of those is new", "minor"),
                ("the same with other values", "patch"),
                ("the same", "stays; the first release is 1.0.0"),
            ],
        ),
        "A row is known again by its `id`, or by measure, area, part and period. Signals and revisions have neither: a row "
        "of theirs that comes or goes is another value. Rows and columns in another order are the same data. A comparison "
        "between areas is of the latest period alone: a later period there is another value.\n",
    ]
    for path in (*known_tables(), AREAS):
        parts.append(f"## {path}\n")
        rows = [
            (f"`{name}`", each.type + (f"; {each.unit}" if each.unit else ""), each.says, each.unknown_means)
            for name, each in entries_of(path).items()
        ]
        parts.append(table(("column", "holds", "what it means", "empty means"), rows))
    return "\n".join(parts)


def _column(column: Mapping[str, Any]) -> tuple[str, str, str]:
    holds = {"whole": "whole number", "flag": "yes or no", "choice": "one of: ", "choices": "some of: "}.get(
        column["kind"], column["kind"]
    )
    if column.get("choices"):
        holds += ", ".join(f"`{each}`" for each in column["choices"])
    if column.get("refers_to"):
        holds += " in " + ", ".join(f"{each}.csv" for each in column["refers_to"])
    return f"`{column['name']}`", holds, column["says"] + (" **Required.**" if column["required"] else "")


# -- rules and cards --------------------------------------------------------------------------------------------------


def rules_page() -> str:
    from lamplighter import definitions

    parts = [
        "# Rules and marked changes\n",
        "A promise gets two answers. On each axis the first rule that holds decides, and its words stand beside the answer "
        "wherever it is shown. Why: [where a promise stands](../explanation/where-a-promise-stands.md).\n",
    ]
    for title, rules in (
        ("Evidence", definitions.evidence_rules()),
        ("Delivery", definitions.delivery_rules()),
        ("Recommendations of reviews", definitions.recommendation_rules()),
    ):
        parts.append(f"## {title}\n")
        parts.append(table(("", "answer", "when"), [(rule["order"], rule["answer"], rule["words"]) for rule in rules]))
    parts.append("## Run rules of the control charts\n")
    parts.append(
        table(
            ("rule", "what it calls", "source"),
            [_values(row, "id", "words", "source") for row in definitions.rows("spc_rules.csv")],
        )
    )
    parts.append("## Changes of recording that are marked\n")
    parts.append(
        table(
            ("month", "what", "how surely", "source"),
            [_values(row, "month", "words", "status", "source") for row in definitions.rows("breaks.csv")],
        )
    )
    parts.append("## Offence groups of the Met's tables\n")
    parts.append(
        table(
            ("group", "inside the publisher's VAWG", "note"),
            [_values(row, "offence_group", "inside_vawg", "note") for row in definitions.rows("offence_groups.csv")],
        )
    )
    parts += _definitions_of_incidents()
    return "\n".join(parts)


def _definitions_of_incidents() -> list[str]:
    from lamplighter import definitions

    tables = (
        (
            "Kinds of place",
            'The exact words after "On or near" in street data; any other text is a street, and may be homes.',
            ("text", "kind", "institution", "risky_facility", "setting", "status", "note"),
            definitions.kinds_of_place(),
        ),
        (
            "Outcomes of street data",
            "What each label is counted as. One label stands for the outcomes 14, 15 and 16, which can't be told apart.",
            ("label", "outcome_group", "ho_codes", "status", "note"),
            definitions.outcome_labels(),
        ),
        (
            "Harm weights",
            "Days a group of offences: the median of its entries, with the smallest and the largest. Second-hand figures of a "
            "workbook that was not opened, and so no index of anybody's; empty is unknown.",
            ("harm_group", "days", "days_low", "days_high", "entries", "status", "note"),
            definitions.harm_weights(),
        ),
        (
            "Offences that count as violence against women and girls",
            "A proposal of ours, no official list. `sex`: where the victim is female; `always`: whatever is recorded; `flag`: "
            "with a flag such as domestic abuse; `none`: never.",
            ("ho_code", "label", "vawg_category", "rule", "harm_group", "status", "note"),
            definitions.vawg_offences(),
        ),
    )
    parts = []
    for title, words, columns, rows in tables:
        parts.append(f"## {title}\n\n{words}\n")
        parts.append(table(tuple(each.replace("_", " ") for each in columns), [_values(row, *columns) for row in rows]))
    return parts


def _values(row: Mapping[str, str], *names: str) -> tuple[str, ...]:
    return tuple(row[name] or "" for name in names)


def measure_cards_page() -> str:
    from lamplighter.plan.cards import shipped_cards

    parts = [
        "# Definition cards of the measures\n",
        "They are shipped with Lamplighter, and a plan may name them in `definition_ids`. Every other card is the plan's own "
        "(`definitions.csv`).\n",
    ]
    for card in shipped_cards().values():
        parts.append(f"## {card.id}, version {card.version}\n")
        fields = (
            ("name", card.name),
            ("what is counted", card.plain_definition),
            ("what it leaves out", card.leaves_out),
            ("on top", card.numerator),
            ("out of", card.denominator),
            ("source", card.source),
            ("quality", card.quality_issues),
            ("completeness", card.completeness),
            ("what a rise would mean", card.rise_would_mean),
            ("needs", card.needed_words),
            ("always drawn beside", card.pair_with),
        )
        parts.append(table(("", ""), [(name, value) for name, value in fields if value]))
    return "\n".join(parts)


# -- Python -----------------------------------------------------------------------------------------------------------


def python_page() -> str:
    import lamplighter
    from lamplighter import notebook, plan
    from lamplighter.plan.loading import LoadedPlan
    from lamplighter.plan.told_promise import LoadedPromise
    from lamplighter.typed_table import TypedTable

    parts = [
        "# Python\n",
        "For analysts and notebooks; how to begin: [use it from Python](../how-to/use-it-from-python.md). What is not on this "
        "page may change without a word.\n",
        "## Two calls\n",
        *_told("lamplighter.plan.load", plan.load),
        *_told("lamplighter.open", lamplighter.open),
    ]
    rooms = (
        ("A plan: what `load` returns", LoadedPlan),
        ("A promise: what `promise(…)` of a plan returns", LoadedPromise),
        ("A workspace: what `open` returns", notebook.OpenWorkspace),
        ("A measure: what `measure(…)` of a workspace returns", notebook.Measured),
        ("A table: every table of the above", TypedTable),
    )
    for title, kind in rooms:
        rows = ((f"`{call}`", _paragraphs(inspect.getdoc(member))) for call, member in _public(kind))
        parts += [f"## {title}\n", f"{_paragraphs(inspect.getdoc(kind))}\n", table(("", "what"), rows)]
    return "\n".join(parts)


def _public(kind: type) -> Iterator[tuple[str, Any]]:
    """What a class offers and how it is called, in the order in which it stands there."""
    for name, member in vars(kind).items():
        if name == "__getitem__":
            yield f"[{_given(member)}]", member
        elif not name.startswith("_") and (isinstance(member, property) or inspect.isfunction(member)):
            yield name if isinstance(member, property) else f"{name}({_given(member)})", member


def _told(name: str, function: Any) -> list[str]:
    """A heading, how the function is called, and what its docstring says."""
    call = f"```python\n{name}({_given(function)})\n```\n"
    return [f"### {name}\n", call, f"{_paragraphs(inspect.getdoc(function))}\n"]


def _given(member: Any) -> str:
    """The parameters as they are written in a call, with their defaults and the star before those that need their name."""
    told: list[str] = []
    for each in inspect.signature(member).parameters.values():
        if each.name == "self":
            continue
        if each.kind is each.KEYWORD_ONLY and "*" not in told:
            told.append("*")
        told.append(each.name if each.default is each.empty else f"{each.name}={each.default!r}")
    return ", ".join(told)


if __name__ == "__main__":
    HERE.mkdir(exist_ok=True)
    for name, content in pages().items():
        (HERE / name).write_text(content, encoding="utf-8", newline="\n")
