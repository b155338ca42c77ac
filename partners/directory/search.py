"""What search indexes of organisations and networks, and what staff find of organisations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners.directory.models import Network, Organisation
from victor.languages import column, columns, local_text
from victor.publishing.search_index import Texts, searchable
from victor.staff_search import Hit, finds_for_staff

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.folding import Question


@searchable(Organisation)
def organisation_text(obj: Organisation, language: str) -> Texts | None:
    """The names, the city and the description of a partner."""
    if obj.left_on is not None:
        return None
    name, city, description = (getattr(obj, column(field, language)) for field in ("name", "city", "description"))
    return (name, f"{obj.native_name} {city or ''} {description}") if name and description else None


@searchable(Network)
def network_text(obj: Network, language: str) -> Texts | None:
    """The name and the description of a network."""
    name, description = (getattr(obj, column(field, language)) for field in ("name", "description"))
    return (name, description) if name and description else None


@finds_for_staff(_("Organisations"), rank=30)
def organisations(user: User, question: Question) -> Iterator[Hit]:
    """Organisations by any of their names. Whoever edits them comes to their form, also of one that has left."""
    edits = user.has_perm("partners.change_organisation")
    listed = Organisation.objects.all() if edits else Organisation.objects.present()
    for obj in listed.select_related("country").order_by("country__position", "position"):
        if question.fits(obj.slug, obj.native_name, *(getattr(obj, name) for name in columns("name", "city"))):
            url = reverse("admin:partners_organisation_change", args=[obj.pk]) if edits else obj.get_absolute_url()
            yield Hit(local_text(obj, "name").text, local_text(obj.country, "name").text, url)
