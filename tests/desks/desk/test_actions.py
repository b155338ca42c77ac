"""Desks become public when they can be relied on; their people get the keys and lose them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone

from desks.desk import actions as desk_actions
from desks.desk.errors import KeysExist, NoKeys, NotAColleague
from desks.desk.models import Desk, Rehearsal
from desks.desk.periodic import cut_off_leavers
from desks.desk.publication_checks import missing_for_publication
from desks.reports import actions as reports_actions
from desks.reports.errors import NotInTime
from partners.memberships.actions import withdraw_role
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.bundled import with_desks
from tests.desks.project_desks import (
    US,
    load_desk,
    make_colleague,
    make_publishable,
    make_rehearsal,
    public_desk,
    staff_desk,
)
from tests.people import organisation, person
from tests.vault.people import open_vault, reads, write_records
from victor.audit.models import Entry
from victor.languages import CODES, languages_with
from victor.publishing.actions import publish, save_draft
from victor.publishing.errors import Incomplete
from victor.publishing.models import LanguageVersion
from victor.publishing.states import TextState
from victor.vault.errors import NoGrant, NoVault

pytestmark = [pytest.mark.django_db, with_desks]
HOLDERS = "two people who hold its keys"
TEST = "a test report answered in time in the last 30 days"
AGREEMENT = "a valid agreement that allows its publication"


def needs(desk: Desk) -> list[str]:
    return [str(each) for each in missing_for_publication(Desk.objects.with_readiness().get(pk=desk.pk))]


def leave(user) -> None:
    for membership in Membership.objects.filter(user=user):
        withdraw_role(membership, by=US)


def test_loaded_desks_are_approved_in_eight_languages_and_not_public():
    load_desk()
    versions = LanguageVersion.objects.of_model(Desk)
    assert versions.count() == 32
    assert set(versions.values_list("state", flat=True)) == {TextState.APPROVED}
    assert not Desk.objects.published().exists()


def test_loading_again_keeps_what_was_edited_unless_asked():
    desk = load_desk()
    Desk.objects.filter(pk=desk.pk).update(address="Lamp Street 1")
    call_command("load_desks", verbosity=0)
    assert Desk.objects.get(slug="greece").address == "Lamp Street 1"
    call_command("load_desks", update=True, verbosity=0)
    assert Desk.objects.get(slug="greece").address == ""


def test_desk_that_cannot_be_relied_on_is_not_published():
    desk = load_desk()
    with pytest.raises(Incomplete) as refusal:
        publish(desk.versions.get(language="el"), by=US)
    assert [str(each) for each in refusal.value.missing] == [HOLDERS, TEST, AGREEMENT]


def test_desk_that_can_be_relied_on_is_published_and_no_translation_is_outdated():
    desk = public_desk()
    assert languages_with(desk, "title", "how", "for_children", "for_professionals") == list(CODES)
    assert not desk.versions.filter(outdated=True).exists()


def test_public_desk_whose_conditions_lapse_stays_public_and_can_be_corrected(at):
    desk = public_desk()
    at(timezone.now() + timedelta(days=31))
    assert needs(desk) == [TEST]
    version = desk.versions.get(language="en")
    version = save_draft(desk, "en", version.fields | {"summary": "New"}, by=US)
    version.state = TextState.APPROVED
    version.save()
    publish(version, by=US)
    assert Desk.objects.published().get().summary_en == "New"


def test_who_has_left_or_begun_anew_does_not_count_as_a_holder():
    desk = load_desk()
    make_publishable(desk)
    assert needs(desk) == []
    ben = desk.group.members.latest("pk").user
    ben.personal_keys.update(set_aside_at=timezone.now())
    assert needs(desk) == [HOLDERS]
    ben.personal_keys.update(set_aside_at=None)
    ben.is_active = False
    ben.save()
    assert needs(desk) == [HOLDERS]


def test_keys_are_opened_for_those_with_a_vault_and_supervisors_are_officers():
    desk = load_desk()
    anna, ben = make_colleague(desk, Role.SUPERVISOR), make_colleague(desk)
    person(Role.WORKER, desk.organisation)
    group = desk_actions.create_desk_keys(desk, by=anna.person).group
    assert {member.user for member in group.members.all()} == {anna.person, ben.person}
    assert [officer.user for officer in group.officers.all()] == [anna.person]
    with pytest.raises(KeysExist):
        desk_actions.create_desk_keys(desk, by=anna.person)


def test_only_who_leads_the_desk_and_has_a_vault_opens_its_keys():
    desk = load_desk()
    with pytest.raises(NoVault):
        desk_actions.create_desk_keys(desk, by=person(Role.SUPERVISOR, desk.organisation))
    for stranger in (person(Role.SUPERVISOR, organisation("other")), person(Role.WORKER, desk.organisation)):
        with pytest.raises(PermissionDenied):
            desk_actions.create_desk_keys(desk, by=stranger)


def test_colleague_is_admitted_and_reads_what_was_before():
    desk = load_desk()
    anna, _ben = staff_desk(desk)
    [envelope], cleo = write_records(desk.group), make_colleague(desk)
    desk_actions.admit(desk, cleo.person, by=anna)
    assert reads(envelope, cleo)


def test_nobody_else_is_admitted_and_nobody_else_admits():
    desk = load_desk()
    anna, ben = make_colleague(desk, Role.SUPERVISOR), make_colleague(desk)
    with pytest.raises(NoKeys):
        desk_actions.admit(desk, ben.person, by=anna)
    desk_actions.create_desk_keys(desk, by=anna.person)
    stranger, cleo = open_vault(person(Role.WORKER, organisation("other"))), make_colleague(desk, Role.SUPERVISOR)
    with pytest.raises(NotAColleague):
        desk_actions.admit(desk, stranger.person, by=anna)
    with pytest.raises(NoGrant):
        desk_actions.admit(desk, cleo.person, by=cleo)
    with pytest.raises(PermissionDenied):
        desk_actions.admit(desk, cleo.person, by=ben)


def test_who_is_dismissed_reads_nothing_at_once():
    desk = load_desk()
    anna, ben = staff_desk(desk)
    [envelope] = write_records(desk.group)
    desk_actions.dismiss(desk, ben.person, by=anna)
    assert reads(envelope, anna)
    assert not reads(envelope, ben)


def test_officers_are_appointed_and_relieved():
    desk = load_desk()
    anna, ben = staff_desk(desk)
    assert desk.group.is_recoverable
    desk_actions.remove_recovery_officer(desk, ben.person, by=anna)
    assert not desk.group.is_recoverable
    desk_actions.add_recovery_officer(desk, ben.person, by=anna)
    assert desk.group.is_recoverable


def test_who_leaves_the_organisation_loses_the_keys_in_the_same_moment():
    desk = load_desk()
    anna, ben = staff_desk(desk)
    [envelope] = write_records(desk.group)
    leave(ben.person)
    assert reads(envelope, anna)
    assert not reads(envelope, ben)


def test_who_keeps_another_role_at_the_desk_keeps_the_keys():
    desk = load_desk()
    _anna, ben = staff_desk(desk)
    [envelope] = write_records(desk.group)
    Membership.objects.create(user=ben.person, organisation=desk.organisation, role=Role.WORKER)
    withdraw_role(Membership.objects.get(user=ben.person, role=Role.SUPERVISOR), by=US)
    assert reads(envelope, ben)


def test_last_holder_who_leaves_keeps_the_key_so_that_nothing_is_lost():
    desk = load_desk()
    anna, ben = staff_desk(desk)
    [envelope] = write_records(desk.group)
    leave(ben.person)
    leave(anna.person)
    assert reads(envelope, anna)
    assert Entry.objects.filter(action="desk.last_key_kept").count() == 1
    assert HOLDERS in needs(desk)


def test_clock_takes_the_keys_from_who_left_by_another_way():
    desk = load_desk()
    anna, ben = staff_desk(desk)
    [envelope] = write_records(desk.group)
    ben.person.is_active = False
    ben.person.save()
    assert cut_off_leavers() == 1
    assert cut_off_leavers() == 0
    assert reads(envelope, anna)
    assert not reads(envelope, ben)


def test_test_report_answered_in_time_is_a_rehearsal_once():
    desk = load_desk()
    anna, _ben = staff_desk(desk)
    report = make_rehearsal(desk)
    reports_actions.pass_rehearsal(report, by=anna.person)
    reports_actions.pass_rehearsal(report, by=anna.person)
    assert [each.passed_at for each in Rehearsal.objects.all()] == [report.answered_at]


@pytest.mark.parametrize(
    "given",
    [
        {"is_test": False},
        {"answered_at": None},
        {"triaged_at": None},
        {"received_at": timezone.now() - timedelta(hours=25)},
        {"received_at": timezone.now() - timedelta(hours=2), "danger": True},
    ],
)
def test_report_that_is_no_test_or_comes_too_late_is_no_rehearsal(given):
    desk = load_desk()
    anna, _ben = staff_desk(desk)
    with pytest.raises(NotInTime):
        reports_actions.pass_rehearsal(make_rehearsal(desk, **given), by=anna.person)
