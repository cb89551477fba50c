"""Big tables → small tables: one portable .sql file a reduction, run over the live rows of a workspace.

No reduction holds place and offence together: the source has no such table, and `check_place_or_offence` says so.
"""

from lamplighter.reductions.catalogue import REDUCTIONS, Reduction, check_place_or_offence
from lamplighter.reductions.engine import Engine

__all__ = ["REDUCTIONS", "Engine", "Reduction", "check_place_or_offence"]
