"""Writes the made-up extract, and the truth that was planted in it, beside this file (PYTHONPATH=src, no arguments)."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from lamplighter.simulate import made_up_extract

HERE = Path(__file__).resolve().parent
SEED = 2026

made = made_up_extract(seed=SEED)
(HERE / "made-up-extract.csv").write_bytes(made.csv)
truth = {
    "made_up": "Made-up data: no person, force or crime in it is real.",
    "seed": SEED,
    "rows": made.rows,
    "refused": made.refused,
    "women": made.women,
    "unlocated": made.unlocated,
    "planted": [asdict(each) for each in made.planted],
}
(HERE / "truth.json").write_bytes((json.dumps(truth, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))
