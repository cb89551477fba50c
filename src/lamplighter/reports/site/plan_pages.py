"""The plan's own pages: at a glance, objectives, every promise by where it stands, one page a promise, and versions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from lamplighter.plan.book import Answer, Book, CameFrom, Fate, Finding, Pair, Standing
from lamplighter.plan.folder import Version
from lamplighter.plan.former import Leads, leads
from lamplighter.plan.profiles.told import LinkedProfile
from lamplighter.plan.records.promising import KINDS
from lamplighter.plan.records.showing import Rating
from lamplighter.plan.running.answers import Running
from lamplighter.reports.site.drawing import Drawn, inline
from lamplighter.reports.site.formats import slug
from lamplighter.reports.site.former_pages import formerly
from lamplighter.reports.site.leaves import (
    FIRST_ROWS,
    MOST_FATES,
    MOST_OBJECTIVES,
    MOST_ROWS,
    WHOLE_PLAN,
    WHOLE_ROWS,
    Leaf,
    leaves,
)
from lamplighter.reports.site.pages import HOME, Page, Pages
from lamplighter.reports.site.profile_pages import profiles_by_event
from lamplighter.reports.site.running_pages import running_of_promise

SURPRISING = 3
LEAD = "plan.standing"
AXES = (("evidence", "Is it shown?"), ("delivery", "Is it done?"))
KIND_WORDS = {
    "objective": ("Objectives", "What the plan wants to reach"),
    "action": ("Actions", "What the plan says will be done"),
    "figure": ("Numbers promised", "Where the plan commits to a number"),
    "process": ("Ways of working", "How the plan says it will be run and reported"),
}


@dataclass(frozen=True, kw_only=True)
class Count:
    """How many promises of each version got one answer, out of how many."""

    answer: str
    anchor: str
    by_version: tuple[tuple[int, int], ...]


@dataclass(frozen=True, kw_only=True)
class Group:
    """Promises under one heading. title: what they are called where nothing stands around them.

    own_page: the path, without its ending, of the pages that have all of them, where they are too many to stand among others.
    """

    heading: str
    says: str
    anchor: str
    title: str
    standings: tuple[Standing, ...]
    own_page: str | None = None

    @property
    def first(self) -> tuple[Standing, ...]:
        """Those that stand among others: all, or the first where the group has pages of its own."""
        return self.standings[:FIRST_ROWS] if self.own_page else self.standings


@dataclass(frozen=True, kw_only=True)
class VersionGroups:
    """The promises of one version of the plan, by kind."""

    version: Version
    groups: tuple[Group, ...]


@dataclass(frozen=True, kw_only=True)
class Glance:
    """The first page: what stands out, how many stand where, and every promise."""

    lead: Finding | None
    surprising: tuple[Finding, ...]
    other: tuple[Finding, ...]
    evidence: tuple[Count, ...]
    delivery: tuple[Count, ...]
    versions: tuple[VersionGroups, ...]


@dataclass(frozen=True, kw_only=True)
class Objective:
    """An objective and the promises that serve it."""

    standing: Standing
    serving: Group
    roles: frozenset[str]
    has_denominator: bool


@dataclass(frozen=True, kw_only=True)
class PromisePage:
    """One promise with everything that its page shows beside the book's own record."""

    standing: Standing
    version: Version
    objectives: tuple[Standing, ...]
    whole: Standing | None
    parts: tuple[Standing, ...]
    opinions: tuple[tuple[str, tuple[Rating, ...]], ...]
    charts: Mapping[str, Markup]
    pairs: Mapping[str, tuple[tuple[Pair, Markup], ...]]
    came_from: tuple[tuple[CameFrom, Standing], ...]
    formerly: tuple[Leads, ...]
    running: Running
    profiles: Mapping[str, LinkedProfile]
    before: Standing | None
    after: Standing | None

    @property
    def is_run(self) -> bool:
        """Is anything known of how it is run?"""
        return self.running.says_anything() or bool(self.standing.risks or self.standing.references)

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """The headings that this page has, for its list of contents."""
        told = self.standing
        wanted = (
            ("means", "What it means", True),
            ("says", "What the plan says", True),
            ("figures", "Its figures", True),
            ("needed", "What would be needed to show it", bool(told.needed)),
            ("others", "What others say of it", bool(self.opinions)),
            ("evidence", "What happened, and who says so", bool(told.evidence_records)),
            ("steps", "Steps on the way", bool(told.milestones)),
            ("measures", "What is measured beside it", bool(told.measure_ids)),
            ("history", "History", True),
            ("running", "How it is run", self.is_run),
            ("definition", "What would show it, defined", bool(told.cards)),
            ("problems", "What the check of the plan found", bool(told.problems)),
        )
        return tuple((anchor, words) for anchor, words, there in wanted if there)


