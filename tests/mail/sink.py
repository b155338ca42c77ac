"""A mail server that keeps what it takes, slowly enough to be caught at it."""

from __future__ import annotations

import asyncio
import email
import threading
from email.message import EmailMessage
from email.policy import default
from typing import Any, Self

from aiosmtpd.smtp import SMTP, Envelope, Session

OK = "250 OK"


class Sink:
    """Listens on a free port of this machine."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, EmailMessage]] = []  # recipient and mail, in order
        self.message_ids: list[str] = []  # of all that was taken, doubled ones twice
        self.answers: dict[str, str] = {}  # to RCPT, by recipient, where it is not OK
        self.answer = OK  # to DATA
        self.rude = False  # answers goodbye with an error
        self.pause = 0.0  # seconds between keeping a mail and saying so
        self._news = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server
        self._callers: list[SMTP] = []

    def __enter__(self) -> Self:
        self._thread.start()
        self.open()
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def open(self, port: int = 0) -> None:
        """Listen, on a free port unless told which."""
        listening = self._loop.create_server(self._answer_caller, "127.0.0.1", port)
        self._server = asyncio.run_coroutine_threadsafe(listening, self._loop).result()
        self.port: int = self._server.sockets[0].getsockname()[1]
        self.url = f"smtp://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Listen no more."""
        self._loop.call_soon_threadsafe(self._server.close)

    def _answer_caller(self) -> SMTP:
        self._callers.append(SMTP(self, loop=self._loop))
        return self._callers[-1]

    async def _hang_up(self) -> None:
        """End the connections of those who are still there: a process that was killed says no goodbye."""
        for caller in self._callers:
            if caller.transport is not None:
                caller.transport.abort()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    @property
    def recipients(self) -> list[str]:
        """Of all that was taken, in order."""
        return [recipient for recipient, _mail in self.taken]

    def wait_for(self, *, count: int, seconds: float) -> bool:
        """Wait until so many different messages have come."""
        with self._news:
            return self._news.wait_for(lambda: len(set(self.message_ids)) >= count, seconds)

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the recipient, or answer as told."""
        answer = self.answers.get(address, OK)
        if answer == OK:
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Say goodbye, or nonsense."""
        return "500 what?" if self.rude else "221 Bye"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        """Keep the mail, wait, say so."""
        if self.answer == OK:
            mail: Any = email.message_from_bytes(envelope.content, policy=default)
            with self._news:
                self.taken.append((envelope.rcpt_tos[0], mail))
                self.message_ids.append(mail["Message-ID"])
                self._news.notify_all()
            await asyncio.sleep(self.pause)
        return self.answer
