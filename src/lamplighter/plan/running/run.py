"""From the records of a plan to how it is run: the answers that pages, plan.json and tables are written from."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from lamplighter import definitions
from lamplighter.plan.book import Finding, Number, Standing
from lamplighter.plan.folder import Plan
from lamplighter.plan.numbers import counted
from lamplighter.plan.records.running import Recommendation, TrainingCount
from lamplighter.plan.records.showing import Figure
from lamplighter.plan.running.answers import Coverage, FrameworkPart, Posting, Running, Sum, Unnamed
from lamplighter.plan.running.parts import sums_of
from lamplighter.plan.running.posts import posting_of, when
from lamplighter.plan.running.recommending import Case, how_far
from lamplighter.plan.running.training import coverage_of
from lamplighter.schema import day_words


def running_of(
    plan: Plan, standings: Sequence[Standing], *, today: date, recorded: Sequence[Figure] | None = None
) -> tuple[Running, list[Number]]:
    """How the plan is run on a day, and the numbers that are printed of it.

    plan: as it was `known_by` that day. recorded: the figures of every day, if that leaves some out: a sum with a part of
    a later day is then not made, rather than called wrong.
    """
    figures = {each.id: each for each in plan.figures}
    places = {each.promise.id: at for at, each in enumerate(standings)}
    counts: dict[str, list[TrainingCount]] = defaultdict(list)
    for each in plan.of("training_counts"):
        counts[each.training_id or ""].append(each)
    coverages = tuple(coverage_of(each, counts[each.id], figures, today=today) for each in plan.of("training"))
    posts = tuple(posting_of(each, figures) for each in plan.of("posts"))
    unnamed, numbers = _unnamed(plan, standings, today)
    numbers += [each for told in coverages for each in _coverage_numbers(told, today)]
    numbers += [each for told in posts for each in _post_numbers(told)]
    running = Running(
        recommendations=tuple(
            how_far(_case(plan, each, standings, places, today)) for each in plan.of("recommendations")
        ),
        training=coverages,
        posts=posts,
        sums=_whole_sums(plan.figures, plan.figures if recorded is None else recorded),
        resources=plan.of("resources"),
        dependencies=plan.of("dependencies"),
        framework=_framework(plan),
        unnamed=unnamed,
        rules=definitions.recommendation_rules(),
    )
    return running, numbers


def _whole_sums(known: Sequence[Figure], recorded: Sequence[Figure]) -> tuple[Sum, ...]:
    expected = Counter(each.part_of_id for each in recorded if each.part_of_id)
    return tuple(each for each in sums_of(known) if len(each.parts) == expected[each.whole.id])


def _case(
    plan: Plan, told: Recommendation, standings: Sequence[Standing], places: Mapping[str, int], today: date
) -> Case:
    """places: where each promise stands among the standings."""
    evidence, answering = (
        plan.lookup.by_id("evidence"),
        sorted({places[each] for each in told.promise_ids if each in places}),
    )
    return Case(
        recommendation=told,
        today=today,
        promises=tuple(standings[at] for at in answering),
        evidence=tuple(evidence[each] for each in sorted(set(told.evidence_ids)) if each in evidence),
        sources=plan.lookup.by_id("sources"),
        corrections=plan.lookup.on("corrections", *told.evidence_ids),
    )


def _framework(plan: Plan) -> tuple[FrameworkPart, ...]:
    return tuple(
        FrameworkPart(
            part=row["part"],
            words=row["words"],
            source=row["source"],
            status=row["status"],
            crossings=tuple(each for each in plan.of("crosswalk") if each.part == row["part"]),
        )
        for row in definitions.national_framework()
    )


def _unnamed(plan: Plan, standings: Sequence[Standing], today: date) -> tuple[tuple[Unnamed, ...], list[Number]]:
    """How many promises of each version name no money, no people, nobody outside, and have no part in the framework."""
    named = [each for each in plan.of("resources") if each.status != "unverified"]  # what may be meant is not named
    money = {one for each in named if each.kind == "money" for one in each.promise_ids}
    people = {one for each in named if each.kind == "people" for one in each.promise_ids}
    others = {one for each in plan.of("dependencies") for one in each.promise_ids}
    crossed = {each.promise_id for each in plan.of("crosswalk")}
    found: list[Unnamed] = []
    numbers: list[Number] = []
    for version in plan.header.versions:
        ours = [each for each in standings if each.promise.version == version.id]
        if not ours:
            continue
        for key, there, what, all_do in (
            ("money", money, "name no money", "have money named"),
            ("people", people, "name no people to do it", "have people named"),
            ("others", others, "name nobody outside whom they need", "name somebody outside whom they need"),
            (
                "framework",
                crossed,
                "are not laid beside the national framework",
                "are laid beside the national framework",
            ),
        ):
            lacking = [each for each in ours if each.promise.id not in there]
            label = f"Promises of {version.title} that {what}"
            number = counted(
                f"running.{version.id}.no-{key}", label, len(lacking), len(ours), "promises",
                source=f"counted from the plan folder, version {version.id}", as_of=day_words(today), definition=label,
            )  # fmt: skip
            numbers.append(number)
            words = _so_many(len(lacking), len(ours), what) if lacking else f"All {len(ours)} promises {all_do}."
            found.append(
                Unnamed(
                    number_id=number.id,
                    version=version.id,
                    lacking=key,
                    promises=len(lacking),
                    of=len(ours),
                    words=words,
                )
            )
    return tuple(found), numbers


def _so_many(count: int, of: int, what: str) -> str:
    """`28 of 28 promises name no money.`, `1 of 3 promises names no money.`"""
    verb, rest = what.split(" ", 1)
    if count == 1:
        verb = {"name": "names", "are": "is"}[verb]
    return f"{count} of {of} {'promise' if of == 1 else 'promises'} {verb} {rest}."


def running_findings(running: Running, version: str) -> list[Finding]:
    """What a version names no money and no people for, as one sentence: it stands beside what is not shown and not dated."""
    told = {each.lacking: each for each in running.unnamed if each.version == version}
    lacking = [told[key] for key in ("money", "people") if key in told and told[key].promises]
    if not lacking:
        return []
    first, *second = lacking
    text = first.words if not second else f"{first.words.removesuffix('.')}, and {second[0].words}"
    number_ids = tuple(each.number_id for each in lacking)
    return [Finding(id="plan.money-and-people", about="plan", text=text, number_ids=number_ids, surprising=45)]


def _coverage_numbers(told: Coverage, today: date) -> list[Number]:
    if told.share is None or told.valid is None or told.eligible is None:
        return []
    course = told.training.course or told.training.id
    return [
        Number(
            id=f"{told.training.id}.coverage",
            label=f"{course}: training that holds, out of those who need it",
            value=round(100 * told.share, 1),
            numerator=told.valid,
            denominator=told.eligible,
            denominator_words=f"{told.unit} in posts that need it ({told.training.eligible_figure_id})",
            unit=f"% of {told.unit} who need it",
            definition=f"people whose training holds, divided by {told.training.eligible_figure_id}",
            source=f"worked out from training_counts.csv and {told.training.eligible_figure_id}",
            as_of=day_words(today),
            status="worked out",
        )
    ]


def _post_numbers(told: Posting) -> list[Number]:
    found = []
    for key, value, whole, label in (
        ("vacant", told.vacant, told.established, "posts that stand empty"),
        ("not-deployable", told.not_deployable, told.filled, "people in post who can't be deployed"),
    ):
        if value is None or whole is None:
            continue
        found.append(
            Number(
                id=f"{told.post.id}.{key}",
                label=f"{told.post.title or told.post.id}: {label}",
                value=value,
                numerator=value,
                denominator=whole.value,
                denominator_words=f"{whole.unit or ''} ({whole.id})".strip(),
                unit=whole.unit or "",
                definition=label,
                source=f"worked out from {whole.id} and the figure below it",
                as_of=when(whole),
                status="worked out",
            )
        )
    return found
