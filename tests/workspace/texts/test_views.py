"""The translators' desk: what it shows to whom, and what becomes of what is typed."""

from __future__ import annotations

import json
import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.confirming import CONFIRMED
from tests.people import browser_of, person
from victor.access import System
from victor.accounts.models import User
from victor.languages import CODES
from victor.pages.models import Page
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts
from victor.publishing.models import LanguageVersion
from victor.publishing.periodic import sweep
from victor.publishing.states import TextState

pytestmark = pytest.mark.django_db
US = System("test")
NOON = datetime(2028, 7, 3, 10, tzinfo=UTC)
MATRIX = "/en/workspace/texts/"
PAGES = f"{MATRIX}?kind=pages.page"


def texts(word: str) -> dict[str, str]:
    return {"title": word, "summary": word, "body": f"<p>{word}</p>"}


@pytest.fixture
def page() -> Page:
    made = Page.objects.create(slug="signs")
    bundled_texts.publish_bundled(made, "en", texts("A child trafficking victim"), by=US)
    bundled_texts.publish_bundled(made, "el", texts("Ένα παιδί"), by=US)
    return made


@pytest.fixture
def editor() -> User:
    return person(Role.EDITOR)


def translator(*languages: str) -> User:
    made = person(Role.TRANSLATOR)
    Membership.objects.filter(user=made).update(languages=list(languages))
    return made


def address(page: Page, language: str, rest: str = "") -> str:
    return f"{MATRIX}pages.page/{page.pk}/{language}/{rest}"


def written(page: Page, language: str) -> LanguageVersion:
    return LanguageVersion.objects.of(page).get(language=language)


def test_matrix_shows_each_text_in_each_language(page, editor):
    (row,) = browser_of(editor).get(PAGES).context["rows"]
    assert [cell.state for cell in row.cells] == [TextState.PUBLISHED] * 2 + [TextState.MISSING] * 6


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("state=outdated&language=el", 1),
        ("state=outdated&language=bg", 0),
        ("state=missing&language=bg", 1),
        ("state=missing&language=el", 0),
        ("state=published&language=en", 1),
        ("state=draft&language=el", 0),
        ("mine=1", 0),
        ("state=nonsense&language=xx&page=x", 1),
    ],
)
def test_matrix_is_narrowed_by_its_address(page, editor, asked, found):
    bundled_texts.publish_bundled(page, "en", texts("Another source"), by=US)
    answer = browser_of(editor).get(f"{PAGES}&{asked}")
    assert answer.context["page_obj"].paginator.count == found


@pytest.mark.long
def test_matrix_of_a_thousand_texts_is_quick(editor, figure):
    pages = Page.objects.bulk_create(Page(slug=f"page-{number}", title_en=f"Page {number}") for number in range(1000))
    kind = LanguageVersion(object=pages[0]).content_type
    LanguageVersion.objects.bulk_create(
        LanguageVersion(content_type=kind, object_id=page.pk, language=code, fields=texts("x" * 500))
        for page in pages
        for code in CODES
    )
    browser = browser_of(editor)
    browser.get(PAGES)
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(PAGES).status_code == 200
    figure("matrix of 1,000 texts × 8 languages, a page of 100", time.perf_counter() - started, "s")
    figure("queries of that matrix", len(captured))
    assert len(captured) <= 12, "\n".join(q["sql"][-120:] for q in captured)


def test_editor_shows_source_terms_and_text(page):
    answer = browser_of(translator("el")).get(address(page, "el"))
    content = answer.content.decode()
    assert "A child trafficking victim" in content
    assert "Ένα παιδί" in content
    assert "child trafficking" in {term.source for term in answer.context["terms"]}


def test_saving_keeps_a_draft_in_the_own_name(page):
    who = translator("bg")
    browser = browser_of(who)
    answer = browser.post(address(page, "bg"), {"revision": 0, "source": 1} | texts("Дете"))
    assert answer.status_code == 302
    assert written(page, "bg").state == TextState.DRAFT
    assert written(page, "bg").author == who
    assert written(page, "bg").fields["body"] == "<p>Дете</p>"


