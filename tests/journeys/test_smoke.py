"""The shortest way through the whole portal, on whatever servers the environment names."""

from __future__ import annotations

import json
import urllib.request
import uuid

from victor.celery import app


def test_smoke_from_a_page_to_a_delivered_mail(portal):
    with urllib.request.urlopen(f"{portal.url}/readyz") as answer:
        assert json.load(answer) == {"database": True, "migrations": True, "broker": True}
    with urllib.request.urlopen(f"{portal.url}/el/partners/smile-of-the-child/") as answer:
        assert "Το Χαμόγελο του Παιδιού" in answer.read().decode()
    address = f"{uuid.uuid4()}@partner.example"
    portal.manage("sendtestemail", address)
    portal.manage("shell", "-c", "from victor.mail.tasks import send_due; send_due()")
    assert any(address in mail.read_text() for mail in portal.mails.iterdir())
    assert "is whole" in portal.manage("verify_audit")
    assert app.connection_for_write().transport.driver_type in {"redis", "amqp"}
