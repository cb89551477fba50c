"""The plan folder: a plan as files that a person can read, the rules that say where each promise stands, and plan.json."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lamplighter.plan.loading import LoadedPlan


def load(folder: str | Path, *, workspace: str | Path | None = None, as_of: date | str | None = None) -> LoadedPlan:
    """Where does every promise of this plan stand, as of a day?

    folder: a plan folder. workspace: the folder of what was imported; without it no measure stands behind a promise.
    as_of: the day to look from (a date or `2022-06-30`); `as_of` of plan.toml if not given. The clock is never asked.
    Returns the plan, worked out once: `promises`, `promise("A09")`, `figures`, `numbers`, `findings`, `records(…)`,
    `check()`. Later changes of the folder are not seen.
    A folder with errors is loaded too, so that `check()` can name them; what has to be worked out then raises InputError.
    Raises InputError when the folder or the workspace can't be read or no version was published by that day.
    """
    from lamplighter.plan.loading import loaded  # only now: `import lamplighter.plan` alone must stay light

    return loaded(Path(folder), workspace=None if workspace is None else Path(workspace), as_of=as_of)
