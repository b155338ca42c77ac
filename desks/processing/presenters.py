"""The register of processing and the draft of the impact assessment, built from what the code declares.

Nothing of it is written by hand, so it cannot say other than what the portal does. It names no row of any table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.utils import timezone
from rules.permissions import permissions

from desks.cases.plain import PLAIN, STRUCTURE
from desks.extracts.extract_parts import LISTED, PARTS, ExtractPart, ListedPart
from desks.extracts.states import Receiver
from desks.retention.models import RetentionRule
from desks.retention.periods import RULED_KINDS, ruling_for
from partners.directory.models import Country
from partners.memberships.models import Membership
from partners.memberships.rules import LOADED
from partners.memberships.states import Role
from victor.accounts.models import User
from victor.languages import local_text
from victor.stored_names import NoStoredName, stored_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from django.db.models import Model
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class PlainTable:
    """A table with columns that are not encrypted, each with the reason why it is needed."""

    name: str
    columns: Sequence[tuple[str, str]]
    is_sealed: bool  # the rest of it is in an envelope


@dataclass(frozen=True)
class Period:
    """How long something is kept: in days, by which rule."""

    kind: StrOrPromise
    outcome: StrOrPromise
    country: str
    days: int
    is_default: bool


@dataclass(frozen=True)
class Receipt:
    """What goes out on paper, and to whom it may go."""

    title: StrOrPromise
    receivers: Sequence[StrOrPromise]


@dataclass(frozen=True)
class RoleRights:
    """What a role may do, as the code calls it."""

    role: StrOrPromise
    permissions: Sequence[str]


def plain_tables() -> list[PlainTable]:
    """What of a case is not encrypted, and why."""
    sealed = {name for name, model in _models() if _has_envelope(model)}
    return [PlainTable(name, list(columns.items()), name in sealed) for name, columns in sorted(PLAIN.items())]


def structure_columns() -> list[str]:
    """The columns that say nothing by themselves and need no reason."""
    return sorted(STRUCTURE)


def periods() -> list[Period]:
    """How long each kind of thing is kept: everywhere, and in countries that have a rule of their own."""
    rules, today = list(RetentionRule.objects.approved()), timezone.localdate()
    countries = list(Country.objects.in_partnership().order_by("position"))
    listed = []
    for kind in RULED_KINDS:
        for outcome, words in kind.outcomes:
            ruling = ruling_for(rules, country=None, outcome=outcome, on=today)
            listed.append(Period(kind.title, words, "", ruling.days, is_default=ruling.rule is None))
            for country in countries:
                own = ruling_for(rules, country=country.pk, outcome=outcome, on=today)
                if own.rule is not None and own.rule.country_id:
                    name = local_text(country, "name").text
                    listed.append(Period(kind.title, words, name, own.days, is_default=False))
    return listed


def receipts() -> list[Receipt]:
    """The parts of a case that can be printed, and for whom."""
    parts: list[ExtractPart | ListedPart] = [*PARTS.values(), *LISTED.values()]
    return [
        Receipt(part.title, [receiver.label for receiver in Receiver if receiver in part.receivers]) for part in parts
    ]


def rights_of_roles() -> list[RoleRights]:
    """What each role may do at all. Where an act is about one thing, its own rules narrow it further."""
    return [RoleRights(role.label, [name for name in sorted(permissions) if _may(role, name)]) for role in Role]


def _may(role: Role, permission: str) -> bool:
    user = User(pk=0, is_active=True)  # in no group, named in no case
    setattr(user, LOADED, [Membership(user=user, role=role, organisation_id=0)])
    return bool(permissions[permission].test(user))


def _models() -> Iterator[tuple[str, type[Model]]]:
    for model in apps.get_models():
        try:
            yield stored_name(model), model
        except NoStoredName:
            continue


def _has_envelope(model: type[Model]) -> bool:
    return any(field.name in {"envelope", "key"} for field in model._meta.get_fields())
