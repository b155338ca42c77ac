"""The doors of exports: of a desk, and of all desks together."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desks.exchange import actions
from desks.exchange.models import DataExport, ExportRight
from desks.exchange.states import ExportKind, ExportReason
from partners.memberships.states import Role
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.exchange.test_actions import WHY, WORDS, allowed, membership_of
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.people import browser_of, person
from tests.vault.people import open_vault

pytestmark = pytest.mark.django_db
NETWORK = "/en/workspace/exports/"


@pytest.fixture
def url(here: CaseDesk) -> str:
    return f"{here.url}exports/"


@pytest.fixture
def asked(here: CaseDesk) -> DataExport:
    allowed(here.anna.person, ExportKind.CASES, by=here.chief.person)
    return actions.ask_for_cases(here.desk, [here.case()], WHY, WORDS, by=here.anna.person)


def sent(case, **changed: object) -> dict[str, object]:
    """What the form for cases sends."""
    fields = {"cases-references": f"{case.reference.lower()}\n", "cases-why": "partner", "cases-words": WORDS}
    return {"form": "cases"} | fields | changed


def test_page_offers_nobody_a_file_by_a_role(here, url):
    page = browser_of(here.anna.person).get(url)
    assert page.status_code == 200
    assert page.context["forms"] == {}


def test_supervisor_gives_a_right_and_takes_it_away(here, url):
    browser = browser_of(here.chief.person)
    membership = membership_of(here.anna.person)
    given = {"form": "right", "right-membership": membership.pk, "right-kind": "cases"}
    assert browser.post(url, given).status_code == 302
    right = ExportRight.objects.get()
    assert right.membership == membership
    assert browser.post(f"{url}rights/{right.pk}/withdraw/").status_code == 302
    assert not ExportRight.objects.exists()


def test_supervisor_cannot_choose_themselves(here, url):
    given = {"form": "right", "right-membership": membership_of(here.chief.person).pk, "right-kind": "cases"}
    assert browser_of(here.chief.person).post(url, given).status_code == 422
    assert not ExportRight.objects.exists()


def test_who_has_the_right_asks_with_a_reason(here, url, asked):
    case = here.case()
    assert browser_of(here.anna.person).post(url, sent(case)).status_code == 302
    assert list(DataExport.objects.first().items.values_list("case", flat=True)) == [case.pk]


def test_form_without_a_reason_keeps_what_was_chosen(here, url, asked):
    case = here.case()
    page = browser_of(here.anna.person).post(url, sent(case, **{"cases-words": ""}))
    assert page.status_code == 422
    assert page.context["forms"]["cases"]["references"].value() == f"{case.reference.lower()}\n"


def test_reference_of_another_desk_is_named(here, url, asked):
    case = CaseDesk("lamp").case()
    page = browser_of(here.anna.person).post(url, sent(case))
    assert page.status_code == 422
    assert f"No case that can be exported has this reference: {case.reference}" in page.content.decode()


def test_form_of_somebody_without_the_right_is_not_there(here, url):
    assert browser_of(here.anna.person).post(url, sent(here.case())).status_code == 404


def test_stranger_finds_nothing(url, asked):
    browser = unlocked_browser_of(open_vault(stranger()))
    assert browser.get(url).status_code == 404
    assert browser.post(f"{url}{asked.pk}/approve/").status_code == 404
    assert browser.get(f"{url}{asked.pk}/cases/json/").status_code == 404


def test_words_are_shown_to_whoever_decides_with_an_open_vault(here, url, asked):
    assert WORDS in unlocked_browser_of(here.chief).get(url).content.decode()
    assert WORDS not in browser_of(here.chief.person).get(url).content.decode()


def test_supervisor_approves_and_the_asker_takes_the_file(here, url, asked):
    browser_of(here.chief.person).post(f"{url}{asked.pk}/approve/")
    answer = unlocked_browser_of(here.anna).get(f"{url}{asked.pk}/cases/json/")
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="export-{asked.pk}-json.json"'
    assert "no-store" in answer["Cache-Control"]
    case = asked.items.get().case
    assert json.loads(answer.content)["cases"][0]["case"] == case.reference


def test_file_without_an_open_vault_asks_to_open_it(here, url, asked):
    browser_of(here.chief.person).post(f"{url}{asked.pk}/approve/")
    answer = browser_of(here.anna.person).get(f"{url}{asked.pk}/cases/json/")
    assert answer.status_code == 302


def test_file_before_the_approval_says_why_not(here, url, asked):
    answer = unlocked_browser_of(here.anna).get(f"{url}{asked.pk}/cases/json/", follow=True)
    assert "24 hours" in answer.content.decode()


@pytest.mark.parametrize("rest", ["cases/csv/", "file/json/", "cases/pdf/", "burn/"])
def test_form_or_step_that_is_not_there_is_not_found(here, url, asked, rest):
    browser = unlocked_browser_of(here.anna)
    method = browser.post if rest == "burn/" else browser.get
    assert method(f"{url}{asked.pk}/{rest}").status_code == 404


def test_page_of_all_desks_is_for_coordinators(here):
    assert browser_of(here.chief.person).get(NETWORK).status_code == 404
    assert browser_of(person(Role.COORDINATOR)).get(NETWORK).status_code == 200


def test_coordinators_ask_decide_and_take(at):
    one, two = person(Role.COORDINATOR), person(Role.COORDINATOR)
    at(timezone.now() + timedelta(days=8))
    allowed(one, ExportKind.ROWS, by=two)
    asked = {"form": "rows", "rows-year": 2020, "rows-why": ExportReason.STATISTICS}
    assert browser_of(one).post(NETWORK, asked).status_code == 302
    export = DataExport.objects.get()
    assert browser_of(two).post(reverse("desks:network_export_step", args=[export.pk, "approve"])).status_code == 302
    answer = browser_of(one).get(reverse("desks:network_export_file", args=[export.pk, "global"]))
    assert answer.content.decode().lstrip("\ufeff").startswith("yearOfRegistration,Datasource,gender")


def test_request_of_a_desk_is_none_of_all_desks(asked):
    browser = browser_of(person(Role.COORDINATOR))
    assert browser.post(reverse("desks:network_export_step", args=[asked.pk, "approve"])).status_code == 404
