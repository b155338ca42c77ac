from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from victor.languages import languages_with
from victor.publishing.models import Publishable
from victor.publishing.publication_checks import publication_condition

MIN_KEY_HOLDERS = 2
REHEARSAL_VALIDITY = timedelta(days=30)


def missing_for_publication(desk: Desk) -> Iterator[Promise]:
    """What a desk needs before people are sent to it, in words. The desk was loaded `with_readiness()`."""
    return missing_parts(
        key_holders=desk.key_holders,
        rehearsed_at=desk.rehearsed_at,
        has_agreement=desk.has_agreement,
    )


def missing_parts(*, key_holders: int, rehearsed_at: datetime | None, has_agreement: bool) -> Iterator[Promise]:
    """The same from what is known of a desk."""
    if key_holders < MIN_KEY_HOLDERS:
        yield _("two people who hold its keys")
    if rehearsed_at is None or rehearsed_at < timezone.now() - REHEARSAL_VALIDITY:
        yield _("a test report answered in time in the last 30 days")
    if not has_agreement:
        yield _("a valid agreement that allows its publication")


@publication_condition
def desk_can_be_relied_on(obj: Publishable, language: str) -> Iterator[str | Promise]:
    """No desk becomes public that could not answer. One that is public stays so, and can be corrected."""
    if isinstance(obj, Desk) and not languages_with(obj, "title"):
        yield from missing_for_publication(Desk.objects.with_readiness().get(pk=obj.pk))
