"""`release zip`: one published release as one file, to read and to check without a network."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from lamplighter.cli.say import Json, say, say_json


def zip_one(
    releases: Annotated[Path, typer.Argument(help="The folder that holds the releases.")],
    release: Annotated[str, typer.Argument(metavar="RELEASE", help="The release, such as v3.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The ZIP to write.")],
    as_json: Json = False,
) -> None:
    """Write a published release as one ZIP: site, records, manifest, approval, and how to check it. The same bytes each time."""
    from lamplighter.plan.releases.manifest import digest_of
    from lamplighter.reports.self_contained import zip_release

    files = zip_release(releases, release, out)
    digest = digest_of(out.read_bytes())
    if as_json:
        say_json({"file": str(out), "release": release, "files": files, "sha256": digest})
    else:
        say(f"Wrote {release} into {out} ({files} files). Unpack it and open index.html. Its SHA-256:\n  {digest}")
