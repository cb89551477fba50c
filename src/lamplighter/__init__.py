"""Lamplighter: run an action plan against violence against women and girls, promise by promise, in the open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lamplighter.notebook import OpenWorkspace

__version__ = "0.3.0"
__all__ = ["__version__", "plan"]  # `open` is asked for by its full name: a star must not replace Python's own


def open(folder: str | Path) -> OpenWorkspace:  # noqa: A001 - an analyst writes lamplighter.open, and nothing here opens files
    """Which measures can this workspace answer, and how did each run?

    folder: a workspace, as `lamplighter import` makes it. Returns it as it is now: `measures`, `measure("recorded-vawg")`.
    Raises InputError when there is no workspace there, WorkspaceDamaged when a file is not what its manifest says.
    """
    from lamplighter.notebook import open_workspace

    return open_workspace(Path(folder))


def __getattr__(name: str) -> Any:
    """`lamplighter.plan` without an import of its own, loaded when it is first named."""
    if name == "plan":
        from importlib import (
            import_module,
        )  # by name: the rooms below import this module, and must not see the plan in it

        return import_module("lamplighter.plan")
    raise AttributeError(f"module 'lamplighter' has no attribute {name!r}")
