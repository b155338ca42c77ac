"""Numbers in few words: for children, and for those who read none of the site's languages."""

from __future__ import annotations

import pytest

from partners.directory.models import Country
from partners.help_lines.models import HelpLine
from partners.help_lines.presenters import lines_to_call_first, numbers_for_children, numbers_in_other_languages
from partners.help_lines.states import Hours, Purpose
from tests.bundled import with_partnership
from tests.people import visitor

pytestmark = [pytest.mark.django_db, with_partnership]


def test_children_read_the_numbers_of_one_country_without_its_name():
    numbers = numbers_for_children(Country.objects.filter(code="BG"))
    assert [(number.line.number, number.countries) for number in numbers] == [("112", []), ("116 111", [])]


def test_children_read_where_a_number_answers_if_it_does_not_everywhere():
    numbers = numbers_for_children(Country.objects.filter(code__in=["GR", "BG"]))
    countries = {number.line.number: [country.code for country in number.countries] for number in numbers}
    assert countries == {"112": [], "116 111": [], "1056": ["GR"], "116 000": ["GR"]}


def test_other_languages_name_each_purpose_and_country():
    for language in numbers_in_other_languages(Country.objects.in_partnership()):
        assert len(language.countries) == 8
        assert all(numbers for _country, numbers in language.countries)


def test_other_languages_promise_only_what_is_confirmed():
    HelpLine.objects.filter(country="BG", purpose=Purpose.CHILDREN).update(hours=Hours.UNCONFIRMED, free=None)
    [albanian, *_others] = numbers_in_other_languages(Country.objects.filter(code="BG"))
    [(_country, numbers)] = albanian.countries
    assert [number.facts for number in numbers] == [["falas", "ditë e natë"], [], ["falas", "ditë e natë"]]


def test_other_languages_leave_out_what_is_not_for_the_public():
    HelpLine.objects.filter(country="BG").exclude(purpose=Purpose.EMERGENCY).update(publish=False)
    [albanian, *_others] = numbers_in_other_languages(Country.objects.filter(code="BG"))
    assert [number.line.number for number in albanian.countries[0][1]] == ["112"]


def test_page_is_marked_with_its_languages_and_their_directions():
    page = visitor().get("/el/help/other-languages/").text
    marks = [f'<section lang="{code}" dir="ltr"' in page for code in ("sq", "rom", "ru", "tr")]
    assert marks == [True] * 4
    assert '<section lang="ar" dir="rtl"' in page


def test_page_of_all_countries_leads_to_each_language():
    page = visitor().get("/el/help/").text
    assert all(f'href="/el/help/other-languages/#{code}"' in page for code in ("sq", "ar", "rom", "ru", "tr"))


@pytest.mark.parametrize(("language", "first"), [("bg", "BG"), ("sl", "SI"), ("hu", "HU"), ("en", "GR")])
def test_countries_begin_with_that_of_the_language(language, first):
    page = visitor().get(f"/{language}/help/").text
    assert page.index(f'href="/{language}/help/{first.lower()}/"') == page.index(
        f'href="/{language}/help/', page.index('<ul class="countries')
    )


def test_age_of_a_check_is_not_shown_to_visitors():
    assert "last checked" not in visitor().get("/en/help/gr/").text


@pytest.mark.parametrize(("code", "number"), [("GR", "112"), ("SI", "112"), ("RS", "192"), ("UA", "102")])
def test_number_to_call_first_serves_in_the_country_where_none_is_published(code, number):
    HelpLine.objects.update(publish=False)
    assert [line.number for line in lines_to_call_first(code)] == [number]


def test_published_emergency_number_is_the_one_to_call_first():
    HelpLine.objects.filter(country="GR", purpose=Purpose.EMERGENCY).update(number="100")
    assert [line.number for line in lines_to_call_first("GR")] == ["100"]
