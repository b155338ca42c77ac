"""The doors of cases that are brought in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from desks.cases.models import Case
from desks.exchange.standard_files import write_json
from desks.exchange.standard_rows import StandardCase
from desks.imports import openings
from desks.imports.models import CaseImport, ColumnMapping
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.imports.own_lists import ROWS, column_answers, csv_list, sent, upload, xlsx_list
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.people import browser_of
from tests.vault.people import open_vault

pytestmark = pytest.mark.django_db
WORDS = {"word-0": "female", "word-1": "male", "word-2": "keep"}


@pytest.fixture
def url(here: CaseDesk) -> str:
    return f"{here.url}exports/bring-in/"


@pytest.fixture
def chief(here: CaseDesk) -> Client:
    return unlocked_browser_of(here.chief)


def previewed(chief: Client, url: str, content: bytes = b"") -> str:
    """The page of a list of which everything is said."""
    page = upload(chief, url, content or xlsx_list())
    page = chief.post(page.url, column_answers())
    return chief.post(page.url, WORDS).url


def test_supervisor_is_led_there_from_the_exports(here, url):
    assert url in browser_of(here.chief.person).get(f"{here.url}exports/").text
    assert url not in browser_of(here.anna.person).get(f"{here.url}exports/").text


def test_list_is_mapped_once_and_opened(here, chief, url):
    page = upload(chief, url, xlsx_list())
    assert page.status_code == 302
    assert page.url.endswith("/columns/")
    assert "Zamfirescu" in chief.get(page.url).text
    page = chief.post(page.url, column_answers())
    assert page.url.endswith("/words/")
    assert "Surzhyk" in chief.get(page.url).text
    page = chief.post(page.url, WORDS)
    text = chief.get(page.url).text
    assert "Ioana Zamfirescu" in text
    assert not Case.objects.exists()
    assert chief.post(page.url, sent()).status_code == 302
    assert Case.objects.count() == 2
    assert chief.get(page.url).status_code == 404


def test_second_file_with_the_same_headings_needs_no_mapping(chief, url):
    chief.post(previewed(chief, url), sent())
    page = upload(chief, url, csv_list(ROWS[1]))
    assert page.url == f"{url}{CaseImport.objects.get().pk}/"
    assert ColumnMapping.objects.count() == 1


def test_child_who_is_known_is_shown_and_left_out(here, chief, url):
    case = here.case()
    page = previewed(chief, url)
    text = chief.get(page).text
    assert case.reference in text
    assert chief.post(page, sent(left_out=[2])).status_code == 302
    assert Case.objects.count() == 2


def test_form_without_an_answer_keeps_what_was_typed(chief, url):
    page = previewed(chief, url)
    answer = chief.post(page, sent(risk="", left_out=[3]))
    assert answer.status_code == 422
    assert answer.context["form"]["reason"].value() == sent()["reason"]
    assert [line.is_left_out for line in answer.context["lines"]] == [False, True]
    assert chief.post(page, sent(left_out=[2, 3])).status_code == 409
    assert not Case.objects.exists()


def test_rest_of_a_long_file_is_opened_by_the_next_press(chief, url, monkeypatch):
    monkeypatch.setattr(openings, "AT_ONCE", 1)
    page = previewed(chief, url)
    answer = chief.post(page, sent())
    assert answer.status_code == 200
    assert Case.objects.count() == 1
    assert [line.number for line in answer.context["lines"]] == [3]
    assert chief.post(page, sent()).status_code == 302
    assert Case.objects.count() == 2


def test_column_that_is_said_twice_is_refused_where_it_stands(chief, url):
    page = upload(chief, url, csv_list())
    answer = chief.post(page.url, column_answers() | {"column-2": "given"})
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"column-1", "column-2"}


def test_unknown_code_of_the_standard_is_named_and_kept_only_if_asked(here, chief, url):
    content = write_json([StandardCase("1", {"prs_FirstName": "Ioana", "prs_Gender": "Unsaid", "x_Own": "7"})])
    page = upload(chief, url, content, "standard").url
    faults = chief.get(page).context["faults"]
    assert [(fault.place, fault.column) for fault in faults] == [("cases 1", "prs_Gender"), ("cases 1", "x_Own")]
    answer = chief.post(page, sent())
    assert answer.status_code == 422
    assert "keep" in answer.context["form"].errors
    assert chief.post(page, sent(keep="on")).status_code == 302
    assert Case.objects.get().htcds_extra


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"%PDF-1.7", "list", "PDF"),
        (b"%PDF-1.7", "standard", "PDF"),
        (b"{}", "standard", "cannot be brought in"),
        (csv_list(["=1+1"]), "list", "formula"),
        (b"\xd0\xcf\x11\xe0", "list", "password"),
        (b"x" * (20 * 1024 * 1024 + 1), "list", "larger than 10"),
    ],
    ids=["pdf", "no standard", "no cases", "formula", "locked", "large"],
)
def test_file_that_cannot_be_read_says_why_and_leaves_nothing(chief, url, content, kind, words):
    answer = upload(chief, url, content, kind)
    assert answer.status_code == 422
    assert words in answer.text
    assert not CaseImport.objects.exists()


def test_locked_vault_is_unlocked_first(here, url):
    answer = browser_of(here.chief.person).get(url)
    assert answer.status_code == 302
    assert "unlock" in answer.url


@pytest.mark.parametrize("rest", ["", "columns/", "words/", "discard/"])
def test_stranger_and_other_supervisors_find_nothing(here, chief, url, rest):
    upload(chief, url, csv_list())
    address = f"{url}{CaseImport.objects.get().pk}/{rest}"
    method = "post" if rest == "discard/" else "get"
    for who in (here.boss, CaseDesk("lamp").chief):
        assert getattr(unlocked_browser_of(who), method)(address).status_code == 404
    for who in (here.anna, open_vault(stranger())):
        assert getattr(unlocked_browser_of(who), method)(address).status_code in {403, 404}
    assert unlocked_browser_of(CaseDesk("lamb").chief).get(url).status_code == 404
    assert CaseImport.objects.exists()


def test_import_of_yesterday_is_not_found(chief, url, at):
    page = previewed(chief, url)
    at(timezone.now() + timedelta(hours=25))
    assert chief.post(page, sent()).status_code in {302, 404}
    assert not Case.objects.exists()


def test_file_is_discarded(chief, url):
    page = previewed(chief, url)
    assert chief.post(f"{page}discard/").status_code == 302
    assert not CaseImport.objects.exists()
