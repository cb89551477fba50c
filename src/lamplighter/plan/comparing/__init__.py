"""Two versions of a plan held side by side: what stayed, what changed, where it went, and what nobody can be sure of."""

from lamplighter.plan.comparing.changes import Change, Comparison, compare
from lamplighter.plan.comparing.sides import Line, Side, side_of_text, side_of_version

__all__ = ["Change", "Comparison", "Line", "Side", "compare", "side_of_text", "side_of_version"]
