"""How we know: the imports, files, definitions, parameters and code behind a profile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from lamplighter import __version__, definitions
from lamplighter.sources.incidents import INCIDENTS
from lamplighter.workspace.listing import brought_anything

if TYPE_CHECKING:
    from lamplighter.studies.incidents.chosen import Chosen
    from lamplighter.workspace import Workspace

DEFINITIONS = (
    "kinds_of_place.csv",
    "premises_kinds.csv",
    "outcome_labels.csv",
    "harm_weights.csv",
    "vawg_offences.csv",
)


def provenance_of(
    workspace: Workspace, chosen: Chosen, *, made_on: date, made_by: str | None, inputs: Sequence[tuple[str, bytes]]
) -> dict[str, Any]:
    """The one section that a shuffled or split source may change: where everything came from.

    An import of nothing but what was there is not in it.
    inputs: name and content of what people gave besides the imports (decisions, the profile before).
    """
    imports = [each for each in workspace.imports() if each.source == chosen.source and brought_anything(each)]
    return {
        "made_on": made_on.isoformat(),
        "made_by": made_by,
        "made_with": f"Lamplighter {__version__}",
        "source": chosen.source,
        "ground": "; ".join(sorted({each.ground for each in imports if each.ground})) or None,
        "state_sha256": workspace.digest(),
        "imports": [
            {
                "id": manifest.id,
                "files": [
                    {"name": line.name, "sha256": line.sha256, "rows_read": line.rows_read, "rows_kept": line.rows_kept,
                     "rows_refused": line.rows_refused, "rows_duplicate": line.rows_duplicate}
                    for line in manifest.files
                ],
            }
            for manifest in imports
        ],
        "table": INCIDENTS.table,
        "definitions": [{"name": name, "sha256": _sha256(definitions.text_of(name).encode())} for name in DEFINITIONS],
        "given": [{"name": name, "sha256": _sha256(content)} for name, content in inputs],
    }  # fmt: skip


def _sha256(content: bytes) -> str:
    return sha256(content).hexdigest()
