"""Who is reminded of what, when, and never twice."""

from __future__ import annotations

import email
from collections.abc import Callable
from datetime import date, timedelta
from email import policy
from pathlib import Path

import pytest
from tests.plan.sheets.conftest import bytes_of

from lamplighter.errors import FileRefused, InputError
from lamplighter.plan.sheets.owners import read_addresses
from lamplighter.plan.sheets.reminding import read_ledger, reminders_due, write_reminders

DUE = date(2022, 3, 31)


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    return tmp_path / "outbox"


def _row(record_id: str = "A1", **told: str) -> dict[str, str]:
    return {"id": record_id, "version": "V1", "kind": "action", "title": "Train officers", "owner": "Ann", "due_words": "in 2022",
            "due_to": "2022-03-31", **told}  # fmt: skip


def _run(folder: Path, outbox: Path, day: date) -> list[tuple[str, str]]:
    """One run; what was told, as record and event."""
    found = reminders_due(folder, outbox, as_of=day)
    write_reminders(found, outbox)
    return [(line.record_id, line.event) for line in found.new_lines if line.how == "told"]


def test_each_due_event_is_told_once_however_often_it_is_run(write_plan: Callable[..., Path], outbox: Path):
    folder = write_plan(promises=[_row()])
    told = {days: _run(folder, outbox, DUE + timedelta(days=days)) for days in range(-30, 40)}
    assert {days: each for days, each in told.items() if each} == {
        -28: [("A1", "four weeks before")],
        -7: [("A1", "a week before")],
        1: [("A1", "the day after")],
        30: [("A1", "a month after")],
    }
    assert len(list(outbox.glob("*.eml"))) == 4


def test_a_week_missed_and_then_one_run_sends_each_once(write_plan: Callable[..., Path], outbox: Path):
    folder = write_plan(
        promises=[_row(), _row("A2", due_to="2022-04-02"), _row("A3", owner="Bee", due_to="2022-04-03")]
    )
    assert _run(folder, outbox, date(2022, 3, 20)) == [
        ("A1", "four weeks before"),
        ("A2", "four weeks before"),
        ("A3", "four weeks before"),
    ]
    assert _run(folder, outbox, date(2022, 3, 28)) == [
        ("A1", "a week before"),
        ("A2", "a week before"),
        ("A3", "a week before"),
    ]
    assert _run(folder, outbox, date(2022, 3, 28)) == []
    assert len(list(outbox.glob("2022-03-28-*.eml"))) == 2  # one a person


def test_of_two_events_missed_the_later_is_told_and_the_earlier_entered_as_overtaken(
    write_plan: Callable[..., Path], outbox: Path
):
    folder = write_plan(promises=[_row()])
    assert _run(folder, outbox, DUE + timedelta(days=2)) == [("A1", "the day after")]
    assert [(line.event, line.how) for line in read_ledger(outbox / "ledger.csv")] == [
        ("four weeks before", "overtaken by a later event"),
        ("a week before", "overtaken by a later event"),
        ("the day after", "told"),
    ]


def test_a_mail_is_a_draft_with_every_promise_its_day_and_its_days(write_plan: Callable[..., Path], outbox: Path):
    folder = write_plan(promises=[_row(), _row("A2", title="Light the pärk", due_to="2022-03-24")])
    found = reminders_due(folder, outbox, as_of=date(2022, 3, 25), addresses={"ann": "ann@northam.example"})
    (path,) = write_reminders(found, outbox)
    mail = email.message_from_bytes(path.read_bytes(), policy=policy.default)
    assert (mail["To"], mail["X-Unsent"], mail["From"]) == ("ann@northam.example", "1", None)
    assert mail["Subject"] == "Safer nights in Northam: 2 things fall due"
    text = mail.get_content()
    assert (
        "- A2: Light the pärk. It was due on 24 March 2022, 1 day ago.\n- A1: Train officers. Due on 31 March 2022, in 6 days."
        in text
    )


def test_a_dry_look_writes_nothing(write_plan: Callable[..., Path], outbox: Path):
    folder = write_plan(promises=[_row()])
    assert len(reminders_due(folder, outbox, as_of=DUE).mails) == 1
    assert not outbox.exists()


def test_killed_between_the_mails_and_the_ledger_the_next_run_writes_the_same_mails(
    write_plan: Callable[..., Path], outbox: Path
):
    folder = write_plan(promises=[_row()])
    found = reminders_due(folder, outbox, as_of=DUE)
    write_reminders(found, outbox)
    (outbox / "ledger.csv").unlink()
    before = bytes_of(outbox)
    assert _run(folder, outbox, DUE) == [("A1", "a week before")]
    assert {name: content for name, content in bytes_of(outbox).items() if name != "ledger.csv"} == before


