"""decisions.toml: what people fill in and decide about a profile. The machine reads it and never writes over it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from lamplighter import definitions
from lamplighter.errors import FileRefused, InputError, NoSuchName, listed
from lamplighter.schema import visible
from lamplighter.studies.kinds import HOME, MAY_BE_HOMES, STREET

DECISIONS = "decisions.toml"
MOST_OUT_OF = 10_000_000_000  # of a denominator: more than there are people
MOST_BYTES = 2_000_000  # what people write by hand; anything larger is another file
HOMES = (HOME, "communal home")
MOST_WORDS_OF: Mapping[str, int] = {"decision wanted": 80, "mark": 15}  # both stand on page one, which holds 350


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The terms of reference. None: nobody has filled it in yet."""

    asked_by: str | None = None
    author: str | None = None
    reviewer: str | None = None
    version: str | None = None
    handling: str | None = None
    valid_until: date | None = None
    decision_wanted: str | None = None


@dataclass(frozen=True, kw_only=True)
class Driver:
    """Why it happens, as a person sees it, and what that rests on."""

    text: str
    source: str | None = None


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """What has to be found out, by whom, by when."""

    text: str
    owner: str | None = None
    due: date | None = None


@dataclass(frozen=True, kw_only=True)
class PresentResponse:
    """What is done there today."""

    text: str | None = None


@dataclass(frozen=True, kw_only=True)
class Became:
    """What became of a recommendation of the last profile. text: its id or its words there."""

    text: str
    what_became: str | None = None


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """What else was considered, and why it was not taken."""

    text: str
    why_not: str | None = None


@dataclass(frozen=True, kw_only=True)
class KindDecision:
    """What kind of place it is, as a named person knows the ground. It overrules what was worked out; both are shown."""

    kind: str
    patrol: bool
    because: str
    by: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Denominator:
    """Out of how many an area's rate is: what the number counts, and who published it."""

    value: float
    what: str
    source: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a named person decided on one recommendation. place: an id, a place's name, an institution or a kind of facility.

    tactic: None is the one suggested. The rest fills in or replaces what was suggested.
    """

    place: str
    decision: str
    by: str
    on: date
    tactic: str | None = None
    reason: str | None = None
    measure: str | None = None
    review_on: date | None = None
    owner: str | None = None
    legal_basis: str | None = None
    equality_check: str | None = None
    dosage: str | None = None


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """Everything that people filled in. Empty where nobody did."""

    terms: Terms = Terms()
    drivers: tuple[Driver, ...] = ()
    intelligence_requirements: tuple[Requirement, ...] = ()
    present_response: PresentResponse = PresentResponse()
    last_recommendations: tuple[Became, ...] = ()
    alternatives: tuple[Alternative, ...] = ()
    kinds: Mapping[str, KindDecision] = field(default_factory=dict)
    denominators: Mapping[str, Denominator] = field(default_factory=dict)
    recommendations: tuple[Decision, ...] = ()


NO_DECISIONS = Decisions()
VERDICTS = ("accept", "amend", "reject")


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """How a table of the file is written: `one` [table], `many` [[tables]], `named` [table."name"]; and what each key holds."""

    made: type
    written: str
    keys: Mapping[str, str]
    needs: Sequence[str] = ()


def _shape(made: type, written: str, *needs: str, **other: str) -> _Shape:
    keys = {name: other.get(name, "text") for name in made.__dataclass_fields__}  # type: ignore[attr-defined]
    return _Shape(made=made, written=written, keys=keys, needs=needs)


_SHAPES: Mapping[str, _Shape] = {
    "terms": _shape(Terms, "one", valid_until="day", decision_wanted="decision wanted", handling="mark"),
    "drivers": _shape(Driver, "many", "text"),
    "intelligence_requirements": _shape(Requirement, "many", "text", due="day"),
    "present_response": _shape(PresentResponse, "one"),
    "last_recommendations": _shape(Became, "many", "text"),
    "alternatives": _shape(Alternative, "many", "text"),
    "kinds": _shape(
        KindDecision, "named", "kind", "patrol", "because", "by", "on", kind="kind", patrol="flag", on="day"
    ),
    "denominators": _shape(Denominator, "named", "value", "what", "source", value="number"),
    "recommendations": _shape(
        Decision,
        "many",
        "place",
        "decision",
        "by",
        "on",
        tactic="tactic",
        decision="verdict",
        on="day",
        review_on="day",
    ),
}
_HEADS = {"one": "[{0}]", "many": "[[{0}]]", "named": '[{0}."…"]'}


@cache
def known_kinds() -> tuple[str, ...]:
    """Every kind of place that a definition names, and the two that a street's name leaves."""
    named = {row["kind"] for row in (*definitions.kinds_of_place(), *definitions.rows("premises_kinds.csv"))}
    return tuple(sorted(named | {STREET, HOME, MAY_BE_HOMES}))


