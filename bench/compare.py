"""How long does it take to hold two versions of 2,000 sentences side by side?"""

from __future__ import annotations

import random
import sys
from difflib import Differ, SequenceMatcher
from pathlib import Path
from typing import Any

from measuring import by_turns, row

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

SENTENCES = 2_000
WORDS = 3_000
SHARES = (0.02, 0.10, 0.40)


def two_texts(seed: int, *, share: float) -> tuple[list[str], list[str]]:
    """A made-up text whose words are as unevenly common as English, and a version in which a share was edited."""
    by = random.Random(seed)  # noqa: S311 (a made-up text, the same each time)
    words = [f"word{at}" for at in range(WORDS)]
    weights = [1 / (at + 3) for at in range(WORDS)]

    def sentence() -> list[str]:
        return by.choices(words, weights, k=by.randint(8, 28))

    first = [sentence() for _ in range(SENTENCES)]
    then = [list(each) for each in first]
    at = 0
    while at < len(then):
        if by.random() < share:
            kind = by.choice(("edit", "edit", "edit", "move", "merge", "split", "insert", "delete"))
            if kind == "edit":
                then[at][by.randrange(len(then[at]))] = by.choice(words)
            elif kind == "move":
                then.insert(by.randrange(len(then)), then.pop(at))
            elif kind == "merge" and at + 1 < len(then):
                then[at : at + 2] = [then[at] + then[at + 1]]
            elif kind == "split" and len(then[at]) > 4:
                then[at : at + 1] = [then[at][:4], then[at][4:]]
            elif kind == "insert":
                then.insert(at, sentence())
            else:
                del then[at]
        at += 1
    return [_written(each) for each in first], [_written(each) for each in then]


def _written(words: list[str]) -> str:
    return f"We will {' '.join(words)}."


def rows() -> list[dict[str, Any]]:
    """The comparison rows, measured in one run: from cut sentences with their digests, as difflib gets them.

    Beside both readings of “difflib over the same sentences”: Differ, which looks for changed sentences as we do, and the
    bare SequenceMatcher, which says only what is the same.
    """
    from lamplighter.plan.comparing import compare, side_of_text

    found = []
    for share in SHARES:
        first, then = two_texts(7, share=share)
        text = "\n\n".join(first)
        a, b = side_of_text(text, name="A"), side_of_text("\n\n".join(then), name="B")
        here, there = [each.words for each in a.lines], [each.words for each in b.lines]
        cut_s, _ = by_turns({"cut": lambda text=text: side_of_text(text, name="A")}, 3)["cut"]
        took = by_turns(
            {
                "ours": lambda a=a, b=b: compare(a, b),
                "bare": lambda x=here, y=there: SequenceMatcher(None, x, y, autojunk=False).get_matching_blocks(),
            },
            12,
        )
        (ours_s, told), (bare_s, blocks) = took["ours"], took["bare"]
        differ_s, _ = by_turns({"differ": lambda x=here, y=there: list(Differ().compare(x, y))}, 2)["differ"]
        counts = told.counts
        same = counts["same"] + counts["moved"] >= sum(block.size for block in blocks)
        work = f"compare_{SENTENCES}_sentences_{share:.0%}_edited"
        note = f"{counts['changed']} changed, {counts['unsure']} unsure; at most 3 times the peer wanted"
        cut = f"{note}; cutting a text takes {cut_s:.2f} s more"
        found += [
            row(work, "difflib.Differ: finds changed sentences too", ours_s, differ_s, same_answer=same, note=note),
            row(work, "difflib.SequenceMatcher: same or not, no more", ours_s, bare_s, same_answer=same, note=cut),
        ]
    return found


if __name__ == "__main__":
    for each in rows():
        print(each)
