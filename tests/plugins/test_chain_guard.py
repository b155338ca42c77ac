"""The guard sees what runs while the chain or rows are locked, and only that."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.template import Context, Template

from tests.plugins import chain_guard
from tests.vault.people import PASSPHRASE, open_vault
from victor.access import System
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.passphrases.actions import unlock_vault


@transaction.atomic
def act(*, slow: bool) -> None:
    """What an action does, with or without something slow after its entry."""
    record("guard.tried", "test", by=System("test"))
    if slow:
        Template("{{ x }}").render(Context())


@transaction.atomic
def act_after_undone_entry() -> None:
    """The entry is undone with its savepoint, so that the chain is free again."""
    with suppress(ValueError), transaction.atomic():
        record("guard.tried", "test", by=System("test"))
        int("no number")
    Template("{{ x }}").render(Context())


@transaction.atomic
def lock_and_render() -> None:
    """An action that renders while it has locked a person's row."""
    list(User.objects.select_for_update())
    Template("{{ x }}").render(Context())


def take_violations() -> list[str]:
    """What the guard has noted, taken from it, so that this test does not fail by it."""
    noted = list(chain_guard.violations)
    chain_guard.violations.clear()
    return noted


@pytest.mark.django_db
def test_guard_notes_rendering_after_an_entry():
    act(slow=True)
    assert len(take_violations()) == 1


@pytest.mark.django_db(transaction=True)
def test_guard_notes_rendering_before_the_commit():
    act(slow=True)
    assert len(take_violations()) == 1


@pytest.mark.django_db
def test_guard_notes_argon2_after_an_entry():
    with transaction.atomic():
        guarded = transaction.atomic(lambda: (record("guard.tried", "test", by=System("test")), make_password("x")))
        guarded()
    assert "Argon2" in take_violations()[0]


@pytest.mark.django_db
def test_guard_notes_rendering_while_a_row_is_locked():
    lock_and_render()
    assert take_violations() == ["a template  at a test: rows locked since a test"]


@pytest.mark.django_db
def test_guard_does_not_count_a_lock_outside_a_transaction():
    User.objects.update(name="")
    transaction.atomic(Template("{{ x }}").render)(Context())
    assert take_violations() == []


@pytest.mark.django_db
def test_guard_lets_a_try_of_a_passphrase_derive_while_the_own_key_is_locked():
    unlock_vault(open_vault().person, PASSPHRASE)
    assert take_violations() == []


@pytest.mark.django_db
def test_guard_lets_rendering_follow_the_transaction():
    act(slow=False)
    Template("{{ x }}").render(Context())
    assert take_violations() == []


@pytest.mark.django_db
def test_guard_does_not_count_a_transaction_of_the_test():
    with transaction.atomic():
        act(slow=False)
        Template("{{ x }}").render(Context())
    assert take_violations() == []


@pytest.mark.django_db
def test_guard_sees_that_a_savepoint_frees_the_chain():
    act_after_undone_entry()
    assert take_violations() == []