@cache
def institution_kinds() -> frozenset[str]:
    """Kinds that are listed apart and never ranked for patrol."""
    every = (*definitions.kinds_of_place(), *definitions.rows("premises_kinds.csv"))
    return frozenset(row["kind"] for row in every if row["institution"] == "yes")


def read_decisions(path: Path) -> Decisions:
    """What a decisions.toml says. Raises InputError or FileRefused with the line, the key and the mend."""
    try:
        if path.is_dir():
            raise InputError(f"{path} is a folder. Name the decisions.toml in it.")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"{path} can't be opened ({error.strerror}). Run without --decisions once: a template is written."
        ) from None
    return decisions_of(content, name=path.name)


def decisions_of(content: bytes, *, name: str = DECISIONS) -> Decisions:
    """The same of the file's content. name: as it is told to a person."""
    if len(content) > MOST_BYTES:
        raise FileRefused(
            f"{name} is larger than {MOST_BYTES:,} bytes, so it is no decisions file. Name the right one."
        )
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n") + "\n"  # so that no error is said to be at the end
    except UnicodeDecodeError:
        raise FileRefused(f"{name} is not UTF-8. Save it as UTF-8 and try again.") from None
    try:
        told = tomllib.loads(text)
    except RecursionError:
        raise FileRefused(f"{name} nests its brackets too deep to be read. Take them away.") from None
    except ValueError as error:  # tomllib's own among them, and a number of five thousand digits
        raise FileRefused(f"{name} is no valid TOML: {error}. Mend that line; a text stands in quotes.") from None
    source = _Source(name=name, text=text)
    for key in told:
        if key not in _SHAPES:
            raise NoSuchName(f"table in {source.at((key,), 0, None)}", key, tuple(_SHAPES))
    return Decisions(**{key: _table(source, key, given) for key, given in told.items()})


@dataclass(frozen=True, kw_only=True)
class _Source:
    """The file as it was written, to say where in it something stands."""

    name: str
    text: str

    def at(self, path: tuple[str, ...], number: int, key: str | None) -> str:
        """`decisions.toml (line 12)`: the head of the number-th table at that path, or a key below it."""
        seen, here, quoted = -1, not path, False
        for line_number, line in enumerate(self.text.split("\n"), start=1):
            inside = quoted
            quoted ^= (line.count('"""') + line.count("'''")) % 2 == 1
            if inside:
                continue
            head = _head(line)
            if head is not None:
                seen += head == path
                here = head == path and seen == number
            if (here and head is not None and key is None) or (here and key is not None and _is_key(line, key)):
                return f"{self.name} (line {line_number})"
        return self.name


def _head(line: str) -> tuple[str, ...] | None:
    """`[kinds."High Street"]  # why` → ("kinds", "High Street"); None for any other line."""
    if not line.lstrip().startswith("["):
        return None
    try:
        told = tomllib.loads(line)
    except tomllib.TOMLDecodeError:
        return None
    path: list[str] = []
    while told:
        [(name, inner)] = told.items()
        path.append(name)
        told = inner[0] if isinstance(inner, list) else inner
    return tuple(path)


def _is_key(line: str, key: str) -> bool:
    return re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=", line) is not None


