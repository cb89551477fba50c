"""`./run bench [--json]`: our work beside a peer's, in one run. Reported, never asserted in tests."""

from __future__ import annotations

import json
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).resolve().parent


def part(name: str) -> ModuleType:
    spec = spec_from_file_location(f"bench_{name}", HERE / f"{name}.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"bench/{name}.py is missing.")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def as_table(rows: list[dict[str, Any]]) -> str:
    lines = ["| work | peer | ours, s | peer, s | ratio | same answer | note |", "|---|---|---:|---:|---:|---|---|"]
    for each in rows:
        ratio = each["ours_s"] / each["peer_s"] if each["peer_s"] else float("nan")
        same = "yes" if each["same_answer"] else "NO"
        lines.append(
            f"| {each['work']} | {each['peer']} | {each['ours_s']:.3f} | {each['peer_s']:.3f} | {ratio:.2f} | {same} | "
            f"{each.get('note', '')} |"
        )
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    site = part("site")
    rows = [*site.start_rows(), *part("import_mps").rows(), *part("import_street").rows(), *part("compare").rows()]
    rows += [*site.rows(), *part("scale").rows(), *part("surface").rows(), *part("problem_profile").rows()]
    print(json.dumps(rows, indent=1) if "--json" in arguments else as_table(rows))
    return 0 if all(each["same_answer"] for each in rows) else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