@dataclass(frozen=True, kw_only=True)
class Became:
    """One earlier promise and what became of it in each later version."""

    standing: Standing
    fates: tuple[Fate, ...]


@dataclass(frozen=True, kw_only=True)
class VersionsPage:
    """What became of every promise, and which pages are here no longer."""

    became: tuple[Became, ...]
    former: tuple[Leads, ...]


def plan_pages(book: Book, drawn: Drawn) -> Pages:
    """Every page about the plan itself."""
    yield Page(
        path="index.html",
        template="index.html",
        title=book.plan.header.title,
        nav="plan",
        trail=(),
        content=glance(book),
    )
    found = objectives(book)
    for leaf, ours in leaves("objectives", found, MOST_OBJECTIVES):
        yield _leaf(leaf, "objectives.html", "Objectives", ours)
    by_answer = [(axis, heading, _by_answer(book, axis, heading)) for axis, heading in AXES]
    yield Page(
        path="promises.html",
        template="promises.html",
        title="All promises by where they stand",
        nav="plan",
        content=by_answer,
    )
    by_kind = (_by_kind(book, version) for version in book.versions)
    for group in (
        *(each for groups in by_kind for each in groups),
        *(each for _, _, groups in by_answer for each in groups),
        *(each.serving for each in found),
    ):
        for leaf, standings in leaves(group.own_page, group.standings, MOST_ROWS) if group.own_page else ():
            yield _leaf(leaf, "standings.html", group.title, replace(group, standings=tuple(standings), own_page=None))
    became = [Became(standing=each, fates=each.fates) for each in book.standings if each.fates]
    former = leads(book.plan)
    for leaf, some in leaves("versions", became, MOST_FATES):
        content = VersionsPage(became=tuple(some), former=former if leaf.at == 1 else ())
        yield _leaf(leaf, "versions.html", "What became of each promise", content)
    led = formerly(book)
    for at in range(len(book.standings)):
        yield promise_page(book, at, drawn, led)


def _leaf(leaf: Leaf, template: str, title: str, content: object) -> Page:
    """One page of a list that may be cut into several."""
    return Page(path=leaf.path, template=template, title=leaf.titled(title), nav="plan", content=content, leaf=leaf)


def _own_page(book: Book, name: str, standings: Sequence[Standing]) -> str | None:
    """Where a group has pages of its own: in a large plan, if it is long."""
    return name if len(book.standings) > WHOLE_PLAN and len(standings) > WHOLE_ROWS else None


def glance(book: Book) -> Glance:
    lead = next((each for each in book.findings if each.id == LEAD), None)
    ranked = sorted(book.findings, key=lambda each: -each.surprising)
    first = tuple(each for each in ranked if each.surprising > 0 and each is not lead)[:SURPRISING]
    return Glance(
        lead=lead,
        surprising=first,
        other=tuple(each for each in book.findings if each not in first and each is not lead),
        evidence=_counts(book, book.evidence_rules, "evidence"),
        delivery=_counts(book, book.delivery_rules, "delivery"),
        versions=tuple(
            VersionGroups(version=version, groups=_by_kind(book, version))
            for version in book.versions
            if any(each.promise.version == version.id for each in book.standings)
        ),
    )


def answer_of(standing: Standing, axis: str) -> Answer:
    return standing.evidence if axis == "evidence" else standing.delivery


def _counts(book: Book, rules: Iterable[Mapping[str, str]], axis: str) -> tuple[Count, ...]:
    by_version = [[each for each in book.standings if each.promise.version == version.id] for version in book.versions]
    by_version = [each for each in by_version if each]
    return tuple(
        Count(
            answer=rule["answer"],
            anchor=f"{axis}-{slug(rule['answer'])}",
            by_version=tuple(
                (sum(1 for each in ours if answer_of(each, axis).answer == rule["answer"]), len(ours))
                for ours in by_version
            ),
        )
        for rule in rules
    )


