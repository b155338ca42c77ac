"""Mails about texts."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from victor.accounts.models import User
from victor.mail.actions import queue_facts
from victor.publishing.models import LanguageVersion
from victor.stored_names import stored_name


def send_overdue_text(
    version: LanguageVersion, user: User, find_missing: Callable[[LanguageVersion], list[str]]
) -> None:
    """Tell who scheduled a text that it waits, and what it lacks, in their language."""
    with override(user.language):
        facts = {
            "title": str(version.object),
            "language": str(dict(settings.CONTENT_LANGUAGES)[version.language]),
            "missing": "; ".join(find_missing(version)),
            "url": urljoin(
                settings.SITE_URL,
                reverse(settings.TEXT_URL, args=[stored_name(version.object), version.object_id, version.language]),
            ),
        }
        queue_facts(
            recipient=user.email,
            subject=_("A scheduled text is waiting"),
            template="emails/overdue_text.txt",
            facts=facts,
        )
