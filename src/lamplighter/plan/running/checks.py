"""What `plan check` finds in the records of how a plan is run."""

from __future__ import annotations

from collections.abc import Iterator

from lamplighter.errors import InputError
from lamplighter.plan.folder import Plan, Problem
from lamplighter.plan.records import RECORD_TYPES
from lamplighter.plan.records.running import Recommendation, Training
from lamplighter.plan.running.parts import sums_of
from lamplighter.plan.running.recommending import owners_who_verify
from lamplighter.plan.stands import possible_values
from lamplighter.schema import day_words, month_number, number_words


def running_problems(plan: Plan) -> Iterator[Problem]:
    """Every figure whose parts don't make it, target taken for those who need a course, and check by its own owner."""
    yield from _parts(plan)
    for training in plan.of("training"):
        yield from _training(plan, training)
    yield from _months(plan)
    yield from _posts(plan)
    for recommendation in plan.of("recommendations"):
        yield from _recommendation(plan, recommendation)
    for each in plan.of("dependencies"):
        if each.agreement in ("agreed", "refused") and not (each.agreed_by and each.agreed_on):
            message = f"{each.id} is {each.agreement}, but not by whom and when. Fill agreed_by and agreed_on."
            yield _wrong(plan, "dependencies", each.id, "agreement without a name", message)
    for each in plan.of("resources"):
        if not each.figure_ids:
            message = (
                f"{each.id} names {each.kind or 'something'} without a figure. Add how much to figures.csv and name it."
            )
            yield _wrong(plan, "resources", each.id, "resource without a figure", message)
    for each in plan.of("crosswalk"):
        if each.status == "verified" and not each.source_id:
            message = f"{each.id} is called verified without the document that says so. Name it, or call it unverified."
            yield _wrong(plan, "crosswalk", each.id, "reading called verified", message)


def _wrong(plan: Plan, kind: str, record_id: str, name: str, message: str, *, serious: bool = False) -> Problem:
    return Problem(
        file=RECORD_TYPES[kind].FILE,
        line=plan.line_of(kind, record_id),
        record_id=record_id,
        name=name,
        message=message,
        serious=serious,
    )


def _parts(plan: Plan) -> Iterator[Problem]:
    whole_of = {each.id: each.part_of_id for each in plan.figures if each.part_of_id}
    for figure_id in sorted(whole_of):
        seen: set[str] = set()
        at: str | None = figure_id
        while at is not None and at not in seen:
            seen.add(at)
            at = whole_of.get(at)
        if at == figure_id:
            message = f"{figure_id} is a part of itself (part_of_id). Name the figure that is larger, or empty it."
            yield _wrong(plan, "figures", figure_id, "part of itself", message, serious=True)
    for each in sums_of(plan.figures):
        if each.holds is None:
            message = f"The parts of {each.whole.id} can't be added. {each.words}"
            yield _wrong(plan, "figures", each.whole.id, "parts can't be added", message)
        elif not each.holds:
            message = (
                f"The parts of {each.whole.id} don't make it. {each.words} Add the part that is missing, mend a figure, "
                "or empty part_of_id."
            )
            yield _wrong(plan, "figures", each.whole.id, "parts don't add up", message)


def _training(plan: Plan, training: Training) -> Iterator[Problem]:
    by_id = plan.lookup.by_id("figures")
    eligible = by_id.get(training.eligible_figure_id or "")
    if eligible is not None and (eligible.role == "target" or eligible.id == training.target_figure_id):
        message = (
            f"{training.id} takes {eligible.id}, a target, for how many need the course. How many are to be trained is "
            "not how many are in posts that need it: name another figure, or empty eligible_figure_id."
        )
        yield _wrong(plan, "training", training.id, "target taken for those who need it", message, serious=True)
    if isinstance(training.valid_months, int) and training.valid_months <= 0:
        message = (
            f"{training.id} holds for {training.valid_months} months. Give 1 or more, or n/a if it never runs out."
        )
        yield _wrong(plan, "training", training.id, "training that never holds", message, serious=True)
    told = by_id.get(training.trained_figure_id or "")
    counts = [each for each in plan.of("training_counts") if each.training_id == training.id]
    if told is None or told.value is None or told.as_of is None:
        return
    ours = [each.people or 0 for each in counts if each.as_of == told.as_of]
    low, high = possible_values(told)
    if ours and not low <= sum(ours) <= high:
        message = (
            f"{training.id}: its months of {day_words(told.as_of)} add up to {number_words(sum(ours))}, but {told.id} "
            f"says {number_words(told.value)} on that day. Mend one of them."
        )
        yield _wrong(plan, "training", training.id, "training counted twice over", message)


