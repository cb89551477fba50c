"""What is known to work elsewhere and who disagrees: opposed verdicts side by side, each with its source and its limits."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from lamplighter import definitions

STANCES = ("for", "against", "open")
WORDS = (
    "Each verdict stands as its source gives it, in our words, beside those that disagree. None was read in full: each row says"
    " whether it is secondary (read in an account) or unverified (known to exist, or not found), and has to be read before it is"
    " relied on."
)


def evidence_elsewhere(tactics: Collection[str] = ()) -> dict[str, Any]:
    """The section of profile.json: a subject a row, what speaks for it, against it, and what is open.

    tactics: those that this profile recommends; their subjects come first, and each subject says whether it is among them.
    No verdict is summed up into one: the reader sees how they differ in kind of evidence and in limits.
    """
    wanted = set(tactics)
    subjects: dict[str, dict[str, Any]] = {}
    for row in definitions.evidence_register():
        about = row["tactics"].split(";")
        subject = subjects.setdefault(
            row["subject"],
            {
                "subject": row["subject"],
                "tactics": [],
                "recommended_here": False,
                **{stance: [] for stance in STANCES},
            },
        )
        subject["tactics"] += [each for each in about if each not in subject["tactics"]]
        subject["recommended_here"] = subject["recommended_here"] or bool(wanted & set(about))
        subject[row["stance"]].append(
            {key: row[key] for key in ("id", "verdict", "says", "kind_of_evidence", "limits", "source", "status")}
        )
    ordered = sorted(subjects.values(), key=lambda each: not each["recommended_here"])
    return {"words": WORDS, "subjects": ordered}
