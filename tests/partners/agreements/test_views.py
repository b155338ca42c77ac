"""The pages of agreements: for coordinators, for parties, for strangers; what was typed stays."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partners.agreements.models import Agreement
from partners.agreements.states import AgreementState, Gate
from partners.memberships.states import Role
from tests.partners.agreements.signed_agreements import make_agreement
from tests.people import browser_of, organisation, person, visitor
from victor.accounts.models import User

pytestmark = pytest.mark.django_db
LIST = "/en/workspace/agreements/"
NEW = f"{LIST}new/"


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


def typed(owner: User, **fields: object) -> dict[str, object]:
    given = {"kind": "protocol", "title_en": "Protocol", "gates": ["referrals"], "valid_from": "2027-01-04"}
    given |= {"organisations": [organisation("one").pk, organisation("two").pk], "renewal": "none"}
    return given | {"owner": owner.pk} | fields


def agreement_of_two(**fields: object) -> Agreement:
    return make_agreement(organisation("one"), organisation("two"), **fields)


def test_list_shows_coordinators_everything_with_what_needs_action_first(coordinator):
    agreement_of_two(title_en="Calm")
    agreement_of_two(title_en="Waiting", state=AgreementState.IN_SIGNATURE)
    page = browser_of(coordinator).get(LIST).content.decode()
    assert page.index("Waiting") < page.index("Calm")
    assert "2 signatures are missing" in page


@pytest.mark.parametrize(("slug", "is_shown"), [("one", True), ("three", False)])
def test_list_shows_other_staff_the_agreements_of_their_organisation(slug, is_shown):
    agreement_of_two(title_en="Calm")
    page = browser_of(person(Role.WORKER, organisation(slug))).get(LIST).content.decode()
    assert ("Calm" in page) is is_shown


def test_agreement_of_others_is_not_found():
    agreement = agreement_of_two()
    assert browser_of(person(Role.WORKER, organisation("three"))).get(agreement.get_absolute_url()).status_code == 404


def test_draft_is_not_found_by_its_parties():
    agreement = agreement_of_two(state=AgreementState.DRAFT)
    assert browser_of(person(Role.WORKER, organisation("one"))).get(agreement.get_absolute_url()).status_code == 404


def test_list_sends_a_visitor_to_the_log_in_and_refuses_whoever_has_no_role():
    assert visitor().get(LIST).status_code == 302
    assert browser_of(person()).get(LIST).status_code == 403


def test_new_agreement_becomes_a_draft(coordinator):
    answer = browser_of(coordinator).post(NEW, typed(coordinator), follow=True)
    agreement = Agreement.objects.get()
    assert "The draft has been saved" in answer.content.decode()
    assert agreement.state == AgreementState.DRAFT
    assert agreement.gates == [Gate.REFERRALS]
    assert agreement.parties.count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title_en": ""}, "This field is required"),
        ({"organisations": []}, "This field is required"),
        ({"valid_to": "2026-01-04"}, "The last day is before the first one"),
        ({"renewal": "tacit"}, "An agreement without a last day is not renewed"),
        ({"notice_months": "many"}, "whole number"),
        ({"gates": ["everything"]}, "Select a valid choice"),
    ],
)
def test_new_bad_agreement_keeps_what_was_typed(coordinator, fields, words):
    page = browser_of(coordinator).post(NEW, typed(coordinator, scope="Between two towns") | fields).content.decode()
    assert words in page
    assert "Between two towns" in page
    assert not Agreement.objects.exists()


def test_edit_draft_shows_its_parties_and_saves_others(coordinator):
    agreement, browser = agreement_of_two(state=AgreementState.DRAFT), browser_of(coordinator)
    address = f"{LIST}{agreement.pk}/edit/"
    assert browser.get(address).content.decode().count("checked") == 3
    browser.post(address, typed(coordinator, organisations=[organisation("three").pk]))
    assert [party.organisation.slug for party in agreement.parties.all()] == ["three"]


def test_agreement_is_signed_step_by_step(coordinator):
    browser = browser_of(coordinator)
    browser.post(NEW, typed(coordinator))
    agreement = Agreement.objects.get()
    page = f"{LIST}{agreement.pk}/"
    browser.post(f"{page}send/")
    for party in agreement.parties.all():
        sent = {f"party{party.pk}-office": "Director", f"party{party.pk}-signed_on": str(timezone.localdate())}
        browser.post(f"{page}signatures/{party.pk}/", sent)
    paper = SimpleUploadedFile("signed.pdf", b"%PDF-1.4")
    browser.post(f"{page}files/new/", {"kind": "signed", "file": paper})
    assert "The agreement is signed" in browser.post(f"{page}sign/", follow=True).content.decode()


def test_sign_with_a_signature_missing_says_so(coordinator):
    agreement = agreement_of_two(state=AgreementState.IN_SIGNATURE)
    answer = browser_of(coordinator).post(f"{LIST}{agreement.pk}/sign/", follow=True)
    assert "A signature is missing" in answer.content.decode()


def test_signature_of_tomorrow_is_refused_and_stays_as_typed(coordinator):
    agreement = agreement_of_two(state=AgreementState.IN_SIGNATURE)
    party = agreement.parties.first()
    tomorrow = timezone.localdate() + timedelta(days=1)
    sent = {f"party{party.pk}-office": "Director of Lamps", f"party{party.pk}-signed_on": str(tomorrow)}
    answer = browser_of(coordinator).post(f"{LIST}{agreement.pk}/signatures/{party.pk}/", sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "lies in the future" in page
    assert "Director of Lamps" in page


def test_signature_of_a_party_of_another_agreement_is_not_found(coordinator):
    one, other = (agreement_of_two(state=AgreementState.IN_SIGNATURE) for _number in range(2))
    answer = browser_of(coordinator).post(f"{LIST}{one.pk}/signatures/{other.parties.first().pk}/")
    assert answer.status_code == 404


@pytest.mark.parametrize(("step", "state"), [("suspend", "suspended"), ("terminate", "terminated")])
def test_take_away_asks_first_and_for_the_reason(coordinator, step, state):
    agreement, browser = agreement_of_two(), browser_of(coordinator)
    address = f"{LIST}{agreement.pk}/{step}/"
    assert "From this moment nothing new is allowed" in browser.post(address).content.decode()
    assert browser.post(address, {"confirmed": "yes"}).status_code == 422
    browser.post(address, {"confirmed": "yes", "reason": "A breach"})
    agreement.refresh_from_db()
    assert agreement.state == state
    assert agreement.reason == "A breach"


def test_renew_leads_to_the_draft_of_the_next_period(coordinator):
    agreement = agreement_of_two(valid_to=date(2030, 1, 1))
    answer = browser_of(coordinator).post(f"{LIST}{agreement.pk}/renew/", follow=True)
    assert "This is the draft of the new period" in answer.content.decode()


def test_name_owner_lets_another_person_be_told(coordinator):
    agreement, other = agreement_of_two(), person(Role.SUPERVISOR)
    browser_of(coordinator).post(f"{LIST}{agreement.pk}/owner/", {"owner": other.pk})
    agreement.refresh_from_db()
    assert agreement.owner == other


def test_list_takes_the_same_queries_for_two_and_for_thirty(coordinator, django_assert_max_num_queries):
    for _number in range(30):
        agreement_of_two(owner=coordinator)
    browser = browser_of(coordinator)
    with django_assert_max_num_queries(16):
        browser.get(LIST)


def test_ending_agreement_stands_in_the_tasks_of_owner_and_coordinators(at, coordinator):
    owner = person(Role.SUPERVISOR)
    at(date(2027, 12, 1))
    agreement_of_two(valid_from=date(2027, 1, 1), valid_to=date(2027, 12, 31), owner=owner, code="AG-07")
    for user in (coordinator, owner):
        assert "Agreement AG-07 ends on 31 Dec" in browser_of(user).get("/en/workspace/").content.decode()


def test_agreement_without_a_live_owner_stands_in_the_tasks_of_coordinators(coordinator):
    owner = person(Role.SUPERVISOR)
    agreement_of_two(owner=owner, code="AG-07")
    assert "AG-07 has no owner" not in browser_of(coordinator).get("/en/workspace/").content.decode()
    User.objects.filter(pk=owner.pk).update(is_active=False)
    assert "AG-07 has no owner" in browser_of(coordinator).get("/en/workspace/").content.decode()
