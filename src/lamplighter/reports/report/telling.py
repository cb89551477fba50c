"""What the report says and in which order: plan.json arranged for the page, without a number of its own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from lamplighter.reports.report.choosing import Chosen, chosen, first_late
from lamplighter.reports.report.figures import corrections_of, date_words, in_a_line, printed
from lamplighter.reports.report.words import HEADS, WORDS
from lamplighter.schema import period_words

MOST_CALLS = 3
MOST_LACKING = 4
MOST_CHARTS = 2
MOST_CORRECTIONS = 60
FIRST_PAGE = ("plan.measured", "plan.standing", "data.recorded-vawg", "data.victims-ethnicity")
_NAME = re.compile(r'aria-label=("[^"]*"|\'[^\']*\')')

Told = Mapping[str, Any]


def report_data(told: Told, charts: Mapping[str, str]) -> dict[str, Any]:
    """Everything that the templates print, in words. Findings that name a number which plan.json lacks are left out.

    Of a plan with very many promises it prints some, chosen by rule, and says how many more there are and where.
    """
    numbers = {each["id"]: each for each in told["figures"]}
    corrected = corrections_of(told)
    worst = lacking(told, {each["id"]: each for each in told["promises"]})
    overdue, missed, more_late = first_late(told)
    serving = {each for objective in told["objectives"] for each in (objective["id"], *objective["promises"])}
    picked = chosen(told)
    told = picked.told
    promises = {each["id"]: each for each in told["promises"]}
    drawn = _Charts(told, charts)
    objectives = [_objective(each, picked, promises, numbers, drawn) for each in told["objectives"]]
    rest = [each for each in told["promises"] if each["id"] not in serving]
    findings = [_finding(each, numbers) for each in told["findings"] if all(n in numbers for n in each["figure_ids"])]
    return {
        "words": WORDS,
        "heads": HEADS,
        "title": str(told["title"]),
        "body": str(told["body"]),
        "about": str(told["about"] or ""),
        "as_of": date_words(told["as_of"]),
        "day": [int(each) for each in str(told["as_of"]).split("-")],
        "first": [each for each in findings if each["id"] in FIRST_PAGE],
        "more": [each for each in findings if each["id"] not in FIRST_PAGE and each["id"] != "change.caution"],
        "caution": next((each for each in findings if each["id"] == "change.caution"), None),
        "calls": _calls(told),
        "has_measures": bool(told["measures"]),
        "lacking": worst,
        "lacking_count": _numbers(("plan.cannot-be-shown",), numbers),
        "overdue": [_due(each) for each in overdue],
        "missed": [_due(each) for each in missed],
        "more_late": more_late,
        "no_date": _numbers(("plan.no-date",), numbers),
        "objectives": objectives,
        "more_objectives": picked.more_of("objectives"),
        "more_promises": picked.more_of("promises"),
        "rest": {"promises": [_row(each) for each in rest], **_behind(rest, numbers, told), "rules": _rules(rest)},
        "promises": [_full_row(each) for each in told["promises"]],
        "rules": _all_rules(told),
        "definitions": [_definition(each) for each in _used_definitions(told)],
        "imports": [_import(each) for each in told["imports"]],
        "measures": [_provenance(each) for each in told["measures"] if each["id"] in drawn.used],
        "corrections": corrected[:MOST_CORRECTIONS],
        "more_corrections": f"{len(corrected) - MOST_CORRECTIONS} earlier ones: corrections.csv."
        if len(corrected) > MOST_CORRECTIONS
        else "",
        "digests": [{"name": name, "digest": str(each)} for name, each in sorted(told["digests"].items())],
        "switch_off": list((told["false_calls"] or {}).get("switch_off", ())),
        "criterion": str((told["false_calls"] or {}).get("criterion", "")).replace("`", ""),
        "cite": printed(numbers[example]) if (example := _example(told, numbers)) else None,
    }


class _Charts:
    """Which chart goes where: each is printed once, under the first objective that it speaks to."""

    def __init__(self, told: Told, charts: Mapping[str, str]) -> None:
        self.measures = {each["id"]: each for each in told["measures"]}
        self.pairs = {each["measure_id"]: each for each in told["pairs"]}
        self.charts = charts
        self.used: dict[str, str] = {}
        self.spoken_of = {str(each["id"]).removeprefix("data.") for each in told["findings"]}
        self.homes = self._homes(told)

    def _homes(self, told: Told) -> dict[str, str]:
        """A pair belongs under the objective that is defined by both of its cards, where there is one."""
        pair_of = {each["id"]: each["pair_with"] for each in told["definitions"] if each["pair_with"]}
        for promise in told["promises"]:
            ids = set(promise["definition_ids"])
            if promise["kind"] == "objective" and any(each in ids and other in ids for each, other in pair_of.items()):
                return {each: str(promise["id"]) for each in self.pairs if each in promise["measure_ids"]}
        return {}

    def take(self, wanted: Iterable[str], objective_id: str) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
        """The charts to print here, and where the others are."""
        here: list[dict[str, str]] = []
        elsewhere: list[dict[str, str]] = []
        ranked = sorted(dict.fromkeys(wanted), key=lambda each: (each not in self.homes, each not in self.spoken_of))
        for measure_id in ranked:
            measure = self.measures.get(measure_id)
            if measure is None:
                continue
            home = self.homes.get(measure_id, objective_id)
            if home != objective_id:
                elsewhere.append({"title": str(measure["title"]), "objective": home, "id": measure_id})
            elif measure_id in self.used:
                elsewhere.append({"title": str(measure["title"]), "objective": self.used[measure_id], "id": measure_id})
            elif len(here) < MOST_CHARTS and (told := self._chart(measure)) is not None:
                here.append(told)
                self.used[measure_id] = objective_id
            else:
                elsewhere.append({"title": str(measure["title"]), "objective": "", "id": measure_id})
        return here, elsewhere

    def _chart(self, measure: Told) -> dict[str, str] | None:
        """The pair's chart where there is one: neither of its measures may be read alone."""
        pair = self.pairs.get(measure["id"])
        svg = self.charts.get(f"pair:{pair['id']}") if pair else None
        notes = [*(pair["rise_words"] if pair and svg else []), *(pair["caveats"] if pair and svg else [])]
        svg = svg or self.charts.get(measure["id"])
        if svg is None:
            return None
        found = _NAME.search(svg)
        name = html.unescape(found[1][1:-1]) if found else str(measure["title"])
        return {
            "id": str(measure["id"]),
            "svg": svg,
            "alt": name,
            "title": f"{measure['title']}, {measure['area']}",
            "caption": " ".join(str(each) for each in (notes or [measure["rise_would_mean"], *measure["caveats"][:1]])),
        }


