from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desks.models import Desk
from victor.publishing.languages import published_in
from victor.publishing.requirements import condition

LEAST_HOLDERS = 2
REHEARSAL_HOLDS = timedelta(days=30)


def lacking(desk: Any) -> Iterator[Promise]:
    """What a desk needs before people are sent to it, in words; for one asked for `with_readiness()`."""
    if desk.holders < LEAST_HOLDERS:
        yield _("two people who hold its keys")
    if desk.rehearsed_at is None or desk.rehearsed_at < timezone.now() - REHEARSAL_HOLDS:
        yield _("a test report answered in time within the last 30 days")
    if desk.agreement_signed_on is None:
        yield _("a signed agreement on data sharing")


@condition
def desk_can_be_relied_on(obj: Any, language: str) -> Iterator[str | Promise]:
    """No desk becomes public that could not answer. One that is public stays so, and can be corrected."""
    if isinstance(obj, Desk) and not published_in(obj, "title"):
        yield from lacking(Desk.objects.with_readiness().get(pk=obj.pk))
