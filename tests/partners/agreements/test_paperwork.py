"""Papers of an agreement in versions, notice, and the request for a renewal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from partners.agreements.actions import renew_agreement
from partners.agreements.errors import AgreementMoveNotPossible, NoNotice, NoRenewalToAsk
from partners.agreements.models import Agreement, RenewalRequest, agreement_storage
from partners.agreements.paperwork import add_file, ask_for_renewal, months_later, record_notice
from partners.agreements.states import AgreementState, FileKind, Renewal
from partners.memberships.actions import withdraw_role
from partners.memberships.states import Role
from tests.partners.agreements.signed_agreements import checked_paper, make_agreement
from tests.people import browser_of, organisation, person
from victor.access import System
from victor.accounts.models import User
from victor.mail.models import Message
from victor.todo.models import OpenItem

pytestmark = pytest.mark.django_db
LAST = date(2027, 12, 31)
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def coordinator() -> User:
    return person(Role.COORDINATOR)


def agreement_of_two(**fields: object) -> Agreement:
    return make_agreement(organisation("one"), organisation("two"), **fields)


def ended(**fields: object) -> Agreement:
    day = timezone.localdate() - timedelta(days=3)
    given = {"valid_from": day - timedelta(days=300), "valid_to": day, "state": AgreementState.ENDED}
    return agreement_of_two(**given | fields)


def test_files_of_an_agreement_are_versions_in_order(coordinator):
    agreement = agreement_of_two()
    for kind in (FileKind.SIGNED, FileKind.AMENDMENT):
        add_file(agreement, kind, checked_paper(), words="", by=coordinator)
    assert list(agreement.files.values_list("number", "kind")) == [(2, "amendment"), (1, "signed")]


def test_add_file_to_agreement_that_is_over_keeps_no_file(coordinator):
    with pytest.raises(AgreementMoveNotPossible):
        add_file(ended(), FileKind.SIGNED, checked_paper(), words="", by=coordinator)
    assert agreement_storage().listdir("")[1] == []


def test_add_file_by_other_staff_is_refused():
    with pytest.raises(PermissionDenied):
        add_file(
            agreement_of_two(), FileKind.SIGNED, checked_paper(), words="", by=person(Role.WORKER, organisation("one"))
        )


@pytest.mark.parametrize(("slug", "status"), [("one", 200), ("three", 404)])
def test_file_is_read_by_parties_only(coordinator, slug, status):
    agreement = agreement_of_two()
    add_file(agreement, FileKind.SIGNED, checked_paper(), words="", by=coordinator)
    address = f"{agreement.get_absolute_url()}files/1/"
    answer = browser_of(person(Role.PARTNER, organisation(slug))).get(address)
    b"".join(answer)  # reading to its end closes the file that is sent
    assert answer.status_code == status


def test_file_is_not_kept_by_caches(coordinator):
    agreement = agreement_of_two()
    add_file(agreement, FileKind.SIGNED, checked_paper(), words="", by=coordinator)
    answer = browser_of(coordinator).get(f"{agreement.get_absolute_url()}files/1/")
    b"".join(answer)
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(("content", "name", "is_kept"), [(b"%PDF-1.4", "a.pdf", True), (b"MZ", "a.pdf", False)])
def test_page_takes_papers_and_nothing_else(coordinator, content, name, is_kept):
    agreement = agreement_of_two()
    sent = {"kind": "signed", "words": "Second version", "file": SimpleUploadedFile(name, content)}
    browser_of(coordinator).post(f"{agreement.get_absolute_url()}files/new/", sent)
    assert agreement.files.exists() is is_kept


def test_page_keeps_what_was_typed_beside_a_file_that_is_refused(coordinator):
    sent = {"kind": "signed", "words": "Second version", "file": SimpleUploadedFile("a.pdf", b"MZ")}
    answer = browser_of(coordinator).post(f"{agreement_of_two().get_absolute_url()}files/new/", sent)
    assert "Second version" in answer.content.decode()


def test_notice_ends_agreement_when_its_period_is_over(at, coordinator):
    at(NOON)
    agreement = agreement_of_two(notice_months=3, valid_to=LAST, renewal=Renewal.TACIT)
    record_notice(agreement.parties.first(), timezone.localdate(), by=coordinator)
    agreement.refresh_from_db()
    assert agreement.valid_to == months_later(timezone.localdate(), 3)
    assert agreement.renewal == Renewal.NONE


def test_notice_makes_no_agreement_longer(coordinator):
    soon = timezone.localdate() + timedelta(days=10)
    agreement = agreement_of_two(notice_months=3, valid_to=soon)
    record_notice(agreement.parties.first(), timezone.localdate(), by=coordinator)
    assert Agreement.objects.get().valid_to == soon


def test_notice_is_refused_where_the_paper_names_no_period(coordinator):
    with pytest.raises(NoNotice):
        record_notice(agreement_of_two().parties.first(), timezone.localdate(), by=coordinator)


def test_notice_of_a_party_is_recorded_once(coordinator):
    party = agreement_of_two(notice_months=3).parties.first()
    record_notice(party, timezone.localdate(), by=coordinator)
    with pytest.raises(AgreementMoveNotPossible):
        record_notice(party, timezone.localdate(), by=coordinator)


@pytest.mark.parametrize(
    ("day", "months", "later"), [((2026, 11, 30), 3, (2027, 2, 28)), ((2026, 1, 5), 12, (2027, 1, 5))]
)
def test_months_later_is_the_last_day_of_a_shorter_month(day, months, later):
    assert months_later(date(*day), months) == date(*later)


def test_page_asks_before_a_notice_is_recorded(at, coordinator):
    at(NOON)
    party = agreement_of_two(notice_months=3).parties.first()
    address = f"{party.agreement.get_absolute_url()}notice/{party.pk}/"
    browser = browser_of(coordinator)
    assert "Record the notice of" in browser.post(address).content.decode()
    browser.post(address, {"confirmed": "yes", "given_on": timezone.localdate().isoformat()})
    party.refresh_from_db()
    assert party.notice_on == timezone.localdate()


def test_request_for_renewal_is_a_mail_and_a_task_of_the_owner(coordinator):
    agreement = ended(owner=coordinator)
    ask_for_renewal(agreement, by=person(Role.WORKER, organisation("one")))
    assert Message.objects.get().recipient == coordinator.email
    assert OpenItem.objects.get(kind="partners.renewal_request").audiences == [f"user:{coordinator.pk}"]


def test_request_for_renewal_is_heard_once_of_each(coordinator):
    agreement, worker = ended(owner=coordinator), person(Role.WORKER, organisation("one"))
    for _again in range(2):
        ask_for_renewal(agreement, by=worker)
    assert RenewalRequest.objects.count() == Message.objects.count() == 1


def test_request_for_renewal_ends_with_the_next_period(coordinator):
    agreement = ended(owner=coordinator)
    ask_for_renewal(agreement, by=person(Role.WORKER, organisation("one")))
    renewal = renew_agreement(agreement, by=coordinator)
    Agreement.objects.filter(pk=renewal.pk).update(state=AgreementState.SIGNED)
    assert not OpenItem.objects.filter(kind="partners.renewal_request").exists()


def test_request_for_renewal_of_a_draft_is_refused(coordinator):
    with pytest.raises(NoRenewalToAsk):
        ask_for_renewal(agreement_of_two(state=AgreementState.DRAFT), by=coordinator)


def test_request_for_renewal_by_page_is_offered_to_parties_once(coordinator):
    agreement, browser = ended(owner=coordinator), browser_of(person(Role.WORKER, organisation("one")))
    browser.post(f"{agreement.get_absolute_url()}ask-renewal/")
    page = browser.get(agreement.get_absolute_url()).content.decode()
    assert "You have asked for its renewal." in page


def test_owner_who_leaves_owns_no_agreement_any_more(coordinator):
    agreement = agreement_of_two(owner=coordinator)
    withdraw_role(coordinator.memberships.get(), by=System("test"))
    agreement.refresh_from_db()
    assert agreement.owner is None
    assert OpenItem.objects.filter(kind="partners.agreement_owner").exists()


def test_owner_with_another_role_stays_the_owner(coordinator):
    agreement = agreement_of_two(owner=coordinator)
    coordinator.memberships.create(organisation=organisation("three"), role=Role.WORKER)
    withdraw_role(coordinator.memberships.get(role=Role.COORDINATOR), by=System("test"))
    agreement.refresh_from_db()
    assert agreement.owner == coordinator


@pytest.mark.parametrize(("part", "expected"), [("action", "Soon"), ("valid", "Calm"), ("ended", "Over")])
def test_part_of_the_list_holds_as_many_as_its_tab_says(coordinator, part, expected):
    agreement_of_two(title_en="Calm", valid_to=LAST)
    agreement_of_two(title_en="Soon", state=AgreementState.DRAFT)
    ended(title_en="Over")
    page = browser_of(coordinator).get("/en/workspace/agreements/", {"shown": part}).content.decode()
    assert [title in page for title in ("Calm", "Soon", "Over")].count(True) == 1
    assert expected in page
