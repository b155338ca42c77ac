"""Who may ask for a file that leaves, who agrees, and what is refused."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from desks.cases.envelopes import read_words
from desks.cases.errors import NeedsWords
from desks.cases.restrictions import restrict_case
from desks.desk.errors import DeskMoveNotPossible, NotIndependent
from desks.exchange import actions
from desks.exchange.errors import NoSuchRight, NothingChosen, RestrictedCase, YearNotOver
from desks.exchange.models import DataExport, ExportRight
from desks.exchange.states import ExportKind, ExportReason, ExportState
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import stranger
from tests.people import person
from victor.accounts.models import User
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
WHY, WORDS = ExportReason.PARTNER, "The shelter goes on with her"


def membership_of(user: User) -> Membership:
    return Membership.objects.get(user=user)


def allowed(user: User, *kinds: ExportKind, by: User) -> None:
    """Somebody has the right for these kinds."""
    for kind in kinds:
        actions.give_right(membership_of(user), kind, by=by)


@pytest.fixture
def asked(here: CaseDesk) -> DataExport:
    """Anna has the right, and has asked for a case."""
    allowed(here.anna.person, ExportKind.CASES, ExportKind.TABLES, by=here.chief.person)
    return actions.ask_for_cases(here.desk, [here.case()], WHY, WORDS, by=here.anna.person)


def test_nobody_may_export_by_a_role(here):
    case = here.case()
    for who in (here.anna, here.chief):
        with pytest.raises(PermissionDenied):
            actions.ask_for_cases(here.desk, [case], WHY, WORDS, by=who.person)
        with pytest.raises(PermissionDenied):
            actions.ask_for_figures(ExportKind.TABLES, 2026, WHY, desk=here.desk, by=who.person)


def test_right_for_tables_is_none_for_cases(here):
    allowed(here.anna.person, ExportKind.TABLES, by=here.chief.person)
    with pytest.raises(PermissionDenied):
        actions.ask_for_cases(here.desk, [here.case()], WHY, WORDS, by=here.anna.person)


def test_nobody_gives_a_right_to_themselves(here):
    with pytest.raises(PermissionDenied):
        allowed(here.chief.person, ExportKind.CASES, by=here.chief.person)


def test_worker_and_supervisor_of_another_desk_give_no_right(here):
    for who in (here.anna.person, person(Role.SUPERVISOR, stranger().memberships.get().organisation)):
        with pytest.raises(PermissionDenied):
            allowed(here.ben.person, ExportKind.CASES, by=who)


def test_right_that_does_not_go_with_the_role_is_refused(here):
    with pytest.raises(NoSuchRight):
        allowed(here.anna.person, ExportKind.ROWS, by=here.chief.person)


def test_right_is_given_once(here):
    allowed(here.anna.person, ExportKind.CASES, by=here.chief.person)
    with pytest.raises(DeskMoveNotPossible):
        allowed(here.anna.person, ExportKind.CASES, by=here.chief.person)


def test_right_ends_with_the_role(here, asked):
    membership_of(here.anna.person).delete()
    assert not ExportRight.objects.exists()


def test_withdrawn_right_is_none(here, asked):
    right = ExportRight.objects.get(kind=ExportKind.CASES)
    actions.withdraw_right(right, by=here.boss.person)
    with pytest.raises(PermissionDenied):
        actions.ask_for_cases(here.desk, [here.case()], WHY, WORDS, by=here.anna.person)


def test_asked_case_has_the_words_sealed_in_its_record(here, asked):
    item = asked.items.get()
    assert read_words(item.case, [item], by=here.ben)[item.envelope_id] == {"text": WORDS}


def test_log_names_who_what_and_why_without_a_word(here, asked):
    assert json.loads(Entry.objects.get(action="export.asked").details) == {
        "kind": "cases",
        "why": "partner",
        "cases": 1,
    }


def test_asking_without_words_or_without_a_case_is_refused(here, asked):
    with pytest.raises(NeedsWords):
        actions.ask_for_cases(here.desk, [here.case()], WHY, " ", by=here.anna.person)
    with pytest.raises(NothingChosen):
        actions.ask_for_cases(here.desk, [], WHY, WORDS, by=here.anna.person)


def test_restricted_case_does_not_leave(here, asked):
    case = here.case()
    restrict_case(case, [here.anna.person, here.chief.person], by=here.chief)
    with pytest.raises(RestrictedCase):
        actions.ask_for_cases(here.desk, [case], WHY, WORDS, by=here.anna.person)


def test_case_of_another_desk_does_not_leave(here, asked):
    with pytest.raises(PermissionDenied):
        actions.ask_for_cases(here.desk, [CaseDesk("lamp").case()], WHY, WORDS, by=here.anna.person)


def test_another_supervisor_approves(here, asked):
    approved = actions.approve_export(asked, by=here.chief.person)
    assert approved.state == ExportState.APPROVED
    assert approved.is_open


def test_approval_holds_for_a_day(here, asked, at):
    approved = actions.approve_export(asked, by=here.chief.person)
    at(timezone.now() + timedelta(hours=24))
    assert not approved.is_open


def test_worker_and_asker_do_not_approve(here, asked):
    with pytest.raises(PermissionDenied):
        actions.approve_export(asked, by=here.ben.person)
    allowed(here.chief.person, ExportKind.CASES, by=here.boss.person)
    own = actions.ask_for_cases(here.desk, [here.case()], WHY, WORDS, by=here.chief.person)
    with pytest.raises(NotIndependent):
        actions.approve_export(own, by=here.chief.person)


def test_database_refuses_an_approval_by_the_asker(here, asked):
    with pytest.raises(IntegrityError), transaction.atomic():
        DataExport.objects.filter(pk=asked.pk).update(state="approved", decided_by=asked.asked_by)


def test_decided_request_is_not_decided_again(here, asked):
    actions.decline_export(asked, by=here.chief.person)
    with pytest.raises(DeskMoveNotPossible):
        actions.approve_export(asked, by=here.boss.person)


def test_asker_takes_the_request_back(here, asked):
    assert actions.decline_export(asked, by=here.anna.person).state == ExportState.DECLINED


def test_request_of_all_desks_for_a_year_that_is_not_over_is_refused(at):
    one, two = person(Role.COORDINATOR), person(Role.COORDINATOR)
    allowed(one, ExportKind.ROWS, by=two)
    with pytest.raises(YearNotOver):
        actions.ask_for_figures(ExportKind.ROWS, timezone.localdate().year, ExportReason.STATISTICS, by=one)
