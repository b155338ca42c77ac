"""Which authorities of a country are told of a child: the one place where the directory is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import override

from desks.notifications.states import AuthorityKind
from partners.responsibilities.models import Responsibility
from victor.languages import local_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from partners.directory.models import Country


def authorities_of(country: Country) -> QuerySet[Responsibility]:
    """The authorities of a country that are told at the same time; none where it has no list, and pages say so."""
    return Responsibility.objects.to_notify(country).for_listing()


def kind_of(authority: Responsibility) -> AuthorityKind:
    """What an authority of the directory is responsible for."""
    is_known = authority.function in AuthorityKind.values
    return AuthorityKind(authority.function) if is_known else AuthorityKind.OTHER


def name_in(authority: Responsibility, languages: Iterable[str]) -> str:
    """How an authority is called in the first of these languages that has a name for it."""
    for language in languages:
        with override(language):
            name = local_text(authority, "body")
        if name.language is None:
            return name.text
    return str(authority)
