"""What every test starts from: this clone's own source, and no clock, colour or width of the machine in any output."""

from __future__ import annotations

import os

os.environ["TZ"] = "Europe/London"
os.environ["NO_COLOR"] = "1"
os.environ["TERM"] = "dumb"
os.environ["COLUMNS"] = "100"