def _by_kind(book: Book, version: Version) -> tuple[Group, ...]:
    found = []
    for kind in KINDS:
        ours = tuple(each for each in book.standings if (each.promise.version, each.promise.kind) == (version.id, kind))
        if ours:
            heading, says = KIND_WORDS[kind]
            anchor = f"{slug(version.id)}-{kind}"
            found.append(
                Group(
                    heading=heading,
                    says=says,
                    anchor=anchor,
                    title=f"{heading}: {version.title}",
                    standings=ours,
                    own_page=_own_page(book, f"promises-{anchor}", ours),
                )
            )
    return tuple(found)


def _by_answer(book: Book, axis: str, asked: str) -> tuple[Group, ...]:
    found = []
    for rule in book.evidence_rules if axis == "evidence" else book.delivery_rules:
        ours = tuple(each for each in book.standings if answer_of(each, axis).answer == rule["answer"])
        anchor = f"{axis}-{slug(rule['answer'])}"
        found.append(
            Group(
                heading=rule["answer"],
                says=rule["words"],
                anchor=anchor,
                title=f"{asked} {rule['answer'].capitalize()}",
                standings=ours,
                own_page=_own_page(book, f"promises-{anchor}", ours),
            )
        )
    return tuple(found)


def objectives(book: Book) -> tuple[Objective, ...]:
    return tuple(
        Objective(
            standing=each,
            serving=_serving(book, each),
            roles=frozenset(figure.role or "" for figure in each.figures),
            has_denominator=any(figure.denominator is not None for figure in each.figures),
        )
        for each in book.standings
        if each.promise.kind == "objective"
    )


def _serving(book: Book, objective: Standing) -> Group:
    promise, ours = objective.promise, book.serving.get(objective.promise.id, ())
    title = f"Promises that serve {promise.id}"
    return Group(
        heading=title,
        says=promise.title or promise.id,
        anchor=promise.id,
        title=title,
        standings=ours,
        own_page=_own_page(book, f"promises-serving-{promise.id}", ours),
    )


def promise_page(book: Book, at: int, drawn: Drawn, former: Mapping[str, tuple[Leads, ...]]) -> Page:
    standing = book.standings[at]
    promise = standing.promise
    by_id = book.by_promise
    return Page(
        path=f"promises/{promise.id}.html",
        template="promise.html",
        title=f"{promise.title or promise.id} ({promise.id})",
        nav="plan",
        trail=(HOME, (KIND_WORDS[promise.kind or "process"][0], _section_of(promise.kind, promise.version))),
        content=PromisePage(
            standing=standing,
            version=next(each for each in book.versions if each.id == promise.version),
            objectives=tuple(by_id[each] for each in promise.objective_ids if each in by_id),
            whole=by_id.get(promise.part_of_id or ""),
            parts=book.parts.get(promise.id, ()),
            opinions=opinions(standing.ratings),
            charts={each: inline(drawn.charts[each], each) for each in standing.measure_ids if each in drawn.charts},
            pairs=_pairs(book, standing, drawn),
            came_from=tuple((each, by_id[each.promise_id]) for each in standing.came_from),
            formerly=former.get(promise.id, ()),
            running=running_of_promise(book, standing),
            profiles=profiles_by_event(book, standing),
            before=book.standings[at - 1] if at else None,
            after=book.standings[at + 1] if at + 1 < len(book.standings) else None,
        ),
    )


def _pairs(book: Book, standing: Standing, drawn: Drawn) -> dict[str, tuple[tuple[Pair, Markup], ...]]:
    """The pairs of each measure beside the promise: where there is one, the measure is not drawn alone."""
    found: dict[str, tuple[tuple[Pair, Markup], ...]] = {}
    for pair in book.pairs:
        if pair.measure_id in standing.measure_ids and pair.id in drawn.pairs:
            svg = inline(drawn.pairs[pair.id], f"pair-{pair.id}")
            found[pair.measure_id] = (*found.get(pair.measure_id, ()), (pair, svg))
    return found


def _section_of(kind: str | None, version: str) -> str:
    return "objectives.html" if kind == "objective" else f"index.html#{slug(version)}-{kind or 'process'}"


def opinions(ratings: Sequence[Rating]) -> tuple[tuple[str, tuple[Rating, ...]], ...]:
    """The verdicts of others by the way they lean, so that opposed ones stand side by side."""
    leaning = (("Speaks for it", "for"), ("Speaks against it", "against"), ("Mixed, or takes no side", "mixed"))
    sorted_out = [(words, tuple(each for each in ratings if (each.leans or "mixed") == way)) for words, way in leaning]
    return tuple((words, found) for words, found in sorted_out if found)
