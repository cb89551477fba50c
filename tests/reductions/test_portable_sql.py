"""Reductions are written in the SQL that several engines understand alike; what silently differs is refused here."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from lamplighter.reductions import REDUCTIONS

DIFFERS = {
    r'"': "a double-quoted name is text elsewhere",
    r"`": "a name in backticks is not understood everywhere",
    r"\bround\s*\(": "round gives 0.28 or 0.29",
    r"\bprintf\s*\(": "printf rounds differently",
    r"\bany_value\s*\(": "any_value takes whichever it likes",
    r"\b(datediff|date_diff|dayofweek|weekday|dow|date_trunc|date_part)\b": "date arithmetic differs",
    r"\binterval\b": "date arithmetic differs",
    r"\bhash\s*\(": "hash has 32 or 64 bits",
    r"\bvarchar\b": "write string",
    r"\b(group|order) by all\b": "not understood everywhere",
    r"//": "write floor(x / n)",
    r"::": "write cast",
    r"\bsubstr(ing)?\s*\([^)]*,\s*0": "text begins at 1",
    r"\bcast\s*\(\s*[0-9]*\.[0-9]+\s+as\s+int": "a cast of a decimal rounds or cuts: floor first",
    r"\b[0-9]+\.[0-9]+\b(?!e)": "a decimal literal is DECIMAL or DOUBLE: write 1e0",
    r"\bregexp_replace\b": "replaces the first or all",
    r"\\": "a backslash may be eaten",
    r"\bexclude\b|\bqualify\b|\bilike\b|\bfilter\s*\(": "not understood everywhere",
}
RESERVED = {"force", "order", "group", "user", "date", "month", "year", "count", "table", "values", "end"}


def breaches(sql: str) -> list[str]:
    """What in this SQL silently differs between engines; empty when nothing is known to."""
    text = re.sub(r"--[^\n]*", "", sql).lower()
    code = re.sub(r"'(?:[^']|'')*'", "''", text)
    found = [why for pattern, why in DIFFERS.items() if re.search(pattern, code)]
    for start in re.finditer(r"\bsum\s*\(", code):
        before = code[: start.start()].rstrip()
        after = code[closing(code, start.end() - 1) + 1 :]
        if not (re.search(r"\bcast\s*\($", before) and re.match(r"\s+as\s+bigint\s*\)", after)):
            found.append("a sum must be cast to bigint")
    for clause in re.findall(r"\border by\b(.*?)(?=\)|\blimit\b|$)", code, flags=re.DOTALL):
        if not all(re.search(r"\bnulls (last|first)\s*$", key.strip()) for key in clause.split(",")):
            found.append("order by must say nulls last")
    for division in re.findall(r"/\s*([^\s)]+)", code):
        if not (re.fullmatch(r"[0-9]+e0", division) and float(division) != 0) and not division.startswith("nullif"):
            found.append("a division needs nullif, or a literal like 12e0")
    found += [f"{name} is a reserved word" for name in re.findall(r"\bas\s+([a-z_]+)", code) if name in RESERVED]
    if "order by" not in code:
        found.append("without order by the rows come in any order")
    return found


def closing(text: str, opened: int) -> int:
    """Where the bracket that opens here is closed."""
    depth = 0
    for position in range(opened, len(text)):
        depth += {"(": 1, ")": -1}.get(text[position], 0)
        if depth == 0:
            return position
    raise AssertionError("a bracket is not closed")


GOOD = "select borough, cast(sum(crimes) as bigint) as crimes from offences_place group by 1 order by 1 nulls last"


@pytest.mark.parametrize("name", REDUCTIONS)
def test_no_reduction_uses_what_silently_differs(name):
    assert breaches(REDUCTIONS[name].sql) == []


def test_every_sql_file_is_in_the_catalogue():
    there = {each.name.removesuffix(".sql") for each in (files("lamplighter.reductions") / "sql").iterdir()}
    assert there == set(REDUCTIONS)


def test_a_good_query_passes():
    assert breaches(GOOD) == []


@pytest.mark.parametrize(
    ("good", "bad", "why"),
    [
        ("select borough", 'select "borough"', "double-quoted"),
        ("cast(sum(crimes) as bigint)", "sum(crimes)", "cast to bigint"),
        ("cast(sum(crimes) as bigint)", "cast(sum(crimes) as double)", "cast to bigint"),
        ("cast(sum(crimes) as bigint)", "round(avg(crimes))", "0.28 or 0.29"),
        ("cast(sum(crimes) as bigint)", "any_value(crimes)", "whichever"),
        ("cast(sum(crimes) as bigint)", "printf('%d', 1)", "printf"),
        ("cast(sum(crimes) as bigint)", "datediff('day', a, b)", "date arithmetic"),
        ("cast(sum(crimes) as bigint)", "hash(borough)", "32 or 64"),
        ("cast(sum(crimes) as bigint)", "crimes / days", "nullif"),
        ("cast(sum(crimes) as bigint)", "crimes / 0e0", "nullif"),
        ("cast(sum(crimes) as bigint)", "crimes * 1.5", "decimal literal"),
        ("cast(sum(crimes) as bigint)", "cast(ward as varchar)", "write string"),
        ("cast(sum(crimes) as bigint)", "crimes::bigint", "write cast"),
        ("cast(sum(crimes) as bigint)", "substr(ward, 0, 2)", "begins at 1"),
        ("as crimes from", "as count from", "reserved word"),
        ("1 nulls last", "1", "nulls last"),
        ("1 nulls last", "1 nulls last, 2 desc", "nulls last"),
        ("group by 1", "group by all", "not understood"),
        (" order by 1 nulls last", "", "any order"),
    ],
)
def test_a_seeded_breach_is_found(good, bad, why):
    seeded = GOOD.replace(good, bad)
    assert seeded != GOOD
    assert any(why in breach for breach in breaches(seeded))


def test_quoted_text_and_comments_are_not_read_as_sql():
    assert breaches('-- round(x) "y"\n' + GOOD.replace("borough,", "'a // b' as label,")) == []