def _numbers(ids: Iterable[str], numbers: Mapping[str, Told]) -> list[dict[str, str]]:
    return [in_a_line(numbers[each]) for each in ids if each in numbers]


def _finding(finding: Told, numbers: Mapping[str, Told]) -> dict[str, Any]:
    return {"id": finding["id"], "text": finding["text"], "numbers": _numbers(finding["figure_ids"], numbers)}


def _calls(told: Told) -> list[dict[str, Any]]:
    """The latest call of each headline series and group, the surer rule first; the site has all of them."""
    family = {each["id"]: each["family"] for each in told["measures"]}
    order = {"headline": 0, "group": 1}
    best: dict[str, Told] = {}
    for each in told["what_changed"]:
        if family.get(each["measure_id"]) in order:
            kept = best.get(each["measure_id"])
            if kept is None or (kept["caution"], _reversed(kept["until"])) > (
                each["caution"],
                _reversed(each["until"]),
            ):
                best[each["measure_id"]] = each
    ranked = sorted(
        best.values(),
        key=lambda each: (
            order[family[each["measure_id"]]], each["caution"], _reversed(each["until"]), each["measure_id"]
        ),
    )  # fmt: skip
    return [
        {
            "id": str(each["measure_id"]),
            "title": str(each["title"]),
            "rule": str(each["rule_words"]),
            "when": _when(str(each["since"]), str(each["until"])),
            "effect": str(each["effect_words"]),
            "caution": bool(each["caution"]),
        }
        for each in ranked[:MOST_CALLS]
    ]


