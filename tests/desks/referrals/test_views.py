"""The pages of referrals, for either desk: what each shows, in which state, with an open vault and a locked one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from desks.cases.models import Case
from desks.referrals import actions, revocations
from desks.referrals.code_lists import BasisKind
from desks.referrals.consents import record_basis
from desks.referrals.forms import ChoiceForm
from desks.referrals.legal_bases import LawfulBasis
from desks.referrals.models import Referral
from desks.referrals.referral_steps import STEPS
from desks.referrals.states import ReferralState, RevokeReason
from desks.referrals.wishes import start_referral
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.desks.referrals.referral_desks import (
    LETTER,
    NAME,
    STREET,
    ReferralDesks,
    accepted,
    drafted,
    ready,
    sent,
    wish,
)
from tests.people import browser_of
from victor.audit.models import Entry

pytestmark = pytest.mark.django_db
CANARIES = (NAME, STREET, LETTER)


def page_at(here, referral: Referral, rest: str = "") -> str:
    """Where a referral stands at one of the desks."""
    return f"{here.url}referrals/{referral.reference}/{rest}"


def text_of(answer) -> str:
    return b"".join(answer).decode()


def seen_by(vault, here, referral: Referral, rest: str = "") -> str:
    """What somebody of a desk sees of a referral with an open vault."""
    return text_of(unlocked_browser_of(vault).get(page_at(here, referral, rest)))


def held_in(text: str) -> list[str]:
    """Which words of the record a page holds."""
    return [canary for canary in CANARIES if canary in text]


def test_receiver_sees_no_draft(desks):
    browser = unlocked_browser_of(desks.sofia.ben)
    assert browser.get(page_at(desks.sofia, ready(desks))).status_code == 404


def test_receiver_sees_no_name_before_accepting(desks):
    assert held_in(seen_by(desks.sofia.ben, desks.sofia, sent(desks))) == []


def test_receiver_reads_after_accepting(desks):
    assert held_in(seen_by(desks.sofia.anna, desks.sofia, accepted(desks))) == list(CANARIES)


def test_locked_page_holds_nothing_that_was_written(desks):
    browser = browser_of(desks.sofia.anna.person)
    assert held_in(text_of(browser.get(page_at(desks.sofia, accepted(desks))))) == []


def test_receiver_reads_nothing_after_the_access_has_ended(desks):
    referral = revocations.revoke_referral(accepted(desks), RevokeReason.NO_NEED, by=desks.athens.anna.person)
    assert held_in(seen_by(desks.sofia.anna, desks.sofia, referral)) == []


def test_sender_reads_its_own_copy_after_the_access_has_ended(desks):
    referral = revocations.revoke_referral(accepted(desks), RevokeReason.NO_NEED, by=desks.athens.anna.person)
    assert held_in(seen_by(desks.athens.anna, desks.athens, referral)) == list(CANARIES)


def test_stranger_finds_nothing(desks):
    assert browser_of(stranger()).get(page_at(desks.athens, accepted(desks))).status_code in {403, 404}


def test_case_of_the_sender_is_not_found_by_the_receiver(desks):
    referral = accepted(desks)
    address = f"{desks.sofia.url}cases/{referral.case.reference}/"
    assert unlocked_browser_of(desks.sofia.anna).get(address).status_code == 404


@pytest.mark.parametrize("stage", [drafted, ready, sent, accepted])
def test_pages_offer_what_the_server_accepts_and_nothing_else(desks, stage):
    referral = stage(desks)
    for here, people in ((desks.athens, ("anna", "chief")), (desks.sofia, ("anna", "ben", "chief"))):
        for name in people:
            browser = unlocked_browser_of(getattr(here, name))
            page = text_of(browser.get(page_at(here, referral)))
            for step in STEPS:
                answer = browser.get(page_at(here, referral, f"do/{step}/"))
                is_offered = f"/do/{step}/" in page
                assert (answer.status_code == 200) == is_offered, (here.desk.slug, name, step)


def test_title_and_file_name_tell_nothing(desks):
    page = seen_by(desks.sofia.anna, desks.sofia, accepted(desks))
    title = page[page.index("<title>") : page.index("</title>")]
    assert held_in(title) == []


def test_both_desks_see_the_same_log(desks):
    referral = accepted(desks)
    rows = [text[text.index('id="log"') :] for text in _both(desks, referral)]
    assert rows[0].count("<li>") == rows[1].count("<li>") - 1  # reading it wrote one more


def _both(desks: ReferralDesks, referral: Referral) -> list[str]:
    return [
        seen_by(desks.athens.anna, desks.athens, referral),
        seen_by(desks.sofia.anna, desks.sofia, referral),
    ]


def test_log_names_no_word_of_the_record(desks):
    referral = accepted(desks)
    _both(desks, referral)
    details = " ".join(Entry.objects.values_list("details", flat=True))
    assert held_in(details) == []


def test_inbox_shows_the_summary_only(desks):
    referral = sent(desks)
    page = text_of(unlocked_browser_of(desks.sofia.ben).get(f"{desks.sofia.url}referrals/"))
    assert referral.reference in page
    assert held_in(page) == []


def test_inbox_costs_the_same_at_any_length(desks, django_assert_max_num_queries):
    for _number in range(3):
        sent(desks)
    browser = unlocked_browser_of(desks.sofia.ben)
    browser.get(f"{desks.sofia.url}referrals/")  # the session is written once
    with django_assert_max_num_queries(12):
        browser.get(f"{desks.sofia.url}referrals/")


def test_refer_from_a_case_leads_to_the_choice_of_groups(desks):
    case: Case = desks.case()
    today = timezone.localdate()
    form = {
        "kind": "service",
        "purpose": "safe_place",
        "to_desk": desks.sofia.desk.pk,
        "urgency": "normal",
        "feedback_on": short_iso(today + timedelta(days=20)),
        "until": short_iso(today + timedelta(days=60)),
    }
    answer = unlocked_browser_of(desks.athens.anna).post(f"{desks.athens.url}cases/{case.reference}/refer/", form)
    assert answer.headers["Location"] == page_at(desks.athens, Referral.objects.get(case=case), "groups/")


def short_iso(day) -> str:
    """A day as somebody types it."""
    return day.isoformat()


def test_groups_are_not_ticked_beforehand(desks):
    referral = start_referral(desks.case(), wish(desks), by=desks.athens.anna.person)
    page = seen_by(desks.athens.anna, desks.athens, referral, "groups/")
    assert "checked" not in page[page.index("<form") :]


def test_refused_choice_keeps_what_was_written(desks):
    referral = drafted(desks)
    form = {"groups": ["g1", "g6"], "message": "Keep this"}
    answer = unlocked_browser_of(desks.athens.anna).post(page_at(desks.athens, referral, "groups/"), form)
    assert answer.status_code == 409
    assert "Keep this" in text_of(answer)


def test_consent_with_a_missing_answer_says_so_beside_it(desks):
    referral = drafted(desks)
    today = short_iso(timezone.localdate())
    form = {"giver": "child", "way": "spoken", "language": "bg", "explained": "x", "view": "y", "agrees": "yes"}
    form |= {"valid_from": today, "valid_to": short_iso(timezone.localdate() + timedelta(days=70))}
    page = text_of(unlocked_browser_of(desks.athens.anna).post(page_at(desks.athens, referral, "consent/"), form))
    assert "id_knows_withdrawal_error" in page


def test_accept_through_the_page_opens_what_is_shared(desks):
    referral = sent(desks)
    browser = unlocked_browser_of(desks.sofia.ben)
    browser.post(page_at(desks.sofia, referral, "do/accept/"))
    assert Referral.objects.get(pk=referral.pk).state == ReferralState.ACCEPTED


def test_withdrawn_and_accepted_at_once_tells_the_later_one(desks):
    referral = sent(desks)
    actions.withdraw_referral(referral, by=desks.athens.anna.person)
    answer = unlocked_browser_of(desks.sofia.ben).post(page_at(desks.sofia, referral, "do/accept/"), follow=True)
    assert "not possible now" in text_of(answer)


FORGED = {"state": "accepted", "groups": "g6", "approver": "1", "expires_at": "2099-01-01", "override": "yes"}


@pytest.mark.parametrize("step", ["start", "outcome", "confirm", "send", "revoke"])
def test_step_of_the_other_desk_posted_directly_changes_nothing(desks, step):
    referral = sent(desks)
    unlocked_browser_of(desks.sofia.ben).post(page_at(desks.sofia, referral, f"do/{step}/"), FORGED)
    assert Referral.objects.get(pk=referral.pk).stamp == referral.stamp


def test_columns_posted_with_a_step_change_nothing(desks):
    referral = ready(desks)
    unlocked_browser_of(desks.athens.chief).post(page_at(desks.athens, referral, "do/send/"), FORGED)
    assert Referral.objects.get(pk=referral.pk).groups == referral.groups


def test_basis_confirmed_by_its_author_directly_changes_nothing(desks):
    referral = drafted(desks)
    basis = record_basis(referral, BasisKind.DUTY, "The law says so", by=desks.athens.chief.person)
    address = page_at(desks.athens, referral, f"basis/{basis.pk}/confirm/")
    unlocked_browser_of(desks.athens.chief).post(address)
    assert LawfulBasis.objects.get(pk=basis.pk).second is None


@pytest.mark.parametrize(
    ("form", "field"),
    [("wish/", "purpose"), ("groups/", "groups"), ("consent/", "giver"), ("basis/", "kind")],
)
def test_page_of_a_form_shows_its_fields(desks, form, field):
    referral = drafted(desks)
    page = text_of(unlocked_browser_of(desks.athens.anna).get(page_at(desks.athens, referral, form)))
    assert f'name="{field}"' in page


def test_answer_page_shows_what_was_asked(desks):
    referral = actions.ask_sender(sent(desks), "Is there a dog?", by=desks.sofia.ben.person)
    assert "Is there a dog?" in seen_by(desks.athens.anna, desks.athens, referral, "do/answer/")


def test_answer_page_of_a_locked_vault_asks_to_unlock_it(desks):
    referral = actions.ask_sender(sent(desks), "Is there a dog?", by=desks.sofia.ben.person)
    answer = browser_of(desks.athens.anna.person).get(page_at(desks.athens, referral, "do/answer/"))
    assert "vault/unlock" in answer["Location"]


def test_log_says_what_was_done_step_by_step(desks):
    page = seen_by(desks.athens.anna, desks.athens, sent(desks))
    steps = ["Sent, not answered", "Ready to send", "Consent written down", "What leaves was chosen", "Draft written"]
    lines = re.findall(r"<li>[^<]* · <span[^>]*>[^<]*</span> · ([^<]*)</li>", page)
    assert [line for line in lines if line in steps] == steps


def test_choice_of_what_leaves_has_no_list_of_a_case_without_papers(desks):
    referral = drafted(desks)
    assert "documents" not in ChoiceForm(referral=referral, case=referral.case).fields
