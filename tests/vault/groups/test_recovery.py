"""Two officers restore an access together, and nobody alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.vault.people import PASSPHRASE, make_group, open_vault, reads, write_records
from victor.audit.models import Entry
from victor.mail.emails import content_of
from victor.mail.models import Message
from victor.vault import crypto
from victor.vault.errors import NotAMember, NotAnOfficer, NotRecoverable, RecoveryNotPossible, Unopenable
from victor.vault.groups import actions as groups_actions
from victor.vault.groups import recovery
from victor.vault.groups.models import Group, RecoveryLayer, RecoveryRequest
from victor.vault.groups.periodic import forget_layers
from victor.vault.groups.states import RecoveryState
from victor.vault.keys.keyring import UnlockedVault, match_private_key
from victor.vault.passphrases import actions as passphrases_actions
from victor.vault.records.models import Envelope

pytestmark = pytest.mark.django_db
NEW = "another word for every river"


@pytest.fixture
def anna() -> UnlockedVault:
    return open_vault()


@pytest.fixture
def olga() -> UnlockedVault:
    return open_vault()


@pytest.fixture
def oscar() -> UnlockedVault:
    return open_vault()


@pytest.fixture
def group(anna, olga, oscar) -> Group:
    return make_group(anna, officers=[olga, oscar])


@pytest.fixture
def envelope(group) -> Envelope:
    [envelope] = write_records(group)
    return envelope


@pytest.fixture
def fresh(envelope, anna) -> UnlockedVault:
    """Anna, who has forgotten her passphrase and begun anew."""
    return passphrases_actions.replace_forgotten_passphrase(anna.person, NEW)


def test_two_officers_restore_an_access(group, envelope, fresh, olga, oscar):
    assert not reads(envelope, fresh)
    ceremony = recovery.request_recovery(group, by=fresh)
    recovery.confirm_recovery(ceremony, by=olga)
    assert not reads(envelope, fresh)
    recovery.complete_recovery(ceremony, by=oscar)
    assert reads(envelope, fresh)
    ceremony.refresh_from_db()
    assert ceremony.state == RecoveryState.DONE
    assert ceremony.first == olga.actor
    assert ceremony.second == oscar.actor
    assert not RecoveryLayer.objects.exists()


def test_complete_recovery_takes_the_groups_key_from_the_key_that_was_set_aside(
    group, envelope, fresh, anna, olga, oscar
):
    """Finding 12: until then the old passphrase may come back; from then on it opens nothing of the group."""
    ceremony = recovery.request_recovery(group, by=fresh)
    recovery.confirm_recovery(ceremony, by=olga)
    assert reads(envelope, anna)
    recovery.complete_recovery(ceremony, by=oscar)
    assert not reads(envelope, anna)
    back = passphrases_actions.restore_old_passphrase(PASSPHRASE, by=fresh)
    assert reads(envelope, back)
    assert not reads(envelope, fresh)


def test_officers_who_are_no_members_read_nothing_alone_or_in_passing(group, envelope, fresh, olga, oscar):
    assert not any(reads(envelope, each) for each in (olga, oscar))
    ceremony = recovery.request_recovery(group, by=fresh)
    recovery.confirm_recovery(ceremony, by=olga)
    recovery.complete_recovery(ceremony, by=oscar)
    assert not any(reads(envelope, each) for each in (olga, oscar))


def test_no_share_opens_with_the_key_of_one_officer(group, olga, oscar):
    shares = list(group.shares.all())
    assert len(shares) == 2
    for share in shares:
        for officer in (olga, oscar):
            with pytest.raises(Unopenable):
                value = crypto.unseal(bytes(share.sealed), officer.private)
                match_private_key(group.key, crypto.unseal(value, officer.private))


def test_one_officer_is_not_two_and_nobody_restores_their_own(group, fresh, olga, oscar, anna):
    groups_actions.add_recovery_officer(group, open_vault().person, by=anna)
    ceremony = recovery.request_recovery(group, by=fresh)
    with pytest.raises(NotAnOfficer):
        recovery.confirm_recovery(ceremony, by=fresh)
    with pytest.raises(RecoveryNotPossible):
        recovery.complete_recovery(ceremony, by=olga)
    recovery.confirm_recovery(ceremony, by=olga)
    with pytest.raises(NotAnOfficer):
        recovery.complete_recovery(ceremony, by=olga)
    with pytest.raises(RecoveryNotPossible):
        recovery.confirm_recovery(ceremony, by=oscar)


def test_officer_who_has_forgotten_too_is_no_second_for_themselves(anna, olga):
    group = make_group(anna, olga, officers=[anna, olga])
    fresh = passphrases_actions.replace_forgotten_passphrase(anna.person, NEW)
    assert not group.is_recoverable
    with pytest.raises(NotRecoverable):
        recovery.request_recovery(group, by=fresh)


def test_group_with_fewer_than_two_officers_says_so(anna, olga, oscar):
    group = make_group(anna, officers=[olga])
    assert not group.is_recoverable
    groups_actions.add_recovery_officer(group, oscar.person, by=anna)
    assert group.is_recoverable
    groups_actions.remove_recovery_officer(group, olga.person, by=anna.person)
    assert not group.is_recoverable


def test_recovery_of_more_than_a_day_ago_is_over_and_its_layers_are_forgotten(group, fresh, olga, oscar, at):
    ceremony = recovery.request_recovery(group, by=fresh)
    recovery.confirm_recovery(ceremony, by=olga)
    at(timezone.now() + timedelta(hours=24))
    with pytest.raises(RecoveryNotPossible):
        recovery.complete_recovery(ceremony, by=oscar)
    ceremony.refresh_from_db()
    assert ceremony.displayed_state == RecoveryState.EXPIRED
    assert forget_layers() == 1
    assert forget_layers() == 0
    again = recovery.request_recovery(group, by=fresh)
    recovery.confirm_recovery(again, by=oscar)
    recovery.complete_recovery(again, by=olga)


def test_new_key_or_officer_in_between_begins_the_recovery_again(anna, olga, oscar):
    ben = open_vault()
    group = make_group(anna, ben, officers=[olga, oscar])
    [envelope] = write_records(group)
    fresh = passphrases_actions.replace_forgotten_passphrase(anna.person, NEW)
    ceremony = recovery.request_recovery(group, by=fresh)
    recovery.confirm_recovery(ceremony, by=olga)
    cleo = open_vault()
    groups_actions.admit_member(group, cleo.person, by=ben)
    groups_actions.dismiss_member(group, cleo.person, by=ben)
    with pytest.raises(RecoveryNotPossible):
        recovery.complete_recovery(ceremony, by=oscar)
    recovery.confirm_recovery(ceremony, by=oscar)
    recovery.complete_recovery(ceremony, by=olga)
    assert reads(envelope, fresh)


def test_key_that_was_set_aside_follows_the_group_to_its_new_key(anna):
    ben, cleo = open_vault(), open_vault()
    group = make_group(anna, ben, cleo)
    [envelope] = write_records(group)
    fresh = passphrases_actions.replace_forgotten_passphrase(anna.person, NEW)
    groups_actions.dismiss_member(group, cleo.person, by=ben)
    assert not reads(envelope, fresh)
    assert reads(envelope, passphrases_actions.restore_old_passphrase(PASSPHRASE, by=fresh))


def test_colleagues_cannot_ask_and_nobody_asks_twice_or_for_nothing(group, fresh, anna):
    recovery.request_recovery(group, by=fresh)
    with pytest.raises(RecoveryNotPossible):
        recovery.request_recovery(group, by=fresh)
    with pytest.raises(RecoveryNotPossible):
        recovery.request_recovery(group, by=anna)
    with pytest.raises(NotAMember):
        recovery.request_recovery(group, by=open_vault())


def test_person_or_officer_withdraws_and_nobody_else(group, fresh, olga, oscar):
    ceremony = recovery.request_recovery(group, by=fresh)
    with pytest.raises(NotAnOfficer):
        recovery.withdraw_recovery(ceremony, by=open_vault().person)
    recovery.confirm_recovery(ceremony, by=olga)
    recovery.withdraw_recovery(ceremony, by=oscar.person)
    with pytest.raises(RecoveryNotPossible):
        recovery.complete_recovery(ceremony, by=oscar)
    assert RecoveryRequest.objects.get().state == RecoveryState.WITHDRAWN
    assert RecoveryLayer.objects.count() == 0


def test_everybody_of_the_group_is_told_without_content_and_the_log_knows_who(group, fresh, olga, oscar):
    Message.objects.all().delete()
    ceremony = recovery.request_recovery(group, by=fresh)
    people = sorted(each.person.email for each in (fresh, olga, oscar))
    assert sorted(Message.objects.values_list("recipient", flat=True)) == people
    assert fresh.person.name not in content_of(Message.objects.first()).text + Message.objects.first().subject
    recovery.confirm_recovery(ceremony, by=olga)
    recovery.complete_recovery(ceremony, by=oscar)
    assert Message.objects.count() == 6
    entries = Entry.objects.filter(action__startswith="vault.recover").order_by("sequence")
    steps = [
        ("vault.recovery_asked", fresh),
        ("vault.recovery_confirmed", olga),
        ("vault.recovered", oscar),
    ]
    assert list(entries.values_list("action", "actor")) == [
        (action, f"accounts.user:{who.person.pk}") for action, who in steps
    ]
