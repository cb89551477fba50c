"""What says by which mail server to send, and as whom: the options of the commands that can send."""

from __future__ import annotations

import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lamplighter.errors import InputError

PASSWORD = "LAMPLIGHTER_MAIL_PASSWORD"  # noqa: S105 - the name of a variable, which holds it
LOOPBACK = ("localhost", "127.0.0.1", "::1")
ENCRYPTED_PORT, _SUBMISSION_PORT, _LOCAL_PORT = 465, 587, 25


class Tls(StrEnum):
    """Whether a mail may go over an open line."""

    REQUIRED = "required"
    IF_OFFERED = "if-offered"
    NONE = "none"


Server = Annotated[
    str | None,
    typer.Option(
        "--mail-server",
        metavar="HOST[:PORT]",
        help="Send by this server; without it nothing is sent. Port 587 if not given, 25 on this machine itself.",
    ),
]
Sender = Annotated[str | None, typer.Option("--from", metavar="ADDRESS", help="Who sends: the address to answer to.")]
User = Annotated[
    str | None,
    typer.Option("--mail-user", help=f"Whom to log in as; the password is read from the variable {PASSWORD}."),
]
Encryption = Annotated[
    Tls | None,
    typer.Option("--tls", help="Encryption: required if not said, if-offered for a server on this machine itself."),
]


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mails are handed in, as whom, and how. Its password is never printed."""

    host: str
    port: int
    sender: str
    tls: Tls
    user: str | None = None
    password: str | None = None
    timeout_s: float = 30.0

    def __repr__(self) -> str:
        return f"MailServer({self})"

    def __str__(self) -> str:
        return f"{self.host}:{self.port}"


def server_told(
    server: str, *, sender: str | None, user: str | None, tls: Tls | None, addresses: Path | None
) -> MailServer:
    """The server that the options name. Raises InputError naming the option that is missing or wrong."""
    from lamplighter.plan.sheets.owners import is_address

    if addresses is None:
        raise InputError("Sending needs addresses. Give --addresses FILE.csv with the columns owner and address.")
    if sender is None or not is_address(sender):
        raise InputError("Sending needs one address of the sender. Give --from name@example.org.")
    host, port = _host_and_port(server)
    is_here = host.casefold() in LOOPBACK
    password = os.environ.get(PASSWORD)
    if user is not None and not password:
        raise InputError(f"--mail-user needs a password in the variable {PASSWORD}. Set it, or leave --mail-user out.")
    return MailServer(
        host=host,
        port=port or (_LOCAL_PORT if is_here else _SUBMISSION_PORT),
        sender=sender,
        tls=tls or (Tls.IF_OFFERED if is_here else Tls.REQUIRED),
        user=user,
        password=password if user is not None else None,
    )


def _host_and_port(server: str) -> tuple[str, int | None]:
    host, port = server.strip(), ""
    if host.startswith("["):
        host, _, port = host[1:].partition("]")
        port = port.removeprefix(":")
    elif host.count(":") == 1:
        host, port = host.split(":")
    if not host or any(each.isspace() or each in "/@" for each in host):
        raise InputError(f"--mail-server {server!r} is no server. Write it as mail.example.org:587.")
    if port and not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise InputError(f"--mail-server {server!r}: {port!r} is no port. Write it as mail.example.org:587.")
    return host, int(port) if port else None
