"""A desk becomes public only with a valid agreement that allows it; its people are told before that ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from desks.desk.models import Desk
from desks.desk.publication_checks import missing_for_publication
from partners.agreements.models import Agreement
from partners.agreements.states import AgreementState, Gate
from tests.bundled import with_desks
from tests.desks.project_desks import load_desk, make_publishable, public_desk
from tests.partners.agreements.signed_agreements import make_agreement
from tests.people import browser_of, organisation

pytestmark = [pytest.mark.django_db, with_desks]
AGREEMENT = "a valid agreement that allows its publication"


def needs(desk: Desk) -> list[str]:
    return [str(words) for words in missing_for_publication(Desk.objects.with_readiness().get(pk=desk.pk))]


@pytest.mark.parametrize(
    "fields",
    [
        {"state": AgreementState.IN_SIGNATURE},
        {"state": AgreementState.SUSPENDED, "reason": "A breach"},
        {"state": AgreementState.TERMINATED, "reason": "A breach"},
        {"gates": [Gate.REFERRALS]},
        {"valid_from": date(2100, 1, 1)},
        {"valid_from": date(2020, 1, 1), "valid_to": date(2020, 12, 31)},
    ],
)
def test_agreement_that_does_not_allow_it_leaves_the_desk_incomplete(fields):
    desk = load_desk()
    make_publishable(desk)
    Agreement.objects.all().delete()
    make_agreement(desk.organisation, **fields)
    assert needs(desk) == [AGREEMENT]


def test_agreement_of_other_organisations_leaves_the_desk_incomplete():
    desk = load_desk()
    make_publishable(desk)
    Agreement.objects.all().delete()
    make_agreement(organisation("other"))
    assert needs(desk) == [AGREEMENT]


def test_end_of_the_agreement_stands_in_the_tasks_of_the_supervisor(at):
    desk = public_desk()
    supervisor = desk.group.officers.first().user
    Agreement.objects.update(valid_to=timezone.localdate() + timedelta(days=3))
    home = browser_of(supervisor).get("/en/workspace/").content.decode()
    assert ": agreement" in home
    at(timezone.now() + timedelta(days=4))
    assert AGREEMENT in browser_of(supervisor).get("/en/workspace/").content.decode()


def test_agreement_that_is_suspended_stands_in_the_tasks_of_the_supervisor_at_once():
    desk = public_desk()
    supervisor = desk.group.officers.first().user
    assert AGREEMENT not in browser_of(supervisor).get("/en/workspace/").content.decode()
    Agreement.objects.update(state=AgreementState.SUSPENDED, reason="A breach")
    assert AGREEMENT in browser_of(supervisor).get("/en/workspace/").content.decode()
