"""A figure and its parts: the card that makes 650 = 500 + 150, or says that it does not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from lamplighter.plan.records import is_known
from lamplighter.plan.records.showing import Figure
from lamplighter.plan.running.answers import Sum
from lamplighter.plan.stands import possible_values
from lamplighter.schema import number_words


def sums_of(figures: Sequence[Figure]) -> tuple[Sum, ...]:
    """Each figure that others are part of, with those parts, and whether they make it.

    Rounding and words such as "more than" are taken at their word: the parts make the whole when some values that they
    can stand for do. `holds` is None when a value is missing or the units differ: then nothing can be added.
    """
    by_id = {each.id: each for each in figures}
    parts: dict[str, list[Figure]] = defaultdict(list)
    for each in figures:
        if is_known(each.part_of_id) and each.part_of_id in by_id and each.part_of_id != each.id:
            parts[each.part_of_id].append(each)
    return tuple(_sum(by_id[key], tuple(sorted(parts[key], key=_largest_first))) for key in sorted(parts))


def _largest_first(figure: Figure) -> tuple[float, str]:
    return -(figure.value or 0.0), figure.id


def _sum(whole: Figure, parts: tuple[Figure, ...]) -> Sum:
    told = " + ".join(f"{_firmly(each)} ({each.label or each.id})" for each in parts)
    if whole.value is None or any(each.value is None for each in parts):
        return Sum(whole=whole, parts=parts, holds=None, words=f"{told}: a value is missing, so nothing can be added.")
    other = sorted({each.unit or "no unit" for each in parts if each.unit != whole.unit})
    if other:
        words = f"{told}: {whole.id} counts {whole.unit}, its parts {', '.join(other)}, so nothing can be added."
        return Sum(whole=whole, parts=parts, holds=None, words=words)
    low = sum(possible_values(each)[0] for each in parts)
    high = sum(possible_values(each)[1] for each in parts)
    whole_low, whole_high = possible_values(whole)
    holds = max(low, whole_low) <= min(high, whole_high)
    total = sum(each.value or 0.0 for each in parts)
    if holds and total == whole.value:
        words = f"{_firmly(whole)} = {told}."
    elif holds:
        words = f"{told} = {number_words(total)}, which agrees with {_firmly(whole)} within rounding."
    else:
        words = f"{told} = {number_words(total)}, not {_firmly(whole)}."
    return Sum(whole=whole, parts=parts, holds=holds, words=words[:1].upper() + words[1:])


def _firmly(figure: Figure) -> str:
    before = "" if figure.qualifier in (None, "", "exactly") else f"{figure.qualifier} "
    return before + number_words(figure.value)
