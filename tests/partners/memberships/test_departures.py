"""An organisation that leaves: what stands in the way is counted, two coordinators end it, and nothing is deleted."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from model_bakery import baker

from campaigns.events.models import Event
from desks.desk.models import Desk
from desks.referrals.code_lists import SharingPurpose
from desks.referrals.models import Referral
from desks.referrals.states import ReferralKind, ReferralState
from desks.reports.models import Report
from desks.reports.states import ReportState
from partners.directory.models import Organisation
from partners.memberships import actions, proposals
from partners.memberships.departures import LEAVING, open_steps
from partners.memberships.errors import HasLeft, NotSecondPerson, ProposalSettled, StepsOpen
from partners.memberships.models import ContactPoint, Membership, MembershipInvitation, Proposal
from partners.memberships.offboarding import propose_departure
from partners.memberships.states import Role
from partners.responsibilities.models import Responsibility
from partners.responsibilities.states import EntryState
from tests.desks.cases.case_desks import CaseDesk
from tests.partners.agreements.signed_agreements import make_agreement
from tests.people import browser_of, organisation, person
from tests.trainings.sample_seminars import make_seminar
from tests.vault.people import make_group
from victor.accounts.models import User
from victor.audit.models import Entry
from victor.vault.keys.keyring import save_stamped
from victor.vault.records import actions as records_actions

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def settled_desk(module_transaction: None) -> CaseDesk:
    """An organisation with a desk and people that has settled everything, made once."""
    desk = CaseDesk("leaver")
    Desk.objects.filter(pk=desk.desk.pk).update(title_en=None)
    return desk


@pytest.fixture
def leaver(settled_desk: CaseDesk) -> CaseDesk:
    """The same, as nothing of another test has changed it."""
    return deepcopy(settled_desk)


@pytest.fixture
def first() -> User:
    return person(Role.COORDINATOR, name="First Coordinator")


@pytest.fixture
def second() -> User:
    return person(Role.COORDINATOR, name="Second Coordinator")


def publish_desk(leaver: CaseDesk) -> None:
    Desk.objects.filter(pk=leaver.desk.pk).update(title_en="Desk")


def receive_report(leaver: CaseDesk) -> None:
    leaver.report(state=ReportState.RECEIVED)


def offer_report(leaver: CaseDesk) -> None:
    """A desk of somebody else asks whether this one takes a report."""
    other = CaseDesk("other")
    given = {"kind": ReferralKind.REPORT, "state": ReferralState.READY, "reference": "7KQ-2MD"}
    save_stamped(Referral(report=other.report(), from_desk=other.desk, to_desk=leaver.desk, **given))


def open_case(leaver: CaseDesk) -> None:
    leaver.case()


def refer_to(leaver: CaseDesk) -> None:
    """A desk of somebody else has asked this one for help with a child."""
    times = {"sent_at": timezone.now(), "expires_at": timezone.now() + timedelta(days=60)}
    given = {"purpose": SharingPurpose.SAFE_PLACE, "language": "el", "state": ReferralState.SENT}
    save_stamped(Referral(reference="7KQ-2MD", from_desk=CaseDesk("other").desk, to_desk=leaver.desk, **given, **times))


def close_report(leaver: CaseDesk) -> None:
    leaver.report(state=ReportState.CLOSED)


def sign_agreement(leaver: CaseDesk) -> None:
    make_agreement(leaver.organisation, organisation("smile"))


def check_entry(leaver: CaseDesk) -> None:
    given = {"state": EntryState.CHECKED, "proposed_by": person(Role.COORDINATOR), "checked_by": leaver.chief.person}
    given |= {"country": leaver.organisation.country, "function": "guardianship", "body_en": "Office"}
    baker.make(Responsibility, checked_on=timezone.localdate(), **given)


def plan_seminar(leaver: CaseDesk) -> None:
    make_seminar("athens", organisation=leaver.organisation)


def plan_event(leaver: CaseDesk) -> None:
    now = timezone.now()
    times = {"starts": now + timedelta(days=1), "ends": now + timedelta(days=2)}
    baker.make(Event, organisation=leaver.organisation, country=leaver.organisation.country, **times)


MAKERS: dict[str, Callable[[CaseDesk], None]] = {
    "desks.published": publish_desk,
    "desks.reports": receive_report,
    "desks.hand_overs": offer_report,
    "desks.cases": open_case,
    "desks.referrals": refer_to,
    "desks.records": close_report,
    "partners.agreements": sign_agreement,
    "partners.responsibilities": check_entry,
    "trainings.seminars": plan_seminar,
    "campaigns.events": plan_event,
}


def leave(leaver: CaseDesk, first: User, second: User) -> Proposal:
    proposal = propose_departure(leaver.organisation, by=first)
    return proposals.confirm_proposal(proposal, by=second, digest=proposal.digest)


def page_of(place: Organisation) -> str:
    return f"/en/workspace/organisations/{place.slug}/leaving/"


def test_every_step_is_tried_here():
    assert set(MAKERS) == {name for name, step in LEAVING.items() if not step.by_end}


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_step_counts_what_is_there_and_nothing_of_others(leaver, name):
    step, other = LEAVING[name], organisation("nobody-else")
    assert step.count(leaver.organisation) == 0
    MAKERS[name](leaver)
    assert step.count(leaver.organisation) == 1
    assert step.count(other) == 0


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_step_costs_one_query(leaver, name, django_assert_num_queries):
    MAKERS[name](leaver)
    with django_assert_num_queries(1):
        LEAVING[name].count(leaver.organisation)


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_propose_while_a_step_is_open_is_refused_and_names_it(leaver, first, name):
    MAKERS[name](leaver)
    with pytest.raises(StepsOpen) as refused:
        propose_departure(leaver.organisation, by=first)
    assert str(LEAVING[name].title) in str(refused.value)
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("name", sorted(MAKERS))
def test_confirm_after_a_step_was_opened_again_changes_nothing(leaver, first, second, name):
    proposal = propose_departure(leaver.organisation, by=first)
    MAKERS[name](leaver)
    with pytest.raises(StepsOpen):
        proposals.confirm_proposal(proposal, by=second, digest=proposal.digest)
    proposal.refresh_from_db()
    assert proposal.is_open
    assert Organisation.objects.get(pk=leaver.organisation.pk).left_on is None
    assert Membership.objects.filter(organisation=leaver.organisation).exists()


def test_restricted_case_counts_by_number_only(leaver, first):
    case = leaver.case()
    group = make_group(leaver.chief, leaver.boss)
    type(case).objects.filter(pk=case.pk).update(restricted_group=group)
    shown = browser_of(first).get(page_of(leaver.organisation)).content.decode()
    assert LEAVING["desks.cases"].count(leaver.organisation) == 1
    assert case.reference not in shown


def test_record_of_a_restricted_case_opens_to_this_organisation_only(leaver):
    case, group = leaver.case(), make_group(leaver.chief, leaver.boss)
    before = LEAVING["desks.records"].count(leaver.organisation)
    type(case).objects.filter(pk=case.pk).update(restricted_group=group)
    records_actions.create_record(group, by=leaver.chief.person)
    assert LEAVING["desks.records"].count(leaver.organisation) == before + 1


def test_record_that_another_desk_opens_does_not_stand_in_the_way(leaver):
    other = CaseDesk("other")
    records_actions.create_record(leaver.desk.group, other.desk.group, by=leaver.anna.person)
    assert LEAVING["desks.records"].count(leaver.organisation) == 0


def test_entry_checked_by_somebody_of_two_organisations_does_not_stand_in_the_way(leaver):
    check_entry(leaver)
    baker.make(Membership, user=leaver.chief.person, organisation=organisation("smile"), role=Role.EDITOR)
    assert LEAVING["partners.responsibilities"].count(leaver.organisation) == 0


def test_people_and_contacts_are_counted_and_do_not_stand_in_the_way(leaver):
    baker.make(ContactPoint, organisation=leaver.organisation)
    people = Membership.objects.filter(organisation=leaver.organisation).count()
    assert LEAVING["partners.roles"].count(leaver.organisation) == people > 0
    assert LEAVING["partners.contacts"].count(leaver.organisation) == 1
    assert open_steps(leaver.organisation) == []


def test_confirm_by_whoever_asked_is_refused(leaver, first, second):
    with pytest.raises(NotSecondPerson, match="Second Coordinator"):
        leave(leaver, first, first)
    assert Organisation.objects.get(pk=leaver.organisation.pk).left_on is None


def test_confirm_by_a_coordinator_of_the_organisation_is_refused(leaver, first):
    own = person(Role.COORDINATOR, leaver.organisation)
    with pytest.raises(NotSecondPerson):
        leave(leaver, first, own)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COORDINATOR}))
def test_propose_by_anybody_else_is_refused(leaver, role):
    with pytest.raises(PermissionDenied):
        propose_departure(leaver.organisation, by=person(role))


def test_propose_twice_waits_once(leaver, first, second):
    assert propose_departure(leaver.organisation, by=first) == propose_departure(leaver.organisation, by=second)


def test_end_shuts_its_people_out_of_its_desks(leaver, first, second):
    people = [leaver.anna.person, leaver.ben.person, leaver.chief.person, leaver.boss.person]
    assert browser_of(people[0]).get(leaver.url).status_code == 200
    leave(leaver, first, second)
    assert not Membership.objects.filter(organisation=leaver.organisation).exists()
    for somebody in people:
        assert browser_of(User.objects.get(pk=somebody.pk)).get(leaver.url).status_code == 403


def test_end_hides_contacts_and_closes_invitations(leaver, first, second):
    contact = baker.make(ContactPoint, organisation=leaver.organisation)
    given = {"email": "x@y.example", "language": "en", "organisation": leaver.organisation, "role": Role.WORKER}
    actions.invite_member(**given, by=first)
    leave(leaver, first, second)
    contact.refresh_from_db()
    assert contact.left_on is not None
    assert not MembershipInvitation.objects.open().exists()
    with pytest.raises(HasLeft):
        actions.invite_member(**given | {"email": "z@y.example"}, by=first)


def test_end_takes_the_organisation_from_the_public_pages(leaver, first, second, client):
    place = leaver.organisation
    assert client.get(place.get_absolute_url()).status_code == 200
    leave(leaver, first, second)
    assert client.get(place.get_absolute_url()).status_code == 404
    assert place.get_absolute_url() not in client.get("/en/partners/").content.decode()


def test_end_deletes_no_report_and_no_desk(leaver, first, second):
    other = CaseDesk("other")
    report = leaver.report(state=ReportState.CLOSED)
    Report.objects.filter(pk=report.pk).update(key=records_actions.create_record(other.desk.group, by=first))
    report.key.grants.all().delete()
    leave(leaver, first, second)
    assert Report.objects.filter(pk=report.pk).exists()
    assert Desk.objects.filter(pk=leaver.desk.pk).exists()


def test_end_is_recorded_with_both(leaver, first, second):
    leave(leaver, first, second)
    entry = Entry.objects.get(action="organisation.left")
    assert entry.actor == f"accounts.user:{second.pk}"
    assert entry.object == f"partners.organisation:{leaver.organisation.pk}"
    assert f'"proposed_by": {first.pk}' in entry.details


def test_organisation_leaves_once(leaver, first, second):
    leave(leaver, first, second)
    with pytest.raises(HasLeft):
        propose_departure(leaver.organisation, by=first)
    again = proposals.propose("leave", {"organisation": leaver.organisation.pk}, by=first)
    with pytest.raises(ProposalSettled):
        proposals.confirm_proposal(again, by=second, digest=again.digest)


def test_page_leads_to_pages_that_a_coordinator_opens(leaver, first):
    browser = browser_of(first)
    baker.make(ContactPoint, organisation=leaver.organisation)
    for step in LEAVING.values():
        assert browser.get(step.page(leaver.organisation)).status_code == 200


def test_page_offers_the_end_once_everything_is_settled(leaver, first):
    browser, page = browser_of(first), page_of(leaver.organisation)
    assert "leaving/ask/" in browser.get(page).content.decode()
    leaver.case()
    assert "leaving/ask/" not in browser.get(page).content.decode()


def test_ask_over_the_page_waits_for_the_other(leaver, first, second):
    page = page_of(leaver.organisation)
    answer = browser_of(first).post(f"{page}ask/", follow=True)
    assert "Another coordinator has to confirm the end" in answer.content.decode()
    assert Proposal.objects.open().get().kind == "leave"
    assert "Leaver" in browser_of(second).get("/en/workspace/proposals/").content.decode()


def test_ask_over_the_page_while_a_step_is_open_says_why(leaver, first):
    leaver.case()
    answer = browser_of(first).post(f"{page_of(leaver.organisation)}ask/", follow=True)
    assert "Open cases of its desks" in answer.content.decode()
    assert not Proposal.objects.exists()


def test_form_of_the_organisation_leads_to_the_page(leaver, first):
    shown = browser_of(first).get(f"/en/admin/partners/organisation/{leaver.organisation.pk}/change/")
    assert page_of(leaver.organisation) in shown.content.decode()


def test_page_of_an_unknown_organisation_is_not_found(first):
    assert browser_of(first).get("/en/workspace/organisations/nobody/leaving/").status_code == 404
