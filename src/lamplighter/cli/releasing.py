"""Commands on releases: plan release, release approve, release verify."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from lamplighter.cli.say import Json, Quiet, progress, say, say_json
from lamplighter.errors import InputError

app = typer.Typer(help="Releases: approve a candidate, check that none was changed.", no_args_is_help=True)
Releases = Annotated[Path, typer.Argument(help="The folder that holds the releases.")]


@app.callback()
def releases() -> None:
    """Releases: approve a candidate, check that none was changed."""


def release(
    folder: Annotated[Path, typer.Argument(help="The plan folder.")],
    name: Annotated[str, typer.Option(help="The release's name, such as 2026-spring.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="The folder that holds the releases.")],
    builder: Annotated[str, typer.Option(help="Who builds it. Somebody else has to approve it.")],
    workspace: Annotated[
        Path | None, typer.Option("--workspace", "-w", help="The folder that holds what was imported.")
    ] = None,
    approver: Annotated[
        str | None, typer.Option(help="Who is asked to approve it; anybody but the builder may if not given.")
    ] = None,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            help="A warning of the checklist that you accept, and why: 'sex: breakdown absent=not in the open tables'. "
            "The name alone accepts every warning of that name. May be given several times."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to look from; as_of in plan.toml if not given."),
    ] = None,
    comparison: Annotated[
        Path | None,
        typer.Option("--comparison", help="A folder that `plan compare --out` wrote: it then stands in the site."),
    ] = None,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Freeze the plan into a candidate for release: site, records, manifest. Exits 1 if the checklist stands against it."""
    from lamplighter.plan.releases.candidate import make_candidate
    from lamplighter.plan.releases.data_changes import CHANGELOG_PAGE
    from lamplighter.reports.build import book_of, build_site
    from lamplighter.reports.comparing.in_site import quoted, read_comparison, with_digest
    from lamplighter.reports.site.data_page import data_page

    day: date | None = as_of.date() if as_of else None
    held = read_comparison(comparison) if comparison else None
    with progress(quiet=quiet or as_json) as tell:
        book = with_digest(book_of(folder, workspace=workspace, as_of=day, tell=tell), held)
        done = make_candidate(
            book=book,
            build=lambda site, label: build_site(
                folder,
                out=site,
                workspace=workspace,
                as_of=day,
                release=label,
                comparison=comparison,
                on_progress=tell,
            ),
            releases=out,
            name=name,
            builder=builder,
            approver=approver,
            accept=dict(_key_and_reason(each) for each in accept or ()),
            also=tuple(quoted(held)),
            data_page=lambda label, log: data_page(book, label, log),
        )
    if as_json:
        told = {"release": f"v{done.number}", "folder": str(done.folder), "digest": done.digest, "files": done.files}
        say_json(
            {
                **told,
                "data_version": done.data_version,
                "unchanged": done.unchanged,
                "accepted": len(done.checklist.accepted),
            }
        )
        return
    present = [each.name for each in done.checklist.breakdowns if each.measures]
    say(
        f"{done.folder} lay there already, unchanged."
        if done.unchanged
        else f"Wrote {done.folder} ({done.files} files).",
        quiet=quiet,
    )
    say(
        f"Broken down by {len(present)} of {len(done.checklist.breakdowns)} that a reader expects"
        f"{': ' + ', '.join(present) if present else ''}. {len(done.checklist.accepted)} warnings accepted with a reason.",
        quiet=quiet,
    )
    say(
        f"Data {done.data_version}. What changed in them since the last release: {done.folder / CHANGELOG_PAGE}",
        quiet=quiet,
    )
    whom = f'"{approver}"' if approver else "NAME"
    say(f"It is not public. Somebody other than {builder} looks at it and approves its digest:", quiet=quiet)
    say(f"  lamplighter release approve {out} v{done.number} --approver {whom} --digest {done.digest}", quiet=quiet)


def _key_and_reason(given: str) -> tuple[str, str]:
    key, equals, reason = given.partition("=")
    if not equals:
        raise InputError(f"--accept {given!r} gives no reason. Write it as: --accept 'NAME=REASON'")
    return key.strip(), reason.strip()


@app.command("approve")
def approve(
    out: Releases,
    candidate: Annotated[str, typer.Argument(metavar="RELEASE", help="The candidate, such as v3.")],
    approver: Annotated[str, typer.Option(help="Your name. Who built it can't approve it.")],
    digest: Annotated[str, typer.Option(help="The digest that the builder's command printed.")],
    as_json: Json = False,
) -> None:
    """Publish a candidate: it moves to its address for good, and `latest` points to it."""
    from lamplighter.plan.releases.approving import approve as approve_release

    done = approve_release(out, candidate, approver=approver, digest=digest, now=datetime.now(UTC))
    if as_json:
        told = {"release": candidate, "folder": str(done.folder), "lodge": done.lodge, "unchanged": done.unchanged}
        say_json(told)
        return
    say(f"{candidate} was published already, by this approval." if done.unchanged else f"Published {done.folder}.")
    say(f"Lodge this digest somewhere else, for lamplighter release verify --last-digest:\n  {done.lodge}")


@app.command("verify")
def verify(
    out: Releases,
    last_digest: Annotated[
        str | None, typer.Option(help="The digest lodged elsewhere when a release was approved.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Check that every release is what was approved. Exits 1 and names what was altered, added, taken away or cut off."""
    from lamplighter.plan.releases.verifying import verify as verify_releases

    told = verify_releases(out, last_digest=last_digest)
    if as_json:
        found = [{"what": each.what, "path": each.path, "message": each.message} for each in told.found]
        names = [
            {"release": f"v{each.number}", "name": each.manifest.name, "digest": each.approval_sha256}
            for each in told.releases
        ]
        say_json({"releases": names, "found": found, "waiting": list(told.waiting), "lodged": told.lodged})
    else:
        for each in told.found:
            say(str(each))
        for place in told.waiting:
            say(f"Not public yet: {place} waits for approval.")
        if not told.found:
            _say_whole(len(told.releases), told.lodged)
    if told.found:
        raise typer.Exit(1)


def _say_whole(count: int, lodged: int | None) -> None:
    if not count:
        say("Nothing is published yet.")
        return
    if count == 1:
        say("The one release is what was approved.")
    else:
        say(f"{count} releases, each what was approved, each chained to the one before it.")
    if lodged is None:
        say("Releases cut off the end without a trace, or a chain written anew, show only with --last-digest.")
    elif lodged < count:
        say(f"The lodged digest is that of v{lodged}: what came after it is held by its own links only.")