def _reversed(text: str) -> tuple[int, ...]:
    """Sorts later text first."""
    return tuple(-ord(each) for each in text)


def _when(since: str, until: str) -> str:
    return period_words(since) if since == until else f"{period_words(since)} to {period_words(until)}"


def lacking(told: Told, promises: Mapping[str, Told]) -> list[dict[str, str]]:
    """The worst of what can't be shown: promises of a figure, then actions, then objectives."""
    order = {"figure": 0, "action": 1, "objective": 2, "process": 3}
    first = told["versions"][0]["id"] if told["versions"] else None
    found = [each for each in told["cannot_show"] if promises[each["promise_id"]]["version"] == first]
    found.sort(key=lambda each: (order.get(promises[each["promise_id"]]["kind"], 9), each["promise_id"]))
    return [
        {"id": str(each["promise_id"]), "title": str(each["title"]), "needed": "; ".join(each["needed_words"])}
        for each in found[:MOST_LACKING]
    ]


def _due(promise: Told) -> dict[str, str]:
    return {"id": str(promise["id"]), "title": str(promise["title"]), "because": str(promise["delivery_because"])}


def _row(promise: Told) -> dict[str, str]:
    return {
        "id": str(promise["id"]),
        "title": str(promise["title"]),
        "evidence": _said(promise, "evidence"),
        "delivery": _said(promise, "delivery"),
    }


def _said(promise: Told, axis: str) -> str:
    """The answer; an override is shown as one, beside what the rules say."""
    override = promise[f"{axis}_override"]
    if override is None:
        return str(promise[axis])
    return (
        f"{promise[axis]} (decided by {override['decided_by']}: {override['reason']}; by the rules: "
        f"{promise[f'{axis}_worked_out']})"
    )


def _full_row(promise: Told) -> dict[str, Any]:
    return {
        **_row(promise),
        "version": str(promise["version"]),
        "owner": str(promise["owner"] or "nobody named"),
        "evidence_because": str(promise["evidence_because"]),
        "delivery_because": str(promise["delivery_because"]),
        "reached": f"{promise['id']}.reached" if promise["delivery_rule"] in ("partly",) else "",
    }


def _rules(promises: Sequence[Told]) -> list[dict[str, str]]:
    """The rules that decided for these promises, each said once."""
    found: dict[tuple[str, str], str] = {}
    for axis in ("evidence", "delivery"):
        for each in promises:
            found.setdefault((axis, str(each[f"{axis}_worked_out"])), str(each[f"{axis}_rule_words"]))
    return [{"axis": axis, "answer": answer, "words": words} for (axis, answer), words in found.items()]


def _all_rules(told: Told) -> list[dict[str, str]]:
    return [
        {"axis": axis, "answer": str(each["answer"]), "words": str(each["words"])}
        for axis in ("evidence", "delivery")
        for each in told["rules"][axis]
    ]


def _objective(
    objective: Told,
    picked: Chosen,
    promises: Mapping[str, Told],
    numbers: Mapping[str, Told],
    drawn: _Charts,
) -> dict[str, Any]:
    own = promises[objective["id"]]
    serving = [promises[each] for each in objective["promises"] if each in promises]
    first_here = [own, *(each for each in serving if each["objective_ids"][:1] == [objective["id"]])]
    charts, elsewhere = drawn.take(
        (each for promise in (own, *serving) for each in promise["measures"]), str(objective["id"])
    )
    return {
        "id": str(objective["id"]),
        "title": str(objective["title"]),
        "means": str(objective["means"] or ""),
        "stated": [
            {"what": what, "is_stated": bool(objective[f"has_{what}"])}
            for what in ("baseline", "target", "denominator")
        ],
        "own": _full_row(own),
        "promises": [_row(each) for each in serving],
        "more_promises": picked.more_of(str(objective["id"])),
        "rules": _rules([own, *serving]),
        "charts": charts,
        "elsewhere": elsewhere,
        **_behind(first_here, numbers, picked.told),
    }


