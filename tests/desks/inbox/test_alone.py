"""A supervisor, an editor and a coordinator, each alone with three mailboxes of their own, against docs/security.md.

Each tries all that the pages offer, at once and again eight days later. No promise breaks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from desks.desk import actions as desk_actions
from desks.desk.errors import DeskRefusal
from desks.inbox import originals
from desks.inbox.models import OriginalAccess
from desks.retention.models import RetentionRule
from partners.directory.models import Organisation
from partners.help_lines.models import HelpLine
from partners.help_lines.states import Confidence, Purpose
from partners.memberships.models import Membership, Proposal
from partners.memberships.states import SITE_ROLES, Role
from tests.desks.inbox.inbox_desks import InboxDesk, add_attachment
from tests.people import PASSWORD, browser_of, organisation, person, visitor
from tests.vault.people import open_vault
from victor.access import System
from victor.accounts.models import User
from victor.mail.emails import content_of
from victor.mail.models import Message
from victor.pages.models import Page
from victor.publishing.bundled_texts import publish_bundled
from victor.publishing.models import LanguageVersion
from victor.publishing.states import TextState

pytestmark = pytest.mark.django_db
WORKSPACE, ADMIN = "/en/workspace/", "/en/admin/"
EVIL = "306900000000"
MAILBOXES = [f"own{number}@elsewhere.example" for number in range(3)]


@pytest.fixture
def page() -> Page:
    page = Page.objects.create(slug="for-children")
    publish_bundled(page, "en", dict.fromkeys(("title", "summary", "body"), "HARMLESS"), by=System("test"))
    return page


@pytest.fixture
def emergency() -> HelpLine:
    country = organisation("smile").country
    given = {"country": country, "number": "112", "dial": "112", "purpose": Purpose.EMERGENCY, "publish": True}
    return HelpLine.objects.create(key="gr-112", name_en="Help", confidence=Confidence.HIGH, source="law", **given)


@pytest.fixture
def honest() -> User:
    """A coordinator who presses nothing."""
    return person(Role.COORDINATOR, name="Honest")


def accept(email: str) -> User | None:
    """Somebody opens their mailbox and accepts what has come."""
    mail = Message.objects.filter(recipient=email).last()
    if mail is None:
        return None
    link = re.search(r"/en/invitations/[\w-]+/", content_of(mail).text)[0]
    visitor().post(link, {"name": email, "password": PASSWORD, "repeated": PASSWORD})
    return User.objects.get(email=email)


def invite_mailboxes(by: User, roles: list[Role], *, places: Sequence[Organisation] = ()) -> list[User]:
    """The own mailboxes that come in, each by the role that it is invited to, at the own organisation by default."""
    people = []
    own = by.memberships.get().organisation
    for email, role, place in zip(MAILBOXES, roles, places or [own] * 3, strict=True):
        form = {"email": email, "language": "en", "organisation": place.pk, "role": role}
        browser_of(by).post(f"{WORKSPACE}invitations/new/", form)
        people.append(accept(email))
    return [user for user in people if user]


def confirm_everything(people: list[User]) -> None:
    """Each presses each button that a proposal has, whether the page shows it or not."""
    for user, proposal in itertools.product(people, Proposal.objects.open()):
        data = {"digest": proposal.digest, "dialled": "on"}
        browser_of(user).post(f"{WORKSPACE}proposals/{proposal.pk}/confirm/", data)


def publish_evil(page: Page, people: list[User]) -> None:
    """Each writes, and each approves and publishes."""
    url = f"{WORKSPACE}texts/pages.page/{page.pk}/en/"
    for user in people:
        version = LanguageVersion.objects.of(page).get(language="en")
        texts = {"title": "EVIL", "summary": "EVIL", "body": f"<p>{EVIL}</p>", "revision": version.revision}
        browser_of(user).post(url, texts)
    for move, user in itertools.product(("submit", "approve", "publish"), people):
        version = LanguageVersion.objects.of(page).get(language="en")
        browser_of(user).post(f"{url}{move}/", {"revision": version.revision})


def change_number(line: HelpLine, browser: Client) -> None:
    """Edit, hide and delete it in the admin."""
    shown = browser.get(f"{ADMIN}partners/helpline/{line.pk}/change/")
    fields = {
        "key": line.key,
        "country": "GR",
        "purpose": line.purpose,
        "number": EVIL,
        "dial": EVIL,
        "name_en": "Help",
    }
    fields |= {"source": "law", "position": "1", "confidence": "high", "check_precision": "day"}
    if shown.context and "adminform" in shown.context:
        form = shown.context["adminform"].form
        values = {name: form[name].value() for name in form.fields}
        fields = {name: value for name, value in values.items() if value not in (None, False, "")} | fields
    browser.post(f"{ADMIN}partners/helpline/{line.pk}/change/", fields | {"publish": "on"})
    browser.post(f"{ADMIN}partners/helpline/{line.pk}/change/", {k: v for k, v in fields.items() if k != "publish"})
    browser.post(f"{ADMIN}partners/helpline/{line.pk}/delete/", {"post": "yes"})


def numbers_that_children_see() -> str:
    return visitor().get("/en/help/gr/").content.decode()


def days(at) -> Iterator[None]:
    """Today, and eight days later."""
    began = timezone.now()
    for number in (0, 8):
        at(began + timedelta(days=number))
        yield


def roles_of_the_site(people: list[User]) -> list[str]:
    return list(Membership.objects.filter(user__in=people, role__in=SITE_ROLES).values_list("role", flat=True))


# --- A supervisor


def try_originals(access: OriginalAccess, people: list[User]) -> None:
    for user in people:
        try:
            originals.approve_original(access, by=user)
        except (DeskRefusal, PermissionDenied):
            continue


def test_supervisor_alone_gets_no_original_and_no_role_of_the_site(at, page, emergency):
    desk = InboxDesk()
    chief = desk.chief.person
    Membership.objects.filter(user__in=[desk.anna.person, desk.ben.person]).delete()  # nobody else is there
    report = desk.report()
    own = invite_mailboxes(chief, [Role.WORKER, Role.SUPERVISOR, Role.EDITOR])
    assert [user.memberships.get().role for user in own] == ["worker", "supervisor"]
    vaults = [desk.chief, *(open_vault(user) for user in own)]
    for vault in vaults[1:]:
        desk_actions.admit(desk.desk, vault.person, by=desk.chief)
    accesses = [originals.request_original(add_attachment(report), "reason", by=vault.person) for vault in vaults]
    for _day in days(at):
        for access in accesses:
            try_originals(access, [chief, *own])
        publish_evil(page, [chief, *own])
        change_number(emergency, browser_of(chief))
    assert not OriginalAccess.objects.exclude(granted_at=None).exists()
    assert roles_of_the_site(own) == []
    page.refresh_from_db()
    assert page.title_en == "HARMLESS"
    assert EVIL not in numbers_that_children_see()


# --- An editor


def test_editor_alone_publishes_nothing_and_lets_nobody_in(at, page, emergency):
    editor = person(Role.EDITOR)
    for _day in days(at):
        assert invite_mailboxes(editor, [Role.EDITOR, Role.WORKER, Role.COORDINATOR]) == []
        publish_evil(page, [editor])
        change_number(emergency, browser_of(editor))
        confirm_everything([editor])
    page.refresh_from_db()
    assert page.title_en == "HARMLESS"
    assert LanguageVersion.objects.of(page).get(language="en").state == TextState.IN_REVIEW
    assert EVIL not in numbers_that_children_see()


# --- A coordinator


def close_accounts(by: User, people: list[User]) -> None:
    for user in people:
        browser_of(by).post(f"{ADMIN}accounts/user/{user.pk}/change/", {})
        for membership in user.memberships.all():
            browser_of(by).post(f"{ADMIN}partners/membership/{membership.pk}/delete/", {"post": "yes"})


def shorten_retention(people: list[User]) -> None:
    url = f"{WORKSPACE}retention/"
    form = {"country": "", "outcome": "", "days": "90", "starts": timezone.localdate().isoformat()}
    for user in people:
        browser_of(user).post(url, form)
    for rule, user in itertools.product(RetentionRule.objects.all(), people):
        browser_of(user).post(f"{url}{rule.pk}/approve/", {"confirmed": "yes"})


def vouch_for_everybody(by: User) -> None:
    rows = list(Membership.objects.values_list("pk", flat=True))
    browser_of(by).post(f"{ADMIN}partners/membership/", {"action": "vouch", "_selected_action": rows})


@pytest.fixture
def own(at, page, emergency, honest) -> list[User]:
    """The mailboxes of a coordinator who has tried everything, on both days."""
    coordinator = person(Role.COORDINATOR, organisation("smile"))
    own = invite_mailboxes(coordinator, [Role.WORKER, Role.SUPERVISOR, Role.EDITOR])
    people = [coordinator, *own]
    for _day in days(at):
        change_number(emergency, browser_of(coordinator))
        close_accounts(coordinator, [honest])
        shorten_retention(people)
        vouch_for_everybody(coordinator)
        publish_evil(page, people)
        confirm_everything(people)
    return own


def test_coordinator_alone_gives_no_role_and_closes_no_account(own, honest):
    kinds = set(Proposal.objects.open().values_list("kind", flat=True))
    assert kinds == {"role", "help_line", "close_account", "withdraw_role"}
    assert not Proposal.objects.exclude(confirmed_at=None).exists()
    assert roles_of_the_site(own) == []
    assert not Membership.objects.filter(user__in=own).exclude(confirmed_by=None).exists()
    honest.refresh_from_db()
    assert honest.is_active
    assert honest.memberships.exists()


def test_coordinator_alone_changes_no_number_no_rule_and_no_text(own, page):
    assert RetentionRule.objects.exists()
    assert not RetentionRule.objects.exclude(approved_at=None).exists()
    assert LanguageVersion.objects.of(page).get(language="en").fields["title"] == "EVIL"
    page.refresh_from_db()
    assert page.title_en == "HARMLESS"
    assert "112" in numbers_that_children_see()
    assert EVIL not in numbers_that_children_see()


def test_coordinator_alone_opens_no_original_from_another_desk(at, honest):
    """Two mailboxes hold the keys of a desk that all others have left. The third leads another desk."""
    desk, coordinator = InboxDesk(), person(Role.COORDINATOR, organisation("smile"))
    places = [desk.organisation, organisation("elsewhere"), desk.organisation]
    own = invite_mailboxes(coordinator, [Role.WORKER, Role.SUPERVISOR, Role.WORKER], places=places)
    for user in (own[0], own[2]):
        desk_actions.admit(desk.desk, open_vault(user).person, by=desk.chief)
    access = originals.request_original(add_attachment(desk.report()), "reason", by=own[0])
    Membership.objects.filter(user__in=[vault.person for vault in (desk.anna, desk.ben, desk.chief)]).delete()
    for _day in days(at):
        vouch_for_everybody(coordinator)
        try_originals(access, [coordinator, *own])
    access.refresh_from_db()
    assert access.granted_at is None
