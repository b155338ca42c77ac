"""The gateway that sends text messages and calls people: what we ask of it, and how its answers are verified.

Any service can stand behind it that takes the request of `HttpGateway` and signs its answers: docs/topics/duty.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin, urlsplit
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from desks.duty.errors import AnswerRefused, CallRefused, GatewayUnreachable
from desks.duty.states import GatewayEvent

if TYPE_CHECKING:
    from collections.abc import Mapping

SECONDS = 10  # that one request may take
MAX_AGE = timedelta(minutes=5)  # of an answer: an older one is a replay
MAX_ANSWER = 1024  # bytes
SUCCESS = range(200, 300)
LATER = {408, 425, 429}  # the gateway wants to be asked again


@dataclass(frozen=True)
class Dispatch:
    """What a gateway is asked to send. `id` is the same at every try, so that it can recognise a second one."""

    id: UUID
    channel: str
    number: str
    language: str
    text: str


class Gateway(Protocol):
    """Sends a text message, or calls and reads out a text."""

    def send(self, dispatch: Dispatch) -> None:
        """Hand it over.

        Raises:
            GatewayUnreachable, CallRefused: it was not taken, or nobody knows whether it was.
        """


@dataclass(frozen=True)
class HttpGateway:
    """A gateway that takes JSON by HTTP POST."""

    url: str
    token: str
    sender: str

    def send(self, dispatch: Dispatch) -> None:
        """Hand it over. A redirect is not followed: it would take the token elsewhere.

        Raises:
            GatewayUnreachable, CallRefused: as `Gateway` has it.
        """
        content = {
            "id": str(dispatch.id),
            "channel": dispatch.channel,
            "to": dispatch.number,
            "from": self.sender,
            "language": dispatch.language,
            "text": dispatch.text,
            "answers": urljoin(settings.SITE_URL, reverse("duty_answer")),
        }
        status = self._post(json.dumps(content).encode())
        if status in LATER or status >= 500:
            raise GatewayUnreachable(f"HTTP {status}")
        if status not in SUCCESS:
            raise CallRefused(f"HTTP {status}")

    def _post(self, body: bytes) -> int:
        address = urlsplit(self.url)
        connect = HTTPSConnection if address.scheme == "https" else HTTPConnection
        connection = connect(address.hostname or "", address.port, timeout=SECONDS)
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}
        try:
            connection.request("POST", address.path or "/", body, headers)
            return connection.getresponse().status
        except (OSError, HTTPException) as error:
            raise GatewayUnreachable(type(error).__name__) from error
        finally:
            connection.close()


def configured_gateway() -> Gateway | None:
    """The gateway of the settings; None where there is none, and danger is told by mail alone."""
    if not settings.DUTY_GATEWAY_URL:
        return None
    return HttpGateway(settings.DUTY_GATEWAY_URL, settings.DUTY_GATEWAY_TOKEN, settings.DUTY_GATEWAY_SENDER)


@dataclass(frozen=True)
class GatewayAnswer:
    """What the gateway tells of a call."""

    call: UUID
    event: GatewayEvent


def read_answer(body: bytes, headers: Mapping[str, str]) -> GatewayAnswer:
    """An answer of the gateway, once its signature and its age were verified.

    Raises:
        AnswerRefused: it is forged, too old or too long, or it cannot be read.
    """
    moment, signature = headers.get("X-Duty-Time", ""), headers.get("X-Duty-Signature", "")
    if not settings.DUTY_GATEWAY_TOKEN or len(body) > MAX_ANSWER:
        raise AnswerRefused
    if not hmac.compare_digest(sign(body, moment).encode(), signature.encode()):
        raise AnswerRefused
    try:
        age = timezone.now().timestamp() - int(moment)
        content = json.loads(body)
        answer = GatewayAnswer(UUID(content["id"]), GatewayEvent(content["event"]))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise AnswerRefused from error
    if abs(age) > MAX_AGE.total_seconds():
        raise AnswerRefused
    return answer


def sign(body: bytes, moment: str) -> str:
    """The signature of an answer: HMAC-SHA256 with the gateway's token over the moment, a full stop and the body."""
    signed = moment.encode() + b"." + body
    return hmac.new(settings.DUTY_GATEWAY_TOKEN.encode(), signed, hashlib.sha256).hexdigest()
