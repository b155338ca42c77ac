"""One language a time: written, reviewed by somebody else, made public, left behind by its source, brought back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from partners.grants.models import FunderNotice
from partners.memberships.models import Membership
from partners.memberships.states import Role
from tests.people import person
from victor.access import System
from victor.accounts.models import User
from victor.audit.models import Entry
from victor.mail.emails import content_of
from victor.mail.models import Message
from victor.pages.models import Page
from victor.publishing import actions as publishing_actions
from victor.publishing import bundled_texts
from victor.publishing.errors import EditConflict, Incomplete, MoveNotPossible, NotPublished, OwnWork
from victor.publishing.models import LanguageVersion, OldSlug, PublishedVersion
from victor.publishing.periodic import sweep
from victor.publishing.states import TextState

pytestmark = pytest.mark.django_db
US = System("test")
HALF_PAST_TWO_IN_SUMMER = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 03:30 in Athens, which comes twice that night


def texts(word: str) -> dict[str, str]:
    return {"title": word, "summary": f"{word}.", "body": f"<p>{word}</p>"}


@pytest.fixture
def page() -> Page:
    made = Page.objects.create(slug="signs")
    bundled_texts.publish_bundled(made, "en", texts("Signs"), by=US)
    bundled_texts.publish_bundled(made, "el", texts("Ενδείξεις"), by=US)
    return made


@pytest.fixture
def editor() -> User:
    return person(Role.EDITOR)


def translator(*languages: str) -> User:
    made = person(Role.TRANSLATOR)
    Membership.objects.filter(user=made).update(languages=list(languages))
    return made


def approved(page: Page, language: str, word: str, *, by: User) -> LanguageVersion:
    version = publishing_actions.save_draft(page, language, texts(word), by=by)
    return publishing_actions.approve(publishing_actions.submit(version, by=by), by=person(Role.EDITOR))


def test_draft_of_a_public_text_changes_nothing_in_public(page, editor):
    version = publishing_actions.save_draft(page, "en", texts("Other"), by=editor)
    page.refresh_from_db()
    assert page.title_en == "Signs"
    assert version.state == TextState.DRAFT
    assert version.author == editor


def test_publishing_writes_only_its_language(page, editor):
    publishing_actions.publish(approved(page, "el", "Σημάδια", by=editor), by=editor)
    page.refresh_from_db()
    assert page.title_el == "Σημάδια"
    assert page.title_en == "Signs"
    assert page.title_bg is None


def test_publishing_keeps_every_version_and_says_who(page, editor):
    reviewer = person(Role.EDITOR)
    version = publishing_actions.submit(
        publishing_actions.save_draft(page, "el", texts("Σημάδια"), by=editor), by=editor
    )
    publishing_actions.publish(publishing_actions.approve(version, by=reviewer), by=editor)
    versions = PublishedVersion.objects.filter(language="el")
    assert [(k.number, k.fields["title"], k.author, k.reviewer) for k in versions] == [
        (2, "Σημάδια", editor, reviewer),
        (1, "Ενδείξεις", None, None),
    ]
    assert Entry.objects.last().action == "text.published"


def test_author_approving_own_text_is_refused(page, editor):
    version = publishing_actions.submit(
        publishing_actions.save_draft(page, "el", texts("Σημάδια"), by=editor), by=editor
    )
    with pytest.raises(OwnWork):
        publishing_actions.approve(version, by=editor)


def test_saving_over_somebody_elses_text_is_refused_with_theirs(page, editor):
    opened = LanguageVersion.objects.of(page).get(language="el").revision
    publishing_actions.save_draft(page, "el", texts("Πρώτη"), by=editor, revision=opened)
    with pytest.raises(EditConflict) as conflict:
        publishing_actions.save_draft(page, "el", texts("Δεύτερη"), by=person(Role.EDITOR), revision=opened)
    assert conflict.value.current.fields["title"] == "Πρώτη"


def test_submitting_without_a_required_text_names_it(page, editor):
    version = publishing_actions.save_draft(page, "bg", texts("Признаци") | {"summary": " "}, by=editor)
    with pytest.raises(Incomplete) as refused:
        publishing_actions.submit(version, by=editor)
    assert list(map(str, refused.value.missing)) == ["summary [bg]"]


def test_publishing_without_the_funders_notice_is_refused(page, editor):
    version = approved(page, "el", "Σημάδια", by=editor)
    FunderNotice.objects.all().delete()
    with pytest.raises(Incomplete) as refused:
        publishing_actions.publish(version, by=editor)
    assert refused.value.missing == ["the funder's notice in this language"]


def test_publishing_twice_tells_the_second(page, editor):
    version = approved(page, "el", "Σημάδια", by=editor)
    publishing_actions.publish(version, by=editor)
    with pytest.raises(MoveNotPossible):
        publishing_actions.publish(version, by=editor)


def test_publishing_the_source_outdates_its_translations(page):
    bundled_texts.publish_bundled(page, "en", texts("New signs"), by=US)
    assert states(page) == {"en": TextState.PUBLISHED, "el": TextState.OUTDATED}


def test_publishing_a_minor_change_of_the_source_outdates_nothing(page):
    bundled_texts.publish_bundled(page, "en", texts("Signs!"), by=US, minor=True)
    assert states(page) == {"en": TextState.PUBLISHED, "el": TextState.PUBLISHED}


def test_minor_change_leaves_the_outdated_outdated(page):
    bundled_texts.publish_bundled(page, "en", texts("New signs"), by=US)
    bundled_texts.publish_bundled(page, "en", texts("New signs!"), by=US, minor=True)
    assert states(page)["el"] == TextState.OUTDATED


def test_source_brought_back_is_followed_again(page, editor):
    first = PublishedVersion.objects.get(language="en")
    bundled_texts.publish_bundled(page, "en", texts("New signs"), by=US)
    revision = LanguageVersion.objects.of(page).get(language="en").revision
    draft = publishing_actions.restore_version(first, by=editor, revision=revision)
    version = publishing_actions.submit(draft, by=editor)
    publishing_actions.publish(publishing_actions.approve(version, by=person(Role.EDITOR)), by=editor)
    assert states(page) == {"en": TextState.PUBLISHED, "el": TextState.PUBLISHED}


def test_restore_version_refuses_where_somebody_else_has_saved_since(page, editor):
    first = PublishedVersion.objects.get(language="en")
    revision = LanguageVersion.objects.of(page).get(language="en").revision
    publishing_actions.save_draft(page, "en", texts("Newer"), by=person(Role.EDITOR))
    with pytest.raises(EditConflict):
        publishing_actions.restore_version(first, by=editor, revision=revision)


def test_taking_back_empties_only_its_language(page, editor):
    publishing_actions.unpublish(LanguageVersion.objects.of(page).get(language="el"), by=editor)
    page.refresh_from_db()
    assert page.title_el is None
    assert page.title_en == "Signs"
    with pytest.raises(NotPublished):
        publishing_actions.unpublish(LanguageVersion.objects.of(page).get(language="el"), by=editor)


def test_script_and_style_in_a_text_disappear(page, editor):
    dirty = texts("x") | {
        "body": '<p style="color:red" onclick="x()">Hi<script>alert(1)</script></p><style>p{}</style>'
    }
    assert publishing_actions.save_draft(page, "en", dirty, by=editor).fields["body"] == "<p>Hi</p>"


@pytest.mark.parametrize("own", ["el", "bg", "ro", "sl", "sr", "hu", "uk"])
def test_translator_writes_own_language_only(page, own):
    who, refused = translator(own), []
    for language in ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk"):
        try:
            publishing_actions.save_draft(page, language, texts("x"), by=who)
        except PermissionDenied:
            refused.append(language)
    assert set(refused) == {"en", "el", "bg", "ro", "sl", "sr", "hu", "uk"} - {own}


def test_translator_publishing_is_refused(page, editor):
    with pytest.raises(PermissionDenied):
        publishing_actions.publish(approved(page, "el", "Σημάδια", by=editor), by=translator("el"))


def test_clock_publishes_and_takes_back_when_it_is_time(page, editor, at):
    at(HALF_PAST_TWO_IN_SUMMER)
    version = approved(page, "el", "Σημάδια", by=editor)
    hour = timedelta(hours=1)
    publishing_actions.schedule_publication(
        version, by=editor, publish_at=HALF_PAST_TWO_IN_SUMMER + hour, unpublish_at=HALF_PAST_TWO_IN_SUMMER + 2 * hour
    )
    titles = []
    for minutes in (59, 60, 119, 120):
        at(HALF_PAST_TWO_IN_SUMMER + timedelta(minutes=minutes))
        sweep()
        page.refresh_from_db()
        titles.append(page.title_el)
    assert titles == ["Ενδείξεις", "Σημάδια", "Σημάδια", None]


def scheduled(page: Page, by: User, **missing: str) -> LanguageVersion:
    """A text that is to be published at half past two, and lacks something by then."""
    version = approved(page, "el", "Σημάδια", by=by)
    publishing_actions.schedule_publication(
        version, by=by, publish_at=HALF_PAST_TWO_IN_SUMMER + timedelta(hours=1), unpublish_at=None
    )
    LanguageVersion.objects.filter(pk=version.pk).update(**missing)
    return version


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"fields": texts("Σημάδια") | {"title": ""}}, "title"),
        ({"state": "draft"}, "Draft"),
        ({"state": "in_review"}, "In review"),
        ({"fields": texts("x") | {"body": f'<img src="/pictures/{"A" * 22}/640.webp" alt="">'}}, "alternative text"),
    ],
)
def test_scheduled_text_that_lacks_something_is_told_once_to_who_scheduled_it(page, editor, at, missing, reason):
    at(HALF_PAST_TWO_IN_SUMMER)
    version = scheduled(page, editor, **missing)
    at(HALF_PAST_TWO_IN_SUMMER + timedelta(hours=1))
    sweep()
    sweep()
    mail = Message.objects.get(recipient=editor.email)
    assert reason in content_of(mail).text
    assert f"/en/workspace/texts/pages.page/{page.pk}/el/" in content_of(mail).text
    version.refresh_from_db()
    assert version.overdue_since == HALF_PAST_TWO_IN_SUMMER + timedelta(hours=1)


def test_scheduled_text_that_waited_is_published_when_nothing_is_missing(page, editor, at):
    at(HALF_PAST_TWO_IN_SUMMER)
    version = scheduled(page, editor, state="in_review")
    at(HALF_PAST_TWO_IN_SUMMER + timedelta(hours=2))
    sweep()
    LanguageVersion.objects.filter(pk=version.pk).update(state="approved")
    sweep()
    version.refresh_from_db()
    assert version.state == TextState.PUBLISHED
    assert version.overdue_since is None


def test_renaming_remembers_every_old_address(page):
    publishing_actions.change_slug(page, "indicators", by=US)
    publishing_actions.change_slug(page, "signs-of-trafficking", by=US)
    assert sorted(OldSlug.objects.values_list("slug", flat=True)) == ["indicators", "signs"]


def states(page: Page) -> dict[str, TextState]:
    return {
        each.language: each.displayed_state
        for each in LanguageVersion.objects.of(page).filter(published_at__isnull=False)
    }
