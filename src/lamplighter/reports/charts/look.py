"""How every chart looks: sizes, colours and type, said once. Each mark has a contrast of 3:1 or more with what it lies on."""

from __future__ import annotations

WIDTH_PX = 640
TEXT_PX = 13.0
FONT = "Atkinson Hyperlegible, Arial, sans-serif"

INK = "#241b27"
BRAND = "#4a1942"
AMBER = "#b45309"
TEAL = "#0b6e8a"
GREY = "#655a68"
EDGE = "#85758a"
BAND = "#f1e8f2"
UNKNOWN = "#857c87"
BOUNDS = "#f6e3c5"
GRID = "#e4dfe5"
PAPER = "#ffffff"

SOLID = (1, 0)
DASHED = (6, 4)
DOTTED = (2, 3)

# A letter of the font is a little over half as wide as it is high; the slack keeps labels apart in a fallback font too.
_LETTER = 0.52


def text_width_px(text: str) -> float:
    """About how wide a label is: enough to keep labels apart, not to set type."""
    return len(text) * TEXT_PX * _LETTER
