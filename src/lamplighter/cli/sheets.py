"""Commands on the plan as a spreadsheet: export, import, ask, remind."""

from __future__ import annotations

import sys
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lamplighter.cli.mailing import Encryption, MailServer, Sender, Server, Tls, User, server_told
from lamplighter.cli.say import Json, say, say_json
from lamplighter.errors import InputError, listed

if TYPE_CHECKING:
    from lamplighter.plan.sheets.merging import Preview

Folder = Annotated[Path, typer.Argument(help="The plan folder.")]
MOST_SAID = 40


class Take(StrEnum):
    """Whose word holds where a cell was changed on both sides."""

    SHEET = "sheet"
    FOLDER = "folder"


def export_sheets(
    folder: Folder,
    xlsx: Annotated[Path, typer.Option("--xlsx", help="The workbook to write.")],
    as_json: Json = False,
) -> None:
    """Write the plan as a workbook: a sheet a record type, with drop-downs and a note on every column."""
    from lamplighter.plan.sheets.export import export_plan

    rows = export_plan(folder, xlsx)
    if as_json:
        say_json({"file": str(xlsx), "rows": rows})
    else:
        say(
            f"Wrote {sum(rows.values()):,} records in {len(rows)} sheets into {xlsx}. When it comes back: "
            f"lamplighter plan import {folder} --xlsx {xlsx}"
        )