def test_saving_over_somebody_else_keeps_what_was_typed_and_shows_theirs(page, editor):
    publishing_actions.save_draft(page, "el", texts("Δικό τους"), by=editor)
    answer = browser_of(translator("el")).post(address(page, "el"), {"revision": 1, "source": 1} | texts("Δικό μου"))
    content = answer.content.decode()
    assert answer.status_code == 409
    assert "Δικό τους" in content
    assert 'value="Δικό μου"' in content
    assert written(page, "el").fields["title"] == "Δικό τους"


def test_autosave_says_when_and_gives_the_new_revision(page):
    answer = browser_of(translator("el")).post(address(page, "el", "autosave/"), {"revision": 1} | texts("Νέο"))
    assert answer.json()["revision"] == 2
    assert answer.json()["said"].startswith("Saved at")


def test_autosave_over_somebody_else_is_refused(page, editor):
    publishing_actions.save_draft(page, "el", texts("Δικό τους"), by=editor)
    answer = browser_of(translator("el")).post(address(page, "el", "autosave/"), {"revision": 1} | texts("Νέο"))
    assert answer.status_code == 409


@pytest.mark.parametrize("rest", ["", "versions/"])
def test_translator_of_another_language_is_refused(page, rest):
    assert browser_of(translator("sl")).get(address(page, "uk", rest)).status_code == 403


@pytest.mark.parametrize("wrong", ["pages.page/999/el/", "pages.page/1/xx/", "accounts.user/1/el/"])
def test_unknown_text_is_not_found(page, editor, wrong):
    assert browser_of(editor).get(MATRIX + wrong).status_code == 404


def test_text_goes_its_way_to_the_public(page, editor):
    browser, other = browser_of(translator("bg")), browser_of(editor)
    browser.post(address(page, "bg"), {"revision": 0, "source": 1} | texts("Дете"))
    browser.post(address(page, "bg", "submit/"))
    read = {"revision": 1}
    refusal = browser.post(address(page, "bg", "approve/"), read, follow=True).content.decode()
    assert "Someone else has to approve it" in refusal
    other.post(address(page, "bg", "approve/"), read)
    done = other.post(address(page, "bg", "publish/"), {"revision": 2}, follow=True).content.decode()
    assert "The text has been published." in done
    page.refresh_from_db()
    assert page.title_bg == "Дете"


def test_submitting_an_incomplete_text_names_what_lacks(page, editor):
    publishing_actions.save_draft(page, "bg", texts("Дете") | {"body": ""}, by=editor)
    answer = browser_of(editor).post(address(page, "bg", "submit/"), follow=True)
    assert "Still missing: text [bg]" in answer.content.decode()


def test_source_that_changed_is_shown_word_by_word(page):
    bundled_texts.publish_bundled(page, "en", texts("A trafficked child"), by=US)
    content = browser_of(translator("el")).get(address(page, "el")).content.decode()
    assert "<ins>trafficked </ins>" in content


def test_times_before_now_are_refused(page, editor):
    answer = browser_of(editor).post(address(page, "el", "schedule/"), {"unpublish_at": "2020-01-01T10:00"})
    assert "This time is in the past, or before the text is published." in answer.content.decode()


def test_old_version_comes_back_as_a_draft(page, editor):
    bundled_texts.publish_bundled(page, "el", texts("Νέο"), by=US)
    revision = written(page, "el").revision
    browser_of(editor).post(address(page, "el", "versions/1/"), CONFIRMED | {"revision": revision})
    assert written(page, "el").state == TextState.DRAFT
    assert written(page, "el").fields["title"] == "Ένα παιδί"


def test_old_version_does_not_replace_what_was_saved_meanwhile(page, editor):
    bundled_texts.publish_bundled(page, "el", texts("Νέο"), by=US)
    revision = written(page, "el").revision
    browser_of(editor).post(address(page, "el", "versions/1/"), CONFIRMED | {"revision": revision - 1})
    assert written(page, "el").fields["title"] == "Νέο"


