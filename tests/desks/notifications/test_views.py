"""The pages of the authorities that have to be told, and the letter."""

from __future__ import annotations

import pytest

from desks.cases.models import Case, today
from desks.notifications import actions
from desks.notifications.models import Notification
from desks.notifications.states import AuthorityKind, NotificationState
from tests.desks.cases.case_desks import NAME as CHILD
from tests.desks.cases.case_desks import CaseDesk
from tests.desks.inbox.inbox_desks import stranger, unlocked_browser_of
from tests.desks.notifications.notification_desks import NAME, added, presume, send
from tests.partners.responsibilities.entries import prepared_entry
from tests.people import browser_of
from victor.audit.models import Entry
from victor.mail.models import Message as Mail

pytestmark = pytest.mark.django_db
LETTER = {"language": "bg", "authority": "Държавна агенция за закрила на детето"}


@pytest.fixture
def case(here) -> Case:
    return here.case()


@pytest.fixture
def row(here, case) -> Notification:
    return added(presume(here, case), by=here.anna.person)


def text_of(answer) -> str:
    return answer.content.decode()


def test_section_without_a_list_says_so(here, case):
    page = text_of(browser_of(here.anna.person).get(here.page(case, "authorities/")))
    assert "The list of authorities of this country is not there yet." in page


def test_section_names_an_authority_with_an_open_vault(here, case, row):
    pages = [
        text_of(browser.get(here.page(case, "authorities/")))
        for browser in (unlocked_browser_of(here.ben), browser_of(here.ben.person))
    ]
    assert [NAME in page for page in pages] == [True, False]


def test_section_is_not_there_for_a_stranger(here, case):
    assert browser_of(stranger()).get(here.page(case, "authorities/")).status_code == 404


def test_add_authority_from_its_page(here, case):
    sent = {"kind": "consulate", "name": NAME}
    browser_of(here.anna.person).post(here.page(case, "authorities/add/"), sent)
    assert Notification.objects.get().kind == AuthorityKind.CONSULATE


def test_take_a_list_that_is_not_there_says_so(here, case, row):
    answer = browser_of(here.anna.person).post(here.page(case, "authorities/list/"), follow=True)
    assert "There is no list of authorities for this country." in text_of(answer)


def test_letter_names_the_authority_in_the_language_of_its_country(here, case, row):
    body = {"body_en": "Agency", "body_el": "Υπηρεσία"}
    entry = prepared_entry(country=here.desk.country, function="child_protection", key="gr-one", notify=True, **body)
    entry.save()
    actions.prepare_notifications(case, by=here.anna.person)
    listed = Notification.objects.get(authority=entry)
    here.desk.country.languages = ["el"]
    here.desk.country.save()
    page = text_of(unlocked_browser_of(here.anna).get(here.page(case, f"authorities/{listed.pk}/letter/")))
    assert "Υπηρεσία" in page


def test_section_offers_a_list_that_nobody_has_taken(here, case, row):
    prepared_entry(country=here.desk.country, key="gr-one", notify=True).save()
    browser = browser_of(here.anna.person)
    before = text_of(browser.get(here.page(case, "authorities/")))
    browser.post(here.page(case, "authorities/list/"))
    after = text_of(browser.get(here.page(case, "authorities/")))
    assert ["authorities/list/" in page for page in (before, after)] == [True, False]


def test_record_sent_from_its_page(here, case, row):
    sent = {"sent_on": today().isoformat(), "how": "telephone", "number": "77/26"}
    browser_of(here.anna.person).post(here.page(case, f"authorities/{row.pk}/sent/"), sent)
    page = text_of(unlocked_browser_of(here.ben).get(here.page(case, "authorities/")))
    assert "77/26" in page


def test_record_sent_of_a_day_to_come_keeps_what_was_typed(here, case, row):
    sent = {"sent_on": "2099-01-01", "how": "telephone", "number": "77/26"}
    answer = browser_of(here.anna.person).post(here.page(case, f"authorities/{row.pk}/sent/"), sent)
    assert answer.status_code == 409
    assert "77/26" in text_of(answer)


