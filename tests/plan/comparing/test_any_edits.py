"""From a made-up text, any sequence of moves, edits, merges, splits, insertions and deletions: recognised or unsure."""

from __future__ import annotations

import sys
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lamplighter.plan.comparing import compare, side_of_text
from lamplighter.plan.comparing.exact import longest_rising
from lamplighter.plan.comparing.tracked import tracked
from lamplighter.plan.comparing.wording import KEPT, PUT, TAKEN, joined, pieces


def _made_up_edits() -> Any:
    """The sibling that makes the texts: tests are no package, so it is loaded by its path."""
    spec = spec_from_file_location("made_up_edits", Path(__file__).with_name("made_up_edits.py"))
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    sys.modules["made_up_edits"] = module
    spec.loader.exec_module(module)
    return module


made = _made_up_edits()


@settings(max_examples=150, deadline=None)
@given(versions=made.two_versions())
def test_no_sentence_is_mispaired_in_silence(versions: Any) -> None:
    first, then = versions
    found = compare(made.side(first, "A"), made.side(then, "B"))
    assert made.mispaired(found, first, then) == []


@settings(max_examples=60, deadline=None)
@given(versions=made.two_versions())
def test_each_sentence_of_either_version_stands_in_exactly_one_change(versions: Any) -> None:
    first, then = versions
    found = compare(made.side(first, "A"), made.side(then, "B"))
    before = Counter(line.id for each in found.changes for line in each.before)
    after = Counter(line.id for each in found.changes for line in each.after)
    assert before == Counter(line.id for line in found.a.lines)
    assert after == Counter(line.id for line in found.b.lines)


@settings(max_examples=60, deadline=None)
@given(versions=made.two_versions(most_edits=1, shortest=6))
def test_a_single_edit_is_recognised_and_not_only_unsure(versions: Any) -> None:
    first, then = versions
    found = compare(made.side(first, "A"), made.side(then, "B"))
    kinds = {"move": "moved", "edit": "changed", "merge": "merged", "split": "split", "insert": "new", "delete": "gone"}
    others = {kind: count for kind, count in found.counts.items() if count and kind != "same"}
    wanted = {kinds[each]: 1 for each in then.done}
    assert others == wanted or (then.done == ["move"] and others == {})


@settings(max_examples=60, deadline=None)
@given(versions=made.two_versions())
def test_without_the_additions_the_tracked_text_is_a_and_without_the_deletions_it_is_b(versions: Any) -> None:
    first, then = versions
    found = compare(made.side(first, "A"), made.side(then, "B"))
    told = list(tracked(found))
    a = [joined(each.pieces, KEPT, TAKEN) for each in told if each.mark != PUT]
    b = [joined(each.pieces, KEPT, PUT) for each in told if each.mark != TAKEN]
    assert a == [each.words for each in found.a.lines]
    assert b == [each.words for each in found.b.lines]


@given(order=st.permutations(range(8)))
def test_the_sentences_that_keep_their_order_are_as_many_as_can_be(order: list[int]) -> None:
    kept = [order[at] for at in longest_rising(order)]
    assert kept == sorted(kept)
    best = [1] * len(order)
    for at in range(len(order)):
        best[at] = 1 + max((best[each] for each in range(at) if order[each] < order[at]), default=0)
    assert len(kept) == max(best)


@settings(max_examples=60, deadline=None)
@given(order=st.permutations(range(6)), copies=st.lists(st.integers(0, 5), max_size=4))
def test_sentences_that_repeat_are_only_ever_paired_with_the_same_words(order: list[int], copies: list[int]) -> None:
    words = [f"Sentence w{at}a w{at}b w{at}c w{at}d." for at in range(6)]
    a = side_of_text("\n\n".join(words[at] for at in (*range(6), *copies[:2])), name="A")
    b = side_of_text("\n\n".join(words[at] for at in (*order, *copies[2:])), name="B")
    for each in compare(a, b).changes:
        assert each.kind in ("same", "moved", "new", "gone", "unsure")
        assert len({line.words for line in (*each.before, *each.after)}) == 1


@given(a=st.text("abc ,.1é’", max_size=30), b=st.text("abc ,.1é’", max_size=30))
def test_the_marked_words_join_to_the_old_and_to_the_new_sentence(a: str, b: str) -> None:
    found = pieces(a, b)
    assert joined(found, KEPT, TAKEN) == a
    assert joined(found, KEPT, PUT) == b
