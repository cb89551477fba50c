"""The mails that remind owners of what falls due: one ledger line a person and due event, so that each is told once."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

from lamplighter.errors import FileRefused
from lamplighter.plan.folder import Plan, load_plan
from lamplighter.plan.records import is_known
from lamplighter.plan.sheets.owners import file_name_of
from lamplighter.plan.sheets.whole_files import make_folder, write_file
from lamplighter.plan.stands import due_to
from lamplighter.schema import day_words

LEDGER = "ledger.csv"
# Days from the due date, and what the event is called in the ledger.
EVENTS = ((-28, "four weeks before"), (-7, "a week before"), (1, "the day after"), (30, "a month after"))
# Told: a draft was written for the mail program. Sent: a mail server said yes to it.
TOLD, SENT, OVERTAKEN = "told", "sent", "overtaken by a later event"
_WORKBOOK = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, kw_only=True)
class LedgerLine:
    """One due event of one record for one person, and the day on which it was told or overtaken."""

    owner: str
    record_id: str
    due_on: str
    event: str
    falls_on: str
    written_on: str
    how: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.owner.casefold(), self.record_id, self.due_on, self.event


@dataclass(frozen=True, kw_only=True)
class Mail:
    """One person's mail: everything that fell due for her since she was last told, and the ledger's lines that say so."""

    owner: str
    address: str | None
    subject: str
    text: str
    file: str
    lines: tuple[LedgerLine, ...] = ()
    attached: tuple[tuple[str, bytes], ...] = ()

    def as_bytes(self) -> bytes:
        """The mail as a draft that a mail program opens ready to be sent; it names no sender."""
        mail = self.message()
        mail["X-Unsent"] = "1"
        return mail.as_bytes()

    def message(self) -> EmailMessage:
        """The mail without sender, day and number."""
        mail = EmailMessage()
        mail["Subject"] = self.subject
        if self.address:
            mail["To"] = self.address
        mail.set_content(self.text, cte="8bit" if not self.attached else "quoted-printable")
        for name, content in self.attached:
            mail.add_attachment(content, maintype="application", subtype=_WORKBOOK, filename=name)
        return mail

    @property
    def number(self) -> str:
        """The same for the same events: a server that gets the mail a second time can know it by its Message-ID."""
        told = sorted(" ".join(line.key) for line in self.lines)
        return hashlib.sha256("\n".join((self.owner.casefold(), *told)).encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True, kw_only=True)
class Reminders:
    """What is due to be told on a day: the mails and the ledger lines that go with them."""

    mails: tuple[Mail, ...]
    new_lines: tuple[LedgerLine, ...]
    ledger: tuple[LedgerLine, ...]


@dataclass(frozen=True, kw_only=True)
class _Due:
    owner: str
    record_id: str
    words: str
    due_on: date


def reminders_due(folder: Path, outbox: Path, *, as_of: date, addresses: Mapping[str, str] | None = None) -> Reminders:
    """What owners have to be told on a day and were not told before, by the outbox's ledger.

    Of several events of one record that fell since the last run only the latest is told; the others are entered as overtaken.
    Left out: closed promises, promises whose completing milestone is done, those carried into a later version, dates that
    nobody has read from the plan's words, and promises without an owner.
    """
    plan = load_plan(folder)
    ledger = read_ledger(outbox / LEDGER)
    known = {line.key for line in ledger}
    told: dict[str, list[tuple[_Due, str]]] = defaultdict(list)
    lines: dict[str, list[LedgerLine]] = defaultdict(list)
    spelt: dict[str, str] = {}
    for found in _dues(plan, as_of):
        due = replace(found, owner=spelt.setdefault(found.owner.casefold(), found.owner))
        fallen = [(due.due_on + timedelta(days=days), event) for days, event in EVENTS]
        new = [
            line for day, event in fallen if day <= as_of and (line := _line(due, event, day, as_of)).key not in known
        ]
        if not new:
            continue
        last_fallen = max((day, event) for day, event in fallen if day <= as_of)[1]
        for line in new:
            is_told = line.event == last_fallen
            lines[due.owner].append(line if is_told else replace(line, how=OVERTAKEN))
            if is_told:
                told[due.owner].append((due, line.event))
    mails = tuple(
        _mail(plan, owner, events, lines[owner], as_of=as_of, address=(addresses or {}).get(owner.casefold()))
        for owner, events in sorted(told.items())
    )
    return Reminders(mails=mails, new_lines=tuple(line for each in lines.values() for line in each), ledger=ledger)


def write_reminders(reminders: Reminders, outbox: Path) -> list[Path]:
    """Writes the mails, and then the ledger: killed in between, the next run writes the same mails again, and each once."""
    if not reminders.new_lines:
        return []
    make_folder(outbox)
    for mail in reminders.mails:
        write_file(outbox / mail.file, mail.as_bytes())
    enter(outbox, reminders.new_lines)
    return [outbox / mail.file for mail in reminders.mails]


def enter(outbox: Path, lines: Sequence[LedgerLine]) -> None:
    """Adds lines to the ledger, which is the old or the new one, never half. Raises InputError if it can't be written."""
    ledger = (*read_ledger(outbox / LEDGER), *lines)
    write_file(outbox / LEDGER, _ledger_text(ledger).encode("utf-8"))


