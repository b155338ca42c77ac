from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override
from model_bakery import baker

from partners.directory.models import Country, Organisation
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Confidence, Purpose

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return baker.make(Country, code="GR", name_en="Greece", in_partnership=True, time_zone="Europe/Athens")


def line(country: Country, **fields: object) -> HelpLine:
    given = {"publish": True, "confidence": Confidence.HIGH, "purpose": Purpose.CHILDREN}
    given |= {"last_checked": timezone.localdate(), "name_en": "Line", "number": "1056", "dial": "1056"}
    return baker.make(HelpLine, country=country, **(given | fields))


def test_published_shows_a_checked_line(country, settings):
    settings.HELP_LINE_MAX_AGE_DAYS = 90
    checked = line(country)
    assert list(HelpLine.objects.published()) == [checked]


@pytest.mark.parametrize(
    "fields",
    [
        {"publish": False},
        {"confidence": Confidence.MEDIUM},
        {"last_checked": None},
        {"last_checked": timezone.localdate() - timedelta(days=91)},
    ],
)
def test_published_hides_a_line_that_may_not_be_relied_on(country, settings, fields):
    settings.HELP_LINE_MAX_AGE_DAYS = 90
    line(country, **fields)
    assert list(HelpLine.objects.published()) == []


def test_published_keeps_the_emergency_number_at_any_age(country, settings):
    settings.HELP_LINE_MAX_AGE_DAYS = 90
    old = line(country, purpose=Purpose.EMERGENCY, last_checked=timezone.localdate() - timedelta(days=4000))
    assert list(HelpLine.objects.published()) == [old]


def test_published_shows_a_line_of_any_age_where_age_is_unlimited(country, settings):
    settings.HELP_LINE_MAX_AGE_DAYS = None
    old = line(country, last_checked=timezone.localdate() - timedelta(days=4000))
    assert list(HelpLine.objects.published()) == [old]


def test_to_check_lists_the_unchecked_first_and_leaves_out_the_fresh(country, settings):
    settings.HELP_LINE_MAX_AGE_DAYS = 90
    line(country, number="1")
    old = line(country, number="2", last_checked=timezone.localdate() - timedelta(days=61))
    never = line(country, number="3", last_checked=None)
    assert list(HelpLine.objects.to_check()) == [never, old]


def test_for_listing_follows_the_order_of_the_scheme(country):
    categories = ["national_ngo", "state_authority", "coordinator", "international_ngo", "international_organisation"]
    for category in categories:
        baker.make(Organisation, country=country, category=category, slug=category, name_en=category, city_en="Athens")
    listed = Organisation.objects.for_listing().values_list("category", flat=True)
    assert list(listed) == [
        "coordinator",
        "international_organisation",
        "state_authority",
        "international_ngo",
        "national_ngo",
    ]


def test_for_listing_sorts_by_the_name_of_the_active_language(country):
    names = {"a": ("Alpha", "Ωμέγα"), "b": ("Omega", "Άλφα")}
    for slug, (english, greek) in names.items():
        baker.make(
            Organisation,
            country=country,
            category="national_ngo",
            slug=slug,
            name_en=english,
            name_el=greek,
            city_en="X",
        )
    with override("el"):
        assert list(Organisation.objects.for_listing().values_list("slug", flat=True)) == ["b", "a"]
    with override("en"):
        assert list(Organisation.objects.for_listing().values_list("slug", flat=True)) == ["a", "b"]
