"""The report's own words: headings, column heads and standing sentences, said once for the PDF and for the Word document."""

from __future__ import annotations

WORDS = {
    "report": "progress report",
    "masthead": "Worked out by printed rules from public records, by nobody's opinion.",
    "moved": "What moved, and how sure that is",
    "no_data": "No data was imported, so nothing is said of what moved.",
    "caution": "Read with caution: a careful reader switches this rule off.",
    "cannot": "What can't be shown",
    "all_known": "Every promise could be shown from a source that is known.",
    "weightiest": "The weightiest, and what would show them:",
    "overdue": "What is overdue",
    "none_overdue": "No promise has a last date that has gone by unmet.",
    "no_last_date": "No last date at all:",
    "more": "More of what the data say",
    "switch_off": "Which rules a cautious reader switches off",
    "serving": "The promises that serve it",
    "by_which": "By which rules.",
    "figures": "Figures",
    "beside": "Also read beside it:",
    "others": "What others say",
    "others_note": "None of this sets where a promise stands.",
    "no_verdict": "No such verdict is recorded.",
    "mixed": "Mixed",
    "rest": "Promises that serve no stated objective",
    "rest_note": "Those of a later version stand here too when nobody has read them as serving an objective.",
    "all": "All promises, and where each stands",
    "rules": "The rules",
    "rules_note": "On each axis the first rule that holds decides. Nobody types where a promise stands.",
    "definitions": "Definitions used",
    "know": "How we know",
    "no_import": "No data was imported.",
    "drawn": "The measures drawn in this report",
    "corrections": "Corrections",
    "no_correction": "Nothing has had to be corrected yet.",
    "digests": "Digests",
    "method": "Method",
    "method_words": "A promise is read on two axes, evidence and delivery, by the rules printed above. A monthly count is held "
    "against control limits from a stated baseline, taken anew at each marked change of recording; the limits allow for counts "
    "that are more spread than chance alone. A change is called by stated rules and told with its size and interval, never with "
    "a cause. The last months may still be revised: they are drawn hollow and call nothing. Unknown is drawn as a gap and never "
    "counted as nothing; where some are unknown, a share is given as recorded, among the known, and with the bounds that the "
    "unknown allows.",
    "nothing": "How often nothing looks like something",
    "citing": "How to cite a number",
    "citing_words": "Each number has an id in square brackets. Under that id plan.json, beside this report, holds its value, "
    "numerator, denominator, unit, definition, source and date.",
}

HEADS = {
    "calls": ("Latest call of a main series", "Called for", "How much, and how sure"),
    "promises": ("Id", "Promise", "Evidence", "Delivery"),
    "figures": ("Number and out of how many", "What it counts", "When, and who says so"),
    "verdicts": ("Speaks for it", "Speaks against it"),
    "all": ("Promise", "Evidence", "Delivery"),
    "rules": ("Axis", "Answer", "When it holds"),
    "definitions": ("Definition", "What is counted", "Out of how many; what it leaves out"),
}
