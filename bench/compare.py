"""How long does it take to hold two versions of 2,000 sentences side by side?"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from difflib import Differ, SequenceMatcher
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

SENTENCES = 2_000
WORDS = 3_000


def timed(work: Callable[[], Any], times: int = 3) -> tuple[float, Any]:
    """The best of several runs, in seconds, and the last answer."""
    best, answer = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        answer = work()
        best = min(best, time.perf_counter() - start)
    return best, answer


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
            elif kind == "split":
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
    """The comparison rows, measured in one run: from cut sentences with their digests, as difflib gets them."""
    from lamplighter.plan.comparing import compare, side_of_text

    found = []
    for share in (0.05, 0.25):
        first, then = two_texts(7, share=share)
        text = "\n\n".join(first)
        a = side_of_text(text, name="A")
        b = side_of_text("\n\n".join(then), name="B")
        cut_s, _ = timed(lambda text=text: side_of_text(text, name="A"))
        ours_s, told = timed(lambda a=a, b=b: compare(a, b))
        peer_s, blocks = timed(
            lambda a=a, b=b: SequenceMatcher(
                None, [each.words for each in a.lines], [each.words for each in b.lines], autojunk=False
            ).get_matching_blocks()
        )
        differ_s, _ = timed(
            lambda a=a, b=b: list(Differ().compare([each.words for each in a.lines], [each.words for each in b.lines])),
            1,
        )
        kept, counts = sum(block.size for block in blocks), told.counts
        work = f"compare_{SENTENCES}_sentences_{share:.0%}_edited"
        note = f"{counts['changed']} changed, {counts['unsure']} unsure; at most 3 times the peer wanted"
        same = counts["same"] + counts["moved"] >= kept
        peers = (
            ("difflib.Differ: finds changed sentences too", differ_s, note),
            (
                "difflib.SequenceMatcher: same or not, no more",
                peer_s,
                f"{note}; cutting a text takes {cut_s:.2f} s more",
            ),
        )
        for peer, took_s, words in peers:
            told_row = {"work": work, "peer": peer, "ours_s": round(ours_s, 3), "peer_s": round(took_s, 3)}
            found.append({**told_row, "same_answer": same, "note": words})
    return found


if __name__ == "__main__":
    for each in rows():
        print(each)
