"""Authorities are told in parallel, each with its own clock; the lead alone excuses one."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from desks.cases import assignments
from desks.cases.closures import ClosureFacts, ask_to_move
from desks.cases.code_lists import ClosureOutcome, ClosureReason
from desks.cases.envelopes import read_words
from desks.cases.errors import CaseMoveNotPossible, InTheFuture, NeedsWords, NotTheAsker, Obstructed
from desks.cases.gates import gate_of
from desks.cases.models import Case, CaseClock, today
from desks.cases.states import CaseMove, EntryKind, VictimStatus
from desks.notifications import actions, approvals
from desks.notifications.errors import NoList, NotPresumed
from desks.notifications.models import Notification, NotificationStep
from desks.notifications.states import AuthorityKind, NotificationState
from partners.directory.models import Country
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.notifications.notification_desks import NAME, WORDS, added, presume, send
from victor.audit.models import Entry
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def case(here) -> Case:
    return here.case()


def clocks(case: Case) -> list[object]:
    """When the clocks of the authorities run out."""
    return list(CaseClock.objects.filter(case=case, kind="notify").values_list("due_at", flat=True))


def is_met(case: Case) -> bool:
    """Whether the gate of assessing has what it needs of notifications."""
    gate = gate_of(case, CaseMove.ASSESS)
    return next(met for needed, met in gate.requirements if needed.name == "notifications")


def test_gate_before_a_child_is_presumed_needs_nothing(case):
    assert is_met(case)


def test_gate_after_a_child_is_presumed_needs_at_least_one_authority(here, case):
    assert not is_met(presume(here, case))


def test_gate_with_one_authority_that_waits_is_not_met(here, case):
    case = presume(here, case)
    first, _second = (added(case, by=here.anna.person) for _number in range(2))
    send(first, by=here.anna.person)
    assert not is_met(case)


def test_gate_with_every_authority_told_or_excused_is_met(here, case):
    case = presume(here, case)
    first, second = (added(case, by=here.anna.person) for _number in range(2))
    send(first, by=here.anna.person)
    actions.ask_exception(second, "She fled from them", by=here.anna.person)
    approvals.allow_exception(second, "Agreed", by=here.chief.person)
    assert is_met(case)


def test_add_authority_starts_its_clock_from_the_moment_of_presuming(here, case):
    case = presume(here, case)
    added(case, by=here.anna.person)
    assert clocks(case) == [case.presumed_at + timedelta(hours=here.desk.country.notify_hours)]


def test_add_authorities_gives_each_a_clock_with_the_same_time(here, case):
    case = presume(here, case)
    for kind in (AuthorityKind.CHILD_PROTECTION, AuthorityKind.POLICE, AuthorityKind.COORDINATOR):
        added(case, by=here.anna.person, kind=kind)
    assert len(clocks(case)) == 3
    assert len(set(clocks(case))) == 1


def test_add_authority_seals_its_name(here, case):
    row = added(case, by=here.anna.person)
    assert read_words(case, [row], by=here.ben)[row.envelope_id] == {"name": NAME}


def test_add_authority_without_a_name_is_refused(here, case):
    with pytest.raises(NeedsWords):
        actions.add_authority(case, AuthorityKind.OTHER, " ", by=here.anna.person)


def test_add_authority_by_a_stranger_is_refused(case):
    with pytest.raises(PermissionDenied):
        added(case, by=stranger())


def test_prepare_notifications_before_a_child_is_presumed_is_refused(here, case):
    with pytest.raises(NotPresumed):
        actions.prepare_notifications(case, by=here.anna.person)


def test_prepare_notifications_of_a_country_without_a_list_says_so(here, case):
    with pytest.raises(NoList):
        actions.prepare_notifications(presume(here, case), by=here.anna.person)


@pytest.fixture
def bulgaria() -> CaseDesk:
    """A desk in Bulgaria, with the directory as the site brings it."""
    call_command("load_partnership", verbosity=0)
    return CaseDesk("sofia", country=Country.objects.get(code="BG"))


def test_presume_in_bulgaria_starts_three_clocks_with_one_time(bulgaria):
    case = presume(bulgaria, bulgaria.case())
    assert clocks(case) == [case.presumed_at + DAY] * 3


def test_presume_in_bulgaria_lists_each_authority_once(bulgaria):
    case = presume(bulgaria, bulgaria.case())
    assert actions.prepare_notifications(case, by=bulgaria.anna.person) == []
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert kinds == {AuthorityKind.CHILD_PROTECTION, AuthorityKind.POLICE, AuthorityKind.COORDINATOR}


def test_correct_the_status_later_lists_no_authority_again(bulgaria):
    case = presume(bulgaria, bulgaria.case())
    Case.objects.filter(pk=case.pk).update(victim_status=VictimStatus.INDICATIONS)
    presume(bulgaria, case)
    assert len(clocks(case)) == 3


def test_record_sent_ends_the_clock(here, case):
    row = send(added(case, by=here.anna.person), by=here.anna.person)
    assert row.state == NotificationState.SENT
    assert clocks(case) == []
    assert case.timeline.filter(kind=EntryKind.NOTIFIED, code="consulate").exists()


def test_record_sent_seals_what_was_said(here, case):
    send(added(case, by=here.anna.person), by=here.anna.person)
    step = NotificationStep.objects.select_related("envelope__key").get()
    assert read_words(case, [step], by=here.ben)[step.envelope_id] == WORDS


def test_record_sent_twice_is_refused(here, case):
    row = send(added(case, by=here.anna.person), by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        send(row, by=here.ben.person)


def test_record_sent_of_tomorrow_is_refused(here, case):
    with pytest.raises(InTheFuture):
        send(added(case, by=here.anna.person), by=here.anna.person, sent_on=today() + DAY)


def test_record_sent_mails_nobody(here, case):
    send(added(case, by=here.anna.person), by=here.anna.person)
    assert not Mail.objects.exists()


def test_record_receipt_after_it_was_sent(here, case):
    row = send(added(case, by=here.anna.person), by=here.anna.person)
    assert actions.record_receipt(row, WORDS, by=here.ben.person).receipt


def test_record_receipt_before_it_was_sent_is_refused(here, case):
    with pytest.raises(CaseMoveNotPossible):
        actions.record_receipt(added(case, by=here.anna.person), WORDS, by=here.anna.person)


def test_ask_exception_leaves_the_clock_running(here, case):
    row = actions.ask_exception(added(case, by=here.anna.person), "She fled from them", by=here.anna.person)
    assert row.state == NotificationState.ASKED
    assert len(clocks(case)) == 1


def test_ask_exception_without_a_reason_is_refused(here, case):
    with pytest.raises(NeedsWords):
        actions.ask_exception(added(case, by=here.anna.person), " ", by=here.anna.person)


def test_ask_exception_twice_is_refused(here, case):
    row = actions.ask_exception(added(case, by=here.anna.person), "She fled", by=here.anna.person)
    with pytest.raises(CaseMoveNotPossible):
        actions.ask_exception(row, "She fled", by=here.ben.person)


def asked(here: CaseDesk, case: Case) -> Notification:
    """An authority about which somebody asks that it is not told."""
    return actions.ask_exception(added(case, by=here.anna.person), "She fled", by=here.anna.person)


def test_allow_exception_ends_the_clock(here, case):
    row = approvals.allow_exception(asked(here, case), "Agreed", by=here.chief.person)
    assert row.state == NotificationState.EXCUSED
    assert clocks(case) == []


def test_refuse_exception_opens_it_again(here, case):
    row = approvals.refuse_exception(asked(here, case), "The law says so", by=here.chief.person)
    assert row.state == NotificationState.OPEN
    assert len(clocks(case)) == 1


DECISIONS = [approvals.allow_exception, approvals.refuse_exception]


@pytest.mark.parametrize("decide", DECISIONS)
def test_decide_about_an_exception_by_a_worker_is_refused(here, case, decide):
    with pytest.raises(PermissionDenied):
        decide(asked(here, case), "Agreed", by=here.ben.person)


@pytest.mark.parametrize("decide", DECISIONS)
def test_decide_about_an_exception_by_another_than_the_lead_is_refused(here, case, decide):
    assignments.name_lead(case, here.boss.person, by=here.chief.person)
    with pytest.raises(PermissionDenied):
        decide(asked(here, case), "Agreed", by=here.chief.person)


@pytest.mark.parametrize("decide", DECISIONS)
def test_decide_about_an_exception_by_the_asker_is_refused(here, case, decide):
    row = actions.ask_exception(added(case, by=here.anna.person), "She fled", by=here.chief.person)
    with pytest.raises(NotTheAsker):
        decide(row, "Agreed", by=here.chief.person)


@pytest.mark.parametrize("decide", DECISIONS)
def test_decide_about_an_exception_without_a_reason_is_refused(here, case, decide):
    with pytest.raises(NeedsWords):
        decide(asked(here, case), " ", by=here.chief.person)


@pytest.mark.parametrize("decide", DECISIONS)
def test_decide_about_what_nobody_asks_is_refused(here, case, decide):
    with pytest.raises(CaseMoveNotPossible):
        decide(added(case, by=here.anna.person), "Agreed", by=here.chief.person)


def close(here: CaseDesk, case: Case) -> None:
    """Somebody asks to close the case."""
    facts = ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)
    ask_to_move(case, CaseMove.CLOSE, {"text": "Done"}, closure=facts, by=here.anna.person)


def test_notification_that_waits_stands_in_the_way_of_closing(here, case):
    added(case, by=here.anna.person)
    with pytest.raises(Obstructed) as refusal:
        close(here, case)
    assert [obstacle.section for obstacle in refusal.value.obstacles] == ["authorities"]


def test_notification_that_was_sent_does_not_stand_in_the_way(here, case):
    send(added(case, by=here.anna.person), by=here.anna.person)
    close(here, case)
    assert case.requests.count() == 1


def test_log_and_columns_hold_no_word_of_a_notification(here, case):
    send(added(case, by=here.anna.person), by=here.anna.person)
    plain = " ".join(map(str, [*Notification.objects.values_list(), *Entry.objects.values_list("details")]))
    assert [word for word in (NAME, *WORDS.values()) if word in plain] == []
