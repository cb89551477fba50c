"""Writes the progress report as a Word document, in the order and the words of the PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from typing import Any

from lamplighter.reports.docx.pictures import png_of
from lamplighter.reports.docx.pieces import Pages, Words, bold, joined, quiet, ref
from lamplighter.reports.report import report_data
from lamplighter.workspace.zipping import zip_bytes

Data = Mapping[str, Any]


def report_docx(told: Data, *, charts: Mapping[str, str]) -> bytes:
    """The report that reports/pdf sets, as DOCX: every sentence, number and id of it, with charts as pictures.

    told and charts: as for the PDF. Headings, lists and head rows are real ones, every chart has its words, the language is
    British English; title and author come from the plan, the dates from its `as_of`: the same inputs give the same bytes.
    Misleads once it was edited: the numbers of record are those of plan.json. Raises PartMissing without the library.
    """
    data = report_data(told, charts)
    words = data["words"]
    pages = Pages(
        title=f"{data['title']}: {words['report']}",
        author=data["body"],
        subject=f"What was promised, what stands behind it, and where it stands, as of {data['as_of']}.",
        day=datetime(*data["day"]),  # noqa: DTZ001 (a document's properties hold no zone; the plan says a day)
        footer=f"{data['title']}, as of {data['as_of']}",
    )
    _first(pages, data)
    _more(pages, data)
    for each in data["objectives"]:
        _objective(pages, data, each)
    if data["rest"]["promises"]:
        pages.heading(1, words["rest"], new_page=True)
        pages.say(words["rest_note"])
        _promises(pages, data, words["rest"], data["rest"]["promises"])
        _behind(pages, data, data["rest"])
    _all(pages, data)
    _know(pages, data)
    _method(pages, data)
    out = io.BytesIO()
    pages.document.save(out)
    with zipfile.ZipFile(out) as made:
        return zip_bytes({each.filename: made.read(each) for each in made.infolist()})


def _finding(pages: Pages, told: Data) -> None:
    pages.say(told["text"])
    if told["numbers"]:
        numbers = [(quiet(f"{each['words']} ", size_pt=9), ref(each["id"])) for each in told["numbers"]]
        pages.say(*joined(numbers, " · "))


def _first(pages: Pages, data: Data) -> None:
    words = data["words"]
    pages.heading(0, data["title"])
    pages.say(f"Progress report as of {data['as_of']}. Whose plan: {data['body']}. {words['masthead']}")
    for each in data["first"]:
        if each["id"].startswith("plan."):
            _finding(pages, each)
    pages.heading(1, words["moved"])
    if not data["has_measures"]:
        pages.say(words["no_data"])
    for each in data["first"]:
        if each["id"].startswith("data."):
            _finding(pages, each)
    if data["calls"]:
        rows = [
            (
                (f"{each['title']} ", ref(each["id"])),
                (each["when"],),
                (each["effect"], *((" ", bold(words["caution"])) if each["caution"] else ())),
            )
            for each in data["calls"]
        ]
        pages.table(words["moved"], data["heads"]["calls"], (0.42, 0.20, 0.38), rows)
    if data["caution"]:
        _finding(pages, data["caution"])
    pages.heading(1, words["cannot"])
    if data["lacking"]:
        counts = [(f"{each['words']} ", ref(each["id"]), ". ") for each in data["lacking_count"]]
        pages.say(*joined(counts, ""), words["weightiest"])
        pages.bullets((bold(each["title"]), " ", ref(each["id"]), f": {each['needed']}") for each in data["lacking"])
    else:
        pages.say(words["all_known"])
    pages.heading(1, words["overdue"])
    late = [*data["overdue"], *data["missed"]]
    pages.bullets((bold(each["title"]), " ", ref(each["id"]), f": {each['because']}") for each in late)
    if data["more_late"]:
        pages.say(data["more_late"])
    without = joined(
        ((f"{words['no_last_date']} {each['words']} ", ref(each["id"]), ".") for each in data["no_date"]), " "
    )
    if not late or without:
        pages.say(*([words["none_overdue"], " "] if not late else []), *without)


def _more(pages: Pages, data: Data) -> None:
    words = data["words"]
    pages.heading(1, words["more"], new_page=True)
    for each in data["more"]:
        _finding(pages, each)
    if data["switch_off"]:
        pages.heading(2, words["switch_off"])
        rules = ", ".join(each.replace("_", " ") for each in data["switch_off"])
        pages.say(f"{rules}. {data['criterion']}")


def _objective(pages: Pages, data: Data, told: Data) -> None:
    words = data["words"]
    pages.heading(1, f"{told['title']} ", ref(told["id"]), new_page=True)
    if told["means"]:
        pages.say(told["means"])
    stated = [
        (bold(each["what"].capitalize()), ": stated" if each["is_stated"] else ": none") for each in told["stated"]
    ]
    pages.say(*joined(stated, " · "))
    own = told["own"]
    pages.say(bold(f"Evidence: {own['evidence']}."), f" {own['evidence_because']}")
    pages.say(bold(f"Delivery: {own['delivery']}."), f" {own['delivery_because']}")
    for each in told["charts"][:1]:
        _chart(pages, each)
    if told["promises"]:
        pages.heading(2, words["serving"])
        _promises(pages, data, words["serving"], told["promises"])
        if told["more_promises"]:
            pages.say(told["more_promises"])
    _rules_said(pages, data, told["rules"])
    _figures(pages, data, told["figures"])
    for each in told["charts"][1:]:
        _chart(pages, each)
    if told["elsewhere"]:
        others = [
            (f"{each['title']} ", ref(each["id"]), f" (drawn under {each['objective']})" if each["objective"] else "")
            for each in told["elsewhere"]
        ]
        pages.say(f"{words['beside']} ", *joined(others, ", "), ".")
    _ratings(pages, data, told["ratings"])


def _behind(pages: Pages, data: Data, told: Data) -> None:
    _rules_said(pages, data, told["rules"])
    _figures(pages, data, told["figures"])
    _ratings(pages, data, told["ratings"])


def _chart(pages: Pages, told: Data) -> None:
    caption = (bold(told["title"]), " ", ref(told["id"]), f"\n{told['caption']}")
    pages.picture(png_of(told["svg"]), alt=told["alt"], caption=caption)


def _promises(pages: Pages, data: Data, caption: str, promises: Sequence[Data]) -> None:
    rows = [((ref(each["id"]),), (each["title"],), (each["evidence"],), (each["delivery"],)) for each in promises]
    pages.table(caption, data["heads"]["promises"], (0.19, 0.39, 0.22, 0.20), rows)


def _rules_said(pages: Pages, data: Data, rules: Sequence[Data]) -> None:
    if rules:
        said = [(bold(f"{each['axis']}, {each['answer']}"), f": {each['words']}") for each in rules]
        pages.say(f"{data['words']['by_which']} ", *joined(said, " "))


def _figures(pages: Pages, data: Data, figures: Sequence[Data]) -> None:
    if not figures:
        return
    pages.heading(2, data["words"]["figures"])
    rows: list[Sequence[Sequence[Words]]] = []
    for each in figures:
        below = [each["out_of"], *([each["interval"]] if each["interval"] else [])]
        note = f". {each['note']}" if each["note"] else ""
        status = f" ({each['status']})" if each["status"] else ""
        rows.append(
            (
                (bold(each["value"]), " ", ref(each["id"]), *(f"\n{line}" for line in below)),
                (each["label"], quiet(f"\nfor {each['promises']}{note}")),
                (f"{each['as_of']}\n{each['source']}{status}",),
            )
        )
    pages.table(data["words"]["figures"], data["heads"]["figures"], (0.32, 0.42, 0.26), rows)


def _verdict(told: Data) -> tuple[Words, ...]:
    status = f" ({told['status']})" if told["status"] else ""
    return (
        bold(told["rater"]), f", {told['when']} ", ref(told["id"]), f"\n{told['verdict']}",
        quiet(f"\nOn {told['about']}. {told['source']}{status}"),
    )  # fmt: skip


def _ratings(pages: Pages, data: Data, ratings: Mapping[str, Sequence[Data]]) -> None:
    words = data["words"]
    if not any(ratings.values()):
        return
    pages.heading(2, words["others"])
    pages.say(words["others_note"], with_next=True)
    if ratings["for"] or ratings["against"]:
        sides = [[_verdict(each) for each in ratings[side]] or [(words["no_verdict"],)] for side in ("for", "against")]
        rows = list(zip_longest(*sides, fillvalue=()))
        pages.table(words["others"], data["heads"]["verdicts"], (0.5, 0.5), rows)
    if ratings["mixed"]:
        pages.heading(3, words["mixed"])
        for each in ratings["mixed"]:
            pages.say(*_verdict(each))


def _all(pages: Pages, data: Data) -> None:
    words, heads = data["words"], data["heads"]
    pages.heading(1, words["all"], new_page=True)
    if data["more_promises"]:
        pages.say(f"{data['more_promises']} {data['more_objectives']}".rstrip())
    rows: list[Sequence[Sequence[Words]]] = [
        (
            (ref(each["id"]), f"\n{each['title']}", quiet(f"\n{each['version']}; answers for it: {each['owner']}")),
            (bold(f"{each['evidence']}."), f" {each['evidence_because']}"),
            (
                bold(f"{each['delivery']}."),
                f" {each['delivery_because']} ",
                *([ref(each["reached"])] if each["reached"] else []),
            ),
        )
        for each in data["promises"]
    ]
    pages.table(words["all"], heads["all"], (0.24, 0.46, 0.30), rows)
    pages.heading(1, words["rules"], new_page=True)
    pages.say(words["rules_note"])
    rows = [((each["axis"],), (bold(each["answer"]),), (each["words"],)) for each in data["rules"]]
    pages.table(words["rules"], heads["rules"], (0.16, 0.24, 0.60), rows)
    pages.heading(1, words["definitions"], new_page=True)
    rows = [
        (
            (f"{each['name']}\n", ref(each["id"])),
            (each["plain"],),
            (each["denominator"], quiet(f"\nLeaves out: {each['leaves_out']}")),
        )
        for each in data["definitions"]
    ]
    pages.table(words["definitions"], heads["definitions"], (0.30, 0.46, 0.24), rows)


def _know(pages: Pages, data: Data) -> None:
    words = data["words"]
    pages.heading(1, words["know"], new_page=True)
    if not data["imports"]:
        pages.say(words["no_import"])
    for each in data["imports"]:
        pages.heading(2, f"Import {each['id']} from {each['source']}")
        pages.say(f"Months: {each['months']}. Missing months: {each['missing']}.")
        files = each["files"]
        pages.bullets((f"{file['name']}: {file['rows']}\nSHA-256 ", quiet(file["sha256"], size_pt=8)) for file in files)
    if data["measures"]:
        pages.heading(2, words["drawn"])
        pages.bullets(
            (f"{each['title']} ", ref(each["id"]), f", by definition {each['definition']}: {each['how']}")
            for each in data["measures"]
        )
    pages.heading(2, words["corrections"])
    if not data["corrections"]:
        pages.say(words["no_correction"])
    pages.bullets(
        (f"{each['of']} ".lstrip(), ref(each["record_id"]), f", {each['words']} ", ref(each["id"]))
        for each in data["corrections"]
    )
    if data["more_corrections"]:
        pages.say(data["more_corrections"])
    pages.heading(2, words["digests"])
    pages.bullets((f"{each['name'].replace('_', ' ')}: ", quiet(each["digest"], size_pt=8)) for each in data["digests"])


def _method(pages: Pages, data: Data) -> None:
    words = data["words"]
    pages.heading(1, words["method"])
    pages.say(words["method_words"])
    if data["caution"]:
        pages.heading(2, words["nothing"])
        _finding(pages, data["caution"])
    pages.heading(2, words["citing"])
    pages.say(words["citing_words"])
    cite = data["cite"]
    if cite:
        digest = next(each["digest"] for each in data["digests"] if each["name"] == "plan_folder")[:12]
        pages.say(
            f"For example: “{cite['label']}: ", bold(cite["value"]), " ", ref(cite["id"]),
            f", {cite['out_of']}, {cite['as_of']}.” {data['title']}, {words['report']} as of {data['as_of']}, "
            f"plan folder {digest}.",
        )  # fmt: skip
