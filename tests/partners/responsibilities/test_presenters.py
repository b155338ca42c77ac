"""Whom a country notifies: from the file that comes with the site, and from what people have checked."""

from __future__ import annotations

from datetime import date

import pytest

from partners.directory.models import Country
from partners.memberships.states import Role
from partners.responsibilities.models import Responsibility
from partners.responsibilities.presenters import CountryDirectory, authorities_to_notify
from partners.responsibilities.states import EntryState, SourceKind
from tests.bundled import with_partnership
from tests.partners.responsibilities.entries import checked_entry, greece, proposed_entry
from tests.people import person
from victor.languages import CODES, columns

pytestmark = pytest.mark.django_db


@with_partnership
def test_bulgaria_notifies_three_bodies_at_the_same_time_within_a_day():
    authorities = authorities_to_notify(Country.objects.get(code="BG"))
    assert {authority.entry.body_en for authority in authorities} == {
        "National Commission for Combating Trafficking in Human Beings",
        "State Agency for Child Protection",
        "Ministry of the Interior",
    }
    assert {(authority.within_hours, authority.is_together, authority.is_own_clock) for authority in authorities} == {
        (24, True, False)
    }


@with_partnership
def test_every_country_has_somebody_to_notify_whom_nobody_has_checked():
    for country in Country.objects.in_partnership():
        authorities = authorities_to_notify(country)
        assert authorities, country
        assert not any(authority.is_checked for authority in authorities)


@with_partnership
def test_file_marks_what_is_not_confirmed_and_names_a_month_for_the_rest():
    entries = Responsibility.objects.all()
    assert {entry.state for entry in entries} == {EntryState.PROPOSED}
    without_month = {entry.source_kind for entry in entries if entry.source_month is None}
    assert without_month == {SourceKind.KNOWLEDGE}
    assert not entries.exclude(phone="").exists()


@with_partnership
def test_file_names_each_body_in_eight_languages():
    names = Responsibility.objects.values_list(*columns("body"))
    assert all(len(row) == len(CODES) and all(row) for row in names)


def test_authority_without_hours_of_its_own_has_the_clock_of_the_country():
    Country.objects.filter(pk=greece().pk).update(notify_hours=48)
    checked_entry(notify=True)
    checked_entry(notify=True, notify_hours=12, function="prosecutor")
    authorities = authorities_to_notify(Country.objects.get(pk="GR"))
    assert [(authority.within_hours, authority.is_own_clock) for authority in authorities] == [
        (12, False),
        (48, True),
    ]


def test_authority_that_somebody_has_only_proposed_is_not_notified():
    proposed_entry(notify=True)
    assert authorities_to_notify(greece()) == []


def test_authority_with_an_old_check_stays_and_is_marked(at):
    at(date(2027, 1, 4))
    checked_entry(notify=True)
    at(date(2027, 7, 4))
    [authority] = authorities_to_notify(greece())
    assert authority.is_outdated


def test_office_is_open_on_weekdays_in_its_own_time(at):
    entry = checked_entry(hours="weekdays", opens="09:00", closes="15:00")
    entry.refresh_from_db()
    open_at = {}
    for moment in ("2027-03-01T07:30+00:00", "2027-03-01T13:30+00:00", "2027-03-06T10:00+00:00"):
        at(moment)
        open_at[moment[:16]] = entry.is_open_now
    assert list(open_at.values()) == [True, False, False]


def test_directory_shows_the_first_contact_apart_and_what_waits_below():
    focal = checked_entry(function="focal_point")
    guardian = checked_entry()
    waiting = proposed_entry(function="prosecutor")
    directory = CountryDirectory.of(greece(), "", person(Role.WORKER))
    assert directory.first_contact == focal
    assert directory.entries == [guardian]
    assert directory.waiting == [waiting]


def test_directory_of_a_need_shows_only_that():
    checked_entry()
    checked_entry(function="prosecutor")
    directory = CountryDirectory.of(greece(), "guardianship", person(Role.WORKER))
    assert [entry.function for entry in directory.entries] == ["guardianship"]


def test_directory_takes_the_same_queries_for_two_and_for_twenty(django_assert_max_num_queries):
    reader, country = person(Role.WORKER), greece()
    for _number in range(20):
        checked_entry()
    with django_assert_max_num_queries(5):
        CountryDirectory.of(country, "", reader)
