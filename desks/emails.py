"""What desks send: that something waits, and never what, from whom or about whom."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from desks.models import Desk
from partners.states import Role
from victor.accounts.emails import on_paper
from victor.accounts.models import User
from victor.mail.actions import queue

WORKING = [Role.WORKER, Role.SUPERVISOR]


def report_waits(desk: Desk) -> None:
    """Everybody of a desk learns that something urgent has come in."""
    for user in _people(desk):
        with override(user.language):
            context = {"url": urljoin(settings.SITE_URL, reverse("workspace:home"))}
            text = render_to_string("emails/report_waits.txt", context)
            on_paper(subject=_("Something urgent waits for you"), text=text, to=user.email).send()


def answer_waits(address: str, language: str) -> None:
    """A reporter who asked for it learns that there is an answer: without our name, a link or a word of more."""
    with override(language):
        queue(
            recipient=address,
            sender=settings.DEFAULT_FROM_EMAIL,
            language=language,
            subject=_("A message for you"),
            text=render_to_string("emails/answer_waits.txt").strip(),
        )


def _people(desk: Desk) -> list[User]:
    of_desk = {"memberships__organisation": desk.organisation_id, "memberships__role__in": WORKING}
    return list(User.objects.filter(**of_desk, is_active=True).distinct().order_by("pk"))