def _months(plan: Plan) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], str] = {}
    for each in plan.of("training_counts"):
        try:
            month = month_number(each.trained_in or "")
        except InputError:
            message = f"{each.id}: trained_in {each.trained_in!r} is not a month. Write it as 2021-11."
            yield _wrong(plan, "training_counts", each.id, "not a month", message, serious=True)
            continue
        if (each.people or 0) < 0:
            message = f"{each.id} counts {each.people} people. Give 0 or more."
            yield _wrong(plan, "training_counts", each.id, "fewer than nobody", message, serious=True)
        if each.as_of is not None and month > each.as_of.year * 12 + each.as_of.month - 1:
            message = (
                f"{each.id} counts on {day_words(each.as_of)} who was trained later, in {each.trained_in}. "
                "Mend one of them."
            )
            yield _wrong(plan, "training_counts", each.id, "trained after the count", message, serious=True)
        other = seen.setdefault((each.training_id, each.as_of, month), each.id)
        if other != each.id:
            message = f"{each.id} gives the same month of the same count as {other}. Keep one of them."
            yield _wrong(plan, "training_counts", each.id, "month twice", message, serious=True)


def _posts(plan: Plan) -> Iterator[Problem]:
    by_id = plan.lookup.by_id("figures")
    for each in plan.of("posts"):
        filled, deployable = by_id.get(each.filled_figure_id or ""), by_id.get(each.deployable_figure_id or "")
        if filled is None or deployable is None or (filled.as_of, filled.unit) != (deployable.as_of, deployable.unit):
            continue
        if possible_values(deployable)[0] > possible_values(filled)[1]:
            message = (
                f"{each.id}: {deployable.id} has {number_words(deployable.value)} who can be deployed, {filled.id} only "
                f"{number_words(filled.value)} in post. Mend one of them."
            )
            yield _wrong(plan, "posts", each.id, "more deployable than filled", message)


def _recommendation(plan: Plan, told: Recommendation) -> Iterator[Problem]:
    promises = plan.lookup.by_id("promises")
    owners = [promises[each].owner for each in sorted(set(told.promise_ids)) if each in promises]
    if same := owners_who_verify(told, owners):
        message = (
            f"{told.id} was checked by {same[0]}, who answers for it or for one of its promises. Let somebody else check "
            "it, or empty verified_by."
        )
        yield _wrong(plan, "recommendations", told.id, "checked by its owner", message, serious=True)
    if told.response == "rejected" and not told.reason:
        message = f"{told.id} is rejected without a reason. Say why in reason."
        yield _wrong(plan, "recommendations", told.id, "rejected without a reason", message)
    if told.response == "accepted in part" and not told.reason:
        message = f"{told.id} is accepted in part. Say in reason which part is not, and why."
        yield _wrong(plan, "recommendations", told.id, "which part is accepted", message)
    if bool(told.verified_by) != bool(told.verified_on):
        message = f"{told.id} has only one of verified_by and verified_on. A check has a name and a day: fill both."
        yield _wrong(plan, "recommendations", told.id, "check without name or day", message)
    if told.verified_by and not told.evidence_ids:
        message = f"{told.id} was checked, but not against what. Name the evidence in evidence_ids."
        yield _wrong(plan, "recommendations", told.id, "check without evidence", message)
    if isinstance(told.fresh_months, int) and told.fresh_months <= 0:
        message = f"{told.id}: evidence renewed every {told.fresh_months} months. Give 1 or more, or n/a."
        yield _wrong(plan, "recommendations", told.id, "evidence that is never fresh", message, serious=True)
