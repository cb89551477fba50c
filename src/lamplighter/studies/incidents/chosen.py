"""The incidents that a question is about, marked in one table, so that every study counts the same rows."""

# ruff: noqa: S608  (conditions are put together from words that this package fixes itself; values are parameters)

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from lamplighter import definitions
from lamplighter.errors import InputError, NoSuchName
from lamplighter.schema import month_text
from lamplighter.studies.incidents.areas import Area, area_of, forces_of, points_inside
from lamplighter.studies.incidents.question import FEMALE, STREET_OFFENCE, Polygon, ProfileQuestion
from lamplighter.studies.kinds import kind_of_premises, kind_of_text

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa

    from lamplighter.reductions import Engine

OWN_GROUND_SHARE = (
    0.01  # a district with less of its force's located rows is not its ground: rows name Cornwall and Essex
)
SEX_KNOWN_SHARE = 0.5

_TOLD = (
    "from_minute", "to_minute", "reported_minute", "victim_sex", "victim_age_band", "victim_ethnicity", "relationship",
    "premises", "setting", "flags", "outcome", "outcome_day", "location_text", "lsoa_code", "district",
)  # fmt: skip
_COLUMNS = (
    "force_name", "month", "offence", "offence_code", "location_text", "lon", "lat", "easting_m", "northing_m", "lsoa_code",
    "lsoa_name", "district", "outcome", "outcome_month", "reported_minute", "from_minute", "to_minute", "flags",
    "victim_sex", "victim_age_band", "victim_ethnicity", "relationship", "premises", "outcome_day",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What a profile looks at. The table `asked` of `db` holds every live row of the area's force, in all its months.

    Beside the columns of `sources.incidents.INCIDENTS` (without row_id and reference) each row has: `located`; `in_area`;
    `in_period`; `of_offence`; `of_victims` (always true unless only women and girls are looked at); `of_question` (all four
    of these, and located where the area is smaller than a force); `own_ground` (its district holds 1% of the force's located
    rows, or the source names no district); `place_kind` and `institution` (a kind of institution, else null) from its own
    premises or the exact text of its point; `place_setting`: public, home, online or unknown, by the row's mark
    `online`, its own setting, its premises or the text of its point, in that order; `ranked`: of_question, located, on the own
    ground, at no institution, neither at home nor online: what places are grown from.

    period: first and last month asked. months: the months of it that the source holds for the force, in order; others are
    missing and unknown. all_months: every month present of the force. told: columns that hold anything in rows of the
    question. notes: what was chosen for the user, in sentences. is_street: open street data, with no time, victim or setting.
    """

    db: duckdb.DuckDBPyConnection
    question: ProfileQuestion
    area: Area
    source: str
    is_street: bool
    offences: tuple[str, ...]
    all_offences: bool
    women_and_girls: bool
    period: tuple[int, int]
    months: tuple[int, ...]
    all_months: tuple[int, ...]
    own_districts: tuple[str, ...]
    told: frozenset[str]
    notes: tuple[str, ...]

    def ask(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """A small table out of `asked`, in the order that the SQL states."""
        return self.db.sql(sql, params=parameters or {}).to_arrow_table()

    def number(self, sql: str, parameters: Mapping[str, object] | None = None) -> int:
        """One count out of `asked`."""
        [(count,)] = self.db.execute(sql, parameters or {}).fetchall()
        return int(count or 0)

    @property
    def months_missing(self) -> tuple[int, ...]:
        """Months inside the period without any row of the force: unknown, not zero."""
        present = set(self.months)
        return tuple(month for month in range(self.period[0], self.period[1] + 1) if month not in present)

    @property
    def offence_words(self) -> str:
        """The offences as a reader sees them."""
        return "all offences of the source" if self.all_offences else ", ".join(self.offences)

    @property
    def period_words(self) -> str:
        """`2018-10 to 2021-09`."""
        return f"{month_text(self.period[0])} to {month_text(self.period[1])}"


def choose(engine: Engine, question: ProfileQuestion) -> Chosen:
    """Marks the rows that the question is about. One call a question; a later call on the same engine replaces the table.

    Raises InputError: no incidents, no row of the question, a month outside the source; NoSuchName: area, force, offence.
    """
    db = engine.view("incidents", why="a profile")
    area = area_of(db, question.area, force=question.force)
    notes = []
    forces = forces_of(db)
    if question.area is None:
        total = sum(rows for _, rows in forces)
        rows = dict(forces)[area.force]
        notes.append(f"No area was named: {area.force}, which has {rows:,} of the {total:,} rows.")
    _mark(db, area)
    all_months = tuple(row[0] for row in db.sql("select distinct month from asked order by 1").fetchall())
    period = _period(question, all_months, area)
    if question.first is None or question.last is None:
        months_in = sum(period[0] <= month <= period[1] for month in all_months)
        notes.append(
            f"No whole period was named: {month_text(period[0])} to {month_text(period[1])}, the last {months_in} months present."
        )
    offences, all_offences, note = _offences(db, question)
    notes += [note] if note else []
    db.execute("update asked set in_period = month between $first and $last", {"first": period[0], "last": period[1]})
    if not all_offences:
        db.execute("update asked set of_offence = list_contains($offences, offence)", {"offences": list(offences)})
    women, note = _women(db, question, area)
    notes += [note] if note else []
    if women:
        db.execute("update asked set of_victims = coalesce(victim_sex = $sex, false)", {"sex": FEMALE})
    located = "" if area.all_rows else " and located"
    db.execute(f"update asked set of_question = in_area and in_period and of_offence and of_victims{located}")
    db.execute(
        "update asked set ranked = of_question and located and own_ground and institution is null"
        " and place_setting not in ('home', 'online')"
    )
    chosen = Chosen(
        db=db,
        question=question,
        area=area,
        source=engine.incidents_from or engine.workspace.sources("incidents")[0],
        is_street=(engine.incidents_from or engine.workspace.sources("incidents")[0]) == "police-uk",
        offences=offences,
        all_offences=all_offences,
        women_and_girls=women,
        period=period,
        months=tuple(month for month in all_months if period[0] <= month <= period[1]),
        all_months=all_months,
        own_districts=tuple(
            row[0]
            for row in db.sql(
                "select distinct district from asked where own_ground and district is not null order by 1"
            ).fetchall()
        ),
        told=_told(db),
        notes=tuple(notes),
    )
    if area.all_rows and len(chosen.own_districts) == 1:
        off = chosen.number("select count(*) from asked where located and not own_ground")
        rows_with = f"All but {off:,} of its rows with a point" if off else "All its rows with a point"
        only = f"{rows_with} lie in {chosen.own_districts[0]}: the source holds a part of {area.force} only."
        chosen = replace(chosen, notes=(*chosen.notes, only))
    if not chosen.number("select count(*) from asked where of_question"):
        raise InputError(
            f"{area.name} has no row of {chosen.offence_words} from {chosen.period_words}. Name another offence or period."
        )
    return chosen


def _mark(db: duckdb.DuckDBPyConnection, area: Area) -> None:
    """The table `asked`, with everything that depends on the area only."""
    import pyarrow as pa

    def kinds(column: str, kind_of: Any) -> pa.Table:
        words = [
            row[0] for row in db.sql(f"select distinct {column} from incidents where {column} is not null").fetchall()
        ]
        known = [(word, kind) for word in words if (kind := kind_of(word))]
        return pa.table(
            {
                "words": pa.array([word for word, _ in known], pa.string()),
                "kind": pa.array([kind.name for _, kind in known], pa.string()),
                "institution": pa.array([kind.institution for _, kind in known], pa.bool_()),
                "setting": pa.array([kind.setting for _, kind in known], pa.string()),
            }
        )

    if area.kind == "polygon":
        points = db.sql(
            "select distinct lon, lat from incidents where force_name = $f and lon is not null",
            params={"f": area.force},
        ).to_arrow_table()
        inside = points_inside(area.outline, points["lon"].to_numpy(), points["lat"].to_numpy())
        if not inside.any():
            raise InputError(_elsewhere(area))
        db.register("area_points", points.filter(pa.array(inside)))
    db.register("text_kinds", kinds("location_text", kind_of_text))
    db.register("premises_kinds", kinds("premises", kind_of_premises))
    words, parameters = area.condition()
    db.execute("drop table if exists asked")
    db.execute(
        f"""create temp table asked as
        with own as (
            select district from incidents where force_name = $force and easting_m is not null and district is not null
            group by 1 having count(*) >= {OWN_GROUND_SHARE} * (
                select count(*) from incidents where force_name = $force and easting_m is not null and district is not null)
        )
        select {", ".join(f"rows.{name}" for name in _COLUMNS)},
            rows.easting_m is not null as located,
            {words} as in_area,
            true as of_offence, true as of_victims, true as in_period, false as of_question, false as ranked,
            rows.district is null or rows.district in (select district from own) as own_ground,
            coalesce(p.kind, t.kind) as place_kind,
            case when coalesce(p.institution, t.institution, false) then coalesce(p.kind, t.kind) end as institution,
            case when '|' || rows.flags || '|' like '%|online|%' then 'online'
                else coalesce(nullif(rows.setting, 'unknown'), p.setting, t.setting, 'unknown') end as place_setting
        from incidents rows
        left join text_kinds t on rows.location_text = t.words
        left join premises_kinds p on rows.premises = p.words
        where rows.force_name = $force""",
        {"force": area.force, **parameters},
    )
    for name in ("text_kinds", "premises_kinds", *(["area_points"] if area.kind == "polygon" else [])):
        db.unregister(name)


def _elsewhere(area: Area) -> str:
    west, south, east, north = area.outline.bounds
    return (
        f"No map point of {area.force} lies in {area.name}, whose outline reaches from {west:.3f}, {south:.3f} to {east:.3f},"
        f" {north:.3f} (longitude, latitude). Give an outline of its ground, or another force with --force."
    )


def _period(question: ProfileQuestion, present: tuple[int, ...], area: Area) -> tuple[int, int]:
    last = present[-1] if question.last is None else question.last
    until = [month for month in present if month <= last]
    if not until:
        raise InputError(
            f"{area.force} has no row before {month_text(last)}. Its months begin with {month_text(present[0])}."
        )
    first = until[-question.months :][0] if question.first is None else question.first
    if first > last or not any(first <= month <= last for month in present):
        asked = (
            f"after {month_text(present[-1])}" if first > last else f"from {month_text(first)} to {month_text(last)}"
        )
        raise InputError(
            f"{area.force} has no row {asked}. It holds {month_text(present[0])} to {month_text(present[-1])}."
        )
    return first, last


def _offences(db: duckdb.DuckDBPyConnection, question: ProfileQuestion) -> tuple[tuple[str, ...], bool, str]:
    known = {
        row[0]: row[1]
        for row in db.sql(
            "select offence, min(offence_code) from asked where offence is not null and in_area group by 1 order by 1"
        ).fetchall()
    }
    if question.offences is not None:
        # One that this area has none of is asked for all the same: a count of none beside areas that have some.
        every = db.sql("select distinct offence from asked where offence is not null order by 1").fetchall()
        folded = {name.casefold(): name for (name,) in every}
        for each in question.offences:
            if each.casefold() not in folded:
                raise NoSuchName("offence", each, list(folded.values()))
        return tuple(dict.fromkeys(folded[each.casefold()] for each in question.offences)), False, ""
    if STREET_OFFENCE in known:
        return (STREET_OFFENCE,), False, f"No offence was named: {STREET_OFFENCE}."
    listed = {row["ho_code"] for row in definitions.vawg_offences() if row["vawg_category"] and row["ho_code"]}
    named = tuple(name for name, code in known.items() if code in listed)
    if named:
        words = f"No offence was named: the {len(named)} of {len(known)} whose code stands in the proposed list of VAWG offences."
        return named, False, words
    return tuple(known), True, "No offence was named: all that the source holds."


def _women(db: duckdb.DuckDBPyConnection, question: ProfileQuestion, area: Area) -> tuple[bool, str]:
    [(rows, known, women)] = db.sql(
        "select count(*), count(victim_sex), count(*) filter (where victim_sex = 'female') from asked"
        " where in_area and in_period and of_offence"
    ).fetchall()
    if question.victims == FEMALE:
        if not known:
            raise InputError(
                f"The source of {area.force} tells no victim's sex, so women and girls can't be looked at alone."
            )
        return True, ""
    if question.victims is None and rows and known >= SEX_KNOWN_SHARE * rows and women:
        told = f"The source tells the victim's sex of {known:,} of {rows:,} rows"
        return True, f"{told}: the {women:,} with a woman or girl are looked at."
    return False, ""


def _told(db: duckdb.DuckDBPyConnection) -> frozenset[str]:
    counts = ", ".join(
        "count(*) filter (where place_setting <> 'unknown')" if name == "setting" else f"count({name})"
        for name in _TOLD
    )
    [row] = db.sql(f"select {counts} from asked where of_question").fetchall()
    return frozenset(name for name, count in zip(_TOLD, row, strict=True) if count)


def polygon_words(asked: str | Polygon | None) -> str | None:
    """The area as asked, in words."""
    return asked.name if isinstance(asked, Polygon) else asked
