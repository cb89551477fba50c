"""The mails that remind owners of what falls due: one ledger line a person and due event, so that each is told once."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path

from lamplighter.errors import FileRefused, InputError
from lamplighter.plan.folder import Plan, load_plan
from lamplighter.plan.records import is_known
from lamplighter.plan.sheets.whole_files import replace_all
from lamplighter.plan.stands import due_to
from lamplighter.schema import day_words

LEDGER = "ledger.csv"
# Days from the due date, and what the event is called in the ledger.
EVENTS = ((-28, "four weeks before"), (-7, "a week before"), (1, "the day after"), (30, "a month after"))
TOLD, OVERTAKEN = "told", "overtaken by a later event"


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
    """One person's mail: everything that fell due for her since she was last told."""

    owner: str
    address: str | None
    subject: str
    text: str
    file: str

    def as_bytes(self) -> bytes:
        """The mail as a draft that a mail program opens ready to be sent; it names no sender."""
        mail = EmailMessage()
        mail["Subject"] = self.subject
        if self.address:
            mail["To"] = self.address
        mail["X-Unsent"] = "1"
        mail.set_content(self.text, cte="8bit")
        return mail.as_bytes()


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
    lines: list[LedgerLine] = []
    for due in _dues(plan, as_of):
        fallen = [(due.due_on + timedelta(days=days), event) for days, event in EVENTS]
        new = [
            line for day, event in fallen if day <= as_of and (line := _line(due, event, day, as_of)).key not in known
        ]
        if not new:
            continue
        last_fallen = max((day, event) for day, event in fallen if day <= as_of)[1]
        for line in new:
            is_told = line.event == last_fallen
            lines.append(line if is_told else _overtaken(line))
            if is_told:
                told[due.owner].append((due, line.event))
    by_owner = {name.strip().casefold(): address for name, address in (addresses or {}).items()}
    mails = tuple(
        _mail(plan, owner, events, as_of=as_of, address=by_owner.get(owner.casefold()))
        for owner, events in sorted(told.items())
    )
    return Reminders(mails=mails, new_lines=tuple(lines), ledger=(*ledger, *lines))


def write_reminders(reminders: Reminders, outbox: Path) -> list[Path]:
    """Writes the mails, and then the ledger: killed in between, the next run writes the same mails again, and each once."""
    if not reminders.new_lines:
        return []
    try:
        outbox.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{outbox} can't be made ({error.strerror}). Name another folder.") from None
    mails = {outbox / mail.file: mail.as_bytes() for mail in reminders.mails}
    if mails:
        replace_all(mails)
    replace_all({outbox / LEDGER: _ledger_text(reminders.ledger).encode("utf-8")})
    return list(mails)


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


def read_addresses(path: Path) -> dict[str, str]:
    """Owners' mail addresses from a CSV with the columns owner and address. Raises InputError or FileRefused."""
    if not path.is_file():
        raise InputError(f"There is no file {path}. Write a CSV with the columns owner and address.")
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise FileRefused(f"{path.name} can't be read ({error}). Save it as CSV UTF-8.") from None
    found = {}
    for line, row in enumerate(rows, start=2):
        owner, address = (row.get("owner") or "").strip(), (row.get("address") or "").strip()
        if not owner or not re.fullmatch(r"[^\s@,;<>]+@[^\s@,;<>]+", address):
            raise InputError(f"{path.name}:{line}: needs an owner and one address, such as name@example.org.")
        found[owner] = address
    return found


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
            yield _Due(
                owner=str(promise.owner).strip(), record_id=promise.id, words=promise.title or promise.id, due_on=last
            )
    for step in plan.of("milestones"):
        of = is_open.get(step.promise_id)
        if of is not None and isinstance(step.due_to, date) and not _is_by(step.done_on, as_of):
            words = f"{step.title or step.id} (a step of {of.id})"
            yield _Due(owner=str(of.owner).strip(), record_id=step.id, words=words, due_on=step.due_to)


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


def _overtaken(line: LedgerLine) -> LedgerLine:
    return LedgerLine(
        **{each.name: getattr(line, each.name) for each in fields(line) if each.name != "how"}, how=OVERTAKEN
    )


def _mail(plan: Plan, owner: str, events: Sequence[tuple[_Due, str]], *, as_of: date, address: str | None) -> Mail:
    lines = [f"To {owner}", "", f"{plan.header.title}: what falls due, as of {day_words(as_of)}.", ""]
    for due, _ in sorted(events, key=lambda each: (each[0].due_on, each[0].record_id)):
        lines.append(f"- {due.record_id}: {' '.join(due.words.split())}. {_when_words(due.due_on, as_of)}")
    lines += ["", "Please say what was done, on what day, and where it can be checked.", ""]
    plain = re.sub(r"[^a-z0-9]+", "-", owner.casefold()).strip("-")[:60]
    # Two owners may come to the same letters, and a name may have none that every file system takes.
    mark = hashlib.sha256(owner.casefold().encode("utf-8")).hexdigest()[:6]
    things = "1 thing falls due" if len(events) == 1 else f"{len(events)} things fall due"
    return Mail(
        owner=owner,
        address=address,
        subject=f"{' '.join(plan.header.title.split())}: {things}",
        text="\n".join(lines),
        file=f"{as_of.isoformat()}-{plain + '-' if plain else ''}{mark}.eml",
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
