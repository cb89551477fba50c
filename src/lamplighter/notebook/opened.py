"""`lamplighter.open(W)`: one state of a workspace, held while a notebook asks it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from lamplighter.errors import InputError
from lamplighter.notebook.measured import Measured
from lamplighter.plan.cards import shipped_cards
from lamplighter.plan.loading import day_given
from lamplighter.schema import month_text, period_words
from lamplighter.studies.answers import MeasureAnswer
from lamplighter.studies.catalogue import answers, chosen
from lamplighter.typed_table import TypedColumn, TypedTable
from lamplighter.workspace import Workspace

_MADE_UP = ("made-up", "made_up", "synthetic")
_COLUMNS = ("id", "title", "family", "area", "unit", "first", "last")


def open_workspace(folder: Path) -> OpenWorkspace:
    """The workspace in that folder, every file of it as its manifests say. Raises InputError, WorkspaceDamaged."""
    opened = Workspace.open(folder)
    opened.check_intact()  # no answer from rows that were altered
    return OpenWorkspace(opened)


class OpenWorkspace:
    """A workspace as it was when it was opened: a later import is not seen until it is opened again.

    What was answered once for a day is kept, so that a second measure of that day costs nothing.
    """

    def __init__(self, workspace: Workspace):
        self.workspace = workspace
        self._answers: dict[date | None, dict[str, MeasureAnswer]] = {}

    @property
    def measures(self) -> TypedTable:
        """Which measures can this workspace answer? A row each: id, title, family, area, unit, first and last period."""
        rows = tuple(
            (
                each.id, each.title, each.family, each.area, each.unit,
                each.points[0].period if each.points else None, each.points[-1].period if each.points else None,
            )
            for each in self._answered(None).values()
        )  # fmt: skip
        columns = tuple(TypedColumn(name=name, kind="text") for name in _COLUMNS)
        return TypedTable(title="Measures of this workspace", columns=columns, rows=rows)

    @property
    def is_made_up(self) -> bool:
        """Does the name of an imported file say that its rows are made up? A workspace knows it by nothing else."""
        files = (line.name.casefold() for manifest in self.workspace.imports() for line in manifest.files)
        return any(word in name for name in files for word in _MADE_UP)

    def measure(
        self,
        measure_id: str | None = None,
        *,
        area: str | None = None,
        offence: str | None = None,
        as_of: date | str | None = None,
    ) -> Measured:
        """How did this measure run, up to a day?

        measure_id: an id of `measures`; or area: a BCU, a borough, or a ward as `Lambeth / Clapham Town`; or offence: a group
        or sub-group by its title. as_of: no month that ends after that day is looked at; all months if not given. Earlier
        months are told as the newest extract tells them.
        Raises NoSuchName with the nearest names, QuestionRefused for place and offence together (no open table holds both),
        InputError when nothing was imported or no month had ended by that day.
        """
        if measure_id is None and area is None and offence is None:
            raise InputError("Name a measure, an area= or an offence=. `measures` lists them.")
        day = day_given(as_of)
        answer = chosen(
            self.workspace, self._answered(day), measure_id=measure_id, area=area, offence=offence, as_of=day
        )
        cards = shipped_cards()
        pair = cards.get(answer.pair_with) if answer.pair_with else None
        return Measured(
            answer=answer,
            card=cards.get(answer.definition_id),
            pair_words=(pair.name or answer.pair_with or "") if pair else answer.pair_with or "",
            as_of=day,
            is_made_up=self.is_made_up,
        )

    def __repr__(self) -> str:
        tables = [f"  {name}: {period_words(first)} to {period_words(last)}" for name, first, last in self._spans()]
        imports = len(self.workspace.imports())
        told = f"Workspace {self.workspace.path}: {imports} {'import' if imports == 1 else 'imports'}"
        return "\n".join([told, *(tables or ["  nothing was imported yet"])])

    def _repr_html_(self) -> str:
        columns = tuple(TypedColumn(name=name, kind="text") for name in ("table", "from", "to"))
        return TypedTable(title=f"Workspace {self.workspace.path}", columns=columns, rows=self._spans()).as_html()

    def _spans(self) -> tuple[tuple[str, str, str], ...]:
        """Each table that holds rows, with its first and last month."""
        held = ((name, self.workspace.months(name)) for name in sorted(self.workspace.head.tables))
        return tuple((name, month_text(months[0]), month_text(months[-1])) for name, months in held if months)

    def _answered(self, day: date | None) -> dict[str, MeasureAnswer]:
        if day not in self._answers:
            self._answers[day] = answers(self.workspace, as_of=day)
        return self._answers[day]