def test_record_receipt_from_its_page(here, case, row):
    send(row, by=here.anna.person)
    browser_of(here.anna.person).post(here.page(case, f"authorities/{row.pk}/receipt/"), {"text": "By telephone"})
    row.refresh_from_db()
    assert row.receipt


@pytest.mark.parametrize(("step", "state"), [("allow", "excused"), ("refuse", "open")])
def test_decide_about_an_exception_from_its_page(here, case, row, step, state):
    browser_of(here.anna.person).post(here.page(case, f"authorities/{row.pk}/not-told/"), {"words": "She fled"})
    browser_of(here.chief.person).post(here.page(case, f"authorities/{row.pk}/{step}/"), {"words": "My reason"})
    row.refresh_from_db()
    assert row.state == state


@pytest.mark.parametrize(("who", "offered"), [("anna", False), ("ben", False), ("chief", True)])
def test_decision_is_offered_to_the_lead_who_has_not_asked(here, case, row, who, offered):
    actions.ask_exception(row, "She fled", by=here.anna.person)
    page = text_of(browser_of(getattr(here, who).person).get(here.page(case, "authorities/")))
    assert (f"authorities/{row.pk}/allow/" in page) is offered


def test_decide_by_a_worker_is_forbidden(here, case, row):
    actions.ask_exception(row, "She fled", by=here.anna.person)
    sent = {"words": "My reason"}
    assert browser_of(here.ben.person).post(here.page(case, f"authorities/{row.pk}/allow/"), sent).status_code == 403
    row.refresh_from_db()
    assert row.state == NotificationState.ASKED


def test_step_that_is_none_is_not_there(here, case, row):
    assert browser_of(here.anna.person).get(here.page(case, f"authorities/{row.pk}/mail/")).status_code == 404


def letter(here: CaseDesk, case: Case, row: Notification, **changed: str):
    """The answer to whoever asks for a letter."""
    return unlocked_browser_of(here.anna).post(here.page(case, f"authorities/{row.pk}/letter/"), LETTER | changed)


def test_letter_is_a_tagged_pdf_with_a_neutral_name(here, case, row):
    answer = letter(here, case, row, identity="on", contact="on", signs="Страх от мъжа навън")
    assert answer.content.startswith(b"%PDF")
    assert b"/StructTreeRoot" in answer.content
    assert f'filename="{case.reference}-letter-1.pdf"' in answer["Content-Disposition"]


def test_letter_mails_nobody_and_is_logged_without_words(here, case, row):
    letter(here, case, row, identity="on", signs="Страх")
    details = " ".join(Entry.objects.filter(action="case.letter_made").values_list("details", flat=True))
    assert "identity signs" in details
    assert "Страх" not in details
    assert not Mail.objects.exists()


def test_letter_needs_an_open_vault(here, case, row):
    answer = browser_of(here.anna.person).post(here.page(case, f"authorities/{row.pk}/letter/"), LETTER)
    assert answer.get("Content-Type") != "application/pdf"


def test_letter_asks_about_a_suspicion_for_the_police_alone(here, case, row):
    police = added(case, by=here.anna.person, kind=AuthorityKind.POLICE)
    browser = unlocked_browser_of(here.anna)
    pages = [text_of(browser.get(here.page(case, f"authorities/{one.pk}/letter/"))) for one in (police, row)]
    assert ['name="suspicion"' in page for page in pages] == [True, False]


def test_letter_with_nothing_ticked_names_no_child(here, case, row):
    assert CHILD["family"].encode() not in letter(here, case, row).content


def test_letter_page_ticks_nothing_beforehand(here, case, row):
    page = text_of(unlocked_browser_of(here.anna).get(here.page(case, f"authorities/{row.pk}/letter/")))
    assert "checked" not in page.partition("<form")[2].partition("</form>")[0]
