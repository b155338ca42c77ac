"""Two officers restore an access together, and nobody alone."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.vault.people import PASSPHRASE, opened, reads, team, written
from victor.audit.models import Entry
from victor.mail.models import Message
from victor.vault import actions, crypto
from victor.vault.errors import NotAMember, NotAnOfficer, NotPossible, NotRecoverable, Unopenable
from victor.vault.keys import Opened, fitting
from victor.vault.models import Ceremony, Envelope, Group, Layer
from victor.vault.periodic import forget_layers
from victor.vault.states import CeremonyState

pytestmark = pytest.mark.django_db
NEW = "another word for every river"


@pytest.fixture
def anna() -> Opened:
    return opened()


@pytest.fixture
def olga() -> Opened:
    return opened()


@pytest.fixture
def oscar() -> Opened:
    return opened()


@pytest.fixture
def group(anna, olga, oscar) -> Group:
    return team(anna, officers=[olga, oscar])


@pytest.fixture
def envelope(group) -> Envelope:
    [envelope] = written(group)
    return envelope


@pytest.fixture
def fresh(envelope, anna) -> Opened:
    """Anna, who has forgotten her passphrase and begun anew."""
    return actions.set_aside(anna.person, NEW)


def test_two_officers_restore_an_access(group, envelope, fresh, olga, oscar):
    assert not reads(envelope, fresh)
    ceremony = actions.ask(group, by=fresh)
    actions.confirm(ceremony, by=olga)
    assert not reads(envelope, fresh)
    actions.complete(ceremony, by=oscar)
    assert reads(envelope, fresh)
    ceremony.refresh_from_db()
    assert (ceremony.state, ceremony.first, ceremony.second) == (CeremonyState.DONE, olga.actor, oscar.actor)
    assert not Layer.objects.exists()


def test_officers_who_are_no_members_read_nothing_alone_or_in_passing(group, envelope, fresh, olga, oscar):
    assert not any(reads(envelope, each) for each in (olga, oscar))
    ceremony = actions.ask(group, by=fresh)
    actions.confirm(ceremony, by=olga)
    actions.complete(ceremony, by=oscar)
    assert not any(reads(envelope, each) for each in (olga, oscar))


def test_no_share_opens_with_the_key_of_one_officer(group, olga, oscar):
    shares = list(group.shares.all())
    assert len(shares) == 2
    for share in shares:
        for officer in (olga, oscar):
            with pytest.raises(Unopenable):
                value = crypto.unseal(bytes(share.sealed), officer.private)
                fitting(group.key, crypto.unseal(value, officer.private))


def test_one_officer_is_not_two_and_nobody_restores_their_own(group, fresh, olga, oscar, anna):
    actions.appoint(group, opened().person, by=anna)
    ceremony = actions.ask(group, by=fresh)
    with pytest.raises(NotAnOfficer):
        actions.confirm(ceremony, by=fresh)
    with pytest.raises(NotPossible):
        actions.complete(ceremony, by=olga)
    actions.confirm(ceremony, by=olga)
    with pytest.raises(NotAnOfficer):
        actions.complete(ceremony, by=olga)
    with pytest.raises(NotPossible):
        actions.confirm(ceremony, by=oscar)


def test_officer_who_has_forgotten_too_is_no_second_for_themselves(anna, olga):
    group = team(anna, olga, officers=[anna, olga])
    fresh = actions.set_aside(anna.person, NEW)
    assert not group.recoverable
    with pytest.raises(NotRecoverable):
        actions.ask(group, by=fresh)


def test_group_with_fewer_than_two_officers_says_so(anna, olga, oscar):
    group = team(anna, officers=[olga])
    assert not group.recoverable
    actions.appoint(group, oscar.person, by=anna)
    assert group.recoverable
    actions.relieve(group, olga.person, by=anna.person)
    assert not group.recoverable


def test_recovery_of_more_than_a_day_ago_is_over_and_its_layers_are_forgotten(group, fresh, olga, oscar, at):
    ceremony = actions.ask(group, by=fresh)
    actions.confirm(ceremony, by=olga)
    at(timezone.now() + timedelta(hours=24))
    with pytest.raises(NotPossible):
        actions.complete(ceremony, by=oscar)
    ceremony.refresh_from_db()
    assert (ceremony.seen_state, forget_layers(), forget_layers()) == (CeremonyState.EXPIRED, 1, 0)
    again = actions.ask(group, by=fresh)
    actions.confirm(again, by=oscar)
    actions.complete(again, by=olga)


def test_new_key_or_officer_in_between_begins_the_recovery_again(anna, olga, oscar, worker):
    ben = opened()
    group = team(anna, ben, officers=[olga, oscar])
    [envelope] = written(group)
    fresh = actions.set_aside(anna.person, NEW)
    ceremony = actions.ask(group, by=fresh)
    actions.confirm(ceremony, by=olga)
    cleo = opened()
    with worker():
        actions.admit(group, cleo.person, by=ben)
        actions.dismiss(group, cleo.person, by=ben)
    with pytest.raises(NotPossible):
        actions.complete(ceremony, by=oscar)
    actions.confirm(ceremony, by=oscar)
    actions.complete(ceremony, by=olga)
    assert reads(envelope, fresh)


def test_key_that_was_set_aside_follows_the_group_to_its_new_key(anna, worker):
    ben, cleo = opened(), opened()
    group = team(anna, ben, cleo)
    [envelope] = written(group)
    fresh = actions.set_aside(anna.person, NEW)
    with worker():
        actions.dismiss(group, cleo.person, by=ben)
    assert not reads(envelope, fresh)
    assert reads(envelope, actions.remember(PASSPHRASE, by=fresh))


def test_colleagues_cannot_ask_and_nobody_asks_twice_or_for_nothing(group, fresh, anna):
    actions.ask(group, by=fresh)
    with pytest.raises(NotPossible):
        actions.ask(group, by=fresh)
    with pytest.raises(NotPossible):
        actions.ask(group, by=anna)
    with pytest.raises(NotAMember):
        actions.ask(group, by=opened())


def test_person_or_officer_withdraws_and_nobody_else(group, fresh, olga, oscar):
    ceremony = actions.ask(group, by=fresh)
    with pytest.raises(NotAnOfficer):
        actions.withdraw_recovery(ceremony, by=opened().person)
    actions.confirm(ceremony, by=olga)
    actions.withdraw_recovery(ceremony, by=oscar.person)
    with pytest.raises(NotPossible):
        actions.complete(ceremony, by=oscar)
    assert (Ceremony.objects.get().state, Layer.objects.count()) == (CeremonyState.WITHDRAWN, 0)


def test_everybody_of_the_group_is_told_without_content_and_the_log_knows_who(group, fresh, olga, oscar):
    Message.objects.all().delete()
    ceremony = actions.ask(group, by=fresh)
    people = sorted(each.person.email for each in (fresh, olga, oscar))
    assert sorted(Message.objects.values_list("recipient", flat=True)) == people
    assert fresh.person.name not in Message.objects.first().text + Message.objects.first().subject
    actions.confirm(ceremony, by=olga)
    actions.complete(ceremony, by=oscar)
    assert Message.objects.count() == 6
    told = Entry.objects.filter(action__startswith="vault.recover").order_by("sequence")
    steps = [
        ("vault.recovery_asked", fresh),
        ("vault.recovery_confirmed", olga),
        ("vault.recovered", oscar),
    ]
    assert list(told.values_list("action", "actor")) == [
        (action, f"accounts.user:{who.person.pk}") for action, who in steps
    ]
