"""The key for a new passphrase is derived before anything is locked that others need."""

from __future__ import annotations

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from partners.memberships.states import Role
from tests.connections import another_connection
from tests.free_rows import before_slow_work, rows_free_before
from tests.people import organisation, person
from tests.vault.people import PASSPHRASE, make_group, open_vault, replace_vault
from victor.accounts.models import User
from victor.vault.errors import WrongPassphrase
from victor.vault.groups import recovery
from victor.vault.groups.models import RecoveryRequest
from victor.vault.keys.models import PersonalKey
from victor.vault.passphrases.actions import (
    change_passphrase,
    replace_forgotten_passphrase,
    set_up_vault,
    unlock_vault,
)

pytestmark = pytest.mark.django_db(transaction=True)
NEW = "another word for every river"


def test_set_up_derives_the_key_while_the_account_is_free():
    user = person(Role.WORKER, organisation("smile"))
    with rows_free_before("Argon2", User.objects.all()) as free:
        set_up_vault(user, NEW)
    assert free == [True]


def test_change_derives_the_new_key_while_the_old_one_is_free():
    user = open_vault().person
    with rows_free_before("Argon2", PersonalKey.objects.all()) as free:
        change_passphrase(user, PASSPHRASE, new=NEW)
    assert free[-1]


def test_replace_derives_the_key_while_requests_for_recovery_are_free():
    anna, officers = open_vault(), [open_vault(), open_vault()]
    group = make_group(anna, *officers, officers=officers)
    recovery.request_recovery(group, by=replace_vault(anna))
    PersonalKey.objects.exclude(set_aside_at=None).update(set_aside_at=timezone.now() - timedelta(days=2))
    with rows_free_before("Argon2", RecoveryRequest.objects.all(), PersonalKey.objects.all()) as free:
        replace_forgotten_passphrase(anna.person, NEW)
    assert free == [True]


def test_change_of_a_passphrase_whose_key_was_replaced_meanwhile_is_refused():
    anna, derivations = open_vault(), itertools.count(1)
    with another_connection() as submit:

        def replace_before_the_second() -> None:  # that of the new passphrase
            if next(derivations) == 2:
                submit(replace_vault, anna).result()

        with before_slow_work("Argon2", replace_before_the_second), pytest.raises(WrongPassphrase):
            change_passphrase(anna.person, PASSPHRASE, new=NEW)
    assert unlock_vault(anna.person, PASSPHRASE).key_id != anna.key_id