@pytest.mark.parametrize(
    "told",
    [
        {"owner": ""},
        {"owner": "n/a"},
        {"due_to": ""},
        {"due_to": "n/a"},
        {"due_words": "in the spring"},  # nobody has read the words as a day
        {"closed_on": "2022-03-01"},
    ],
)
def test_nobody_is_reminded_where_there_is_no_owner_no_day_or_nothing_open(
    write_plan: Callable[..., Path], outbox: Path, told: dict[str, str]
):
    assert reminders_due(write_plan(promises=[_row(**told)]), outbox, as_of=DUE).new_lines == ()


def test_a_promise_that_is_done_or_carried_into_a_later_version_reminds_nobody(
    write_plan: Callable[..., Path], outbox: Path
):
    done = [{"id": "M1", "promise_id": "A1", "title": "Done", "completes": "yes", "done_on": "2022-03-01"}]
    carried = [
        {
            "id": "N1",
            "promise_id": "A2",
            "version": "V1",
            "fate": "carried",
            "to_ids": "A1",
            "reason": "r",
            "read_by": "Ann",
        }
    ]
    folder = write_plan(promises=[_row(), _row("A2")], milestones=done, successors=carried)
    assert reminders_due(folder, outbox, as_of=DUE).new_lines == ()


def test_a_step_that_is_not_done_reminds_the_owner_of_its_promise(write_plan: Callable[..., Path], outbox: Path):
    steps = [
        {"id": "M1", "promise_id": "A1", "title": "Book rooms", "due_to": "2022-03-05"},
        {"id": "M2", "promise_id": "A1", "title": "Find trainers", "due_to": "2022-03-05", "done_on": "2022-03-01"},
    ]
    folder = write_plan(promises=[_row(due_to="")], milestones=steps)
    assert _run(folder, outbox, date(2022, 3, 6)) == [("M1", "the day after")]
    assert b"Book rooms (a step of A1)" in next(outbox.glob("*.eml")).read_bytes()


def test_a_day_that_moves_is_told_again(write_plan: Callable[..., Path], outbox: Path):
    assert _run(write_plan(promises=[_row()]), outbox, date(2022, 3, 25)) == [("A1", "a week before")]
    moved = write_plan(promises=[_row(due_to="2022-04-10")])
    assert _run(moved, outbox, date(2022, 3, 25)) == [("A1", "four weeks before")]


def test_a_name_that_no_file_system_takes_still_gets_her_mail(write_plan: Callable[..., Path], outbox: Path):
    folder = write_plan(promises=[_row(owner="../Ann: *?"), _row("A2", owner="Ивана")])
    write_reminders(reminders_due(folder, outbox, as_of=DUE), outbox)
    names = sorted(path.name for path in outbox.glob("*.eml"))
    assert len(names) == 2
    assert all(name.startswith("2022-03-31-") and name.isascii() for name in names)


@pytest.mark.parametrize("content", [b"", b"who,what\n", b"\xff\xfe", b"owner\nAnn,Bee\n"])
def test_a_ledger_that_can_not_be_read_stops_the_run_so_that_nobody_is_told_twice(
    write_plan: Callable[..., Path], outbox: Path, content: bytes
):
    outbox.mkdir()
    (outbox / "ledger.csv").write_bytes(content)
    with pytest.raises(FileRefused, match="everybody is told again"):
        reminders_due(write_plan(promises=[_row()]), outbox, as_of=DUE)


def test_two_spellings_of_one_owner_are_one_person_with_one_mail(write_plan: Callable[..., Path], outbox: Path):
    folder = write_plan(promises=[_row(owner="Ann"), _row("A2", owner="ann "), _row("A3", owner="Ann  Lee")])
    found = reminders_due(folder, outbox, as_of=DUE)
    assert [(mail.owner, mail.subject.partition(": ")[2]) for mail in found.mails] == [
        ("Ann", "2 things fall due"),
        ("Ann Lee", "1 thing falls due"),
    ]
    assert len(write_reminders(found, outbox)) == len(list(outbox.glob("*.eml"))) == 2


def test_addresses_come_from_a_file_and_a_bad_one_is_named_by_line(tmp_path: Path):
    path = tmp_path / "who.csv"
    path.write_text("owner,address\nAnn,ann@northam.example\n", encoding="utf-8")
    assert read_addresses(path) == {"ann": "ann@northam.example"}
    path.write_text("owner,address\nAnn,ann@a\nBee,x@y\\nBcc: z\nBee,\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"who\.csv:3: needs an owner and one address"):
        read_addresses(path)
    path.write_text("owner,address\nAnn,ann@a\nANN,other@a\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"who\.csv:3: ANN stands with two addresses") as two:
        read_addresses(path)
    assert "@" not in str(two.value)
    path.write_bytes("owner,address\nAnn,änn@a\n".encode("latin-1"))
    with pytest.raises(FileRefused, match=r"who\.csv is not UTF-8\. Save it as CSV UTF-8\.$"):
        read_addresses(path)
    with pytest.raises(InputError, match="There is no file"):
        read_addresses(tmp_path / "no.csv")
