"""Two versions from plain lines, one sentence a line, so that a case can be read and worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from lamplighter.plan.comparing import Comparison, compare, side_of_text

Held = Callable[[str, str], Comparison]


def text_of(lines: str) -> str:
    return "\n\n".join(line.strip() for line in lines.strip().splitlines())


@pytest.fixture
def held() -> Held:
    """Hold two versions side by side."""

    def side_by_side(a: str, b: str) -> Comparison:
        return compare(side_of_text(text_of(a), name="A"), side_of_text(text_of(b), name="B"))

    return side_by_side
