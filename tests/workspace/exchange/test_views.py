"""Texts leave for a translator's own program, and what comes back never harms what is newer."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.people import browser_of, person
from victor.access import System
from victor.accounts.models import User
from victor.languages import CODES, column
from victor.pages.models import Page
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts
from victor.publishing.exchange import FORMATS, TranslationUnit, read_exchange, write_exchange
from victor.publishing.models import LanguageVersion, text_digest
from victor.publishing.states import TextState
from victor.workspace.exchange.actions import import_translations
from victor.workspace.exchange.exports import export_translations

pytestmark = pytest.mark.django_db
US = System("test")
PAGE = "/en/workspace/texts/exchange/"


def texts(word: str) -> dict[str, str]:
    return {"title": word, "summary": f"{word}: {{name}}", "body": f"<p>{word}</p>"}


@pytest.fixture
def page() -> Page:
    made = Page.objects.create(slug="signs")
    bundled_texts.publish_bundled(made, "en", texts("Signs"), by=US)
    bundled_texts.publish_bundled(made, "el", texts("Σημάδια"), by=US)
    return made


def translator(*languages: str) -> User:
    made = person(Role.TRANSLATOR)
    Membership.objects.filter(user=made).update(languages=list(languages))
    return made


def written(page: Page, language: str = "el") -> LanguageVersion:
    return LanguageVersion.objects.of(page).get(language=language)


def file(page: Page, *, language: str = "el", **changed: str) -> bytes:
    """What went out, with these texts changed on the way."""
    units = [
        TranslationUnit(u.kind, u.pk, u.revision, u.field, u.source, changed.get(u.field, u.target))
        for u in export_translations(language)
    ]
    return write_exchange(units, file_format="xliff2", language=language)


@pytest.mark.long
def test_round_trip_of_a_hundred_things_in_every_language_and_format_differs_nowhere(figure):
    pages = [Page.objects.create(slug=f"page-{number}") for number in range(100)]
    for page in pages:
        for code in CODES:
            word = f"{page.slug} „{code}” & 'Šđ' ї\r\n"
            bundled_texts.publish_bundled(page, code, texts(word), by=US)
    fields = [column(name, code) for name in ("title", "summary", "body") for code in CODES]
    before = list(Page.objects.order_by("pk").values(*fields))
    differences = 0
    for code in CODES[1:]:
        for form in FORMATS:
            sent = list(export_translations(code))
            data = write_exchange(sent, file_format=form, language=code)
            back = [(u.name, u.source, u.target) for u in read_exchange(data, language=code)]
            differences += sum(a != b for a, b in zip([(u.name, u.source, u.target) for u in sent], back, strict=True))
            taken = import_translations(data, language=code, by=US)
            differences += len(taken.saved) + len(taken.newer)
    differences += sum(a != b for a, b in zip(before, Page.objects.order_by("pk").values(*fields), strict=True))
    figure("XLIFF 2.0, XLIFF 1.2 and PO: 100 texts × 8 languages out and back", differences, "differences")
    assert differences == 0


def test_takes_in_changed_text_as_draft_that_follows_its_source(page):
    import_translations(file(page, title="Τα σημάδια"), language="el", by=US)
    version = written(page)
    assert version.state == TextState.DRAFT
    assert version.fields["title"] == "Τα σημάδια"
    assert version.basis["title"] == text_digest("Signs")
    page.refresh_from_db()
    assert page.title_el == "Σημάδια"


def test_takes_in_translation_of_outdated_source_as_outdated(page):
    data = file(page, title="Τα σημάδια")
    bundled_texts.publish_bundled(page, "en", texts("The signs"), by=US)
    import_translations(data, language="el", by=US)
    assert written(page).basis["title"] == text_digest("Signs")


def test_leaves_alone_what_was_saved_since(page):
    data = file(page, title="Παλιά")
    publishing_actions.save_draft(page, "el", texts("Νεότερα"), by=US)
    assert import_translations(data, language="el", by=US).newer == [page]
    assert written(page).fields["title"] == "Νεότερα"


def test_leaves_alone_what_was_approved_since(page):
    publishing_actions.save_draft(page, "el", texts("Νεότερα"), by=US)
    data = file(page, title="Παλιά")
    publishing_actions.approve(publishing_actions.submit(written(page), by=US), by=US)
    assert import_translations(data, language="el", by=US).newer == [page]
    assert written(page).state == TextState.APPROVED
    assert written(page).fields["title"] == "Νεότερα"


def test_takes_in_texts_that_a_program_has_reordered(page):
    other = Page.objects.create(slug="a-page")
    bundled_texts.publish_bundled(other, "en", texts("Page"), by=US)
    units = [
        TranslationUnit(u.kind, u.pk, u.revision, u.field, u.source, "Νέο {name}" if "{" in u.source else "Νέο")
        for u in sorted(export_translations("el"), key=lambda unit: unit.field)
    ]
    taken = import_translations(write_exchange(units, file_format="xliff2", language="el"), language="el", by=US)
    assert taken.saved == [other, page]
    assert taken.newer == []


def test_sends_out_only_what_is_unfinished_when_asked(page):
    assert list(export_translations("el", unfinished=True)) == []
    assert {unit.field for unit in export_translations("bg", unfinished=True)} == {"title", "summary", "body"}


def test_takes_in_nothing_of_a_file_with_one_fault(page):
    other = Page.objects.create(slug="a-page")
    bundled_texts.publish_bundled(other, "en", texts("Page"), by=US)
    data = file(page, title="Όλα", summary="Χωρίς όνομα")
    answer = browser_of(translator("el")).post(PAGE, {"language": "el", "file": SimpleUploadedFile("x.xlf", data)})
    line = next(unit.line for unit in read_exchange(data, language="el") if unit.field == "summary")
    assert f"Line {line}: A placeholder was lost, changed or added." in answer.content.decode()
    assert written(page).state == TextState.PUBLISHED
    assert not LanguageVersion.objects.of(other).filter(language="el").exists()


def test_translator_downloads_and_gives_back(page):
    browser = browser_of(translator("bg"))
    sent = browser.get(f"{PAGE}download/", {"language": "bg", "form": "po"}).content
    data = sent.replace(b'msgid "Signs"\nmsgstr ""', 'msgid "Signs"\nmsgstr "Признаци"'.encode())
    answer = browser.post(PAGE, {"language": "bg", "file": SimpleUploadedFile("x.po", data)})
    assert "1 text has been saved as a draft." in answer.content.decode()
    assert written(page, "bg").fields["title"] == "Признаци"


@pytest.mark.parametrize("language", [code for code in CODES if code != "sl"])
def test_translator_of_slovenian_is_refused_other_languages(page, language):
    browser = browser_of(translator("sl"))
    data = SimpleUploadedFile("x.xlf", b"<xliff/>")
    assert browser.get(f"{PAGE}download/", {"language": language, "form": "po"}).status_code == 403
    assert browser.post(PAGE, {"language": language, "file": data}).status_code == 403
