"""Python for an analyst: a workspace opened, its measures asked, and answers that show themselves as chart and table."""

from lamplighter.notebook.measured import Measured
from lamplighter.notebook.opened import OpenWorkspace, open_workspace

__all__ = ["Measured", "OpenWorkspace", "open_workspace"]
