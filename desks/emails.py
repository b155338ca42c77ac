"""What desks send: that something waits, and nothing else. No reference, no country, no word of what was said."""

from __future__ import annotations

from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.accounts.emails import on_paper
from victor.accounts.models import User


def something_waits(user: User) -> None:
    """Somebody at a desk, or who is told next, learns that they should look."""
    with override(user.language):
        context = {"url": urljoin(settings.SITE_URL, reverse("workspace:home"))}
        text = render_to_string("emails/something_waits.txt", context)
        on_paper(subject=_("Something waits for you"), text=text, to=user.email).send()
