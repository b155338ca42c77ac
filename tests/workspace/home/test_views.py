"""The first page after logging in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from model_bakery import baker

from desks.desk.models import Desk
from partners.help_lines.models import HelpLine
from partners.memberships.actions import grant_role, invite_member
from partners.memberships.models import ContactPoint, Membership
from partners.memberships.states import DESK_ROLES, Role
from tests.people import browser_of, organisation, person, visitor
from victor.access import System
from victor.pages.models import Page
from victor.publishing.actions import save_draft, submit
from victor.publishing.bundled_texts import publish_bundled
from victor.vault.passphrases.actions import set_up_vault

pytestmark = pytest.mark.django_db
HOME = "/en/workspace/"


def page(user) -> str:
    return browser_of(user).get(HOME).content.decode()


@pytest.mark.parametrize("role", Role)
def test_home_shows_where_the_person_works(role):
    shown = page(person(role, organisation("smile", name_en="The Smile"), name="Ιωάννα"))
    assert all(text in shown for text in ("Ιωάννα", "The Smile", str(role.label)))


def test_home_says_what_waits_in_words():
    smile = organisation("smile")
    for number in range(2):
        baker.make(
            HelpLine,
            country=smile.country,
            key=f"line-{number}",
            last_checked=date(2014, 3, 1),
            check_precision="month",
        )
    invite_member(email="a@b.example", language="en", organisation=smile, role=Role.WORKER, by=System("test"))
    shown = page(person(Role.COORDINATOR))
    assert "2 helplines to check" in shown
    assert "oldest check: March 2014" in shown
    assert "1 invitation not accepted yet" in shown
    assert "first expiry: in less than 7 days" in shown


def test_home_tells_a_worker_nothing_of_the_coordinators_work():
    baker.make(HelpLine, country=organisation().country, last_checked=None)
    assert "Nothing waits. Last looked at" in page(person(Role.WORKER))


def test_home_says_that_nothing_waits():
    baker.make(HelpLine, country=organisation().country, last_checked=timezone.localdate() - timedelta(days=1))
    assert "Nothing waits. Last looked at" in page(person(Role.COORDINATOR))


@pytest.mark.parametrize(
    ("role", "entries"),
    [
        (Role.WORKER, {"contacts/", "desks/"}),
        (Role.EDITOR, {"contacts/", "texts/", "pictures/"}),
        (Role.SUPERVISOR, {"contacts/", "desks/", "desks/people/", "invitations/"}),
        (Role.COORDINATOR, {"contacts/", "desks/", "invitations/", "help-lines/", "texts/", "pictures/"}),
    ],
)
def test_menu_has_the_entries_that_may_be_opened(role, entries):
    user = person(role)
    for model in (ContactPoint, Desk):
        baker.make(model, organisation=user.memberships.get().organisation)
    baker.make(HelpLine, country=organisation().country)
    shown = rail(page(user))
    every = {"contacts/", "desks/", "desks/people/", "invitations/", "help-lines/", "texts/", "pictures/"}
    assert {entry for entry in every if f'href="/en/workspace/{entry}"' in shown} == entries
    assert ('href="/en/admin/"' in shown) is (role == Role.COORDINATOR)


def rail(shown: str) -> str:
    return shown.partition('<nav class="rail"')[2].partition("</nav>")[0]


@pytest.mark.parametrize("role", Role)
def test_menu_has_no_contacts_while_there_are_none(role):
    assert "contacts/" not in rail(page(person(role)))


@pytest.mark.parametrize("role", Role)
def test_menu_comes_before_the_content_and_the_skip_link_lands_after_it(role):
    shown = page(person(role))
    assert shown.index('href="#content"') < shown.index('<nav class="rail"') < shown.index('<main id="content"')


@pytest.mark.parametrize("role", Role)
def test_vault_is_offered_to_those_who_are_to_have_keys_only(role):
    assert ("/workspace/vault/" in page(person(role))) is (role in DESK_ROLES)


def test_vault_is_offered_to_whoever_has_set_one_up():
    user = person(Role.TRAINER)
    set_up_vault(user, "correct horse battery staple lamp")
    assert "/workspace/vault/" in page(user)


@pytest.mark.parametrize("path", ["", "desks/", "desks/people/", "invitations/", "texts/", "search/"])
def test_menu_marks_one_entry_at_most(path):
    user = person(Role.SUPERVISOR)
    baker.make(Desk, organisation=user.memberships.get().organisation)
    grant_role(user, organisation=organisation("other"), role=Role.EDITOR, by=System("test"))
    shown = browser_of(user).get(HOME + path, follow=True).content.decode()
    assert rail(shown).count('aria-current="page"') == (path != "search/")


def test_home_has_one_line_of_the_funder_and_no_public_footer():
    shown = page(person(Role.WORKER))
    assert shown.count("desk-footer") == 1
    assert "/accounts/login/" not in shown


def test_home_offers_all_languages_and_the_way_out():
    shown = page(person(Role.WORKER))
    assert all(f'href="/{code}/workspace/"' in shown for code in ("en", "el", "bg", "ro", "sl", "sr", "hu", "uk"))
    assert 'action="/en/accounts/logout/"' in shown
    assert "data-quick-exit" in shown


def test_home_leads_visitors_to_the_log_in():
    assert visitor().get(HOME)["Location"] == f"/en/accounts/login/?next={HOME}"


def test_home_refuses_whoever_works_for_no_partner():
    assert browser_of(person()).get(HOME).status_code == 403


def test_home_refuses_a_post():
    assert browser_of(person(Role.WORKER)).post(HOME).status_code == 405


def test_log_out_ends_the_session():
    browser = browser_of(person(Role.WORKER))
    assert browser.post("/en/accounts/logout/")["Location"] == "/en/"
    assert browser.get(HOME).status_code == 302


def test_home_tells_of_what_happened_within_a_day():
    invite_member(email="a@b.example", language="en", organisation=organisation(), role=Role.WORKER, by=System("test"))
    user = person(Role.COORDINATOR, name="Ιωάννα")
    shown = page(user)
    assert "Last 24 hours" in shown
    assert "sent" in shown.partition("Last 24 hours")[2]


def texts(word: str) -> dict[str, str]:
    return {"title": word, "summary": f"{word}.", "body": f"<p>{word}</p>"}


def test_translator_is_told_of_what_is_missing_in_their_language_and_led_there():
    about = Page.objects.create(slug="about")
    publish_bundled(about, "en", texts("About us"), by=System("test"))
    translator = person(Role.TRANSLATOR)
    Membership.objects.filter(user=translator).update(languages=["sl"])
    shown = page(translator)
    assert "About us" in shown
    assert f"/en/workspace/texts/pages.page/{about.pk}/sl/" in shown


def test_editor_is_told_of_a_text_in_review_and_its_author_is_not():
    author = person(Role.EDITOR)
    submit(save_draft(Page.objects.create(slug="about"), "en", texts("About us"), by=author), by=author)
    assert "About us" in page(person(Role.EDITOR)).partition("Waits for me")[2]
    assert "About us" not in page(author).partition("Waits for me")[2].partition("What comes next")[0]


def test_draft_that_was_never_sent_for_review_waits_for_its_author():
    author = person(Role.EDITOR)
    save_draft(Page.objects.create(slug="about"), "en", texts("About us"), by=author)
    assert "About us" in page(author)
    assert "About us" not in page(person(Role.EDITOR))


@pytest.mark.parametrize("language", ["en", "el", "bg", "ro", "sl", "sr", "hu", "uk"])
def test_home_speaks_every_language(language):
    shown = browser_of(person(Role.COORDINATOR)).get(f"/{language}/workspace/")
    assert shown.status_code == 200
