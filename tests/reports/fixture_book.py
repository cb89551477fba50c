"""A made-up plan, "Northam Constabulary": two objectives, promises with every kind of answer, five measures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from lamplighter import definitions
from lamplighter.plan.book import (
    Answer,
    Book,
    CannotShow,
    Changed,
    Fate,
    Finding,
    Number,
    Override,
    Pair,
    Standing,
    Trap,
)
from lamplighter.plan.folder import Header, Plan, Version
from lamplighter.plan.records.promising import Milestone, Promise, Sentence
from lamplighter.plan.records.running import (
    Correction,
    Crossing,
    Decision,
    Dependency,
    Post,
    Recommendation,
    Reference,
    Resource,
    Risk,
    Training,
)
from lamplighter.plan.records.showing import Card, Evidence, Figure, Rating, Source
from lamplighter.plan.running.run import running_of
from lamplighter.studies.answers import (
    Break,
    FalseCallRow,
    Layer,
    MeasureAnswer,
    PhaseLimits,
    Point,
    Provenance,
    Signal,
    StatedNumber,
    Unchanged,
)

AS_OF = date(2026, 3, 31)
BY = "The Northam Watch"

SOURCES = (
    Source(
        id="src-plan", title="Northam plan, text", publisher="Northam Constabulary", by_promiser=True, kind="plan text"
    ),
    Source(
        id="src-made-up",
        title="Northam open tables",
        publisher="Northam Constabulary",
        by_promiser=True,
        kind="made up",
        provides=("recorded.crimes_by_month",),
        status="verified",
        access="open",
    ),
    Source(id="src-charity", title="A charity's letter", publisher="Northam Aid", kind="press", status="secondary"),
)
CARDS = (
    Card(
        id="D-TRAINED",
        version="1",
        name="Officers trained",
        plain_definition="Officers who finished the course.",
        numerator="officers who finished",
        denominator="officers in posts that need it",
        leaves_out="staff",
        needs=("training.officers_eligible",),
        needed_words="how many officers are in posts that need it",
        rise_would_mean="more officers went on the course, not that they do better",
        status="unverified",
    ),
    Card(
        id="D-RECORDED",
        version="2",
        name="Crimes recorded",
        plain_definition="Crimes by the month of the record.",
        denominator="n/a",
        pair_with="D-PREVALENCE",
        rise_would_mean="more crime, or more of it told and recorded",
    ),
    Card(id="D-PREVALENCE", version="1", name="Women harmed", plain_definition="Women who say that they were harmed."),
)
SENTENCES = (
    Sentence(id="S01", version="V1", position=1, paraphrase="They want more of it reported.", source_id="src-plan"),
    Sentence(
        id="S02",
        version="V1",
        position=2,
        paraphrase="They count those who went on a course.",
        quotation="training 500 officers",
        source_id="src-plan",
    ),
)
FIGURES = (
    Figure(
        id="G-TARGET",
        promise_ids=("A1",),
        role="target",
        label="Officers to be trained",
        value=500.0,
        unit="officers",
        definition_id="D-TRAINED",
        definition_version="1",
        as_of=date(2024, 1, 4),
        source_id="src-plan",
        sentence_id="S02",
        status="verified",
    ),
    Figure(
        id="G-NOW",
        promise_ids=("A1",),
        role="current",
        label="Officers trained",
        value=400.0,
        qualifier="about",
        unit="officers",
        definition_id="D-TRAINED",
        definition_version="1",
        as_of=date(2025, 1, 4),
        source_id="src-plan",
        status="verified",
        note="Rounded by hand.",
    ),
    Figure(
        id="G-SHARE",
        promise_ids=("A2",),
        role="current",
        label="Women who feel safe",
        value=61.5,
        unit="% of women asked",
        denominator=1200.0,
        denominator_label="women asked",
        interval_low=58.7,
        interval_high=64.3,
        base=1200.0,
        as_of_words="2025",
        source_id="src-charity",
        status="secondary",
    ),
)


def _answer(axis: str, rule: str, because: str, override: Override | None = None) -> Answer:
    rows = definitions.evidence_rules() if axis == "evidence" else definitions.delivery_rules()
    row = next(each for each in rows if each["id"] == rule)
    return Answer(
        answer=override.answer if override else row["answer"],
        rule=rule,
        rule_words=row["words"],
        because=because,
        worked_out=row["answer"],
        override=override,
    )


def _standing(promise: Promise, evidence_rule: str, delivery_rule: str, **more: object) -> Standing:
    told: dict[str, object] = {
        "promise": promise,
        "evidence": _answer("evidence", evidence_rule, f"Worked out for {promise.id}."),
        "delivery": _answer("delivery", delivery_rule, f"Due or done: {promise.id}."),
        "needed": (),
        "fates": (),
        "last_change": None,
        "last_change_what": "nothing dated is recorded",
        "days_since_change": None,
        "sentences": tuple(each for each in SENTENCES if each.id in promise.sentence_ids),
        "cards": tuple(each for each in CARDS if each.id in promise.definition_ids),
        "figures": tuple(each for each in FIGURES if promise.id in each.promise_ids),
        "milestones": (),
        "evidence_records": (),
        "ratings": (),
        "recommendations": (),
        "training": (),
        "posts": (),
        "risks": (),
        "references": (),
        "decisions": (),
        "measure_ids": promise.measure_ids,
    }
    return Standing(**{**told, **more})  # type: ignore[arg-type]


def _promise(promise_id: str, kind: str, title: str, **more: object) -> Promise:
    return Promise(id=promise_id, version="V1", kind=kind, title=title, means=f"What {promise_id} means.", **more)  # type: ignore[arg-type]


def standings() -> tuple[Standing, ...]:
    """Six promises and two objectives, so that each of the eleven answers stands somewhere."""
    override = Override(answer="shown", decided_by=BY, decided_on=date(2026, 2, 1), reason="We hold the register")
    later = Promise(id="L1", version="V2", kind="action", title="Carry the training on")
    a1 = _promise(
        "A1",
        "action",
        "Train 500 officers",
        sentence_ids=("S02",),
        objective_ids=("O1",),
        definition_ids=("D-TRAINED",),
        due_words="in the spring",
        due_from=date(2025, 3, 1),
        due_to=date(2025, 5, 31),
        due_read_by=BY,
        due_reason="Spring is March to May",
        area="Northam",
        settings=("domestic",),
    )
    return (
        _standing(
            _promise("O1", "objective", "More of it reported", sentence_ids=("S01",), measure_ids=("recorded",)),
            "shown",
            "not-yet-due",
        ),
        _standing(_promise("O2", "objective", "Fewer women harmed"), "nothing-claimed", "no-date-given"),
        _standing(
            a1,
            "cannot-be-shown",
            "partly",
            needed=("training.officers_eligible",),
            fates=(Fate(version="V2", fate="carried", to_ids=("L1",), words="The same course.", read_by=BY),),
            last_change=date(2025, 1, 4),
            last_change_what="figure G-NOW",
            days_since_change=451,
            training=(
                Training(
                    id="T1", promise_id="A1", course="Course", trained_figure_id="G-NOW", target_figure_id="G-TARGET"
                ),
            ),
            posts=(Post(id="PO1", promise_id="A1", title="Trainers", note="Never counted."),),
            risks=(Risk(id="R1", promise_ids=("A1",), risk="The course is too short"),),
            references=(
                Reference(id="E1", promise_ids=("A1",), kind="equality", title="Assessment", status="unverified"),
            ),
            recommendations=(
                Recommendation(
                    id="RC1",
                    review="A review",
                    says="Train more",
                    response="accepted",
                    promise_ids=("A1",),
                    source_id="src-charity",
                ),
            ),
            decisions=(
                Decision(
                    id="DE1", kind="reading", record_id="A1", decided_by=BY, decided_on=date(2026, 1, 1), reason="Spring"
                ),
            ),
            problems=("A1 has no owner. Name the post that answers for it, or n/a.",),
        ),
        _standing(
            _promise("A2", "action", "Make the bus station feel safe", owner="Chief Superintendent", due_to=date(2025, 6, 1)),
            "claimed-not-shown",
            "overdue",
            evidence=_answer("evidence", "claimed-not-shown", "Only they say so.", override),
            ratings=(
                Rating(id="RA1", promise_ids=("A2",), rater="Inspectors", verdict="It works.", leans="for",
                       source_id="src-charity", said_on=date(2025, 5, 1)),
                Rating(id="RA2", promise_ids=("A2",), rater="Northam Aid", verdict="It does not.", leans="against",
                       source_id="src-charity"),
            ),
            evidence_records=(
                Evidence(id="EV1", promise_ids=("A2",), title="Lamps mended", source_id="src-plan",
                         happened_on=date(2025, 2, 3)),
            ),
            milestones=(Milestone(id="M1", promise_id="A2", title="Mend the lamps", completes=False),),
        ),
        _standing(
            _promise("A3", "action", "Answer every call", measure_ids=("ethnicity", "place-borough-abbey")),
            "contradicted",
            "missed",
        ),
        _standing(_promise("P1", "process", "Report back", closed_on=date(2025, 1, 1)), "shown", "kept"),
        _standing(later, "nothing-claimed", "no-date-given"),
    )  # fmt: skip


def _months(first_year: int, count: int) -> list[str]:
    return [f"{first_year + at // 12}-{at % 12 + 1:02d}" for at in range(count)]


def _provenance(study: str, **question: str) -> Provenance:
    return Provenance(
        study=study,
        question=question,
        import_ids=("0001-ab12cd34",),
        files=(("northam.csv", "ab12" * 16),),
        rows_read=120,
        rows_used=118,
        rows_refused=2,
        tables=("offences_kind",),
        code_version="0.1.0",
    )


def measures() -> dict[str, MeasureAnswer]:
    """A monthly series with limits, break and signal; ethnicity with an unknown part; a place with wards; one not drawn."""
    months = _months(2023, 36)
    values: list[float | None] = [100.0 + (at % 5) for at in range(36)]
    values[7] = None
    values[30] = 150.0
    points = tuple(
        Point(period=month, value=value, immature=at >= 34)
        for at, (month, value) in enumerate(zip(months, values, strict=True))
    )
    phases = (
        PhaseLimits(
            first=months[0], last=months[-1], baseline_first=months[0], baseline_last=months[23],
            centre=(102.0,) * 36, lower=(80.0,) * 36, upper=(124.0,) * 36, sigma_z=1.25, method="Laney u′",
        ),
    )  # fmt: skip
    signal = Signal(
        rule="outside", rule_words="A month outside the limits", since=months[30], until=months[30], side="above",
        effect=48.0, effect_low=20.0, effect_high=70.0, effect_percent=47.1, compared_with="the baseline",
        words="48 a month more than the baseline's 102 (+47%; 95% interval +20% to +69%)",
    )  # fmt: skip
    recorded = MeasureAnswer(
        id="recorded", title="Crimes recorded a month", family="headline", definition_id="D-RECORDED",
        definition_version="2", area="Northam", unit="crimes recorded", statistic="count",
        summary="150 crimes were recorded in July 2025.", points=points, phases=phases, signals=(signal,),
        breaks=(Break(period="2024-06", words="A new record system", marked=True, source="made up"),),
        caveats=("Made-up numbers.",), rise_would_mean="More crime, or more of it told.", pair_with="D-PREVALENCE",
        provenance=_provenance("recorded", baseline_months="24 (default)"),
        stated=(StatedNumber(key="peak", label="The highest month", value=150.0, unit="crimes", period="2025-07"),),
    )  # fmt: skip
    years = ("2023", "2024")
    ethnicity = MeasureAnswer(
        id="ethnicity", title="Victims by ethnicity", family="victims", definition_id="D-NOT-THERE",
        definition_version="1", area="Northam", unit="% of victims", statistic="share", summary="A fifth is unknown.",
        points=(
            Point(period="2023", value=20.0, numerator=20.0, denominator=100.0),
            Point(period="2024", value=25.0, numerator=30.0, denominator=120.0),
        ),
        layers=(
            Layer(name="Unknown", is_unknown=True, points=tuple(Point(period=y, value=20.0) for y in years)),
            Layer(name="Black", points=tuple(Point(period=y, value=16.5, low=16.5, high=36.5) for y in years)),
        ),
        provenance=_provenance("victims"),
    )  # fmt: skip
    place = MeasureAnswer(
        id="place-borough-abbey", title="Abbey", family="place", definition_id="D-RECORDED", definition_version="2",
        area="Abbey", unit="crimes recorded in twelve months", statistic="rolling 12 months", summary="",
        points=tuple(Point(period=month, value=None if at < 11 else 300.0 + at) for at, month in enumerate(months)),
        layers=(
            Layer(name="North ward", points=(Point(period="2024", value=7.0), Point(period="12 months to 2025-12", value=9.0))),
            Layer(name="South ward", points=(Point(period="2024", value=0.0), Point(period="12 months to 2025-12", value=None))),
        ),
        provenance=_provenance("places", area="Abbey"),
    )  # fmt: skip
    unit = replace(
        place, id="place-bcu-east", title="East (BCU)", area="East",
        layers=(Layer(name="Abbey", points=(Point(period="2024", value=7.0),)),),
    )  # fmt: skip
    hidden = replace(
        recorded, id="homicide", title="Homicides", family="group", signals=(), phases=(), breaks=(), stated=(),
        pair_with=None, points=(),
    )  # fmt: skip
    return {each.id: each for each in (recorded, hidden, ethnicity, unit, place)}


def numbers() -> dict[str, Number]:
    survey = Number(
        id="N-PREV", label="Women harmed in the last year", value=12.8, numerator=None, denominator=None,
        denominator_words="women asked; base not read", unit="% of women", definition="D-PREVALENCE v1: Women harmed",
        source="A survey", as_of="2025", interval_words="interval unknown", status="verified",
    )  # fmt: skip
    peak = replace(
        survey, id="recorded.peak", label="The highest month", value=150.0, denominator_words="n/a: a count",
        unit="crimes", definition="D-RECORDED v2", interval_words="", status="worked out", as_of="2025-07",
    )  # fmt: skip
    target = replace(
        survey, id="G-TARGET", label="Officers to be trained", value=500.0, unit="officers", interval_words="",
        denominator_words="denominator not stated", definition="D-TRAINED v1: Officers trained", as_of="4 January 2024",
    )  # fmt: skip
    now = replace(target, id="G-NOW", label="Officers trained", value=400.0, qualifier="about")
    share = replace(
        survey, id="G-SHARE", label="Women who feel safe", value=61.5, denominator=1200.0,
        denominator_words="women asked", unit="% of women asked", low=58.7, high=64.3, definition="no definition",
    )  # fmt: skip
    standing = replace(
        target, id="plan.shown", label="Promises shown", value=2.0, numerator=2.0, denominator=7.0,
        denominator_words="promises", unit="promises", definition="Promises shown",
    )  # fmt: skip
    return {each.id: each for each in (survey, peak, target, now, share, standing)}


def northam() -> Book:
    """The whole made-up book."""
    stand = standings()
    run = next(each for each in stand if each.promise.id == "A1")
    plan = Plan(
        folder=Path("northam"),
        header=Header(
            title="Northam's plan for women's safety",
            body="Northam Constabulary",
            as_of=AS_OF,
            about="A made-up plan, to try these pages with.",
            licence="MIT",
            versions=(
                Version(id="V1", title="First plan", published_on=date(2024, 1, 4), complete=True, source_id="src-plan"),
                Version(id="V2", title="Second plan", promises_stated=10),
            ),
        ),
        records={
            "sentences": SENTENCES,
            "figures": FIGURES,
            "recommendations": run.recommendations,
            "training": run.training,
            "posts": run.posts,
            "resources": (
                Resource(id="RS1", promise_ids=("A1",), kind="people", what="Trainers", figure_ids=("G-TARGET",),
                         period="one year", source_id="src-charity", status="secondary"),
            ),
            "dependencies": (
                Dependency(id="DP1", promise_ids=("A2",), body="Northam Buses", needs="Light the stops",
                           agreement="agreed", agreed_by="D. Driver", agreed_on=date(2025, 1, 9),
                           source_id="src-charity", status="secondary"),
            ),
            "crosswalk": (
                Crossing(id="XW1", promise_id="A1", part="Prepare", reason="Skills", read_by=BY, status="unverified"),
            ),
            "corrections": (
                Correction(id="CO1", record_id="G-NOW", field="value", old="40", new="400", corrected_by=BY,
                           corrected_on=date(2025, 2, 1), reason="A nought was lost"),
            ),
        },
        digest="plan-digest",
    )  # fmt: skip
    running, counts = running_of(plan, stand, today=AS_OF)
    told = {**numbers(), **{each.id: each for each in counts}}
    pair = Pair(
        id="prevalence", title="Recording beside prevalence", measure_id="recorded", numbers=(told["N-PREV"],),
        rise_words=("Recording: more told.",), status="verified", caveats=("Another place.",),
    )  # fmt: skip
    changed = Changed(
        measure_id="recorded", title="Crimes recorded a month", rule="outside", rule_words="A month outside the limits",
        since="2025-07", until="2025-07", effect_words="48 a month more (95% interval 20 to 70)", caution=False,
    )  # fmt: skip
    trap = Trap(
        id="G-TARGET", title="Officers to be trained", claim="500 officers", quotation="training 500 officers",
        meanings=("Out of how many is not said.",), figure_ids=("G-TARGET", "G-NOW"), would_settle="The register",
        promise_ids=("A1",),
    )  # fmt: skip
    return Book(
        plan=plan,
        as_of=AS_OF,
        versions=plan.header.versions,
        standings=stand,
        running=running,
        cards={each.id: each for each in CARDS},
        sources={each.id: each for each in SOURCES},
        numbers=told,
        findings=(
            Finding(id="plan.standing", about="plan", text="Of 7 promises, 2 are shown.", number_ids=("plan.shown",)),
            Finding(id="f1", about="data", text="A fifth is unknown.", number_ids=("recorded.peak",), surprising=9),
            Finding(id="f2", about="data", text="Nobody says of how many.", number_ids=("G-TARGET",)),
        ),
        traps=(trap,),
        cannot_show=(
            CannotShow(promise_id="A1", title="Train 500 officers", card_names=("Officers trained",),
                       needed=("training.officers_eligible",), needed_words=("how many are in such posts",)),
        ),
        measures=measures(),
        pairs=(pair,),
        changed=(changed, replace(changed, rule="trend", rule_words="Seven in a row", caution=True)),
        false_calls=Unchanged(
            rows=(
                FalseCallRow(
                    mean=200.0, months=48, dispersion=2.4, limits_from="the first 24 months", rules=("outside", "trend"),
                    all_rules=False, signalling=318, series=1000, share=0.318, low=0.29, high=0.348, seed=0,
                ),
            ),
            switch_off=("trend",),
            criterion="A rule that adds more than 5% is switched off.",
            question={"mean": 200, "months": 48, "seed": 0},
        ),
        imports=(
            {
                "id": "0001-ab12cd34", "source": "mps-vawg",
                "files": [{"name": "northam.csv", "sha256": "ab12" * 16, "rows_read": 120, "rows_kept": 118,
                           "rows_refused": 2, "rows_duplicate": 0}],
                "refused": {"count missing": 2}, "months_present": ["2023-01", "2023-02"], "months_missing": [],
            },
        ),
        revisions=(
            {"table_name": "offences_place", "level": "borough_ward", "key_1": "Abbey", "key_2": "Old Town",
             "recorded_month": "2023-01", "old_count": 7, "new_count": 9, "at": "2026-01-01T00:00:00+00:00",
             "import_id": "0001-ab12cd34"},
        ),
        evidence_rules=definitions.evidence_rules(),
        delivery_rules=definitions.delivery_rules(),
        digests={"plan_folder": "plan-digest", "workspace": "workspace-digest"},
        own_text={"S02": "So far we are training 500 officers."},
    )  # fmt: skip
