"""Mails by a real mail server on the loopback: the ledger says which were sent, whatever goes wrong, and no address is told."""

from __future__ import annotations

import email
import re
import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from email import policy
from pathlib import Path
from typing import Any

import pytest
import typer
from tests.plan.sheets.post_office import PEM, PostOffice, opened
from typer.testing import CliRunner, Result

from lamplighter.cli import sheets
from lamplighter.cli.mailing import PASSWORD, MailServer, Tls, server_told
from lamplighter.cli.sending import only_sender, send_each
from lamplighter.errors import InputError, LamplighterError, WorkspaceBusy
from lamplighter.plan.sheets.reminding import Mail, read_ledger

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "::1"])
WORD = "lantern"
NOW = datetime(2022, 3, 25, 9, 0, tzinfo=UTC)
app = typer.Typer()
app.command("ask")(sheets.ask)
app.command("remind")(sheets.remind)
ADDRESSES = "owner,address\nAnn,ann@northam.example\nBee,bee@northam.example\nCee,cee@northam.example\n"


@pytest.fixture
def folder(write_plan: Callable[..., Path]) -> Path:
    """Ann, Bee and Cee own a promise each, due on one day."""
    rows = [
        {"id": f"A{at}", "version": "V1", "kind": "action", "title": f"Task {at}", "owner": owner, "due_words": "in 2022",
         "due_to": "2022-03-31"}
        for at, owner in enumerate(("Ann", "Bee", "Cee"), start=1)
    ]  # fmt: skip
    return write_plan(promises=rows)


@pytest.fixture
def send(folder: Path, tmp_path: Path) -> Callable[..., Result]:
    """Runs `plan remind` by an open post office; `what` may be `ask` with its options."""
    (tmp_path / "who.csv").write_text(ADDRESSES, encoding="utf-8")

    def run(office: PostOffice, *more: str, what: str = "remind") -> Result:
        asked = [what, str(folder), "--as-of", "2022-03-25", "--out", str(tmp_path / "outbox"), "--from", "chief@northam.example",
                 "--mail-server", f"127.0.0.1:{office.port}", "--addresses", str(tmp_path / "who.csv"), *more]  # fmt: skip
        return CliRunner().invoke(app, asked)

    return run


def _sent(tmp_path: Path) -> list[tuple[str, str]]:
    return [(each.owner, each.how) for each in read_ledger(tmp_path / "outbox" / "ledger.csv") if each.how == "sent"]


def _said(result: Result) -> str:
    return result.output + (str(result.exception) if isinstance(result.exception, LamplighterError) else "")


def test_each_owner_gets_her_mail_once_and_the_ledger_says_so(send: Callable[..., Result], tmp_path: Path):
    with opened(PostOffice()) as office:
        said = send(office)
        again = send(office)
    assert (said.exit_code, again.exit_code) == (0, 0)
    assert office.receivers == ["ann@northam.example", "bee@northam.example", "cee@northam.example"]
    mail: Any = email.message_from_string(office.took[0][1], policy=policy.default)
    assert (mail["From"], mail["To"]) == ("chief@northam.example", "ann@northam.example")
    assert mail["Date"] is not None
    assert re.fullmatch(r"<[0-9a-f]{32}@northam\.example>", mail["Message-ID"])
    assert (mail["X-Unsent"], mail["Subject"]) == (None, "Safer nights in Northam: 1 thing falls due")
    assert "- A1: Task 1. Due on 31 March 2022, in 6 days." in mail.get_content()
    assert _sent(tmp_path) == [("Ann", "sent"), ("Bee", "sent"), ("Cee", "sent")]
    assert "3 of 3 mails were sent." in said.output
    assert "0 of 0 mails were sent." in again.output
    assert not list((tmp_path / "outbox").glob("*.eml"))


def test_a_refused_address_leaves_the_others_sent_and_is_tried_again(send: Callable[..., Result], tmp_path: Path):
    with opened(PostOffice(refuse=("bee@northam.example",))) as office:
        said = send(office)
        assert said.exit_code == 1
        assert "Not sent to Bee: the server refuses the address (550)." in said.output
        assert _sent(tmp_path) == [("Ann", "sent"), ("Cee", "sent")]
        office.refuse = ()
        assert send(office).exit_code == 0
    assert office.receivers == ["ann@northam.example", "cee@northam.example", "bee@northam.example"]


def test_a_refused_mail_leaves_the_others_sent(send: Callable[..., Result], tmp_path: Path):
    with opened(PostOffice(refuse_content_of=("ann@northam.example",))) as office:
        said = send(office)
    assert "Not sent to Ann: the server refuses the mail (554)." in said.output
    assert _sent(tmp_path) == [("Bee", "sent"), ("Cee", "sent")]


def test_a_connection_cut_before_a_mail_leaves_the_ledger_with_what_was_sent_and_the_next_run_sends_the_rest(
    send: Callable[..., Result], tmp_path: Path
):
    with opened(PostOffice(hang_up_at=2)) as office:
        said = send(office)
        assert said.exit_code == 1
        assert f"Stopped: the connection to 127.0.0.1:{office.port} was cut. Not sent: Bee, Cee." in said.output
        assert _sent(tmp_path) == [("Ann", "sent")]
        office.hang_up_at = None
        assert send(office).exit_code == 0
    assert office.receivers == ["ann@northam.example", "bee@northam.example", "cee@northam.example"]


