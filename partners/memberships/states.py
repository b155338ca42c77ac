"""Roles, proposals that need a second person, and why somebody cannot be that person."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

CONTACT_VALIDITY = timedelta(days=90)  # after that, the person is asked whether the details are still right


class Role(TextChoices):
    """What a person does for an organisation."""

    WORKER = "worker", pgettext_lazy("role", "Desk worker")
    SUPERVISOR = "supervisor", pgettext_lazy("role", "Desk supervisor")
    TRAINER = "trainer", pgettext_lazy("role", "Trainer")
    EDITOR = "editor", pgettext_lazy("role", "Editor")
    TRANSLATOR = "translator", pgettext_lazy("role", "Translator")
    COORDINATOR = "coordinator", pgettext_lazy("role", "Coordinator")
    AUDITOR = "auditor", pgettext_lazy("role", "Auditor")
    PRIVACY = "privacy", pgettext_lazy("role", "Data protection officer")
    PARTNER = "partner", pgettext_lazy("role", "Partner contact")


DESK_ROLES = frozenset({Role.WORKER, Role.SUPERVISOR})
CONTACT_ROLES = frozenset({Role.PARTNER})  # they read the directory and what is their own organisation's
# They hold for the whole site, so two coordinators give them. A partner contact opens nothing of the work and decides
# about nobody, so that one coordinator gives the role.
SITE_ROLES = frozenset(Role) - DESK_ROLES - CONTACT_ROLES
OVERSIGHT_ROLES = frozenset({Role.AUDITOR, Role.PRIVACY})  # they read codes, states and times, and nothing else
STAFF_ROLES = frozenset(Role) - OVERSIGHT_ROLES
WORKING_ROLES = STAFF_ROLES - CONTACT_ROLES


class ContactFunction(TextChoices):
    """For what a person can be contacted."""

    GENERAL = "general", pgettext_lazy("contact point", "General")
    REFERRALS = "referrals", pgettext_lazy("contact point", "Referrals")
    MISSING_CHILDREN = "missing_children", pgettext_lazy("contact point", "Missing children")
    TRAININGS = "trainings", pgettext_lazy("contact point", "Seminars")
    CAMPAIGNS = "campaigns", pgettext_lazy("contact point", "Campaigns")
    DATA_PROTECTION = "data_protection", pgettext_lazy("contact point", "Data protection")


class ProposalKind(TextChoices):
    """What one coordinator proposes and another confirms."""

    ROLE = "role", _("Give a person a role for the whole site")
    LANGUAGES = "languages", _("Let a translator write in more languages")
    CLOSE_ACCOUNT = "close_account", _("Close the account of a coordinator")
    REOPEN_ACCOUNT = "reopen_account", _("Reopen the account of a coordinator")
    WITHDRAW_ROLE = "withdraw_role", _("End the role of a coordinator")
    HELP_LINE = "help_line", _("Show or change a helpline")
    LEAVE = "leave", _("End the partnership of an organisation")


class SecondPersonFault(TextChoices):
    """Why somebody cannot be the second person."""

    OWN = "own", _("You asked for this yourself, so another person has to decide.")
    CONCERNED = "concerned", _("This is about you, so another person has to decide.")
    INVITED = (
        "invited",
        _(
            "You and the person who asks were invited by the same person, or one of you invited the other. "
            "An independent person has to decide."
        ),
    )
    RECENT = (
        "recent",
        _("You have had your role for less than seven days. A person who has had it longer has to decide."),
    )
    NO_KEY = "no_key", _("You do not hold the keys of this desk.")
    NO_ROLE = "no_role", _("You do not have the role that this decision needs.")