def test_list_opens_with_what_is_missing_in_the_persons_language(page):
    answer = browser_of(translator("sl")).get(MATRIX)
    assert answer.context["language"] == "sl"
    assert [line.url for line in answer.context["lines"]] == [address(page, "sl")]


def test_list_of_another_language_is_one_press_away(page, editor):
    shown = browser_of(editor).get(MATRIX, {"todo": "bg"})
    assert shown.context["language"] == "bg"
    assert address(page, "bg") in shown.content.decode()


def test_list_has_what_is_outdated_and_loses_it_once_it_is_written(page):
    bundled_texts.publish_bundled(page, "en", texts("New"), by=US)
    who = translator("el")
    assert [line.url for line in browser_of(who).get(MATRIX).context["lines"]] == [address(page, "el")]
    publishing_actions.save_draft(page, "el", texts("Νέο"), by=who)
    assert browser_of(who).get(MATRIX).context["lines"] == []


def test_text_that_waits_for_a_review_waits_for_others_only(page, editor):
    who = translator("bg")
    publishing_actions.submit(publishing_actions.save_draft(page, "bg", texts("Дете"), by=who), by=who)
    waiting = "Български: In review"
    answers = [browser_of(each).get("/en/workspace/").content.decode() for each in (editor, who, translator("sl"))]
    assert [waiting in answer for answer in answers] == [True, False, False]


def test_saving_names_what_it_would_take_away_and_saves_it_the_second_time(page):
    browser, loss = browser_of(translator("bg")), '<p>Дете</p><img src="https://x.eu/x.png" alt="x">'
    typed = {"revision": 0, "source": 1} | texts("Дете")
    answer = browser.post(address(page, "bg"), typed | {"body": loss})
    assert answer.context["losses"] == ["text: images that are not in this site’s library"]
    assert not LanguageVersion.objects.of(page).filter(language="bg").exists()
    shown = answer.context["form"]["body"].value()
    assert browser.post(address(page, "bg"), typed | {"body": shown}).status_code == 302
    assert written(page, "bg").fields["body"] == "<p>Дете</p>"


def test_autosave_names_what_it_would_take_away(page):
    loss = texts("Νέο") | {"body": "<p>H<sub>2</sub>O</p>"}
    answer = browser_of(translator("el")).post(address(page, "el", "autosave/"), {"revision": 1} | loss)
    assert answer.status_code == 422
    assert "underlined" in answer.json()["said"]


def test_pasted_text_comes_back_in_our_elements_with_what_is_lost(editor):
    answer = browser_of(editor).post(f"{MATRIX}pasted/", {"html": "<b>a</b><table><tr><td>1<td>2</table>"}).json()
    assert answer["html"] == "<strong>a</strong><p>1 · 2</p>"
    assert answer["said"] == "Not pasted: tables (each row becomes a line)"


def test_a_scheduled_text_that_waits_is_shown_with_what_it_lacks(page, editor, at):
    version = publishing_actions.save_draft(page, "bg", texts("Дете") | {"summary": ""}, by=US)
    publishing_actions.schedule_publication(version, by=editor, publish_at=NOON, unpublish_at=None)
    at(NOON + timedelta(minutes=1))
    sweep()
    answer = browser_of(editor).get(address(page, "bg"))
    assert "<li>Draft</li>" in answer.content.decode()
    assert "was scheduled to be published on" in answer.content.decode()
    assert "Scheduled, but something is missing" in browser_of(editor).get("/en/workspace/").content.decode()


def test_editor_speaks_the_language_of_the_reader(page):
    user = translator("sl")
    User.objects.filter(pk=user.pk).update(language="sl")
    shown = browser_of(user).get(address(page, "sl").replace("/en/", "/sl/", 1)).content.decode()
    words = json.loads(re.search(r'<script id="editor-words"[^>]*>(.*?)</script>', shown)[1])
    assert words["bold"] == "krepko"
    assert [word for word, translated in words.items() if not translated] == []
