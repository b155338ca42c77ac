"""A case is opened in three screens, with a locked vault too; what was typed is never lost and never guessed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desks.cases import candidates
from desks.cases.candidates import Candidate, SearchResult
from desks.cases.casework import IdentityBlock, Task
from desks.cases.code_lists import Block, CaseSource
from desks.cases.models import Case
from desks.cases.opening_form import SEARCHED
from desks.cases.states import EntryKind
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import stranger
from tests.desks.staffed_desks import StaffedDesk, make_emergency_line
from tests.people import browser_of
from tests.vault.people import reads

pytestmark = pytest.mark.django_db
WHO = {"source": "enquiry", "given": "Ioana", "family": "Zamfirescu"}
SAFETY = {
    "age_basis": "presumed",
    "known_from": "others",
    "language": "ro",
    "unaccompanied": "unknown",
    "family_may_be_involved": "unknown",
    "limits": "yes",
    "say": "the library",
}
LAST = {"risk": "medium", "reason": "She is afraid", "worker": ""}


def send(here: CaseDesk, step: int, go: str, query: str = "", **typed: str):
    """One screen, as a worker with a locked vault sends it."""
    sent = {"step": step, "go": go, **WHO, **SAFETY, **LAST} | typed
    sent = {"proof": candidates.proof_of_search({name: sent.get(name, "") for name in SEARCHED})} | sent
    return browser_of(here.anna.person).post(f"{here.url}cases/new/{query}", sent)


def test_first_screen_asks_who_the_child_is(here):
    shown = browser_of(here.anna.person).get(f"{here.url}cases/new/").content.decode()
    assert "Who is the child?" in shown


def test_every_screen_says_whom_to_call_in_danger(here):
    make_emergency_line(StaffedDesk(here.desk, here.anna, here.chief))
    shown = send(here, 1, "next").content.decode()
    assert "In danger now? Call first:" in shown
    assert 'href="tel:112"' in shown


def test_screen_is_not_there_for_a_stranger(here):
    assert browser_of(stranger()).get(f"{here.url}cases/new/").status_code == 404


def test_next_keeps_what_was_typed(here):
    shown = send(here, 1, "next").content.decode()
    assert '<input type="hidden" name="family" value="Zamfirescu">' in shown
    assert "Age, language, safety" in shown


def test_back_keeps_what_was_typed(here):
    assert 'value="Zamfirescu"' in send(here, 2, "back").content.decode()


def test_open_with_a_locked_vault_opens_and_the_colleagues_read(here):
    send(here, 3, "open")
    block = IdentityBlock.objects.get(block=Block.IDENTITY)
    assert reads(block.envelope, here.ben)


def test_open_writes_no_word_into_a_plain_column(here):
    send(here, 3, "open")
    values = " ".join(str(value) for row in Case.objects.values_list() for value in row)
    assert "Zamfirescu" not in values


def test_open_leads_to_the_case_with_its_first_clock(here):
    answer = send(here, 3, "open")
    case = Case.objects.get()
    assert answer.url == here.page(case)
    assert case.due_at == case.opened_at + timedelta(days=1)


def test_open_without_a_reason_keeps_what_was_typed(here):
    answer = send(here, 3, "open", reason="")
    assert answer.status_code == 422
    assert "Zamfirescu" in answer.content.decode()
    assert not Case.objects.exists()


def test_open_before_the_limits_are_told_asks_until_when(here):
    answer = send(here, 2, "next", limits="later")
    assert "Until when will the child be told?" in answer.content.decode()


def test_open_before_the_limits_are_told_makes_a_task(here):
    tomorrow = timezone.localdate() + timedelta(days=1)
    send(here, 3, "open", limits="later", limits_until=tomorrow.isoformat())
    assert Task.objects.count() == 1


def test_open_from_a_report_links_it_and_takes_its_source(here):
    report = here.report()
    send(here, 3, "open", f"?report={report.reference}")
    case = Case.objects.get()
    assert case.source == CaseSource.REPORT
    assert [linked.report for linked in case.linked_reports.all()] == [report]


def test_open_from_a_report_of_another_desk_is_not_found(here):
    report = CaseDesk("other").report()
    assert send(here, 3, "open", f"?report={report.reference}").status_code == 404


def test_birth_date_in_the_future_is_asked_about(here):
    answer = send(here, 1, "next", birth_year=str(timezone.localdate().year + 1))
    assert "This date lies in the future. Check the year." in answer.content.decode()


def test_age_against_the_date_is_asked_about(here):
    year = timezone.localdate().year - 19
    shown = send(here, 2, "next", birth_year=str(year), age="12").content.decode()
    assert "Which is right?" in shown
    assert "you wrote 12" in shown


def test_age_against_the_date_that_is_decided_goes_on(here):
    year = timezone.localdate().year - 19
    shown = send(here, 2, "next", birth_year=str(year), age="12", which="age").content.decode()
    assert "Risk and worker" in shown


def test_month_that_is_unknown_is_not_guessed(here):
    send(here, 3, "open", birth_year="2013")
    assert Case.objects.get().age_band in {"12-14", "6-11"}


def test_adult_without_a_proof_is_asked_for_one(here):
    answer = send(here, 3, "open", age="30", age_basis="declared")
    assert answer.status_code == 409
    assert "we treat the person as a child" in answer.content.decode()


@pytest.fixture
def search(here, monkeypatch) -> Case:
    """A search has joined, and knows one case that may be of the same child."""
    case = here.case()
    monkeypatch.setattr(
        candidates, "SEARCHES", [lambda desk, typed, by: SearchResult([Candidate(case, "name sounds alike")])]
    )
    monkeypatch.setattr("desks.cases.opening_views.SEARCHES", candidates.SEARCHES)
    return case


def test_go_on_without_a_search_asks_for_one(here, search):
    answer = send(here, 1, "next", proof="")
    assert "Search first, so that one child has one case." in answer.content.decode()


def test_search_shows_who_may_be_the_same(here, search):
    shown = send(here, 1, "search").content.decode()
    assert search.reference in shown
    assert "name sounds alike" in shown


def test_go_on_after_the_search_is_possible(here, search):
    proof = candidates.proof_of_search({name: WHO.get(name, "") for name in ("given", "family")})
    assert "Age, language, safety" in send(here, 1, "next", proof=proof).content.decode()


def test_go_on_with_another_name_than_searched_is_refused(here, search):
    proof = candidates.proof_of_search({"given": "Maria"})
    assert send(here, 1, "next", proof=proof).status_code == 422


def test_go_on_when_nothing_is_known_needs_no_search(here, search):
    shown = send(here, 1, "next", given="", family="", nothing_known="on").content.decode()
    assert "Age, language, safety" in shown


def test_it_is_this_child_adds_the_words_to_that_case(here, search):
    send(here, 1, "next", same=search.reference)
    assert search.timeline.filter(kind=EntryKind.WORDS_ADDED).exists()
    assert Case.objects.count() == 1
