"""Texts leave for a translator's own program, and what comes back never harms what is newer."""

from __future__ import annotations

from dataclasses import replace

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


@pytest.mark.prove
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


def upload(browser, data: bytes, language: str = "el") -> str:
    file = SimpleUploadedFile("x.xlf", data)
    return browser.post(PAGE, {"language": language, "file": file}).content.decode()


def test_takes_what_is_good_and_names_what_is_not_by_page_and_field(page):
    other = Page.objects.create(slug="a-page")
    bundled_texts.publish_bundled(other, "en", texts("Page"), by=US)
    data = file(page, title="Όλα", summary="Χωρίς όνομα")
    answer = upload(browser_of(translator("el")), data)
    units = read_exchange(data, language="el")
    line = next(unit.line for unit in units if unit.field == "summary" and unit.pk == page.pk)
    assert f"Signs: summary (line {line}). A placeholder was lost, changed or added." in answer
    assert written(page).fields["title"] == "Όλα"
    assert written(page).fields["summary"] == "Σημάδια: {name}"


def units_of(page: Page, **changed: str) -> list[TranslationUnit]:
    return [
        replace(unit, target=changed.get(unit.field, unit.target))
        for unit in export_translations("el")
        if unit.pk == page.pk
    ]


def imported(units: list[TranslationUnit], *, by=US, form: str = "xliff2"):
    return import_translations(write_exchange(units, file_format=form, language="el"), language="el", by=by)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("blank", ["", " ", "\n\t"])
def test_a_text_without_a_translation_leaves_ours(page, form, blank):
    taken = imported(units_of(page, title="Νέα", summary=blank, body=blank), form=form)
    assert taken.saved == [page]
    assert written(page).fields == texts("Σημάδια") | {"title": "Νέα"}


def test_a_page_that_is_gone_is_named_and_the_others_are_taken(page):
    gone = TranslationUnit("pages.page", 99999, 1, "title", "Gone", "Έφυγε")
    strange = TranslationUnit("pages.nothing", 1, 1, "title", "Strange", "Άγνωστο")
    wrong_field = replace(units_of(page)[0], field="motto", target="Ρητό")
    taken = imported([*units_of(page, title="Νέα"), gone, strange, wrong_field])
    assert {(note.page, str(note.field)) for note in taken.refused} == {
        ("Gone", "title"),
        ("Strange", "title"),
        ("Signs", "motto"),
    }
    assert written(page).fields["title"] == "Νέα"


def test_a_text_that_is_too_long_is_named_with_its_length(page):
    limit = Page._meta.get_field("title").max_length
    taken = imported(units_of(page, title="α" * (limit + 1), body="<p>Νέα</p>"))
    (note,) = taken.refused
    assert note.reason == f"The translation has {limit + 1} characters. At most {limit} fit here."
    assert written(page).fields["body"] == "<p>Νέα</p>"


def test_two_translations_of_one_text_are_named(page):
    taken = imported([units_of(page, title="Ένα")[0], units_of(page, title="Δύο")[0]])
    assert [note.field for note in taken.refused] == ["title"]
    assert written(page).fields["title"] == "Ένα"


def test_second_upload_from_one_download_is_not_counted_as_anothers_work(page):
    who, before = translator("el"), units_of(page)
    assert imported([replace(before[0], target="Ένα"), *before[1:]], by=who).saved == [page]
    summary = replace(before[1], target="Νέα: {name}")
    assert imported([before[0], summary, before[2]], by=who).saved == [page]
    assert written(page).fields["title"] == "Ένα"
    assert written(page).fields["summary"] == "Νέα: {name}"


def test_upload_after_own_work_in_the_browser_takes_what_the_file_has_changed(page):
    who, before = translator("el"), units_of(page)
    publishing_actions.save_draft(page, "el", texts("Σημάδια") | {"title": "Εδώ"}, by=who)
    summary = replace(before[1], target="Νέα: {name}")
    assert imported([before[0], summary, before[2]], by=who).saved == [page]
    assert written(page).fields["title"] == "Εδώ"


def test_upload_after_an_approval_of_own_work_stays_out(page):
    who, before = translator("el"), units_of(page)
    title = replace(before[0], target="Ένα")
    imported([title], by=who)
    publishing_actions.approve(publishing_actions.submit(written(page), by=who), by=US)
    assert imported([replace(title, target="Δύο")], by=who).newer == [page]


@pytest.mark.parametrize("form", FORMATS)
def test_outdated_texts_go_out_as_such_and_come_back_when_they_are_finished(page, form):
    bundled_texts.publish_bundled(page, "en", texts("The signs"), by=US)
    sent = {unit.field: unit for unit in export_translations("el")}
    assert {unit.state for unit in sent.values()} == {TextState.OUTDATED}
    assert sent["title"].previous == "Signs"
    data = write_exchange(sent.values(), file_format=form, language="el")
    assert [unit.is_unfinished for unit in read_exchange(data, language="el")] == [True] * 3
    done = [replace(unit, state=TextState.APPROVED) for unit in sent.values()]
    assert imported(done, form=form).saved == [page]
    assert written(page).basis["title"] == text_digest("The signs")


def test_only_what_follows_another_source_goes_out_as_outdated(page):
    bundled_texts.publish_bundled(page, "en", texts("Signs") | {"title": "The signs"}, by=US)
    states = {unit.field: unit.state for unit in export_translations("el")}
    assert states == {"title": TextState.OUTDATED, "summary": TextState.PUBLISHED, "body": TextState.PUBLISHED}


@pytest.mark.parametrize("form", FORMATS)
def test_unfinished_texts_are_left_out_and_named(page, form):
    units = [replace(unit, state=TextState.OUTDATED) for unit in units_of(page, title="Signs", summary="Signs: {name}")]
    taken = imported(units, form=form)
    assert [str(note.field) for note in taken.unfinished] == ["title", "summary"]
    assert written(page).fields["title"] == "Σημάδια"


@pytest.mark.parametrize("respaced", ["Signs:  {name}", "Signs:\n{name}", " Signs: {name} "])
def test_a_source_that_a_program_has_respaced_is_still_the_one_that_was_sent(page, respaced):
    named = [
        replace(unit, source=respaced) for unit in units_of(page, summary="Νέα: {name}") if unit.field == "summary"
    ]
    unnamed = [replace(unit, source_number=None, target="Άλλα: {name}") for unit in named]
    for units in (named, unnamed):
        imported([replace(unit, revision=written(page).revision) for unit in units])
        assert written(page).basis["summary"] == text_digest("Signs: {name}")


def test_a_translation_of_a_source_that_changed_little_meanwhile_follows_it(page):
    title = replace(units_of(page)[0], target="Τα σημάδια")
    bundled_texts.publish_bundled(page, "en", texts("Signs!"), by=US, minor=True)
    imported([title])
    assert written(page).basis["title"] == text_digest("Signs!")


def test_what_has_no_place_in_a_text_is_named(page):
    taken = imported(units_of(page, body="<p>Νέα</p><table><tr><td>α</td><td>β</td></tr></table>"))
    (note,) = taken.cleaned
    assert str(note.field) == "text"
    assert note.reason == "tables (each row becomes a line)"
    assert written(page).fields["body"] == "<p>Νέα</p><p>α · β</p>"


def test_a_file_of_which_nothing_is_ours_is_refused(page):
    data = b'msgid ""\nmsgstr ""\n"Language: el\\n"\n\nmsgid "Save"\nmsgstr "x"\n'
    assert "Line 5: This text does not belong to the portal." in upload(browser_of(translator("el")), data)


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
