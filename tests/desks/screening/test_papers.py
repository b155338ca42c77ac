"""The sheet of a screening from paper: a copy without hidden data in the record of its case, for who reads that."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from desks.cases.errors import CaseMoveNotPossible
from desks.cases.models import Case
from desks.endings.actions import erase_case
from desks.screening import papers
from desks.screening.actions import begin_screening, save_screening
from desks.screening.answers import ScreeningContent
from desks.screening.models import Screening
from desks.screening.states import ScreeningOrigin
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.endings.closed_cases import ADULT, LAST_DAY, closed
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.files.metadata.samples import CANARY, SAMPLES
from tests.people import browser_of
from victor.access import System
from victor.audit.models import Entry
from victor.vault.records.models import SealedFile, vault_storage

pytestmark = pytest.mark.django_db
TYPED = {"function": "Teacher, school 12", "sign_G5": "yes", "note_G5": "two towns in a week"}


@pytest.fixture
def case(here) -> Case:
    return here.case(**ADULT)


@pytest.fixture
def draft(here, case) -> Screening:
    return begin_screening(case, origin=ScreeningOrigin.PAPER, by=here.anna.person)


@pytest.fixture
def browser(here) -> Client:
    return unlocked_browser_of(here.anna)


def page(here: CaseDesk, draft: Screening, rest: str = "edit/") -> str:
    return here.page(draft.case, f"screenings/{draft.pk}/{rest}")


def send(here: CaseDesk, draft: Screening, client: Client, *, kind: str = "JPEG", press: str = "save", **more: object):
    """The form with a sheet, as a browser sends it."""
    draft.refresh_from_db()
    sheet = SimpleUploadedFile("sheet.bin", SAMPLES[kind]())
    return client.post(page(here, draft), {"do": press, "seen": draft.version, "sheet": sheet, **TYPED, **more})


def sheet_of(draft: Screening) -> SealedFile | None:
    draft.refresh_from_db()
    return draft.sheet


@pytest.mark.parametrize(("kind", "suffix"), [("JPEG", "jpg"), ("PDF", "pdf")])
def test_sheet_is_read_by_a_colleague_without_hidden_data(here, draft, browser, kind, suffix):
    send(here, draft, browser, kind=kind, press="finish")
    answer = unlocked_browser_of(here.ben).get(page(here, draft, "sheet/"))
    content = b"".join(answer)
    assert content
    assert CANARY.encode() not in content
    assert f"{draft.case.reference}-{draft.pk}.{suffix}" in answer["Content-Disposition"]


def test_sheet_that_was_read_is_in_the_log_by_number(here, draft, browser):
    send(here, draft, browser)
    browser.get(page(here, draft, "sheet/"))
    assert json.loads(Entry.objects.get(action="case.paper_read").details) == {"screening": draft.pk}


def test_screening_shows_the_way_to_its_sheet(here, draft, browser):
    before = browser.get(page(here, draft)).text
    send(here, draft, browser)
    address = page(here, draft, "sheet/")
    assert address not in before
    assert address in browser.get(page(here, draft)).text
    send(here, draft, browser, press="finish")
    assert address in unlocked_browser_of(here.ben).get(page(here, draft, "")).text


def test_sheet_is_saved_with_a_locked_vault_and_read_with_an_open_one(here, draft):
    locked = browser_of(here.anna.person)
    send(here, draft, locked)
    assert sheet_of(draft) is not None
    assert "unlock" in locked.get(page(here, draft, "sheet/"))["Location"]


def test_save_by_itself_takes_no_sheet(here, draft, browser):
    assert send(here, draft, browser, press="auto").status_code == 200
    assert sheet_of(draft) is None


def test_second_sheet_comes_in_the_place_of_the_first(here, draft, browser, django_capture_on_commit_callbacks):
    send(here, draft, browser)
    first = sheet_of(draft)
    with django_capture_on_commit_callbacks(execute=True):
        send(here, draft, browser, kind="PDF")
    assert sheet_of(draft) != first
    assert SealedFile.objects.filter(key=draft.case.key).count() == 1
    assert not vault_storage().exists(str(first.file))


def test_save_without_a_sheet_keeps_the_one_before(here, draft, browser):
    send(here, draft, browser)
    first = sheet_of(draft)
    browser.post(page(here, draft), {"do": "save", "seen": draft.version, **TYPED})
    assert sheet_of(draft) == first


@pytest.mark.parametrize("press", ["save", "finish"])
@pytest.mark.parametrize("kind", ["DOCX", "MP4"])
def test_sheet_of_another_kind_is_refused_with_what_was_typed(here, draft, browser, kind, press):
    answer = send(here, draft, browser, kind=kind, press=press)
    assert answer.status_code == 409
    assert "This file cannot be kept" in answer.text
    assert "two towns in a week" in answer.text
    assert sheet_of(draft) is None


def test_sheet_that_is_too_large_is_refused_with_what_was_typed(here, draft, browser, monkeypatch):
    monkeypatch.setattr("victor.files.upload_handlers.MAX_FILE_BYTES", 100)
    answer = send(here, draft, browser)
    assert answer.status_code == 409
    assert "larger than 20 MB" in answer.text
    assert "two towns in a week" in answer.text


def test_sheet_that_is_too_large_beside_another_fault_says_so(here, draft, browser, monkeypatch):
    monkeypatch.setattr("victor.files.upload_handlers.MAX_FILE_BYTES", 100)
    assert "larger than 20\u00a0MB" in send(here, draft, browser, sign_G1="perhaps").text


def test_form_that_is_wrong_elsewhere_asks_for_the_sheet_again(here, draft, browser):
    answer = send(here, draft, browser, sign_G1="perhaps")
    assert answer.status_code == 422
    assert "Please choose your files again." in answer.text


def test_screening_that_is_not_from_paper_asks_for_no_sheet(here, case, browser):
    own = begin_screening(case, by=here.anna.person)
    assert 'name="sheet"' not in browser.get(page(here, own)).text
    send(here, own, browser)
    assert sheet_of(own) is None


def test_sheet_of_a_screening_that_is_not_from_paper_is_refused(here, case):
    own = begin_screening(case, by=here.anna.person)
    sheet = papers.seal_sheet(case, SAMPLES["PDF"]())
    with pytest.raises(CaseMoveNotPossible):
        save_screening(own, ScreeningContent(), seen=1, by=here.anna.person, is_noted=True, sheet=sheet)


def test_sheet_of_another_case_is_refused(here, draft):
    sheet = papers.seal_sheet(here.case(), SAMPLES["PDF"]())
    with pytest.raises(CaseMoveNotPossible):
        save_screening(draft, ScreeningContent(), seen=1, by=here.anna.person, is_noted=True, sheet=sheet)


def test_sheet_of_a_draft_of_a_colleague_is_not_there(here, draft, browser):
    send(here, draft, browser)
    assert unlocked_browser_of(here.ben).get(page(here, draft, "sheet/")).status_code == 404


def test_sheet_is_not_there_for_a_stranger(here, draft, browser):
    send(here, draft, browser, press="finish")
    assert browser_of(stranger()).get(page(here, draft, "sheet/")).status_code in {302, 404}


def test_form_without_its_token_is_refused(here, draft):
    client = Client(enforce_csrf_checks=True)
    client.force_login(here.anna.person)
    assert send(here, draft, client).status_code in {302, 403}
    assert sheet_of(draft) is None


def test_delete_case_takes_the_sheet_along(here, draft, browser, at, django_capture_on_commit_callbacks):
    send(here, draft, browser, press="finish", sign_G5="")
    name, case = str(sheet_of(draft).file), draft.case
    closed(here, again(case))
    at(timezone.now() + timedelta(days=LAST_DAY + 1))
    with django_capture_on_commit_callbacks(execute=True):
        erase_case(case, by=System("clock"))
    assert not SealedFile.objects.filter(key=case.key_id).exists()
    assert not vault_storage().exists(name)