def test_a_mail_whose_yes_was_lost_is_said_to_be_in_doubt_and_comes_again_under_the_same_number(
    send: Callable[..., Result], tmp_path: Path
):
    with opened(PostOffice(hang_up_after_data=1)) as office:
        said = send(office)
        assert "The mail to Ann may have been taken all the same; the next run sends it again." in said.output
        assert _sent(tmp_path) == []
        office.hang_up_after_data = None
        send(office)
    assert office.receivers.count("ann@northam.example") == 2
    numbers = [email.message_from_string(text)["Message-ID"] for to, text in office.took if to.startswith("ann")]
    assert numbers[0] == numbers[1]


def test_a_sender_whom_the_server_does_not_take_stops_the_run(send: Callable[..., Result], tmp_path: Path):
    with opened(PostOffice(refuse_sender=True)) as office:
        said = send(office)
    assert (said.exit_code, "takes no mail from the address of --from (550)" in said.output) == (1, True)
    assert (_sent(tmp_path), office.took) == ([], [])


def test_an_owner_without_an_address_is_named_and_the_others_are_sent(send: Callable[..., Result], tmp_path: Path):
    (tmp_path / "who.csv").write_text("owner,address\nann,ann@northam.example\n", encoding="utf-8")
    with opened(PostOffice()) as office:
        said = send(office)
    assert (said.exit_code, office.receivers) == (1, ["ann@northam.example"])
    assert "Not sent to Bee: no address." in said.output
    assert "1 of 3 mails were sent." in said.output


@pytest.mark.parametrize(
    "office",
    [
        PostOffice(refuse=("ann@northam.example", "bee@northam.example")),
        PostOffice(refuse_sender=True),
        PostOffice(hang_up_at=1),
        PostOffice(greets=b"554 no bob@northam.example today"),
        PostOffice(greets=b"HTTP/1.1 400 Bad Request"),
        PostOffice(),
    ],
)
def test_no_address_is_ever_said(send: Callable[..., Result], tmp_path: Path, office: PostOffice):
    with opened(office):
        said = send(office)
    assert "@" not in _said(said)
    ledger = tmp_path / "outbox" / "ledger.csv"
    assert not ledger.exists() or "@" not in ledger.read_text(encoding="utf-8")


def test_a_dry_run_connects_to_nobody(send: Callable[..., Result], tmp_path: Path):
    with opened(PostOffice()) as office:
        said = send(office, "--dry-run")
    assert office.open_lines == []
    assert (
        said.output.endswith("3 mails, 3 new ledger lines. Nothing was sent.\n") or "Nothing was sent." in said.output
    )
    assert not (tmp_path / "outbox").exists()


def _mail() -> Mail:
    return Mail(owner="Ann", address="ann@northam.example", subject="s", text="t", file="f")


def _hand_over(office: PostOffice, *, timeout_s: float = 5, context: ssl.SSLContext | None = None, **told: Any) -> int:
    asked = {"tls": Tls.NONE, **told}
    server = MailServer(
        host="127.0.0.1", port=office.port, sender="chief@northam.example", timeout_s=timeout_s, **asked
    )
    return len(send_each([_mail()], server, now=NOW, enter_sent=lambda _: None, context=context).sent)


def test_a_server_that_never_answers_is_given_up():
    with (
        opened(PostOffice(silent=True)) as office,
        pytest.raises(InputError, match=r"did not answer within 0\.3 seconds"),
    ):
        _hand_over(office, timeout_s=0.3)


def test_a_server_that_falls_silent_in_the_middle_is_given_up_and_the_mail_is_in_doubt():
    with opened(PostOffice(silent_at=1)) as office:
        server = MailServer(
            host="127.0.0.1", port=office.port, sender="chief@northam.example", tls=Tls.NONE, timeout_s=0.3
        )
        done = send_each([_mail()], server, now=NOW, enter_sent=lambda _: None)
    assert (done.sent, done.doubted) == ((), _mail())
    assert str(done.stopped).endswith("did not answer within 0.3 seconds")


def test_a_server_that_is_not_there_is_said():
    with opened(PostOffice()) as office:
        pass
    with pytest.raises(InputError, match=r"can't be reached .* Nothing was sent\."):
        _hand_over(office)


def test_where_encryption_is_required_and_not_offered_nothing_is_sent():
    with opened(PostOffice()) as office, pytest.raises(InputError, match=r"offers no encryption \(STARTTLS\)"):
        _hand_over(office, tls=Tls.REQUIRED)
    assert office.took == []


def test_encryption_that_is_offered_is_used_and_a_strange_certificate_is_not_trusted():
    known = ssl.create_default_context(cafile=str(PEM))
    with opened(PostOffice(tls=True)) as office:
        assert _hand_over(office, tls=Tls.IF_OFFERED, context=known) == 1
        assert office.encrypted == [True]
        with pytest.raises(InputError, match=r"The certificate of 127\.0\.0\.1:\d+ can't be trusted"):
            _hand_over(office, tls=Tls.IF_OFFERED)
        assert len(office.took) == 1