def _table(source: _Source, name: str, given: Any) -> Any:
    shape = _SHAPES[name]
    head = _HEADS[shape.written].format(name)
    if shape.written == "many":
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
            raise InputError(
                f"{source.at((name,), 0, None)}: {name} is a list of tables. Write {head} before each entry."
            )
        return tuple(
            _entry(source, shape, each, (name,), number, f"{head} {number + 1}") for number, each in enumerate(given)
        )
    if not isinstance(given, dict):
        raise InputError(
            f"{source.at((), 0, name)}: {name} is a table. Write {head} on a line of its own, its keys below."
        )
    if shape.written == "one":
        return _entry(source, shape, given, (name,), 0, head)
    for each, inner in given.items():
        if not isinstance(inner, dict):
            raise InputError(
                f"{source.at((name,), 0, each)}: {name} needs a name before its keys. Write {head} with the place or area"
                " between the quotes."
            )
    entries = {
        each: _entry(source, shape, inner, (name, each), 0, f"[{name}.{each!r}]") for each, inner in given.items()
    }
    if name == "kinds":
        _check_kinds(source, entries)
    return entries


def _entry(
    source: _Source, shape: _Shape, given: Mapping[str, Any], path: tuple[str, ...], number: int, head: str
) -> Any:
    values: dict[str, Any] = {}
    for key, value in given.items():
        where = source.at(path, number, key)
        if key not in shape.keys:
            raise NoSuchName(f"key of {head} in {where}", key, tuple(shape.keys))
        values[key] = _value(shape.keys[key], value, f"{where}: {head} {key}", where)
    lacks = [key for key in shape.needs if values.get(key) is None]
    if lacks:
        raise InputError(f"{source.at(path, number, None)}: {head} lacks {listed(lacks)}. Write {_example(lacks[0])}.")
    if shape.made is Decision and values["decision"] != "accept" and not values.get("reason"):
        raise InputError(
            f'{source.at(path, number, None)}: {head} says {values["decision"]!r} without a reason. Add a line reason = "…".'
        )
    return shape.made(**values)


def _value(kind: str, value: Any, what: str, where: str) -> Any:
    if isinstance(value, str) and not value.strip():
        return None  # a line of the template that nobody has filled in
    if kind == "flag":
        return value if isinstance(value, bool) else _refuse(what, "true or false without quotes")
    if kind == "day":
        if type(value) is not date:
            at = " and no time" if isinstance(value, datetime) else ""
            _refuse(what, f"a day without quotes{at}, such as 2026-03-31")
        return value
    if kind == "number":
        if isinstance(value, bool) or not isinstance(value, int | float) or not 1 <= value <= MOST_OUT_OF:
            _refuse(what, "a number from 1 to 10,000,000,000 without quotes or commas, such as 308000")
        return float(value)
    if not isinstance(value, str):
        _refuse(what, "a text in quotes")
    text = " ".join(visible(value).split())
    if not any(letter.isalnum() for letter in text):
        _refuse(what, "words that can be read")
    most = MOST_WORDS_OF.get(kind)
    if most and len(text.split()) > most:
        _refuse(what, f"at most {most} words, since it stands on page one; it has {len(text.split()):,}")
    known = {"kind": known_kinds(), "verdict": VERDICTS, "tactic": tactic_names()}.get(kind)
    if known is None:
        return text
    if text.casefold() not in known:
        raise NoSuchName(f"{'decision' if kind == 'verdict' else kind} in {where}", text, known)
    return text.casefold()


def _refuse(what: str, wanted: str) -> NoReturn:
    raise InputError(f"{what} has to be {wanted}.")


def _example(key: str) -> str:
    examples = {
        "on": "on = 2026-03-31",
        "patrol": "patrol = false",
        "value": "value = 308000",
        "decision": 'decision = "accept"',
    }
    return examples.get(key, f'{key} = "…"')


def _check_kinds(source: _Source, entries: Mapping[str, KindDecision]) -> None:
    """Nobody can send a patrol to homes or to an institution, by whatever name."""
    for name, each in entries.items():
        if each.patrol and (each.kind in institution_kinds() or each.kind in (*HOMES, MAY_BE_HOMES)):
            raise InputError(
                f"{source.at(('kinds', name), 0, 'patrol')}: no patrol is drawn at {each.kind!r}. Write patrol = false, or the"
                " kind that it is in public."
            )


@cache
def tactic_names() -> tuple[str, ...]:
    """Every tactic that a recommendation can name."""
    return tuple(row["tactic"] for row in definitions.tactics())
