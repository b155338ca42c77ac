"""The demo's desk: worked by the demo's accounts, with vaults whose passphrases are printed."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from desks.desk.models import Desk
from desks.desk.publication_checks import missing_for_publication
from desks.reports.models import Report
from tests.bundled import with_desks
from tests.desks.project_desks import load_desk
from victor.accounts import demo
from victor.accounts.models import User
from victor.vault.keys.models import PersonalKey
from victor.vault.passphrases.actions import unlock_vault

pytestmark = [pytest.mark.django_db, with_desks]
WHO = ("supervisor@demo.victor.example", "worker@demo.victor.example")


@pytest.fixture
def desk() -> Desk:
    """The Greek desk, after everything that `make run` loads of it."""
    load_desk()
    call_command("load_demo_accounts")
    call_command("load_demo_desk")
    return Desk.objects.with_readiness().get(slug="greece")


def test_load_demo_desk_lets_both_be_relied_on_and_publishes_them(desk):
    assert list(missing_for_publication(desk)) == []
    assert desk.group.is_recoverable
    assert set(desk.versions.values_list("state", "outdated")) == {("published", False)}
    assert [row.slug for row in Desk.objects.published()] == ["greece", "bulgaria"]
    assert list(Report.objects.values_list("state", "is_test")) == [("closed", True)] * 2


def test_load_demo_desk_twice_changes_nothing(desk):
    before = list(PersonalKey.objects.order_by("pk").values())
    call_command("load_demo_desk")
    assert list(PersonalKey.objects.order_by("pk").values()) == before
    assert Report.objects.count() == 2


def test_printed_passphrases_open_the_vaults_of_the_desk(desk):
    out = StringIO()
    call_command("demo_accounts", stdout=out)
    printed = {line.split()[0]: line.split()[-1] for line in out.getvalue().splitlines()}
    for email in WHO:
        unlock_vault(User.objects.get(email=email), printed[email])
        assert printed[email] != demo.password_of(email)
