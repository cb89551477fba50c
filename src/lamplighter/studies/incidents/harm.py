"""What the rows of a question weigh in days of harm, beside how many they are; said to add nothing where it adds nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lamplighter.methods.small_counts import small_counts
from lamplighter.schema import number_words, slug_of
from lamplighter.studies.incidents.harm_weights import Weight, Weights, weights_of
from lamplighter.studies.incidents.saying import Figure, Finding, Interval

if TYPE_CHECKING:
    from lamplighter.sources.harm_workbook import HarmWorkbook
    from lamplighter.studies.incidents.chosen import Chosen

LAST = 12
LEAST_KNOWN = 0.9  # below this share of rows with a weight a place's harm would rank what is known, not what is harmful
# England and Wales, with their waters: the offences that the weights are of.
_WEST, _SOUTH, _EAST, _NORTH = -6.5, 49.8, 2.0, 55.9
UNDER, WITHHELD = "under 10", "withheld"
_ONE_CATEGORY = (
    "Within one category of open data every row would weigh the same, so that harm is the count times a constant: it adds"
    " nothing, is not drawn, and no place is ranked by it. Own records name the offence: import an extract."
)
_CATEGORIES = (
    "Categories of open data join offences that weigh from one day to fifteen years, so that no weight of a category is known."
    " Own records name the offence: import an extract."
)
_ONE_WEIGHT = (
    "Every row whose weight is known weighs the same, so that harm is the count times a constant: it adds nothing."
)
_ABROAD = "the weights are of offences in England and Wales, and these rows lie elsewhere"
_NO_WEIGHT = "no offence of these rows is in the list of weights"
_BESIDE = (
    "Count and harm stand side by side because neither alone will do: a weight of sentences ranks stalking and coercive control,"
    " at some ten days, far below what often follows them."
)


@dataclass(frozen=True, kw_only=True)
class OffenceHarm:
    """Rows of one offence. group, weight: None where unknown. count: rows as they are; shown: as they may be told."""

    offence: str | None
    code: str | None
    group: str | None
    weight: Weight | None
    count: int
    rows: int | None
    shown: str


@dataclass(frozen=True, kw_only=True)
class Harm:
    """The section `harm`. Harm is told of rows as they may be told, so that no total gives a small count away."""

    why_not: str | None
    adds_nothing: bool
    words: str
    weights: Weights
    period: str
    rows: int
    offences: tuple[OffenceHarm, ...] = ()
    used: tuple[str, ...] = field(default=())

    def told(self) -> dict[str, Any]:
        """The section of profile.json."""
        shows = self.why_not is None
        return {
            "available": shows,
            "why_not": self.why_not,
            "adds_nothing": self.adds_nothing,
            "name": self.weights.name,
            "status": self.weights.status,
            "workbook_sha256": self.weights.workbook_sha256,
            "words": self.words,
            "unit": "days",
            "weights": self._weights() if shows else [],
            "rows": self.rows,
            "rows_without_weight": self._without_weight,
            "total": self._total("days"),
            "total_low": self._total("low"),
            "total_high": self._total("high"),
            "by_offence": [self._offence(each) for each in self.offences],
        }

    def _weights(self) -> list[dict[str, Any]]:
        return [
            {"group": group, "days": weight.days, "low": weight.low, "high": weight.high, "status": self.weights.status}
            for group, weight in sorted(self.weights.groups.items())
            if group in self.used
        ]

    def _offence(self, each: OffenceHarm) -> dict[str, Any]:
        weight = each.weight
        harm = _harm(each, "days")
        total = self._total("days")
        return {
            "offence": each.offence,
            "code": each.code,
            "group": each.group,
            "rows": each.rows,
            "shown": each.shown,
            "days": None if weight is None else weight.days,
            "harm": harm,
            "low": _harm(each, "low"),
            "high": _harm(each, "high"),
            "share_of_rows": None if each.rows is None or not self.rows else round(each.rows / self.rows, 3),
            "share_of_harm": None if harm is None or not total else round(harm / total, 3),
            "how": None if weight is None else weight.how,
        }

    def _total(self, which: str) -> float | None:
        """Days of all offences that are told; None where none is, or harm adds nothing."""
        parts = [part for each in self.offences if (part := _harm(each, which)) is not None]
        return round(sum(parts), 1) if parts else None

    @property
    def _without_weight(self) -> int | None:
        if self.why_not is not None or not self.offences:
            return None
        unknown = [each.rows for each in self.offences if each.weight is None]
        return None if any(each is None for each in unknown) else sum(each or 0 for each in unknown)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Total days with their band, and the days of each offence that is told; none where harm adds nothing."""
        if self.why_not is not None or self.adds_nothing:
            return ()
        total, low, high = (self._total(each) for each in ("days", "low", "high"))
        if total is None:
            return ()
        told = sum(each.rows or 0 for each in self.offences if each.weight is not None)
        made = [
            self._figure("total", "Harm", total, told, None if low is None or high is None else (low, high)),
        ]
        slugs: set[str] = set()
        for each in self.offences:
            harm, low, high = (_harm(each, which) for which in ("days", "low", "high"))
            slug = _slug(each)
            if harm is None or low is None or high is None or slug in slugs:
                continue
            slugs.add(slug)
            made.append(self._figure(slug, f"Harm: {each.offence}", harm, each.rows, (low, high)))
        return tuple(made)

    def _figure(
        self, name: str, label: str, value: float, rows: int | None, band: tuple[float, float] | None
    ) -> Figure:
        words = "the least and the most that any entry of its group weighs: a band, no interval of chance"
        return Figure(
            id=f"harm.{name}", label=label, value=value, unit="days", period=self.period, rows=rows,
            definition=f"Rows times days of their offence. {self.weights.name} ({self.weights.status}).",
            interval=None if band is None else Interval(low=band[0], high=band[1], words=words),
        )  # fmt: skip

    @property
    def findings(self) -> tuple[Finding, ...]:
        """None: the bands of any two offences overlap so widely that no order of harm is a finding."""
        return ()

    @property
    def cannot_say(self) -> tuple[str, ...]:
        """What harm leaves open here."""
        if self.why_not is not None:
            return (f"How much harm stands behind the rows: {self.why_not}.",)
        if self.adds_nothing:
            return (f"Which rows are the more harmful: {self.words[:1].lower()}{self.words[1:]}",)
        return (
            "What a crime did to the person: a weight is of a sentence's starting point, the same for every victim.",
        )


