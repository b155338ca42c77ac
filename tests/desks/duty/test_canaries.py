"""A report of danger with a word in every place: no call, no row of duty, no mail and no log holds it."""

from __future__ import annotations

import pytest
from django.db import connection

from desks.duty.models import DutyAlarm
from desks.duty.periodic import call_duty
from desks.intake import proof_of_work
from tests.desks.canaries import read_log
from tests.desks.duty.duty_gateway import DutyDesk, answer_of_gateway
from tests.files.metadata.samples import CANARY
from tests.people import browser_of, visitor

pytestmark = pytest.mark.django_db
FORM = dict.fromkeys(("story", "place", "when", "link", "how", "safe", "name"), CANARY)
ANSWERS = {"danger": "yes", "reporter": "other", "contact": "no", "at": "2", "go": "send"}
TABLES = ["desks_dutyalarm", "desks_dutycall", "desks_dutynumber", "desks_dutyspan", "mail_message", "audit_entry"]
TABLES += ["todo_openitem", "todo_settleditem"]


def rows() -> str:
    """Every row of what duty writes, as PostgreSQL writes it down."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT t::text FROM {table} t" for table in TABLES))
        return str(cursor.fetchall())


def test_nothing_that_duty_sends_or_stores_holds_what_was_said(gateway):
    duty = DutyDesk(title_el="Smile", is_fallback=True, languages=["en", "el"])
    with read_log() as log:
        form = FORM | ANSWERS | {"ticket": proof_of_work.new_ticket()}
        assert visitor().post("/el/report/gr/", form).status_code == 200
        call_duty()
        answer_of_gateway({"id": gateway.taken[0]["id"], "event": "heard"})
        alarm = DutyAlarm.objects.get()
        browser_of(duty.anna.person).post(f"{duty.url}duty/{alarm.pk}/calls/", {"text": CANARY})
        browser_of(duty.anna.person).post(f"{duty.url}duty/{alarm.pk}/take/")
    places = {"gateway": str(gateway.taken), "rows": rows(), "log": log.getvalue()}
    assert {name: content.count(CANARY) for name, content in places.items()} == dict.fromkeys(places, 0)
