"""Mails handed to a mail server, one by one, and only where somebody named a server: the one place that speaks to a network."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

import typer

from lamplighter.cli.mailing import ENCRYPTED_PORT, LOOPBACK, PASSWORD, MailServer, Tls
from lamplighter.cli.say import say
from lamplighter.errors import InputError, WorkspaceBusy
from lamplighter.plan.sheets.reminding import Mail, as_sent, enter
from lamplighter.plan.sheets.whole_files import make_folder

_LOCK = ".sending.lock"


@dataclass(frozen=True, kw_only=True)
class Sending:
    """What came of it. `stopped` says why the rest was not tried; `doubted` may have been taken without our knowing."""

    sent: tuple[Mail, ...]
    refused: tuple[tuple[Mail, str], ...]
    left: tuple[Mail, ...] = ()
    doubted: Mail | None = None
    stopped: str | None = None


@contextlib.contextmanager
def only_sender(outbox: Path) -> Iterator[None]:
    """Nobody else sends from this outbox meanwhile, so that two runs at once tell nobody twice. Raises WorkspaceBusy."""
    import filelock

    make_folder(outbox)
    lock = filelock.FileLock(outbox / _LOCK, timeout=0)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise WorkspaceBusy(f"Another command is sending from {outbox}. Wait until it ends, then try again.") from None
    try:
        yield
    finally:
        lock.release()


def send_each(
    mails: Sequence[Mail],
    server: MailServer,
    *,
    now: datetime,
    enter_sent: Callable[[Mail], None],
    context: ssl.SSLContext | None = None,
) -> Sending:
    """Hands over each mail and enters it at once, before the next, so that what is entered is what the server took.

    A crash between the server's yes and the entry leaves a mail sent and not entered: the next run sends it again, under the
    same Message-ID. A refused address or a refused mail leaves the others to be sent; a cut connection ends the run.
    Raises InputError if the server can't be used at all; then nothing was sent.
    """
    if not mails:
        return Sending(sent=(), refused=())
    sent: list[Mail] = []
    refused: list[tuple[Mail, str]] = []
    post = _connected(server, context or ssl.create_default_context())
    try:
        for at, mail in enumerate(mails):
            stopped, doubted = None, None
            try:
                post.send_message(_message(mail, server, now), server.sender, [str(mail.address)])
            except smtplib.SMTPRecipientsRefused as error:
                code = next(iter(error.recipients.values()))[0]
                refused.append((mail, f"the server refuses the address ({code})"))
                continue
            except smtplib.SMTPDataError as error:
                refused.append((mail, f"the server refuses the mail ({error.smtp_code})"))
                continue
            except smtplib.SMTPNotSupportedError:
                refused.append((mail, "the server can't carry an address with such letters"))
                continue
            except smtplib.SMTPSenderRefused as error:
                stopped = f"{server} takes no mail from the address of --from ({error.smtp_code})"
            except OSError as error:  # smtplib's own errors are of this kind too
                late = f"{server} did not answer within {server.timeout_s:g} seconds"
                stopped = late if _is_late(error) else f"the connection to {server} was cut"
                doubted = mail
            if stopped is not None:
                return Sending(
                    sent=tuple(sent), refused=tuple(refused), left=tuple(mails[at:]), doubted=doubted, stopped=stopped
                )
            sent.append(mail)
            try:
                enter_sent(mail)
            except InputError as error:
                raise InputError(
                    f"The mail to {mail.owner} was sent, and the ledger does not say so: {error} The next run sends it again."
                ) from None
    finally:
        with contextlib.suppress(OSError):
            post.quit()
    return Sending(sent=tuple(sent), refused=tuple(refused))


def _connected(server: MailServer, context: ssl.SSLContext) -> smtplib.SMTP:
    """A connection that is encrypted and logged in as far as was asked. Raises InputError with the mend, and no address."""
    post: smtplib.SMTP | None = None
    try:
        if server.port == ENCRYPTED_PORT and server.tls is not Tls.NONE:
            post = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_s, context=context)
            encrypted = True
        else:
            post = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
            encrypted = _encrypt(post, server, context)
        if server.user is not None and server.password is not None:
            if not encrypted and server.host.casefold() not in LOOPBACK:
                raise InputError(f"{server} offers no encryption, so no password was sent. Leave out --mail-user.")
            post.login(server.user, server.password)
    except InputError:
        _hang_up(post)
        raise
    except ssl.SSLCertVerificationError as error:
        _hang_up(post)
        raise InputError(
            f"The certificate of {server} can't be trusted ({error.verify_message}). Ask for the server's right name; on this "
            "machine itself add --tls none. Nothing was sent."
        ) from None
    except (OSError, UnicodeError) as error:
        _hang_up(post)
        raise InputError(f"{_why(server, error)} Nothing was sent.") from None
    return post


def _encrypt(post: smtplib.SMTP, server: MailServer, context: ssl.SSLContext) -> bool:
    post.ehlo_or_helo_if_needed()
    if server.tls is Tls.NONE:
        return False
    if post.has_extn("starttls"):
        post.starttls(context=context)
        post.ehlo()
        return True
    if server.tls is Tls.REQUIRED:
        raise InputError(
            f"{server} offers no encryption (STARTTLS), so nothing was sent. Ask for another port; if the mails may go over "
            "an open line, add --tls if-offered."
        )
    return False


def _why(server: MailServer, error: Exception) -> str:
    """What went wrong and the mend. A server's own words are left out: they may repeat an address."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return (
            f"{server} does not take the user or the password ({error.smtp_code}). Look at --mail-user and {PASSWORD}."
        )
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return f"{server} offers no log-in. Leave out --mail-user."
    if isinstance(error, UnicodeError):
        return f"{server} can't be named or logged in to with such letters. Look at --mail-server, --mail-user and {PASSWORD}."
    if _is_late(error):
        return f"{server} did not answer within {server.timeout_s:g} seconds. Look at --mail-server."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{server} refuses us ({error.smtp_code}). Look at --mail-server."
    if isinstance(error, smtplib.SMTPException | ssl.SSLError):
        return f"{server} does not speak as a mail server should. Look at --mail-server and its port."
    return f"{server} can't be reached ({getattr(error, 'strerror', None) or type(error).__name__}). Look at --mail-server."


