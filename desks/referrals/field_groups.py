"""What each of the twelve groups holds of a case, read with an open vault, and kept in the words of every language.

The sender's preview and the receiver's page show the same stored lines, so what was looked at is what leaves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from desks.assessments.models import Assessment
from desks.assessments.presenters import lines_of
from desks.assessments.states import CURRENT_STATES, AssessmentKind, AssessmentState
from desks.cases.casework import Guardian, Relative, StatusDecision
from desks.cases.code_lists import Block, RelativeKind, StatusBody
from desks.cases.sections import CaseReader
from desks.cases.states import GuardianState, VictimStatus
from desks.extracts.extract_parts import LISTED, PARTS, MakeLines, read_rows
from desks.notifications.models import Notification
from desks.notifications.states import AuthorityKind
from desks.referrals.code_lists import FieldGroup
from desks.screening.presenters import FinishedScreening
from victor.formatting import long_day

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.vault.keys.keyring import UnlockedVault

    ReadGroup: TypeAlias = Callable[[Case, UnlockedVault], Sequence[MakeLines]]

NOTES, DOCUMENTS = "notes", "documents"
CHOSEN_ONE_BY_ONE = {FieldGroup.DOCUMENTS: DOCUMENTS, FieldGroup.NOTES: NOTES}
# A label and a value, each by language; a value that is the same in all stands once, under "".
StoredLine: TypeAlias = Mapping[str, Mapping[str, str]]


def read_group(group: FieldGroup, items: Iterable[str], case: Case, by: UnlockedVault) -> list[StoredLine]:
    """What a group says now, in all languages. `items`: what was chosen one by one.

    Raises:
        NoGrant, Unopenable: the record cannot be read, or was altered.
    """
    if group in CHOSEN_ONE_BY_ONE:
        listed = LISTED[CHOSEN_ONE_BY_ONE[group]]
        makers: Sequence[MakeLines] = [listed.read(listed.numbers_in(items), case, by)]
    else:
        makers = READERS[group](case, by)
    return store_lines(makers)


def store_lines(makers: Sequence[MakeLines]) -> list[StoredLine]:
    """Labels and values in the words of every language."""
    by_language = {code: _lines_in(makers, code) for code, _name in settings.LANGUAGES}
    first, *_others = by_language.values()
    return [
        {
            "label": _merged({code: lines[index][0] for code, lines in by_language.items()}),
            "value": _merged({code: lines[index][1] for code, lines in by_language.items()}),
        }
        for index in range(len(first))
    ]


def lines_in(stored: Iterable[StoredLine], language: str) -> list[tuple[str, str]]:
    """Stored lines in the words of a language."""
    return [(_word(line["label"], language), _word(line["value"], language)) for line in stored]


def _lines_in(makers: Sequence[MakeLines], language: str) -> list[tuple[str, str]]:
    with override(language):
        return [(str(label), str(value)) for make in makers for label, value in make()]


def _merged(words: Mapping[str, str]) -> Mapping[str, str]:
    values = set(words.values())
    return {"": values.pop()} if len(values) == 1 else words


def _word(words: Mapping[str, str], language: str) -> str:
    return words.get(language) or words.get("") or next(iter(words.values()))


def _parts(*names: str) -> ReadGroup:
    return lambda case, by: [PARTS[name].read(case, by) for name in names]


def _read_guardian(case: Case, by: UnlockedVault) -> Sequence[MakeLines]:
    steps = list(Guardian.objects.filter(case=case).select_related("envelope__key").order_by("-made_at")[:1])
    relatives = list(Relative.objects.filter(case=case).select_related("envelope__key"))
    contents = read_rows(case, [*steps, *relatives], by)

    def lines() -> list[tuple[str, str]]:
        guardian = [
            (f"{_('Guardian')} · {GuardianState(step.state).label}", _joined(contents[step.envelope_id]))
            for step in steps
        ]
        return guardian + [
            (str(RelativeKind(relative.relation).label), _relative_words(relative, contents[relative.envelope_id]))
            for relative in relatives
        ]

    return [*_parts("standing", Block.CARE)(case, by), lines]


def _relative_words(relative: Relative, words: Mapping[str, object]) -> str:
    """What leaves of a relative: of one whom nobody contacts, only that."""
    return str(_("Do not contact")) if relative.blocked else _joined(words)


def _joined(words: Mapping[str, object]) -> str:
    return " · ".join(str(value) for value in words.values() if value)


def _finished_screening(case: Case, by: UnlockedVault) -> FinishedScreening | None:
    row = case.screenings.done().select_related("envelope__key").order_by("-number").first()
    return FinishedScreening(CaseReader(case, by.person, by), row) if row else None


def _read_screening(case: Case, by: UnlockedVault) -> Sequence[MakeLines]:
    shown = _finished_screening(case, by)
    if shown is None:
        return []

    def lines() -> list[tuple[str, str]]:
        signs = [sign for _group, signs in shown.groups for sign in signs]
        return [
            (f"{read.sign.code} {read.sign.words}", " · ".join(filter(None, [str(read.answer.label), read.note])))
            for read in signs
        ] + [(str(_("What follows")), str(sentence)) for sentence in shown.follows]

    return [lines]


def _read_experience(case: Case, by: UnlockedVault) -> Sequence[MakeLines]:
    shown = _finished_screening(case, by)
    if shown is None:
        return []

    def lines() -> list[tuple[str, str]]:
        names = {"act": _("Act"), "means": _("Means"), "purpose": _("Purpose")}
        return [
            (str(names[name]), " · ".join([answer, *kinds])) for name, answer, kinds in shown.elements if name in names
        ]

    return [lines]


def _read_assessments(case: Case, by: UnlockedVault) -> Sequence[MakeLines]:
    current = Assessment.objects.filter(case=case, state__in=sorted(CURRENT_STATES))
    rows = list(current.exclude(state=AssessmentState.ASKED).select_related("envelope__key"))
    contents = read_rows(case, rows, by)

    def lines() -> list[tuple[str, str]]:
        return [
            (f"{AssessmentKind(row.kind).label} · {label}", value)
            for row in rows
            for label, value in lines_of(AssessmentKind(row.kind), contents[row.envelope_id])
        ]

    return [lines]


def _read_law(case: Case, by: UnlockedVault) -> Sequence[MakeLines]:
    decisions = list(StatusDecision.objects.filter(case=case).select_related("envelope__key"))
    contents = read_rows(case, decisions, by)
    notified = list(Notification.objects.filter(case=case, sent_on__isnull=False))

    def lines() -> list[tuple[str, str]]:
        decided = [
            (
                f"{VictimStatus(row.status).label} · {long_day(row.decided_on)}",
                " · ".join(filter(None, [_body(row), _joined(contents[row.envelope_id])])),
            )
            for row in decisions
        ]
        return decided + [
            (str(AuthorityKind(row.kind).label), long_day(row.sent_on)) for row in notified if row.sent_on
        ]

    return [lines]


def _body(row: StatusDecision) -> str:
    return str(StatusBody(row.body).label) if row.body else ""


READERS: dict[FieldGroup, ReadGroup] = {
    FieldGroup.IDENTITY: _parts(Block.IDENTITY),
    FieldGroup.CONTACT: _parts(Block.CONTACT, Block.SAFETY),
    FieldGroup.GUARDIAN: _read_guardian,
    FieldGroup.SCREENING: _read_screening,
    FieldGroup.EXPERIENCE: _read_experience,
    FieldGroup.HEALTH: _parts(Block.HEALTH),
    FieldGroup.ASSESSMENTS: _read_assessments,
    FieldGroup.PLAN: _parts("plan", "services"),
    FieldGroup.LAW: _read_law,
    FieldGroup.SCHOOL: _parts(Block.SCHOOL, "place"),
}
