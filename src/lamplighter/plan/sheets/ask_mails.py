"""The mails that carry owners' pages: one a person and asking, with her page attached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from lamplighter.plan.folder import read_header
from lamplighter.plan.sheets.asking import Asked
from lamplighter.plan.sheets.owners import file_name_of
from lamplighter.plan.sheets.reminding import LEDGER, TOLD, LedgerLine, Mail, read_ledger
from lamplighter.schema import day_words

ALL_HERS = "all open promises"
ASKED = "asked"


def mails_with_pages(
    folder: Path, asked: Sequence[Asked], outbox: Path, *, asked_on: date, addresses: Mapping[str, str]
) -> tuple[Mail, ...]:
    """A mail for everybody of `asked` to whom this asking was not sent before, by the outbox's ledger."""
    title = " ".join(read_header(folder).title.split())
    known = {line.key for line in read_ledger(outbox / LEDGER)}
    mails = []
    for each in asked:
        line = LedgerLine(
            owner=each.owner,
            record_id=ALL_HERS,
            due_on=each.back_by.isoformat(),
            event=ASKED,
            falls_on=asked_on.isoformat(),
            written_on=asked_on.isoformat(),
            how=TOLD,
        )
        if line.key in known:
            continue
        things = "1 promise" if each.promises == 1 else f"{each.promises} promises"
        text = (
            f"To {each.owner}\n\n{title}: what has happened since? Your page with {things} is attached.\n"
            "Fill its three white columns, save it, and answer this mail with it "
            f"by {day_words(each.back_by)}.\n"
        )
        mails.append(
            Mail(
                owner=each.owner,
                address=addresses.get(each.owner.casefold()),
                subject=f"{title}: what has happened to your {things}?",
                text=text,
                file=f"{asked_on.isoformat()}-{file_name_of(each.owner)}.eml",
                lines=(line,),
                attached=((each.file.name, each.file.read_bytes()),),
            )
        )
    return tuple(mails)