def _is_late(error: Exception) -> bool:
    """smtplib tells a server that said nothing as one that hung up, and keeps the true reason behind it."""
    return isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)


def _hang_up(post: smtplib.SMTP | None) -> None:
    if post is not None:
        with contextlib.suppress(OSError):
            post.close()


def _message(mail: Mail, server: MailServer, now: datetime) -> EmailMessage:
    message = mail.message()
    message["From"] = server.sender
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{mail.number}@{server.sender.rpartition('@')[2]}>"
    return message


def send_and_say(mails: Sequence[Mail], server: MailServer, outbox: Path, *, now: datetime) -> None:
    """Sends what has an address, says what came of each, by the owner's name alone. Exits 1 if any was not sent."""
    enter(outbox, ())  # a ledger that can't be written is better known before the first mail
    with_address = [each for each in mails if each.address]
    done = send_each(with_address, server, now=now, enter_sent=lambda mail: enter(outbox, as_sent(mail)))
    for mail in done.sent:
        say(f"Sent to {mail.owner}: {mail.subject}")
    for mail, why in done.refused:
        say(f"Not sent to {mail.owner}: {why}.")
    for mail in mails:
        if not mail.address:
            say(f"Not sent to {mail.owner}: no address. Add a line to the file of --addresses.")
    if done.stopped:
        say(f"Stopped: {done.stopped}. Not sent: {', '.join(each.owner for each in done.left)}.")
    if done.doubted is not None:
        say(f"The mail to {done.doubted.owner} may have been taken all the same; the next run sends it again.")
    say(f"{len(done.sent)} of {len(mails)} mails were sent. The ledger in {outbox} says which; run again for the rest.")
    if len(done.sent) < len(mails):
        raise typer.Exit(1)
