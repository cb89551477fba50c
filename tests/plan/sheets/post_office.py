"""Not a test: a mail server on the loopback address that does as it is told, refusing, hanging up or never answering."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PEM = Path(__file__).with_name("loopback.pem")


@dataclass
class PostOffice:
    """What it does, and what it took: the mails, whom they were for, and whether the line was encrypted."""

    refuse: tuple[str, ...] = ()
    refuse_sender: bool = False
    refuse_content_of: tuple[str, ...] = ()
    hang_up_at: int | None = None
    hang_up_after_data: int | None = None
    silent: bool = False
    silent_at: int | None = None
    tls: bool = False
    user: str | None = None
    greets: bytes = b"220 post office ready"
    port: int = 0
    took: list[tuple[str, str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    logged_in: list[bytes] = field(default_factory=list)
    open_lines: list[socket.socket] = field(default_factory=list)

    @property
    def receivers(self) -> list[str]:
        return [each for each, _ in self.took]


@contextmanager
def opened(office: PostOffice) -> Iterator[PostOffice]:
    """Serves until the block ends, a thread a connection."""
    listening = socket.create_server(("127.0.0.1", 0))
    office.port = listening.getsockname()[1]

    def serve() -> None:
        with suppress(OSError):
            while True:
                line, _ = listening.accept()
                office.open_lines.append(line)
                threading.Thread(target=_talk, args=(line, office), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield office
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)
        for line in office.open_lines:
            line.close()


def _talk(line: socket.socket, office: PostOffice) -> None:
    with suppress(OSError, ValueError):
        _converse(line, office)
    with suppress(OSError):
        line.close()


def _converse(line: socket.socket, office: PostOffice) -> None:
    if office.silent:
        time.sleep(10)
        return
    encrypted, receiver, mails = False, "", 0
    line.sendall(office.greets + b"\r\n")
    reader = line.makefile("rb")
    while order := reader.readline().strip():
        verb = order[:4].upper()
        if verb == b"EHLO":
            offers = [b"post office"]
            offers += [b"STARTTLS"] if office.tls and not encrypted else []
            offers += [b"AUTH PLAIN"] if office.user else []
            told = [b"250" + (b" " if each is offers[-1] else b"-") + each for each in offers]
            line.sendall(b"\r\n".join(told) + b"\r\n")
        elif verb == b"STAR":
            line.sendall(b"220 go on\r\n")
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(PEM)
            line = context.wrap_socket(line, server_side=True)
            office.open_lines.append(line)
            reader, encrypted = line.makefile("rb"), True
        elif verb == b"AUTH":
            office.logged_in.append(order)
            line.sendall(b"235 welcome\r\n" if office.user == "right" else b"535 no bob@northam.example here\r\n")
        elif verb == b"MAIL":
            mails += 1
            if office.hang_up_at == mails:
                return
            if office.silent_at == mails:
                time.sleep(10)
            line.sendall(b"550 not from chief@northam.example\r\n" if office.refuse_sender else b"250 yes\r\n")
        elif verb == b"RCPT":
            receiver = order.decode().partition("<")[2].partition(">")[0]
            line.sendall(f"550 {receiver} is unknown\r\n".encode() if receiver in office.refuse else b"250 yes\r\n")
        elif verb == b"DATA":
            line.sendall(b"354 go on\r\n")
            content = b""
            while (part := reader.readline()) != b".\r\n":
                content += part
            if receiver in office.refuse_content_of:
                line.sendall(b"554 smells\r\n")
                continue
            office.took.append((receiver, content.decode("utf-8")))
            office.encrypted.append(encrypted)
            if office.hang_up_after_data == mails:
                return
            line.sendall(b"250 taken\r\n")
        elif verb == b"QUIT":
            line.sendall(b"221 bye\r\n")
            return
        else:
            line.sendall(b"250 yes\r\n")