def harm(chosen: Chosen, *, loaded: HarmWorkbook | None = None) -> Harm:
    """How many days of harm do the rows of a question weigh, by offence, and does that say more than their count?

    loaded: the workbook that was loaded into the workspace, else the shipped medians of groups with the band of their entries.
    Rows whose offence has no known weight are in no total and are counted. An extract's counts are told by the 10-5 rule, and
    harm is worked out of what is told.
    Misleads by the weights: they are of sentences, not of what was suffered, and a group's median hides its worst.
    """
    weights = weights_of(loaded)
    rows = chosen.number("select count(*) from asked where of_question")
    if chosen.is_street:
        one = len(chosen.offences) == 1
        return Harm(
            why_not=None if one else _CATEGORIES.rstrip(".").replace(". Own", "; own"),
            adds_nothing=one, words=_ONE_CATEGORY if one else _CATEGORIES, weights=weights, period=chosen.period_words, rows=rows,
        )  # fmt: skip
    if lies_abroad(chosen):
        return _none(chosen, weights, rows, _ABROAD)
    found = chosen.ask(
        "select offence, offence_code, cast(count(*) as bigint) as rows from asked where of_question"
        " group by 1, 2 order by 1 nulls last, 2 nulls last"
    ).to_pylist()
    kinds = [(each, *weights.of(code=each["offence_code"], offence=each["offence"])) for each in found]
    known = {weight.days for _, _, weight in kinds if weight is not None}
    if not known:
        return _none(chosen, weights, rows, _NO_WEIGHT)
    shown = _shown([int(each["rows"]) for each, _, _ in kinds])
    offences = [
        OffenceHarm(
            offence=each["offence"], code=each["offence_code"], group=group, weight=weight, count=int(each["rows"]), rows=count,
            shown=words,
        )
        for (each, group, weight), (count, words) in zip(kinds, shown, strict=True)
    ]  # fmt: skip
    same = len(known) == 1
    return Harm(
        why_not=None,
        adds_nothing=same,
        words=_ONE_WEIGHT if same else _BESIDE,
        weights=weights,
        period=chosen.period_words,
        rows=rows,
        offences=tuple(sorted(offences, key=_order)),
        used=tuple(sorted({group for _, group, weight in kinds if group and weight})),
    )


def _none(chosen: Chosen, weights: Weights, rows: int, why: str) -> Harm:
    words = f"Harm was not worked out: {why}."
    return Harm(why_not=why, adds_nothing=False, words=words, weights=weights, period=chosen.period_words, rows=rows)


def lies_abroad(chosen: Chosen) -> bool:
    """Do most located rows of the question lie outside England and Wales? Codes of other countries look like ours."""
    [(located, inside)] = chosen.db.execute(
        "select count(*), count(*) filter (where lon between $west and $east and lat between $south and $north)"
        " from asked where of_question and lon is not null",
        {"west": _WEST, "east": _EAST, "south": _SOUTH, "north": _NORTH},
    ).fetchall()
    return bool(located and 2 * inside < located)


def _shown(counts: Sequence[int]) -> list[tuple[int | None, str]]:
    """Each count of an extract as it may be told, all of them known to add up to the number of rows."""
    found = small_counts([sum(counts), *counts], sums=[(0, range(1, len(counts) + 1))], exact=(0,))
    told: list[tuple[int | None, str]] = []
    for value, state in zip(found.shown[1:], found.state[1:], strict=True):
        if state == "rounded" and not found.open:
            told.append((int(value), number_words(int(value))))
        else:
            told.append((None, UNDER if state == "small" and not found.open else WITHHELD))
    return told


def _harm(each: OffenceHarm, which: str) -> float | None:
    return (
        None if each.weight is None or each.rows is None else round(each.rows * float(getattr(each.weight, which)), 1)
    )


def _order(each: OffenceHarm) -> tuple[bool, float, int, str, str]:
    """Most harm first, as told; then what is not told, by name; then those without a weight, most rows first."""
    return (each.weight is None, -(_harm(each, "days") or 0.0), -(each.rows or 0), each.offence or "", each.code or "")


def _slug(each: OffenceHarm) -> str:
    return slug_of(f"{each.code or ''} {each.offence or ''}")
