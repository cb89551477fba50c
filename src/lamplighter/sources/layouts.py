"""The tables that the Met's dashboard files become: columns, count, and the keys at which a change is told."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class TableLayout:
    """One table of the workspace.

    sheet: the value of the file's `sheet` column that says a row belongs here.
    columns: (our name, the file's name) of what is particular to this table.
    count_column: crimes or victims.
    level, keys: where a changed past figure is told (`borough_ward` by `borough` and `ward`).
    same_as: a table that holds the very same crimes or victims, counted another way: never added to this one.
    """

    table: str
    kind: str
    sheet: str
    count_column: str
    columns: tuple[tuple[str, str], ...]
    level: str
    keys: tuple[str, ...]
    same_as: str | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """All columns of the table as it is kept, in order."""
        particular = tuple(ours for ours, _ in self.columns)
        return ("recorded_month", "committed_month", "delay_months", self.count_column, *particular)


_PLACE = (("bcu", "bcu_location"), ("borough", "borough_name"), ("ward", "ward_name_clean_2"))

MPS_VAWG_TABLES: tuple[TableLayout, ...] = (
    TableLayout(
        table="offences_place",
        kind="offences",
        sheet="Offence count location",
        count_column="crimes",
        columns=_PLACE,
        level="borough_ward",
        keys=("borough", "ward"),
    ),
    TableLayout(
        table="offences_kind",
        kind="offences",
        sheet="Offence count classification",
        count_column="crimes",
        columns=(
            ("offence_group", "crimsec_group"),
            ("offence_subgroup", "crimseccodeexpansion"),
            ("offence", "crimsec_offences"),
            ("vawg_offence", "vawg_offence"),
        ),
        level="group_subgroup",
        keys=("offence_group", "offence_subgroup"),
        same_as="offences_place",
    ),
    TableLayout(
        table="victims_place",
        kind="victims",
        sheet="Victim count by location",
        count_column="victims",
        columns=_PLACE,
        level="borough_ward",
        keys=("borough", "ward"),
    ),
    TableLayout(
        table="victims_age",
        kind="victims",
        sheet="Victim count by age group",
        count_column="victims",
        columns=(("age_group", "age_group"),),
        level="age_group",
        keys=("age_group",),
        same_as="victims_place",
    ),
    TableLayout(
        table="victims_ethnicity",
        kind="victims",
        sheet="Victim count by ethnic group",
        count_column="victims",
        columns=(("ethnicity", "ethnic_appearance_group_group"),),
        level="ethnicity",
        keys=("ethnicity",),
        same_as="victims_place",
    ),
)

LAYOUT_OF = {layout.table: layout for layout in MPS_VAWG_TABLES}