def as_sent(mail: Mail) -> tuple[LedgerLine, ...]:
    """The ledger's lines of a mail that a server has taken."""
    return tuple(replace(line, how=SENT) if line.how == TOLD else line for line in mail.lines)


def read_ledger(path: Path) -> tuple[LedgerLine, ...]:
    """The ledger; empty if there is none. Raises FileRefused if it can't be read: a lost ledger would tell all twice."""
    if not path.is_file():
        return ()
    names = [each.name for each in fields(LedgerLine)]
    try:
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FileRefused(
            f"{path} can't be read ({error}). Put back the last good copy, or everybody is told again."
        ) from None
    if not rows or rows[0] != names or any(len(row) != len(names) for row in rows):
        raise FileRefused(
            f"{path} is no ledger: its columns must be {','.join(names)}. "
            "Put back the last good copy, or everybody is told again."
        )
    return tuple(LedgerLine(**dict(zip(names, row, strict=True))) for row in rows[1:])


def _dues(plan: Plan, as_of: date) -> Iterator[_Due]:
    """Every record with an owner, an open promise and a date: promises first, then their milestones."""
    completed = {each.promise_id for each in plan.of("milestones") if each.completes and _is_by(each.done_on, as_of)}
    carried = {each.promise_id for each in plan.successors}
    is_open = {
        each.id: each
        for each in plan.promises
        if is_known(each.owner)
        and not _is_by(each.closed_on, as_of)
        and each.id not in completed
        and each.id not in carried
    }
    for promise in is_open.values():
        if (last := due_to(promise)) is not None:
            yield _Due(owner=_name(promise.owner), record_id=promise.id, words=promise.title or promise.id, due_on=last)
    for step in plan.of("milestones"):
        of = is_open.get(step.promise_id)
        if of is not None and isinstance(step.due_to, date) and not _is_by(step.done_on, as_of):
            words = f"{step.title or step.id} (a step of {of.id})"
            yield _Due(owner=_name(of.owner), record_id=step.id, words=words, due_on=step.due_to)


def _name(owner: object) -> str:
    return " ".join(str(owner).split())


def _is_by(day: object, as_of: date) -> bool:
    return isinstance(day, date) and day <= as_of


def _line(due: _Due, event: str, falls_on: date, as_of: date) -> LedgerLine:
    return LedgerLine(
        owner=due.owner,
        record_id=due.record_id,
        due_on=due.due_on.isoformat(),
        event=event,
        falls_on=falls_on.isoformat(),
        written_on=as_of.isoformat(),
        how=TOLD,
    )


def _mail(
    plan: Plan,
    owner: str,
    events: Sequence[tuple[_Due, str]],
    ledger: Sequence[LedgerLine],
    *,
    as_of: date,
    address: str | None,
) -> Mail:
    lines = [f"To {owner}", "", f"{plan.header.title}: what falls due, as of {day_words(as_of)}.", ""]
    for due, _ in sorted(events, key=lambda each: (each[0].due_on, each[0].record_id)):
        lines.append(f"- {due.record_id}: {' '.join(due.words.split())}. {_when_words(due.due_on, as_of)}")
    lines += ["", "Please say what was done, on what day, and where it can be checked.", ""]
    things = "1 thing falls due" if len(events) == 1 else f"{len(events)} things fall due"
    return Mail(
        owner=owner,
        address=address,
        subject=f"{' '.join(plan.header.title.split())}: {things}",
        text="\n".join(lines),
        file=f"{as_of.isoformat()}-{file_name_of(owner)}.eml",
        lines=tuple(ledger),
    )


def _when_words(due_on: date, as_of: date) -> str:
    days = (due_on - as_of).days
    if days == 0:
        return f"Due today, {day_words(due_on)}."
    count = f"{abs(days):,} day" + ("" if abs(days) == 1 else "s")
    return (
        f"Due on {day_words(due_on)}, in {count}." if days > 0 else f"It was due on {day_words(due_on)}, {count} ago."
    )


def _ledger_text(lines: Sequence[LedgerLine]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([each.name for each in fields(LedgerLine)])
    writer.writerows(astuple(line) for line in lines)
    return out.getvalue()
