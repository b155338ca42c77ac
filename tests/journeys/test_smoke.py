"""The shortest way through the whole portal, on whatever servers the environment names."""

from __future__ import annotations

import json
import urllib.request

from victor.celery import app


def test_smoke_from_a_page_to_a_delivered_mail(portal):
    with urllib.request.urlopen(f"{portal.url}/readyz") as answer:
        assert json.load(answer) == {"database": True, "migrations": True, "broker": True}
    with urllib.request.urlopen(f"{portal.url}/el/partners/smile-of-the-child/") as answer:
        assert "Το Χαμόγελο του Παιδιού" in answer.read().decode()
    portal.manage("sendtestemail", "someone@partner.example")
    assert portal.manage("shell", "-c", "from victor.mail.tasks import send_due; print(send_due())").split()[-1] == "1"
    assert "is whole" in portal.manage("verify_audit")
    assert app.connection_for_write().transport.driver_type in {"redis", "amqp"}
