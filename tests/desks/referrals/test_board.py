"""The supervisor's board of referrals: each number is the length of its list. Coordinators see protected figures."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desks.cases.restrictions import restrict_case
from desks.referrals import actions
from desks.referrals.code_lists import SharingPurpose
from desks.referrals.models import Referral
from desks.referrals.provision import return_outcome
from desks.referrals.revocations import revoke_referral
from desks.referrals.states import ReferralKind, ReferralOutcome, RevokeReason
from partners.memberships.states import Role
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.referrals.referral_desks import ReferralDesks, accepted, ready, sent
from tests.people import browser_of, person

pytestmark = pytest.mark.django_db
OVERVIEW = "/en/workspace/figures/referrals/"


def referrals_of_every_kind(desks: ReferralDesks) -> None:
    """For each number of the boards of the two desks at least one referral."""
    now = timezone.now()
    ready(desks)
    actions.ask_sender(sent(desks), "Which language?", by=desks.sofia.ben.person)
    Referral.objects.filter(pk=sent(desks).pk).update(answer_by=now - timedelta(hours=1))
    Referral.objects.filter(pk=sent(desks).pk).update(answer_by=now + timedelta(hours=5))
    Referral.objects.filter(pk=accepted(desks).pk).update(feedback_on=timezone.localdate() - timedelta(days=1))
    revoke_referral(accepted(desks), RevokeReason.RISK, by=desks.athens.chief.person)
    Referral.objects.filter(pk=sent(desks).pk).update(kind=ReferralKind.EMERGENCY)


def figures_of(here, who):
    browser = browser_of(who)
    return browser, browser.get(f"{here.url}referrals/board/").context["figures"]


@pytest.mark.parametrize("side", ["athens", "sofia"])
def test_number_of_the_board_is_the_length_of_its_list(desks, side):
    referrals_of_every_kind(desks)
    here = getattr(desks, side)
    browser, figures = figures_of(here, here.chief.person)
    lists = [browser.get(figure.url).context["page_obj"].paginator.count for figure in figures]
    assert [figure.value for figure in figures] == lists
    assert lists == {"athens": [0, 0, 0, 1, 1, 0, 4, 1, 1, 1], "sofia": [4, 1, 1, 0, 0, 1, 0, 0, 1, 1]}[side]


def test_referral_of_a_restricted_case_is_in_no_number_of_who_is_not_named(desks):
    case = desks.case()
    sent(desks, case)
    restrict_case(case, [desks.athens.anna.person, desks.athens.chief.person], by=desks.athens.chief)
    _browser, figures = figures_of(desks.athens, desks.athens.boss.person)
    assert not any(figure.value for figure in figures)


def test_board_is_refused_to_workers_and_strangers(desks):
    for who in (desks.sofia.anna.person, stranger()):
        assert browser_of(who).get(f"{desks.sofia.url}referrals/board/").status_code == 403
    assert browser_of(desks.athens.chief.person).get(f"{desks.sofia.url}referrals/board/").status_code == 404


def test_queries_of_the_board_do_not_grow_with_the_referrals(desks):
    first, numbers = sent(desks), []
    browser = browser_of(desks.sofia.chief.person)
    for more in (0, 20):
        for number in range(more):
            given = {"from_desk": first.from_desk, "to_desk": first.to_desk, "state": "sent", "language": "el"}
            times = {"sent_at": first.sent_at, "expires_at": first.expires_at, "answer_by": first.answer_by}
            Referral.objects.create(reference=f"X{number}", purpose=SharingPurpose.LEGAL, **given, **times)
        browser.get(f"{desks.sofia.url}referrals/board/")
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(f"{desks.sofia.url}referrals/board/")
        numbers.append(len(queries))
    assert answer.context["figures"][0].value == 21
    assert numbers[0] == numbers[1]


def test_answer_in_time_is_told_from_a_late_one(desks):
    assert accepted(desks).answered_in_time is True
    late = sent(desks)
    Referral.objects.filter(pk=late.pk).update(answer_by=timezone.now() - timedelta(hours=1))
    assert actions.accept_referral(late, by=desks.sofia.ben).answered_in_time is False


def test_outcome_of_a_referral_leaves_the_board(desks):
    referral = accepted(desks)
    Referral.objects.filter(pk=referral.pk).update(feedback_on=timezone.localdate())
    assert figures_of(desks.sofia, desks.sofia.chief.person)[1][5].value == 1
    return_outcome(referral, ReferralOutcome.PROVIDED, "She stays there", by=desks.sofia.anna.person)
    assert figures_of(desks.sofia, desks.sofia.chief.person)[1][5].value == 0


@pytest.mark.parametrize(("role", "status"), [(Role.COORDINATOR, 200), (Role.AUDITOR, 403), (Role.SUPERVISOR, 403)])
def test_overview_is_for_coordinators(role, status):
    assert browser_of(person(role)).get(OVERVIEW).status_code == status
