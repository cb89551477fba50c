"""One thing that a checklist found, named so that it can be mended or accepted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Found:
    """`about`: the record, breakdown or release; `serious`: it blocks the release, and nobody can accept it."""

    about: str
    name: str
    message: str
    serious: bool = False

    @property
    def key(self) -> str:
        """What it is accepted by."""
        return f"{self.about}: {self.name}"
