"""The register of processing and the draft of the impact assessment, built from what the code declares.

Nothing of it is written by hand, so it cannot say other than what the portal does. It names no row of any table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from django.apps import apps
from django.utils import timezone
from django.utils.translation import gettext as _
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
from victor.formatting import long_day
from victor.languages import current_language, local_text
from victor.pdf import pdf, printable
from victor.stored_names import NoStoredName, stored_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from django.db.models import Model
    from django_stubs_ext import StrOrPromise

CODE_LANGUAGE = "en"  # of reasons, names of tables and names of rights
PaperPart: TypeAlias = "dict[str, object]"


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


def register_pdf() -> bytes:
    """A tagged PDF, as of today."""
    return pdf("register", register_content())


def register_content() -> Mapping[str, object]:
    """What page and paper say, in the active language, as of today."""
    return {
        "language": current_language(),
        "title": _("Register of processing"),
        "lead": _(
            "A draft for the register and for the data protection impact assessment. It is made from what the portal "
            "itself declares, as of today."
        ),
        "day": long_day(timezone.localdate()),
        "page": _("Page"),
        "parts": [_purpose(), _sealed(), _plain(), _kept(), _given(), _roles()],
    }


def _part(key: str, title: str, *sentences: str, groups: Sequence[PaperPart] = ()) -> PaperPart:
    words = {"key": key, "title": title, "sentences": list(sentences)}
    return {**words, "head": [], "rows": [], "groups": list(groups)}


def _group(title: str, entries: Sequence[Sequence[str]], language: str) -> PaperPart:
    """Entries of a label and its words under a heading. `language`: that of the entries."""
    return {"title": title, "language": language, "entries": entries}


def _purpose() -> PaperPart:
    return _part(
        "purpose",
        _("What for"),
        _(
            "To protect children who may be victims of trafficking: to take reports, to assess, to plan and give help, "
            "to tell authorities, and to count without naming anybody."
        ),
        _("Legal basis, controllers and risks are decided by people. They have to be added here before it is signed."),
    )


def _sealed() -> PaperPart:
    return _part(
        "sealed",
        _("What is encrypted"),
        _(
            "All words about a child, names, contacts, files and reasons lie in sealed envelopes that only named "
            "people of a desk open. The server cannot read them. The tables below list every column of a case that is "
            "not encrypted, and why."
        ),
    )


def _plain() -> PaperPart:
    everywhere = _group("", [["", ", ".join(structure_columns())]], CODE_LANGUAGE)
    tables = [
        _group(
            f"{table.name} · {_('with an envelope')}" if table.is_sealed else table.name,
            [list(column) for column in table.columns],
            CODE_LANGUAGE,
        )
        for table in plain_tables()
    ]
    return _part(
        "plain",
        _("What is not encrypted, and why"),
        _("These columns are in every table and say nothing by themselves:"),
        groups=[everywhere, *tables],
    )


def _kept() -> PaperPart:
    part = _part("kept", _("How long it is kept"))
    part["head"] = [_("Kind"), _("Outcome"), _("Country"), _("Days"), _("Rule")]
    part["rows"] = [
        [
            str(period.kind),
            str(period.outcome),
            printable(period.country) or _("all countries"),
            str(period.days),
            _("initial rule") if period.is_default else _("approved by two coordinators"),
        ]
        for period in periods()
    ]
    return part


def _given() -> PaperPart:
    entries = [[str(receipt.title), ", ".join(map(str, receipt.receivers))] for receipt in receipts()]
    groups = [_group("", entries, current_language())]
    return _part("given", _("What goes out on paper, and to whom"), groups=groups)


def _roles() -> PaperPart:
    groups = [_group(str(row.role), [["", ", ".join(row.permissions)]], CODE_LANGUAGE) for row in rights_of_roles()]
    sentence = _(
        "The names of the rights are those of the code. Each act also asks whether somebody works at the desk, is "
        "named in the case, and holds its keys."
    )
    return _part("roles", _("Who may do what"), sentence, groups=groups)
