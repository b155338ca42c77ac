"""A check before each publication."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from partners.grants.models import FunderNotice
from victor.languages import column
from victor.publishing.models import Publishable
from victor.publishing.publication_checks import publication_requirement


@publication_requirement
def check_funder_notice(obj: Publishable, language: str) -> Iterator[str | Promise]:
    """Nothing is published in a language in which the funder's notice is missing."""
    notice = FunderNotice.objects.in_force().first()
    if notice is None or not getattr(notice, column("statement", language)):
        yield _("the funder's notice in this language")
