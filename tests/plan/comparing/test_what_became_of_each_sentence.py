"""Same, changed, moved, merged, split, new, gone and unsure, on texts that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lamplighter.errors import InputError
from lamplighter.plan.comparing import Comparison, Line, Side, compare, side_of_text

Held = Callable[[str, str], Comparison]

OFFICERS = "We will put 650 officers into town centres."
TRAINING = "We will train 8,500 officers in domestic abuse by March."
WALKS = "Officers walk with women and hear what frightens them."
REFUGES = "The council pays for refuges in every borough."
PHONES = "Phones come back to victims within thirty days."


def told(found: Comparison) -> list[tuple[str, str, str]]:
    return [
        (each.kind, " ".join(line.id for line in each.before), " ".join(line.id for line in each.after))
        for each in found.changes
    ]


def test_the_same_text_twice_is_all_the_same(held: Held) -> None:
    text = f"{OFFICERS}\n{TRAINING}\n{WALKS}"
    assert told(held(text, text)) == [("same", each, each) for each in ("S001", "S002", "S003")]


def test_quotation_marks_dashes_and_capitals_are_no_change(held: Held) -> None:
    assert told(held("We won't “wait” – ever.", 'WE WON’T "wait" - ever')) == [("same", "S001", "S001")]


def test_a_new_figure_in_a_sentence_is_a_change(held: Held) -> None:
    found = held(f"{OFFICERS}\n{TRAINING}", f"{OFFICERS}\n{TRAINING.replace('8,500', '9,000')}")
    assert told(found) == [("same", "S001", "S001"), ("changed", "S002", "S002")]
    # train, officers, domestic, abuse and March of six telling words on each side
    assert found.changes[1].overlap == pytest.approx(2 * 5 / 12)


def test_a_new_sentence_and_one_that_is_gone_are_not_paired_for_standing_in_the_same_place(held: Held) -> None:
    found = held(f"{OFFICERS}\n{WALKS}\n{PHONES}", f"{OFFICERS}\n{REFUGES}\n{PHONES}")
    assert sorted(told(found)) == sorted(
        [("same", "S001", "S001"), ("gone", "S002", ""), ("new", "", "S002"), ("same", "S003", "S003")]
    )


def test_one_sentence_that_went_to_the_end_is_the_only_one_moved(held: Held) -> None:
    found = held(f"{OFFICERS}\n{TRAINING}\n{WALKS}\n{PHONES}", f"{TRAINING}\n{WALKS}\n{PHONES}\n{OFFICERS}")
    assert [each for each in told(found) if each[0] != "same"] == [("moved", "S001", "S004")]


def test_of_two_neighbours_that_changed_places_one_is_moved(held: Held) -> None:
    assert held(f"{OFFICERS}\n{TRAINING}", f"{TRAINING}\n{OFFICERS}").counts["moved"] == 1


def test_a_sentence_that_moved_and_changed_is_both(held: Held) -> None:
    changed = "We will train 9,000 officers in domestic abuse by March."
    found = held(f"{TRAINING}\n{OFFICERS}\n{WALKS}\n{PHONES}", f"{OFFICERS}\n{WALKS}\n{PHONES}\n{changed}")
    last = found.changes[-1]
    assert (last.kind, last.moved, last.before[0].id, last.after[0].id) == ("changed", True, "S001", "S004")


def test_two_neighbours_made_into_one_are_merged(held: Held) -> None:
    one = "The council pays for refuges in every borough, and phones come back to victims within thirty days."
    assert told(held(f"{OFFICERS}\n{REFUGES}\n{PHONES}", f"{OFFICERS}\n{one}"))[1] == ("merged", "S002 S003", "S002")


def test_one_sentence_made_into_two_neighbours_is_split(held: Held) -> None:
    one = "The council pays for refuges in every borough, and phones come back to victims within thirty days."
    assert told(held(f"{OFFICERS}\n{one}", f"{OFFICERS}\n{REFUGES}\n{PHONES}"))[1] == ("split", "S002", "S002 S003")


def test_a_short_sentence_that_was_merged_into_its_neighbour_is_not_called_gone(held: Held) -> None:
    one = "The council pays for refuges in every borough, and you can do this online."
    found = held(f"{OFFICERS}\n{REFUGES}\nYou can do this online.", f"{OFFICERS}\n{one}")
    assert told(found)[1] == ("merged", "S002 S003", "S002")


def test_a_short_sentence_that_stands_whole_in_one_far_away_is_unsure(held: Held) -> None:
    far = "From next year, phones come back to victims within thirty days, and walks go on."
    found = held(
        f"Walks go on.\n{OFFICERS}\n{TRAINING}\n{REFUGES}\n{PHONES}", f"{OFFICERS}\n{TRAINING}\n{REFUGES}\n{far}"
    )
    assert "gone" not in {kind for kind, _, _ in told(found)}


def test_a_template_with_other_words_in_it_is_never_a_change_in_silence(held: Held) -> None:
    found = held(
        f"{OFFICERS}\nWe will train 500 officers in Camden by May.",
        f"{OFFICERS}\nWe will train 20 wardens in Hackney by June.",
    )
    assert [each.kind for each in found.changes[1:]] in (["unsure"], ["gone", "new"], ["new", "gone"])


def test_two_look_alikes_for_one_sentence_are_unsure(held: Held) -> None:
    found = held(
        f"{OFFICERS}\nStations get brighter lamps, more cameras and staff at night.",
        f"{OFFICERS}\nStations get brighter lamps, more cameras and guards at night.\n"
        "Stations get brighter lamps, more cameras and helpers at night.",
    )
    assert told(found)[1] == ("unsure", "S002", "S002 S003")


def test_a_sentence_cut_at_another_place_than_before_is_unsure(held: Held) -> None:
    found = held(
        f"{OFFICERS}\nAlpha bravo charlie delta echo foxtrot.\nGolf hotel india juliet kilo lima.",
        f"{OFFICERS}\nAlpha bravo charlie.\nDelta echo foxtrot golf hotel india juliet kilo lima.",
    )
    assert [each.kind for each in found.changes] == ["same", "unsure"]


def test_a_heading_that_repeats_is_paired_by_its_neighbours(held: Held) -> None:
    found = held(
        f"Our work\n{OFFICERS}\nOur work\n{PHONES}",
        f"Our work\n{PHONES}\nOur work\n{OFFICERS}",
    )
    assert {(x, y) for _, x, y in told(found)} == {
        ("S001", "S003"),
        ("S002", "S004"),
        ("S003", "S001"),
        ("S004", "S002"),
    }


def test_a_repeated_sentence_that_stands_less_often_and_beside_strangers_is_unsure(held: Held) -> None:
    found = held(f"{WALKS}\nSee below\n{OFFICERS}\nSee below\n{TRAINING}", f"{PHONES}\nSee below\n{REFUGES}")
    unsure = [each for each in told(found) if each[0] == "unsure"]
    assert unsure == [("unsure", "S002 S004", "S002")]


def test_two_versions_with_nothing_in_common_are_gone_and_new(held: Held) -> None:
    found = held(f"{OFFICERS}\n{TRAINING}", f"{REFUGES}\n{PHONES}")
    assert (found.counts["gone"], found.counts["new"]) == (2, 2)


def test_a_text_without_a_sentence_is_refused() -> None:
    with pytest.raises(InputError, match="no sentence"):
        side_of_text(" \n \n", name="A")


def line(at: str, words: str, *, digest: str | None = None, paraphrased: bool = True) -> Line:
    return Line(id=at, words=words, digest=digest, paraphrased=paraphrased)


def side(*lines: Line, ordered: bool = True, complete: bool = True) -> Side:
    return Side(name="x", title="X", lines=lines, ordered=ordered, complete=complete)


def test_the_same_paraphrase_of_texts_that_are_known_to_differ_is_a_change() -> None:
    a, b = side(line("S1", "More patrols.", digest="a" * 64)), side(line("S2", "More patrols.", digest="b" * 64))
    assert told(compare(a, b)) == [("changed", "S1", "S2")]


def test_a_paraphrase_whose_digest_stands_in_the_text_is_the_same() -> None:
    text = side_of_text("More officers will patrol.", name="B")
    assert told(compare(side(line("S1", "More patrols.", digest=text.lines[0].digest)), text)) == [
        ("same", "S1", "S001")
    ]


def test_a_paraphrase_is_not_held_against_words() -> None:
    text = side_of_text("More patrols of parks are promised.", name="B")
    found = compare(side(line("S1", "Says that more patrols of parks are promised.")), text)
    assert [each.kind for each in found.changes] == ["unsure", "unsure"]


def test_nothing_is_gone_from_a_version_that_is_not_all_held() -> None:
    a = side(line("S1", "More patrols of parks."), line("S2", "Refuges for women."))
    assert told(compare(a, side(line("T1", "More patrols of parks."), complete=False)))[1] == ("unsure", "S2", "")


def test_nothing_is_moved_where_places_are_not_known() -> None:
    a = side(line("S1", "More patrols of parks."), line("S2", "Refuges for women."), ordered=False)
    b = side(line("T1", "Refuges for women."), line("T2", "More patrols of parks."))
    assert compare(a, b).counts["same"] == 2


def test_a_row_of_marks_without_a_word_is_not_held_to_be_like_any_sentence(held: Held) -> None:
    found = held(f"{OFFICERS}\n* * *\n{PHONES}", f"{OFFICERS}\n{WALKS}\n{PHONES}")
    assert sorted(told(found)) == sorted(
        [("same", "S001", "S001"), ("gone", "S002", ""), ("new", "", "S002"), ("same", "S003", "S003")]
    )


def test_a_short_sentence_of_words_that_many_have_is_still_found_without_its_small_word(held: Held) -> None:
    # patrols, lamps and phones stand in fifteen sentences each, so none of them tells; “we” is lost in the merging
    many = [f"{word} {' '.join(f'{word[0]}{at}x{each}' for each in range(6))}." for word in ("Patrols", "Lamps", "Phones")
            for at in range(15)]  # fmt: skip
    edited = [f"{each[:-1]} anew{at}." for at, each in enumerate(many)]
    a = "\n".join([*many, "We patrols lamps phones."])
    b = "\n".join([*edited[:-1], f"{edited[-1][:-1]}, patrols lamps phones."])
    found = held(a, b)
    assert found.by_before["S046"].kind in ("merged", "unsure")
