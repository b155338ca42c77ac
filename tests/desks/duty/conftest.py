from __future__ import annotations

from collections.abc import Iterator

import pytest

from desks.duty.views import THROTTLE
from tests.desks.duty.duty_gateway import TOKEN, DutyDesk, HttpGatewayOfTest, running_gateway


@pytest.fixture(autouse=True)
def no_earlier_answers() -> None:
    """What gateways of earlier tests have answered is forgotten."""
    THROTTLE.forget()


@pytest.fixture
def gateway(settings) -> Iterator[HttpGatewayOfTest]:
    """A gateway that listens, and of which the settings know."""
    with running_gateway() as gateway:
        settings.DUTY_GATEWAY_URL, settings.DUTY_GATEWAY_TOKEN = gateway.url, TOKEN
        settings.DUTY_GATEWAY_SENDER = "4821"
        yield gateway


@pytest.fixture
def duty(gateway: HttpGatewayOfTest) -> DutyDesk:
    """A desk whose people can be called."""
    return DutyDesk()