def test_a_password_is_used_and_a_wrong_one_is_said_without_it():
    with opened(PostOffice(user="right")) as office:
        assert _hand_over(office, user="bob", password=WORD) == 1
        assert len(office.logged_in) == 1
    with opened(PostOffice(user="wrong")) as office, pytest.raises(InputError, match=r"\(535\)") as refused:
        _hand_over(office, user="bob", password=WORD)
    assert WORD not in str(refused.value)
    assert "@" not in str(refused.value)


def test_a_server_is_never_printed_with_its_password():
    server = MailServer(host="h", port=25, sender="a@b", tls=Tls.NONE, user="bob", password=WORD)
    assert WORD not in f"{server!r} {server}"


def test_what_is_not_said_of_a_server_is_filled_in(monkeypatch: pytest.MonkeyPatch):
    told: dict[str, Any] = {"sender": "chief@northam.example", "user": None, "tls": None, "addresses": Path("who.csv")}
    away, here = server_told("mail.northam.example", **told), server_told("localhost", **told)
    assert (away.host, away.port, away.tls) == ("mail.northam.example", 587, Tls.REQUIRED)
    assert (here.host, here.port, here.tls) == ("localhost", 25, Tls.IF_OFFERED)
    assert str(server_told("[::1]:2525", **told)) == "::1:2525"
    monkeypatch.setenv(PASSWORD, WORD)
    assert server_told("mail.northam.example", **told).password is None  # without a user it goes nowhere
    assert server_told("mail.northam.example", **{**told, "user": "bob"}).password == WORD


@pytest.mark.parametrize(
    ("server", "change", "said"),
    [
        ("mail:x", {}, "'x' is no port"),
        ("mail:99999", {}, "'99999' is no port"),
        ("", {}, "is no server"),
        ("https://mail", {}, "is no"),
        ("mail", {"sender": None}, "Give --from"),
        ("mail", {"sender": "a@b\nBcc: c@d"}, "Give --from"),
        ("mail", {"addresses": None}, "Give --addresses"),
        ("mail", {"user": "bob"}, f"needs a password in the variable {PASSWORD}"),
    ],
)
def test_an_option_that_is_missing_or_wrong_is_named(
    server: str, change: dict[str, Any], said: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv(PASSWORD, raising=False)
    told: dict[str, Any] = {"sender": "chief@northam.example", "user": None, "tls": None, "addresses": Path("who.csv")}
    with pytest.raises(InputError, match=re.escape(said)):
        server_told(server, **{**told, **change})


def test_how_to_send_without_a_server_is_said(folder: Path):
    said = CliRunner().invoke(app, ["remind", str(folder), "--from", "a@b"])
    assert "--from says how to send, and nothing is sent without --mail-server HOST" in _said(said)


def test_two_runs_at_once_are_one(send: Callable[..., Result], tmp_path: Path):
    with opened(PostOffice()) as office, only_sender(tmp_path / "outbox"):
        said = send(office)
    assert isinstance(said.exception, WorkspaceBusy)
    assert office.took == []


def test_a_ledger_that_can_not_be_written_stops_before_the_first_mail(send: Callable[..., Result], tmp_path: Path):
    (tmp_path / "outbox" / "ledger.csv").mkdir(parents=True)
    with opened(PostOffice()) as office:
        said = send(office)
    assert "can't be written" in _said(said)
    assert office.took == []


def test_a_ledger_that_fails_after_the_servers_yes_is_said_with_the_owner():
    def fails(mail: Mail) -> None:
        raise InputError("ledger.csv can't be written (No space left on device).")

    with opened(PostOffice()) as office:
        server = MailServer(host="127.0.0.1", port=office.port, sender="chief@northam.example", tls=Tls.NONE)
        with pytest.raises(InputError, match=r"mail to Ann was sent, and the ledger does not"):
            send_each([_mail()], server, now=NOW, enter_sent=fails)
    assert office.receivers == ["ann@northam.example"]


def test_pages_are_sent_to_all_owners_with_the_workbook_attached_and_each_once(
    send: Callable[..., Result], tmp_path: Path
):
    with opened(PostOffice(refuse=("bee@northam.example",))) as office:
        said = send(office, "--all", what="ask")
        assert (said.exit_code, "2 of 3 mails were sent." in said.output) == (1, True)
        office.refuse = ()
        assert send(office, "--all", what="ask").exit_code == 0
    assert office.receivers == ["ann@northam.example", "cee@northam.example", "bee@northam.example"]
    mail: Any = email.message_from_string(office.took[0][1], policy=policy.default)
    (attached,) = mail.iter_attachments()
    (page,) = (tmp_path / "outbox").glob("2022-03-25-ann-*.xlsx")
    assert attached.get_filename() == page.name
    assert attached.get_content()[:2] == b"PK"
    assert "Your page with 1 promise is attached." in mail.get_body().get_content()
    assert "answer this mail with it by 8 April 2022" in " ".join(mail.get_body().get_content().split())
