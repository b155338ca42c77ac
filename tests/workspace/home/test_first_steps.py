"""The first steps of each role: ticked by what is there, gone when all are done or when somebody hides them."""

from __future__ import annotations

import pytest
from django.utils import timezone
from model_bakery import baker

from partners.memberships.models import ContactPoint
from partners.memberships.states import OVERSIGHT_ROLES, Role
from tests.people import browser_of, organisation, person
from victor.accounts.models import User
from victor.accounts.states import Digest
from victor.workspace.home.first_steps import first_steps_of

pytestmark = pytest.mark.django_db


def done_steps(user: User) -> list[bool]:
    return [step.is_done for step in first_steps_of(User.objects.get(pk=user.pk))]


@pytest.mark.parametrize("role", [role for role in Role if role not in OVERSIGHT_ROLES])
def test_every_role_has_first_steps_in_one_query_beside_its_memberships(role, django_assert_max_num_queries):
    user = User.objects.get(pk=person(role, factor=False).pk)
    with django_assert_max_num_queries(2):
        assert first_steps_of(user)


def test_step_is_ticked_once_its_fact_is_there():
    user = person(Role.PARTNER, organisation("ministry"), factor=False)
    given = {"organisation": organisation("ministry"), "user": user, "confirmed_on": timezone.localdate()}
    baker.make(ContactPoint, name="Maria T.", **given)
    assert done_steps(user) == [True, False]


def test_list_is_gone_when_every_step_is_done():
    user = person(Role.EDITOR, factor=False)
    User.objects.filter(pk=user.pk).update(digest=Digest.NEVER)
    baker.make("publishing.LanguageVersion", author=user, language="en", _fill_optional=False)
    assert done_steps(user) == []


def test_list_that_somebody_hides_is_not_shown_again():
    user = person(Role.PARTNER)
    browser = browser_of(user)
    assert "Your first steps: 0 of 2 done" in browser.get("/en/workspace/").content.decode()
    browser.post("/en/workspace/first-steps/hide/")
    assert "Your first steps" not in browser.get("/en/workspace/").content.decode()
