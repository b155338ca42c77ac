"""What the demo tells of children: twelve invented cases at two desks, made by the actions that people use."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from campaigns.reach.models import Activity
from desks.cases.demo import CHILDREN, PRESUMED, WORDS
from desks.cases.envelopes import words_of
from desks.cases.models import Case, CaseClock
from desks.cases.states import EntryKind, Stage, VictimStatus
from desks.enquiries.models import Enquiry
from desks.notifications.models import Notification
from desks.reports.models import Report
from desks.reports.states import ReportState
from tests.desks.project_desks import load_desk
from trainings.certificates.models import CertificateOrder
from trainings.evaluation.models import Response
from trainings.registrations.states import Stage as QuestionnaireStage
from victor.accounts import demo
from victor.accounts.models import User
from victor.audit.models import Entry
from victor.stories import PARTS
from victor.vault.passphrases.actions import unlock_vault
from victor.vault.records.actions import read_all

pytestmark = [pytest.mark.django_db, pytest.mark.long, pytest.mark.prove]
NOW = datetime(2026, 10, 31, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def now(at) -> None:
    at(NOW)


@pytest.fixture(scope="module")
def played(module_transaction) -> str:
    """What the command says, after everything that `make run` loads before it; done once for all tests."""
    out = StringIO()
    with time_machine.travel(NOW, tick=False):
        load_desk()
        call_command("load_campaigns", verbosity=0)
        call_command("load_trainings", verbosity=0)
        call_command("load_demo_accounts")
        call_command("load_demo_desk")
        call_command("play_stories", stdout=out)
    return out.getvalue()


def test_play_stories_makes_twelve_cases_at_two_desks_in_every_stage(played):
    assert played == f"Played {len({part.story for part in PARTS})} stories.\n"
    assert Counter(Case.objects.values_list("desk__slug", flat=True)) == {"greece": 7, "bulgaria": 5}
    assert Case.objects.filter(victim_status=VictimStatus.PRESUMED).count() == len(PRESUMED)
    assert set(Case.objects.values_list("stage", flat=True)) == set(Stage) - {Stage.MERGED, Stage.TRANSFERRED}
    assert Notification.objects.exclude(state="sent").count() == 0


def test_play_stories_leaves_a_little_that_is_late_at_each_desk(played):
    late = CaseClock.objects.filter(due_at__lte=NOW).values_list("case__desk__slug", "kind")
    assert Counter(late) == {
        ("bulgaria", "plan"): 1,
        ("bulgaria", "risk"): 1,
        ("greece", "plan"): 1,
        ("greece", "risk"): 2,
    }


def test_play_stories_opens_cases_on_their_days_while_the_log_tells_today(played):
    days = {(NOW - case.opened_at).days for case in Case.objects.all()}
    assert days == {child.days_ago for child in CHILDREN}
    assert {entry.at for entry in Entry.objects.all()} == {NOW}


def test_first_note_of_each_case_says_that_it_is_invented(played):
    worker = User.objects.get(email=f"worker@{demo.DOMAIN}")
    vault = unlock_vault(worker, demo.passphrase_of(worker.email))
    cases = Case.objects.filter(desk__slug="greece")
    notes = [case.timeline.filter(kind=EntryKind.NOTE).earliest("made_at") for case in cases]
    texts = read_all([words_of(note.case, note) for note in notes], by=vault)
    assert [content["text"] for content in texts.values()] == [WORDS["greece"].invented] * 7


def test_supervisor_of_the_second_desk_reads_its_cases_and_no_other(played):
    supervisor = User.objects.get(email=f"supervisor-bg@{demo.DOMAIN}")
    assert set(Case.objects.visible_to(supervisor).values_list("desk__slug", flat=True)) == {"bulgaria"}


def test_play_stories_fills_a_year_of_reports_at_two_desks(played):
    months = Report.objects.filter(is_test=False, desk__slug="greece").dates("received_at", "month")
    assert len(months) == 12
    assert set(Report.objects.values_list("state", flat=True)) == {
        ReportState.ACKNOWLEDGED,
        ReportState.TRIAGED,
        ReportState.REFERRED,
        ReportState.INFORMED,
        ReportState.CLOSED,
    }
    assert Counter(Report.objects.filter(due_at__lte=NOW).values_list("desk__slug", flat=True)) == {
        "greece": 1,
        "bulgaria": 1,
    }


def test_play_stories_leads_seminars_to_certificates(played):
    ordered = CertificateOrder.objects.values_list("registration__seminar__slug", flat=True)
    assert {slug.rsplit("-", 3)[0] for slug in ordered} == {"demo-spring", "demo-summer", "demo-autumn"}
    answered = Response.objects.filter(stage=QuestionnaireStage.AFTER, complete=True)
    assert answered.values("seminar").distinct().count() == 4


def test_play_stories_counts_enquiries_and_reach_in_each_month(played):
    assert len(Enquiry.objects.dates("day", "month")) >= 10
    assert len(Activity.objects.dates("date", "month")) >= 10
