"""At what kinds of place do the rows lie, and in how few facilities of a kind does half of it happen?"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lamplighter.methods.small_counts import ten_five
from lamplighter.schema import number_words, slug_of
from lamplighter.studies.incidents.place_rows import SETTINGS, Point, RowsAt
from lamplighter.studies.incidents.saying import Figure, Finding
from lamplighter.studies.incidents.victims_of import settings_as_told
from lamplighter.studies.kinds import HOME, MAY_BE_HOMES, STREET, RiskyFacility, Told, risky_facilities

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen

ONLINE, NOWHERE = "online", "no place named"
_APART = (HOME, ONLINE)  # where no patrol goes, and where a small count may tell who was harmed
SMALL_WORDS = (
    "Rows at home and online are told by the 10-5 rule: under 10 is not told, zero too, nor what would give such a count away by"
    " adding up; any other is rounded to 5. Rows in public and of no known setting are exact, since places are counted from"
    " them."
)
FEW_SHARE, FEWEST_POINTS, FEWEST_ROWS = 0.2, 5, 50  # a kind is a finding where a fifth of its points or fewer hold half
_NAMED = "By premises, else by the exact words of the map point: the facility nearest to it, not always the one it happened at."


@dataclass(frozen=True, kw_only=True)
class KindsFound:
    """rows_by_kind: (kind, is it an institution, rows), most first; they add up to all rows of the question.

    Of an extract, rows at home and online are told by the 10-5 rule (None: marked or withheld) and stand under no other kind;
    facilities leave them out. A setting that the source never uses is 0.
    """

    facilities: tuple[RiskyFacility, ...]
    rows_by_kind: tuple[tuple[str, bool, int | None], ...]
    settings: Mapping[str, int | None]
    period: str
    rows: int
    small_counts: str | None = None

    def told(self) -> dict[str, Any]:
        """The section `kinds`."""
        return {
            "risky_facilities": [
                {"kind": each.kind, "points": each.points, "rows": each.rows, "points_with_half": each.points_with_half}
                for each in self.facilities
            ],
            "rows_by_kind": [
                {"kind": kind, "institution": institution, "rows": rows}
                for kind, institution, rows in self.rows_by_kind
            ],
            "settings": dict(self.settings),
            "small_counts": self.small_counts,
        }

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Rows at each kind; of each facility its map points, those that hold half, and the rows at them."""
        figures = [
            self._figure(f"kinds.{slug_of(kind)}.rows", f"rows at: {kind}", rows, "rows", rows=rows, numerator=rows,
                         denominator=self.rows)
            for kind, _, rows in self.rows_by_kind
            if rows is not None
        ]  # fmt: skip
        for each in self.facilities:
            name = f"facilities.{slug_of(each.kind)}"
            figures += [
                self._figure(f"{name}.rows", f"rows at points of a {each.kind}", each.rows, "rows", rows=each.rows),
                self._figure(f"{name}.points", f"map points of a {each.kind} with rows", each.points, "map points"),
                self._figure(f"{name}.points_with_half", f"map points that hold half of the rows of a {each.kind}",
                             each.points_with_half, "map points", numerator=each.points_with_half, denominator=each.points),
            ]  # fmt: skip
        return tuple(figures)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The facility with most rows of which few hold half; none where rows are few or evenly spread."""
        for each in self.facilities:
            few = each.points_with_half <= FEW_SHARE * each.points
            if few and each.points >= FEWEST_POINTS and each.rows >= FEWEST_ROWS:
                name = f"facilities.{slug_of(each.kind)}"
                text = (
                    f"Half of the {number_words(each.rows)} rows at map points of a {each.kind} lie at"
                    f" {number_words(each.points_with_half)} of {number_words(each.points)}. A busy one has more."
                )
                ids = (f"{name}.rows", f"{name}.points_with_half", f"{name}.points")
                return (Finding(text=text, figure_ids=ids, confidence="moderate", weight=45),)
        return ()

    def _figure(
        self, name: str, label: str, value: int, unit: str, *, rows: int | None = None, numerator: int | None = None,
        denominator: int | None = None,
    ) -> Figure:  # fmt: skip
        return Figure(
            id=name, label=label, value=value, unit=unit, definition=_NAMED, period=self.period, rows=rows,
            numerator=numerator, denominator=denominator,
        )  # fmt: skip


def kinds_of_rows(chosen: Chosen, at: Mapping[Point, RowsAt]) -> KindsFound:
    """At what kinds of place do all rows of the question lie?

    at: the rows at each map point, for the table of facilities, which leaves out what has no point. A row whose kind nobody
    names is a street where the source says public, home or online where it says so, and otherwise unknown: it may be homes.
    Misleads where the publisher's map point stands for the streets around it: a supermarket's is that of the flats next door.
    """
    counted = [
        (str(kind), bool(apart), int(count))
        for kind, apart, count in chosen.db.execute(
            "select case when not $street_data and place_setting = 'home' then $home"
            "   when not $street_data and place_setting = 'online' then $online"
            "   else coalesce(place_kind, case place_setting when 'public' then $street when 'home' then $home"
            "   when 'online' then $online else case when not located and coalesce(lower(location_text), 'no location') ="
            "   'no location' and premises is null then $nowhere else $may_be_homes end end) end as kind,"
            " institution is not null and ($street_data or place_setting not in ('home', 'online')) as apart,"
            " cast(count(*) as bigint) as n from asked"
            " where of_question group by 1, 2 order by n desc, kind, apart",
            {"street": STREET, "home": HOME, "online": ONLINE, "nowhere": NOWHERE, "may_be_homes": MAY_BE_HOMES,
             "street_data": chosen.is_street},
        ).fetchall()
    ]  # fmt: skip
    rows = sum(count for _, _, count in counted)
    if chosen.is_street:
        settings = dict(
            chosen.db.execute(
                "select place_setting, cast(count(*) as bigint) from asked where of_question group by 1 order by 1"
            ).fetchall()
        )
        return KindsFound(
            facilities=risky_facilities([each.told() for each in at.values()]),
            rows_by_kind=tuple(counted),
            settings={name: int(settings.get(name, 0)) for name in SETTINGS},
            period=chosen.period_words,
            rows=rows,
        )
    marked = settings_as_told(chosen)
    as_told = {name: marked[name].count if name in marked else 0 for name in SETTINGS}
    by_kind = [(kind, apart, as_told[kind] if kind in _APART else count) for kind, apart, count in counted]
    return KindsFound(
        facilities=risky_facilities(
            [Told(texts=_words(each.ranked_texts), premises=_words(each.ranked_premises)) for each in at.values()]
        ),
        rows_by_kind=tuple(sorted(by_kind, key=lambda each: (-(each[2] or 0), each[0], each[1]))),
        settings=as_told,
        period=chosen.period_words,
        rows=rows,
        small_counts=SMALL_WORDS,
    )


def settings_told(settings: Mapping[str, int], *, never: Collection[str], is_street: bool) -> dict[str, int | None]:
    """A place's rows by setting. Of an extract those at home and online by the 10-5 rule, None where under 10.

    never: the settings that the source never uses, and which are 0 for everybody to know.
    """
    return {
        name: 0 if name in never else ten_five(count) if name in _APART and not is_street else count
        for name, count in settings.items()
    }


def _words(counted: Mapping[str, int]) -> Mapping[str | None, int]:
    """As `kinds.Told` takes it, where a row may state nothing."""
    return {words: rows for words, rows in counted.items()}  # noqa: C416  (a copy by dict() would keep the narrower key)
