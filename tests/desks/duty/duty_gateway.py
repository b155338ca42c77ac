"""A gateway that takes calls over HTTP, and answers as a test wants; and a desk whose people can be called."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from django.utils import timezone

from desks.duty.gateway import sign
from desks.duty.models import DutyNumber, DutySpan
from desks.duty.states import Rank
from desks.reports.models import Report
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import InboxDesk
from tests.people import person, visitor
from victor.accounts.models import User
from victor.field_encryption import encrypt_value

TOKEN = "a token that only the gateway and the tests know"
NUMBER = "+30691234567"


class HttpGatewayOfTest:
    """Listens on a free port of this machine. `refusals` and `status` decide what it answers."""

    def __init__(self) -> None:
        self.taken: list[dict[str, str]] = []  # what it was asked to send, in order
        self.tokens: set[str] = set()
        self.status = 202
        self.refusals: set[str] = set()  # numbers that it will never call
        self.watch: Callable[[], None] = lambda: None  # called while a request waits for its answer
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/calls"

    @property
    def numbers(self) -> list[str]:
        """Whom it was asked to call, in order."""
        return [content["to"] for content in self.taken]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gateway = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                gateway.watch()
                gateway.tokens.add(self.headers["Authorization"])
                status = 400 if content["to"] in gateway.refusals else gateway.status
                if status == 202:
                    gateway.taken.append(content)
                self.send_response(status)
                self.end_headers()

            def log_message(self, *_arguments: object) -> None:
                """Print nothing."""

        return Handler


@contextmanager
def running_gateway() -> Iterator[HttpGatewayOfTest]:
    """A gateway that listens until the end of the block."""
    gateway = HttpGatewayOfTest()
    thread = Thread(target=gateway.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield gateway
    gateway.server.shutdown()
    gateway.server.server_close()
    thread.join()


class DutyDesk(InboxDesk):
    """A desk where Anna is first and Ben next on duty at every hour, and both have a confirmed number."""

    def __init__(self, slug: str = "smile", **fields: Any) -> None:
        super().__init__(slug, **fields)
        for place, (who, rank) in enumerate([(self.anna.person, Rank.FIRST), (self.ben.person, Rank.NEXT)]):
            give_number(who, f"{NUMBER}{place}")
            give_all_hours(self, who, rank)

    def danger(self, **fields: Any) -> Report:
        """A report of danger that lies at the desk."""
        return self.report(danger=True, **fields)


def give_number(who: User, number: str = NUMBER, **fields: Any) -> DutyNumber:
    """A number that was confirmed."""
    given = {"encrypted_number": encrypt_value(number), "confirmed_at": timezone.now()} | fields
    return DutyNumber.objects.create(person=who, **given)


def give_all_hours(inbox: InboxDesk, who: User, rank: Rank) -> None:
    """Put somebody on duty at every hour of the week."""
    for weekday in range(7):
        DutySpan.objects.create(desk=inbox.desk, person=who, rank=rank, weekday=weekday, starts=time(), ends=time())


def answer_of_gateway(body: dict[str, str], *, moment: float | None = None, signature: str = "") -> int:
    """The status of an answer of the gateway, signed by it unless another signature is given."""
    content = json.dumps(body).encode()
    seconds = str(int(timezone.now().timestamp() if moment is None else moment))
    headers = {"X-Duty-Time": seconds, "X-Duty-Signature": signature or sign(content, seconds)}
    return visitor().post("/duty/calls", content, content_type="application/json", headers=headers).status_code


def new_colleague(inbox: InboxDesk, role: Role = Role.WORKER) -> User:
    """One more who works at the desk, without keys."""
    return person(role, inbox.organisation)
