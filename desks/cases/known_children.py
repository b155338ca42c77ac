"""Whether a child is known already: what a case says of its child can be found, and is looked for before one opens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from desks.cases.candidates import Candidate, SearchResult, add_search
from desks.cases.code_lists import Block
from desks.cases.merges import surviving_case
from desks.cases.models import Case
from desks.cases.states import EntryKind
from desks.cases.timeline import add_entry
from desks.desk.errors import DeskRefusal
from desks.duplicates.actions import MAX_SEARCHES, search_other_desks, search_own_desk, searches_left, store_tokens
from desks.duplicates.blind_tokens import TypedIdentity
from desks.duplicates.matching import add_record_guard
from desks.duplicates.states import TokenKind
from partners.help_lines.models import HelpLine
from victor.access import System
from victor.forms.numbers import read_digits

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from uuid import UUID

    from desks.desk.models import Desk
    from victor.access import Actor
    from victor.accounts.models import User

# Which part of the child's record says what.
KINDS: dict[Block, frozenset[TokenKind]] = {
    Block.IDENTITY: frozenset(TokenKind) - {TokenKind.TELEPHONE},
    Block.CONTACT: frozenset({TokenKind.TELEPHONE}),
}
PORTAL = System("desks")
MAX_YEAR = 10_000  # whatever is typed in the field of a year or an age


def remember_child(
    case: Case, block: Block, content: Mapping[str, object], *, by: Actor, is_second_text: bool = False
) -> None:
    """Let the child be found by what this part of the record says now. By a second text it is found too."""
    if block in KINDS:
        typed = {name: str(value) for name, value in content.items() if value not in (None, "")}
        replaced = frozenset() if is_second_text else KINDS[block]
        store_tokens(identity_of(typed), key=case.key, desk=case.desk, kinds=KINDS[block], replaced=replaced, by=by)


def identity_of(typed: Mapping[str, str]) -> TypedIdentity:
    """What can be compared of what was typed."""
    return TypedIdentity(
        given_name=typed.get("given", ""),
        family_name=typed.get("family", ""),
        other_spellings=typed.get("spellings", ""),
        birth_year=_birth_year(typed),
        telephone=typed.get("phones", ""),
        document=typed.get("documents", ""),
    )


def _birth_year(typed: Mapping[str, str]) -> int | None:
    """The year, or what the age makes of it: the search forgives a year."""
    for name, years_from in (("birth_year", 0), ("age", timezone.localdate().year)):
        number = read_digits(typed.get(name, ""))
        if number is not None and number < MAX_YEAR:
            return abs(years_from - number)
    return None


@add_search
def find_known_child(desk: Desk, typed: Mapping[str, str], by: User) -> SearchResult:
    """The cases of one's own desk, with reasons; and, where somebody says why, which other desks may know the child."""
    result, identity = SearchResult(), identity_of(typed)
    try:
        own = search_own_desk(identity, desk=desk, by=by)
        cases = {case.key_id: case for case in _cases_of([candidate.key_id for candidate in own.candidates], by)}
        by_case: dict[UUID, Candidate] = {}
        for candidate in own.candidates:
            if candidate.key_id in cases:
                case = surviving_case(cases[candidate.key_id])  # the work goes on there
                reasons = " · ".join(str(reason.label) for reason in candidate.reasons)
                by_case.setdefault(case.pk, Candidate(case, reasons))
        result.candidates = list(by_case.values())
        if own.has_hidden:
            result.notices.append(_("Your own desk may know this child. Ask a supervisor before you go on."))
        if reason := typed.get("elsewhere"):
            result.notices += _ask_elsewhere(identity, desk, reason, by)
    except DeskRefusal as refusal:
        result.notices.append(str(refusal))
    return result


def _cases_of(keys: Collection[UUID], person: User) -> list[Case]:
    return list(Case.objects.visible_to(person).filter(key__in=keys).select_related("worker"))


def _ask_elsewhere(identity: TypedIdentity, desk: Desk, reason: str, by: User) -> list[str]:
    desks = search_other_desks(identity, desk=desk, reason=reason, by=by)
    asked = {"asked": MAX_SEARCHES - searches_left(by, desk), "most": MAX_SEARCHES}
    notices = [
        _("Another desk may know this child. Contact: %(desk)s") % {"desk": _contact_of(other)} for other in desks
    ]
    notices = notices or [_("No other desk has a record that looks alike. That is no proof: spellings differ.")]
    seen = _("They see that you asked; you see nothing of theirs. Asked today: %(asked)d of %(most)d.")
    return [*notices, seen % asked]


def _contact_of(desk: Desk) -> str:
    line = HelpLine.objects.for_help().filter(organisation=desk.organisation_id).first()
    name = desk.name
    return f"{name}, {line.number}" if line else name


class RestrictedCases:
    """Of a restricted case only the people named in it learn, in a search too; and they are told of the search."""

    def hidden_from(self, person: User, keys: Collection[UUID]) -> set[UUID]:
        """The records of restricted cases in which this person is not named."""
        restricted = Case.objects.filter(key__in=keys, restricted_group__isnull=False)
        named = Case.objects.filter(restricted_group__members__user=person)
        return set(restricted.exclude(pk__in=named).values_list("key_id", flat=True))

    def tell_of_search(self, keys: Collection[UUID]) -> None:
        """Note in the case that somebody at the desk has searched for this child."""
        for case in Case.objects.filter(key__in=keys):
            add_entry(case, EntryKind.SEARCHED, by=PORTAL)


add_record_guard(RestrictedCases())
