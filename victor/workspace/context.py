"""What the frame of the workspace shows around every page: its menu, the account, and whether there is a vault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, cast

from django.apps import apps
from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from campaigns.campaigns.models import Campaign
from desks.access_reviews.models import AccessReview
from desks.desk.models import Desk
from desks.referrals.models import Referral
from partners.agreements.models import Agreement
from partners.grants.models import Grant
from partners.groups.models import WorkingGroup
from partners.help_lines.models import HelpLine
from partners.memberships.models import ContactPoint
from partners.responsibilities.models import Responsibility
from victor.access import is_permitted
from victor.accounts.models import User
from victor.stories import progress_of_stories
from victor.vault.keys.models import PersonalKey

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Destination:
    """A page that a menu names, and who needs it. `also` begins the URL names of pages elsewhere that belong to it."""

    title: StrOrPromise
    route: str
    permission: str
    also: str = ""


@dataclass(frozen=True)
class MenuEntry:
    """A line of a menu."""

    title: str
    url: str
    is_current: bool


HOME = "workspace:home"
DESKS = "desks:inbox_desks"
CASES = "desks:case_desks"
REFERRALS = "desks:referral_desks"
TEAM = "desks:led"
CONTACTS = "partners:contacts"
RESPONSIBILITIES = "partners:responsibilities"
AGREEMENTS = "partners:agreements"
GROUPS = "partners:groups"
GRANTS = "partners:grants"
RELEASES = "reporting:releases"
RESULTS = "campaigns:reach_campaigns"
HELP_LINES = "partners:help_lines"
ACCESS_REVIEWS = "desks:access_reviews"
VAULT = "workspace:vault"
ADMIN = "admin:index"
WORK = (
    Destination(_("My tasks"), HOME, "workspace.enter"),
    Destination(_("Desk"), DESKS, "desks.see_counters"),
    Destination(_("Cases"), CASES, "desks.work", also="desks:case"),
    Destination(_("Referrals"), REFERRALS, "desks.work", also="desks:referral"),
    Destination(_("Whom to turn to"), RESPONSIBILITIES, "partners.view_responsibilities"),
    Destination(_("Contacts"), CONTACTS, "partners.view_contacts"),
    Destination(_("Agreements"), AGREEMENTS, "partners.view_agreements"),
    Destination(_("Groups"), GROUPS, "partners.view_groups", also="partners:meeting"),
    Destination(_("Grants"), GRANTS, "partners.view_grants", also="partners:grant"),
    Destination(_("Team and keys"), TEAM, "desks.lead", also="desks:people"),
    Destination(_("Seminars"), "trainings:my_seminars", "trainings.check_in"),
    Destination(_("Texts"), "workspace:texts", "publishing.write"),
    Destination(_("Images"), "workspace:pictures", "publishing.write"),
    Destination(_("Results"), RESULTS, "campaigns.view_reach"),
    Destination(_("Statistics"), "desks:figures", "desks.oversee", also="trainings:figures"),
    Destination(_("Statistics"), "trainings:figures", "trainings.manage"),
    Destination(_("Releases of figures"), RELEASES, "reporting.view_releases"),
    Destination(_("Retention and deletion"), "desks:retention_rules", "desks.view_retention"),
    Destination(_("Helpline checks"), HELP_LINES, "partners.check_help_lines"),
    Destination(_("Invitations"), "partners:invitations", "partners.invite"),
    Destination(_("Access reviews"), ACCESS_REVIEWS, "desks.view_access_reviews"),
    Destination(_("Audit log"), "workspace:log", "audit.read_log"),
    Destination(_("Administration"), ADMIN, "workspace.enter"),
)
ACCOUNT = (
    Destination(_("Vault"), VAULT, "vault.use"),
    Destination(_("Two-step login"), "mfa_index", ""),
    Destination(_("Password"), "account_change_password", ""),
    Destination(_("Email addresses"), "account_email", ""),
    Destination(_("Active sessions"), "usersessions_list", ""),
    Destination(_("Emails about my tasks"), "workspace:digest", "workspace.choose_digest"),
)


class WorkspaceFrame:
    """What the frame shows to a person. Nothing is read before a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def has_vault(self) -> bool:
        """Whether the person holds keys, or is to be given some: those who work at a desk are."""
        user = self.request.user
        if not user.is_authenticated or not is_permitted(user, "vault.use"):
            return False
        return is_permitted(user, "desks.work") or self._facts["has_key"]

    @property
    def filling(self) -> str:
        """How far the demo has been filled; empty where it is not being filled."""
        progress = progress_of_stories()
        if progress is None:
            return ""
        words = _("The demo is being filled: %(number)s of %(total)s stories. What you see already works.")
        return words % {"number": progress[0], "total": progress[1]}

    @property
    def _user(self) -> User:
        return cast("User", self.request.user)

    @cached_property
    def _facts(self) -> dict[str, bool]:
        """Whether the person has a key, whether there is a desk for them, what the directories hold: in one query."""
        user = self._user
        person = User.objects.filter(pk=user.pk)
        facts = {
            "has_key": Exists(PersonalKey.objects.filter(user=OuterRef("pk"))),
            "has_desk": Exists(Desk.objects.visible_to(user)),
            "has_referrals": Exists(Referral.objects.visible_to(user)),
            "has_contacts": Exists(ContactPoint.objects.all()),
            "has_agreements": Exists(Agreement.objects.visible_to(user)),
            "has_grants": Exists(Grant.objects.all()),
            "has_releases": Exists(apps.get_model("reporting.Release").objects.all()),
            "has_groups": Exists(WorkingGroup.objects.visible_to(user)),
            "has_responsibilities": Exists(Responsibility.objects.in_force()),
            "has_campaigns": Exists(Campaign.objects.all()),
            "has_help_lines": Exists(HelpLine.objects.all()),
            "has_access_reviews": Exists(AccessReview.objects.visible_to(user)),
        }
        return cast("dict[str, bool]", person.values(**facts).get())

    @cached_property
    def menu(self) -> list[MenuEntry]:
        """The pages on which this person can do something. A page with nothing on it is not among them."""
        empty = {
            DESKS: lambda: not self._facts["has_desk"],
            CASES: lambda: not self._facts["has_desk"],
            REFERRALS: lambda: not self._facts["has_referrals"],
            TEAM: lambda: not self._facts["has_desk"],
            CONTACTS: lambda: not self._facts["has_contacts"],
            AGREEMENTS: lambda: (
                not (self._facts["has_agreements"] or is_permitted(self._user, "partners.manage_agreements"))
            ),
            GRANTS: lambda: not self._facts["has_grants"],
            RELEASES: lambda: (
                not (self._facts["has_releases"] or is_permitted(self._user, "reporting.manage_releases"))
            ),
            GROUPS: lambda: not (self._facts["has_groups"] or is_permitted(self._user, "partners.found_group")),
            RESPONSIBILITIES: lambda: not self._facts["has_responsibilities"],
            RESULTS: lambda: not self._facts["has_campaigns"],
            HELP_LINES: lambda: not self._facts["has_help_lines"],
            ACCESS_REVIEWS: lambda: not self._facts["has_access_reviews"],
            ADMIN: lambda: not getattr(self.request.user, "is_staff", False),
        }
        return self._entries(WORK, empty)

    @cached_property
    def account(self) -> list[MenuEntry]:
        """The pages of the person's own account."""
        return self._entries(ACCOUNT, {VAULT: lambda: not self.has_vault})

    def _entries(self, places: Iterable[Destination], empty: Mapping[str, Callable[[], bool]]) -> list[MenuEntry]:
        titles: dict[str, tuple[Destination, str]] = {}
        for place in places:
            is_open = not place.permission or self.request.user.has_perm(place.permission)
            if is_open and not empty.get(place.route, bool)():
                titles.setdefault(str(place.title), (place, reverse(place.route)))
        current = self._current(list(titles.values()))
        return [MenuEntry(title, url, url == current) for title, (_place, url) in titles.items()]

    def _current(self, shown: list[tuple[Destination, str]]) -> str:
        """The address of the entry to which the page belongs: one that claims it, else the longest that begins it."""
        path, match = self.request.path, self.request.resolver_match
        name = match.view_name if match is not None else ""
        claimed = [url for place, url in shown if place.also and name.startswith(place.also)]
        begun = [url for place, url in shown if path == url or (place.route != HOME and path.startswith(url))]
        return next(iter(claimed), max(begun, key=len, default=""))


def workspace_context(request: HttpRequest) -> dict[str, WorkspaceFrame]:
    """Give every template the frame of the workspace."""
    return {"workspace": WorkspaceFrame(request)}
