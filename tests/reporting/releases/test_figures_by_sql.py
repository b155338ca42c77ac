"""Each figure of a release is what SQL counts that was written from the sentence of its definition alone."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.reporting.networks import RELEASED, Network, coordinator, make_draft
from victor.reporting.releases.presenters import figures_of

pytestmark = pytest.mark.django_db
SPAN = "BETWEEN '2026-01-01' AND '2026-06-30'"
RECEIVED = f"(r.received_at AT TIME ZONE 'Europe/Athens')::date {SPAN} AND NOT r.is_test"
TOTALS = {
    "enquiries": f"SELECT count(*) FROM desks_enquiry e WHERE e.day {SPAN}",
    "reports": f"SELECT count(*) FROM desks_report r WHERE {RECEIVED}",
    "contacts": f"""
        SELECT (SELECT count(*) FROM desks_enquiry e WHERE e.day {SPAN})
             + (SELECT count(*) FROM desks_report r WHERE {RECEIVED})""",
    "agreements": """
        SELECT count(*) FROM partners_agreement a
        WHERE a.valid_from <= '2026-06-30' AND (a.valid_to IS NULL OR a.valid_to >= '2026-06-30')
          AND (a.state = 'signed' OR a.state IN ('suspended', 'ended', 'terminated') AND a.moved_at > '2026-07-01')
          AND NOT EXISTS (SELECT 1 FROM partners_agreementparty p
                          WHERE p.agreement_id = a.id AND (p.signed_on IS NULL OR p.signed_on > '2026-06-30'))""",
    "contact_points": """
        SELECT count(*) FROM partners_contactpoint c LEFT JOIN accounts_user u ON u.id = c.user_id
        WHERE c.left_on IS NULL AND COALESCE(u.is_active, TRUE)""",
    "held": f"""
        SELECT count(DISTINCT s.id) FROM trainings_seminar s
        JOIN trainings_registration g ON g.seminar_id = s.id JOIN trainings_attendance a ON a.registration_id = g.id
        WHERE (s.starts AT TIME ZONE 'Europe/Athens')::date {SPAN} AND NOT s.cancelled AND s.ends <= '2026-08-05'""",
    "participants": f"""
        SELECT count(DISTINCT lower(g.email)) FROM trainings_registration g
        JOIN trainings_attendance a ON a.registration_id = g.id JOIN trainings_seminar s ON s.id = g.seminar_id
        WHERE (s.starts AT TIME ZONE 'Europe/Athens')::date {SPAN} AND NOT s.cancelled""",
    "referrals": f"""
        SELECT count(*) FROM desks_referral r
        WHERE (r.sent_at AT TIME ZONE 'Europe/Athens')::date {SPAN} AND r.kind IN ('service', 'transfer')""",
}
BY_VALUE = {
    ("enquiries", "topic"): f"SELECT e.topic, count(*) FROM desks_enquiry e WHERE e.day {SPAN} GROUP BY 1",
    ("enquiries", "caller"): f"SELECT e.caller, count(*) FROM desks_enquiry e WHERE e.day {SPAN} GROUP BY 1",
    ("enquiries", "channel"): f"SELECT e.channel, count(*) FROM desks_enquiry e WHERE e.day {SPAN} GROUP BY 1",
    ("reports", "channel"): f"SELECT r.channel, count(*) FROM desks_report r WHERE {RECEIVED} GROUP BY 1",
    ("reports", "danger"): f"""
        SELECT CASE WHEN r.danger THEN 'yes' ELSE 'no' END, count(*) FROM desks_report r WHERE {RECEIVED} GROUP BY 1""",
    ("reach_handed_out", "channel"): f"""
        SELECT a.channel, sum(a.number) FROM campaigns_activity a
        WHERE a.measure = 'handed_out' AND a.date {SPAN} GROUP BY 1""",
}


def rows_of(query: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


@pytest.fixture
def figures(at):
    at(RELEASED)
    Network(reports=(40, 26, 14))
    return {figure.key: figure for figure in figures_of(make_draft(coordinator("maker")))}


def test_total_of_each_figure_is_what_sql_counts(figures):
    counted = {key: rows_of(query)[0][0] for key, query in TOTALS.items()}
    shown = {key: figures[key].total for key in TOTALS}
    assert {key: (shown[key], counted[key]) for key in TOTALS if shown[key] not in (counted[key], None)} == {}
    assert shown["enquiries"] == 480


def test_parts_of_each_figure_are_what_sql_counts(figures):
    wrong = []
    for (key, breakdown), query in BY_VALUE.items():
        counted = dict(rows_of(query))
        for value, _label in figures[key].values(breakdown):
            number = figures[key].row({breakdown: value}, "").number
            if number not in (None, counted.get(value, 0)):
                wrong.append((key, breakdown, value, number, counted.get(value, 0)))
    assert wrong == []
