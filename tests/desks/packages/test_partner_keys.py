"""Keys of partners: four eyes, and nothing is locked with a fingerprint that nobody confirmed."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from desks.desk.errors import NoDeskKey
from desks.packages import partner_keys, wishes
from desks.packages.errors import (
    FingerprintDiffers,
    FingerprintNotConfirmed,
    KeyKnown,
    KeyRemoved,
    NotAKey,
    NotTheReader,
)
from desks.packages.models import PartnerKey
from desks.packages.states import KeyState, RemovalReason
from tests.desks.packages.given_packages import (
    IDENTITY,
    OTHER_IDENTITY,
    a_case,
    confirmed,
    key_facts,
    key_wish,
    registered,
)
from tests.people import person
from victor.vault.errors import Unopenable

pytestmark = pytest.mark.django_db


def test_register_key_waits_for_a_second_person(here):
    key = registered(here)
    assert key.state == KeyState.PROPOSED
    assert key.read_by == here.anna.person
    assert key.confirmed_by is None


def test_register_no_key_is_refused(here):
    with pytest.raises(NotAKey):
        registered(here, recipient=str(IDENTITY))


def test_register_the_same_key_twice_is_refused(here):
    registered(here)
    with pytest.raises(KeyKnown):
        registered(here)


def test_register_at_another_desk_is_refused(here):
    with pytest.raises(PermissionDenied):
        partner_keys.register_key(here.desk, key_facts(here), by=person())


def test_register_without_a_key_of_the_desk_is_refused(here):
    with pytest.raises(NoDeskKey):
        partner_keys.register_key(here.desk, key_facts(here), by=person("worker", here.organisation))


def test_confirm_own_key_is_refused(here):
    key = registered(here)
    with pytest.raises(NotTheReader):
        partner_keys.confirm_key(key, key.fingerprint, by=here.anna.person)


def test_confirm_another_fingerprint_is_refused(here):
    key = registered(here)
    other = registered(here, recipient=str(OTHER_IDENTITY.to_public()))
    with pytest.raises(FingerprintDiffers):
        partner_keys.confirm_key(key, other.fingerprint, by=here.ben.person)
    assert not PartnerKey.objects.get(pk=key.pk).is_confirmed


def test_confirm_what_was_heard_names_both_people(here):
    key = confirmed(here)
    assert key.state == KeyState.CONFIRMED
    assert key.confirmed_by == here.ben.person


def test_remove_key_that_was_removed_is_refused(here):
    key = partner_keys.remove_key(confirmed(here), RemovalReason.EXPOSED, by=here.anna.person)
    with pytest.raises(KeyRemoved):
        partner_keys.remove_key(key, RemovalReason.ENDED, by=here.anna.person)


def test_removed_key_can_be_registered_anew(here):
    partner_keys.remove_key(confirmed(here), RemovalReason.MISTAKE, by=here.anna.person)
    assert registered(here).state == KeyState.PROPOSED


def test_package_for_a_fingerprint_that_nobody_confirmed_is_not_written(here):
    with pytest.raises(FingerprintNotConfirmed, match="Read it aloud"):
        wishes.start_package(a_case(here), key_wish(registered(here)), by=here.anna.person)


def test_package_for_a_removed_key_is_not_written(here):
    key = partner_keys.remove_key(confirmed(here), RemovalReason.EXPOSED, by=here.anna.person)
    with pytest.raises(FingerprintNotConfirmed):
        wishes.start_package(a_case(here), key_wish(key), by=here.anna.person)


@pytest.mark.parametrize("change", [{"recipient": str(OTHER_IDENTITY.to_public())}, {"state": "confirmed"}])
def test_key_that_somebody_exchanged_in_the_database_is_refused(here, change):
    key = confirmed(here) if "recipient" in change else registered(here)
    people = {"confirmed_by": here.ben.person, "confirmed_at": key.made_at}
    PartnerKey.objects.filter(pk=key.pk).update(**change | people)
    with pytest.raises(Unopenable):
        wishes.start_package(a_case(here), key_wish(key), by=here.anna.person)


def test_keys_are_visible_to_the_people_of_the_desk_only(here):
    key = registered(here)
    assert list(PartnerKey.objects.visible_to(here.ben.person)) == [key]
    assert not PartnerKey.objects.visible_to(person()).exists()