def import_sheets(
    folder: Folder,
    xlsx: Annotated[list[Path], typer.Option("--xlsx", help="A workbook that came back; give it again for several.")],
    yes: Annotated[bool, typer.Option("--yes", help="Write without asking, if nothing stands against it.")] = False,
    take: Annotated[
        Take | None, typer.Option("--take", help="Whose word holds where a cell was changed on both sides.")
    ] = None,
    remove: Annotated[
        bool, typer.Option("--remove", help="Take records out of the plan whose rows were taken out of their sheet.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Take back workbooks of `plan export` and `plan ask`: shows what would change, then writes it. Exits 1 if it can't be."""
    from lamplighter.plan.sheets.merging import preview_import, write_import

    preview = preview_import(folder, xlsx, take=take.value if take else None, remove=remove)
    if not as_json:
        _say_preview(preview)
    written: list[Path] = []
    if preview.can_be_written and preview.edits:
        if yes or (not as_json and sys.stdin.isatty() and typer.confirm("Write this?")):
            written = write_import(preview)
        elif not as_json:
            say("Nothing was written. Add --yes to write it.")
    if as_json:
        say_json(_told(preview, written))
    elif written:
        say(f"Wrote {listed(each.name for each in written)} in {folder}. Then: lamplighter plan check {folder}")
    if not preview.can_be_written:
        raise typer.Exit(1)


def _say_preview(preview: Preview) -> None:
    for note in preview.notes:
        say(f"note: {note}")
    for problem in preview.problems:
        say(f"error: {problem}")
    for conflict in preview.conflicts:
        say(f"conflict: {conflict}")
    for edit in preview.changed_cells[:MOST_SAID]:
        say(f"  {edit.record_id}, {edit.column}: {edit.before!r} becomes {edit.after!r} ({edit.where})")
    if len(preview.changed_cells) > MOST_SAID:
        say(f"  … and {len(preview.changed_cells) - MOST_SAID:,} more cells; --json lists all.")
    for what, keys in (("New", preview.new_records), ("Taken out", preview.removed)):
        if keys:
            say(f"  {what}: {listed((f'{kind} {record_id}' for kind, record_id in keys), most=MOST_SAID)}")
    if preview.kept and not preview.problems:
        names = listed(record_id for _, record_id in preview.kept)
        say(f"  Not in the sheets any more, and kept: {names}. To take them out add --remove.")
    if not preview.can_be_written:
        say(
            f"Errors: {len(preview.problems)}, conflicts: {len(preview.conflicts)}. Nothing was written. Mend the sheet and "
            "import it again"
            + ("; for the conflicts, add --take sheet or --take folder." if preview.conflicts else ".")
        )
    elif not preview.edits:
        say("Nothing changed.")
    else:
        cells, new, gone = len(preview.changed_cells), len(preview.new_records), len(preview.removed)
        say(
            f"{cells:,} cell{' changes' if cells == 1 else 's change'}, "
            f"{new:,} record{' is' if new == 1 else 's are'} new, {gone:,} {'is' if gone == 1 else 'are'} taken out."
        )


def _told(preview: Preview, written: list[Path]) -> dict[str, object]:
    return {
        "changed": [
            {
                "kind": each.kind,
                "record": each.record_id,
                "column": each.column,
                "before": each.before,
                "after": each.after,
                "where": each.where,
            }
            for each in preview.changed_cells
        ],
        "new": [{"kind": kind, "record": record_id} for kind, record_id in preview.new_records],
        "removed": [{"kind": kind, "record": record_id} for kind, record_id in preview.removed],
        "kept": [{"kind": kind, "record": record_id} for kind, record_id in preview.kept],
        "conflicts": [
            {
                "kind": each.kind,
                "record": each.record_id,
                "column": each.column,
                "rival": each.rival,
                "theirs": each.folder,
                "sheet": each.sheet,
                "where": each.where,
            }
            for each in preview.conflicts
        ],
        "errors": [
            {"file": each.file, "sheet": each.sheet, "cell": each.cell, "message": each.message}
            for each in preview.problems
        ],
        "notes": list(preview.notes),
        "written": [each.name for each in written],
    }


def ask(
    folder: Folder,
    out: Annotated[
        Path, typer.Option("--out", "-o", help="The workbook to write; with --all the folder to write workbooks into.")
    ],
    owner: Annotated[
        str | None, typer.Option("--owner", help="Whose promises: the name as it stands in the column owner.")
    ] = None,
    everybody: Annotated[
        bool, typer.Option("--all", help="One workbook for everybody who owns an open promise.")
    ] = False,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day of asking; today if not given.")
    ] = None,
    back_by: Annotated[
        datetime | None,
        typer.Option("--back-by", formats=["%Y-%m-%d"], help="The day to answer by; 14 days on if not given."),
    ] = None,
    send_to: Annotated[
        str, typer.Option("--send-to", help="To whom the page goes back, as it should read on it.")
    ] = "",
    addresses: Annotated[
        Path | None, typer.Option("--addresses", help="A CSV with the columns owner and address.")
    ] = None,
    mail_server: Server = None,
    sender: Sender = None,
    mail_user: User = None,
    tls: Encryption = None,
) -> None:
    """Write the one page to mail to one owner, or to all: her open promises, five columns, three of them for her to fill."""
    from lamplighter.plan.sheets.asking import ask_all, ask_owner

    asked_on = as_of.date() if as_of else date.today()
    by = back_by.date() if back_by else None
    if (owner is None) == (not everybody):
        raise InputError("Say whom to ask: --owner NAME for one, or --all for everybody, and not both.")
    if mail_server is not None and not everybody:
        raise InputError("Pages are sent with --all only. Leave out --mail-server and mail the workbook yourself.")
    if owner is not None:
        one = ask_owner(folder, owner=owner, file=out, asked_on=asked_on, back_by=by, send_to=send_to)
        say(
            f"Wrote {_promises(one.promises)} of {one.owner} into {out}. When it comes back: "
            f"lamplighter plan import {folder} --xlsx {out}"
        )
        return
    if out.is_file():
        raise InputError(f"{out} is a file. With --all give --out a folder.")
    server = _server(mail_server, sender, mail_user, tls, addresses)
    pages = ask_all(folder, into=out, asked_on=asked_on, back_by=by, send_to=send_to or (sender or ""))
    for each in pages:
        say(f"{each.file.name}: {_promises(each.promises)} of {each.owner}")
    say(f"Wrote {len(pages)} workbook{'' if len(pages) == 1 else 's'} into {out}.")
    if server is not None and addresses is not None:
        from lamplighter.cli.sending import only_sender, send_and_say
        from lamplighter.plan.sheets.ask_mails import mails_with_pages
        from lamplighter.plan.sheets.owners import read_addresses

        with only_sender(out):
            mails = mails_with_pages(folder, pages, out, asked_on=asked_on, addresses=read_addresses(addresses))
            send_and_say(mails, server, out, now=datetime.now().astimezone())


def _promises(count: int) -> str:
    return "1 promise" if count == 1 else f"{count} promises"


def remind(
    folder: Folder,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", help="The outbox, for mails and the ledger of what was told; FOLDER-reminders if not given."
        ),
    ] = None,
    as_of: Annotated[
        datetime | None, typer.Option("--as-of", formats=["%Y-%m-%d"], help="The day to look from; today if not given.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be written or sent, and do neither.")
    ] = False,
    addresses: Annotated[
        Path | None, typer.Option("--addresses", help="A CSV with the columns owner and address.")
    ] = None,
    mail_server: Server = None,
    sender: Sender = None,
    mail_user: User = None,
    tls: Encryption = None,
) -> None:
    """Write the mails that are due to owners, each due event once, as drafts; or send them, if a mail server is named."""
    from lamplighter.plan.folder import read_header
    from lamplighter.plan.sheets.owners import read_addresses
    from lamplighter.plan.sheets.reminding import reminders_due, write_reminders

    day = as_of.date() if as_of else date.today()
    out = out or folder.resolve().with_name(f"{folder.resolve().name}-reminders")
    known = read_addresses(addresses) if addresses else None
    server = _server(mail_server, sender, mail_user, tls, addresses)
    if server is not None and not dry_run:
        from lamplighter.cli.sending import only_sender, send_and_say

        read_header(folder)  # a folder that is none must not leave an outbox behind
        with only_sender(out):
            due = reminders_due(folder, out, as_of=day, addresses=known)
            send_and_say(due.mails, server, out, now=datetime.now().astimezone())
        return
    found = reminders_due(folder, out, as_of=day, addresses=known)
    if not dry_run:
        write_reminders(found, out)
    for mail in found.mails:
        say(f"{mail.file}: {mail.subject}. To {mail.owner}" + ("" if mail.address else ", no address"))
        if dry_run:
            say("\n".join(f"    {line}" for line in mail.text.splitlines()))
    count = f"{len(found.mails)} mail{'' if len(found.mails) == 1 else 's'}, {len(found.new_lines)} new ledger lines"
    nothing = "Nothing was sent." if server is not None else "Nothing was written."
    say(f"{count}. " + (nothing if dry_run or not found.new_lines else f"Written into {out}; none was sent."))


def _server(
    server: str | None, sender: str | None, user: str | None, tls: Tls | None, addresses: Path | None
) -> MailServer | None:
    """The server to send by, or None if none is named; options that mean nothing without one are said."""
    if server is not None:
        return server_told(server, sender=sender, user=user, tls=tls, addresses=addresses)
    for name, given in (("--from", sender), ("--mail-user", user), ("--tls", tls)):
        if given is not None:
            raise InputError(f"{name} says how to send, and nothing is sent without --mail-server HOST. Add it.")
    return None