def _behind(promises: Sequence[Told], numbers: Mapping[str, Told], told: Told) -> dict[str, Any]:
    """The figures and ratings of some promises, each once, the figures with the promises that they speak to."""
    speaks: dict[str, list[str]] = {}
    for promise in promises:
        for each in (*promise["figures"], f"{promise['id']}.reached"):
            if each in numbers:
                speaks.setdefault(each, []).append(str(promise["id"]))
    sources = {each["id"]: str(each["title"]) for each in told["sources"]}
    ratings: dict[str, Any] = {}
    for promise in promises:
        for each in promise["ratings"]:
            ratings.setdefault(each["id"], {**each, "about": []})["about"].append(promise["id"])
    return {
        "figures": [{**_shown(numbers[each], told), "promises": ", ".join(ids)} for each, ids in speaks.items()],
        "ratings": {
            side: [_rating(each, sources) for each in ratings.values() if (each["leans"] or "mixed") == side]
            for side in ("for", "against", "mixed")
        },
    }


def _shown(number: Told, told: Told) -> dict[str, str]:
    """A figure with what was corrected in it: whoever reads it here sees that it once read otherwise."""
    found = printed(number)
    ours = [each for each in told["corrections"] if each["record_id"] == number["id"]]
    if not ours:
        return found
    said = (each["words"] for each in corrections_of({**told, "corrections": ours}))
    notes = [found["note"], *(f"{each[:1].upper()}{each[1:]}" for each in said)]
    return {**found, "note": " ".join(each if each.endswith(".") else f"{each}." for each in notes if each)}


def _rating(rating: Told, sources: Mapping[str, str]) -> dict[str, str]:
    return {
        "id": str(rating["id"]),
        "rater": str(rating["rater"]),
        "verdict": str(rating["verdict"]),
        "when": date_words(rating["said_on"]),
        "about": ", ".join(rating["about"]),
        "source": sources.get(rating["source_id"], "no source"),
        "status": str(rating["status"] or ""),
    }


def _used_definitions(told: Told) -> list[Told]:
    used = {each for promise in told["promises"] for each in promise["definition_ids"]}
    used |= {str(each["definition"]) for each in told["measures"]}
    used |= {str(each["definition"]).split(" ")[0] for each in told["figures"]}
    return [each for each in told["definitions"] if each["id"] in used]


def _definition(card: Told) -> dict[str, str]:
    return {
        "id": f"{card['id']} v{card['version']}",
        "name": str(card["name"]),
        "plain": str(card["plain_definition"]),
        "denominator": str(card["denominator"] or "not stated"),
        "leaves_out": str(card["leaves_out"] or "not stated"),
    }


def _import(record: Told) -> dict[str, Any]:
    months = record["months_present"]
    return {
        "id": str(record["id"]),
        "source": str(record["source"]),
        "months": f"{months[0]} to {months[-1]}" if months else "no months",
        "missing": ", ".join(record["months_missing"]) or "none",
        "files": [
            {
                "name": str(each["name"]),
                "sha256": str(each["sha256"]),
                "rows": f"{each['rows_read']:,} read, {each['rows_kept']:,} kept, {each['rows_refused']:,} refused, "
                f"{each['rows_duplicate']:,} already there",
            }
            for each in record["files"]
        ],
    }


def _provenance(measure: Told) -> dict[str, str]:
    source = measure["provenance"]
    question = "; ".join(f"{name.replace('_', ' ')}: {each}" for name, each in sorted(source["question"].items()))
    return {
        "id": str(measure["id"]),
        "title": str(measure["title"]),
        "definition": f"{measure['definition']} v{measure['definition_version']}",
        "how": f"study {source['study']} ({question}), on {', '.join(source['tables'])} of import "
        f"{', '.join(source['import_ids'])}",
    }


def _example(told: Told, numbers: Mapping[str, Told]) -> str | None:
    """A number to show how to cite one: the first that a finding names."""
    named = [number for each in told["findings"] for number in each["figure_ids"] if number in numbers]
    return (named or sorted(numbers))[0] if numbers else None
