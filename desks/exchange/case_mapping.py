"""A case of VICTOR in the words of the standard, and back.

What VICTOR does not model, or knows only more coarsely, is kept as it came: group by group, beside what VICTOR made of
it. It goes out again as it came, as long as nobody has changed what was made of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypedDict

from desks.cases.code_lists import ClosureOutcome
from desks.cases.states import Stage, VictimStatus
from desks.exchange.case_words import (
    BODIES,
    EXPLOITATION_TYPES,
    GENDERS,
    LANGUAGES,
    PLAN_TYPES,
    PURPOSES,
    SEXES,
    STATUSES,
    case_status,
    countries_in,
    phones_in,
)
from desks.exchange.standard_rows import ROWS, ROWS_BY_NAME, Part, StandardCase, Value, ValueKind, Values, rows_of
from desks.facts.states import UNKNOWN, Sex

# Rows that are judged together, since VICTOR has one place for them.
ADDRESS = tuple(row.name for row in ROWS if row.name.startswith("prs_Mailing"))
PHONES = ("prs_MobilePhone", "prs_HomePhone")
STATUS = ("vic_TraffickingStatus", "vic_TraffickingStatusDecisionMakingOrg")
ENDING = ("cas_Status", "cas_ReasonForCaseClosure")
OFFICE = ("cas_CaseOwner", Part.ORGANISATIONS)
TOGETHER: tuple[tuple[str, ...], ...] = (ADDRESS, PHONES, STATUS, ENDING, OFFICE)
COORDINATES = frozenset({ValueKind.LATITUDE, ValueKind.LONGITUDE})
BIRTH = ("birth_year", "birth_month", "birth_day")
# What takes the place of a status that came with a file. Indications alone do not.
DECIDED = frozenset({VictimStatus.PRESUMED, VictimStatus.IDENTIFIED, VictimStatus.NOT_IDENTIFIED})


@dataclass(frozen=True)
class Office:
    """The organisation of a desk, as a directory names it."""

    name: str = ""
    city: str = ""
    country: str = ""


@dataclass(frozen=True)
class PlannedGoal:
    """A goal of the valid plan."""

    kind: str
    objective: str
    action: str
    planned_on: date | None
    ended_on: date | None


@dataclass(frozen=True)
class CaseContent:
    """What VICTOR holds of a case and the standard has a row for. `identity`, `contact`: parts of the child's record.

    `form`: the main form of exploitation, where figures are counted by it.
    """

    identity: Mapping[str, object] = field(default_factory=dict)
    contact: Mapping[str, object] = field(default_factory=dict)
    language: str = ""
    sex: str = Sex.UNKNOWN
    form: str = UNKNOWN[0]
    stage: str = Stage.OPENED
    status: str = VictimStatus.UNASSESSED
    body: str = ""
    outcome: str = ""
    closing_words: str = ""
    notes: Sequence[str] = ()
    purposes: Sequence[str] = ()
    goals: Sequence[PlannedGoal] = ()
    office: Office = field(default_factory=Office)


class KeptGroup(TypedDict):
    """A group of rows as they came with a file, and what was made of them then."""

    names: list[str]
    values: Values
    parts: dict[str, list[Values]]
    made: object


Extra = dict[str, list[KeptGroup]]  # what is sealed, under one name


def standard_of(content: CaseContent, reference: str = "") -> StandardCase:
    """What VICTOR itself holds of a case, in the words of the standard."""
    values: dict[str, object] = {
        **_person_values(content),
        "vic_TraffickingStatus": STATUSES.get(VictimStatus(content.status)),
        "vic_TraffickingStatusDecisionMakingOrg": BODIES.get(content.body),
        "vic_TypeOfExploitation": list(dict.fromkeys(EXPLOITATION_TYPES[purpose] for purpose in content.purposes)),
        "cas_Status": case_status(content.stage, content.outcome),
        "cas_ReasonForCaseClosure": content.closing_words,
        "cas_CaseOwner": content.office.name,
    }
    parts = {
        Part.ORGANISATIONS: [_organisation(content.office)] if content.office.name else [],
        Part.COMMENTS: [Values(cco_CaseComment=note) for note in content.notes],
        Part.PLANS: [_plan(goal) for goal in content.goals],
    }
    filled = {part: rows for part, rows in parts.items() if rows}
    return StandardCase(reference, _filled(values), filled)


def _person_values(content: CaseContent) -> dict[str, object]:
    identity, contact = content.identity, content.contact
    phones = phones_in(str(contact.get("phones", "")))
    return {
        "prs_FirstName": identity.get("given"),
        "prs_SecondName": identity.get("family"),
        "prs_Birthdate": _birthdate(identity),
        "prs_Gender": GENDERS.get(content.sex),
        "prs_Deceased": True if content.outcome == ClosureOutcome.DIED else None,
        "prs_PrimaryLanguage": LANGUAGES.get(content.language),
        "prs_Citizenship": countries_in(str(identity.get("citizenships", ""))),
        "prs_IdentityNumber": identity.get("documents"),
        "prs_Email": contact.get("email"),
        **dict(zip(PHONES, phones, strict=False)),
        "prs_MailingStreet": contact.get("address"),
    }


def _birthdate(identity: Mapping[str, object]) -> str:
    """A date of which every part is known; the standard takes no other."""
    year, month, day = (identity.get(name) for name in BIRTH)
    return f"{year:04}-{month:02}-{day:02}" if year and month and day else ""


def _organisation(office: Office) -> Values:
    return _filled({"org_Name": office.name, "org_ShippingCity": office.city, "org_ShippingCountry": office.country})


def _plan(goal: PlannedGoal) -> Values:
    values = {
        "spl_Objectives": goal.objective,
        "spl_ActionPlan": goal.action,
        "spl_PlannedEndDate": goal.planned_on.isoformat() if goal.planned_on else None,
        "spl_ActualEndDate": goal.ended_on.isoformat() if goal.ended_on else None,
        "spl_Type": PLAN_TYPES.get(goal.kind),
    }
    return _filled(values)


def _filled(values: Mapping[str, object]) -> Values:
    return {name: value for name, value in values.items() if value not in (None, "", [])}  # type: ignore[misc]  # the callers put in what the standard takes


def content_of(case: StandardCase, *, language: str, office: Office) -> CaseContent:
    """What VICTOR makes of a case that comes in. `language`: where the file names none of ours."""
    values = case.values
    types = _codes(values, "vic_TypeOfExploitation")
    spoken = {code: name for name, code in LANGUAGES.items()}.get(str(values.get("prs_PrimaryLanguage")), language)
    forms = {PURPOSES.get(kind, UNKNOWN[0]) for kind in types}
    return CaseContent(
        identity=_identity(values),
        contact=_contact(values),
        language=spoken,
        sex=SEXES.get(str(values.get("prs_Gender")), Sex.UNKNOWN),
        form=forms.pop() if len(forms) == 1 else UNKNOWN[0],
        notes=[
            note for row in case.parts.get(Part.COMMENTS, []) if (note := str(row.get("cco_CaseComment", ""))).strip()
        ],
        office=office,
    )


def _identity(values: Values) -> dict[str, object]:
    names = {"given": "prs_FirstName", "family": "prs_SecondName", "documents": "prs_IdentityNumber"}
    identity: dict[str, object] = {name: values[row] for name, row in names.items() if isinstance(values.get(row), str)}
    if countries := [code for code in _codes(values, "prs_Citizenship") if countries_in(code)]:
        identity["citizenships"] = ", ".join(countries)
    try:
        born = date.fromisoformat(str(values.get("prs_Birthdate", "")))
    except ValueError:
        return identity
    return identity | dict(zip(BIRTH, (born.year, born.month, born.day), strict=True))


def _contact(values: Values) -> dict[str, object]:
    lines = [str(values[name]) for name in ADDRESS if name in values and ROWS_BY_NAME[name].kind not in COORDINATES]
    phones = ", ".join(str(values[name]) for name in PHONES if name in values)
    email = values.get("prs_Email")
    contact = {"address": "\n".join(lines), "phones": phones, "email": email if isinstance(email, str) else ""}
    return {name: value for name, value in contact.items() if value}


def _codes(values: Values, name: str) -> list[str]:
    value = values.get(name)
    return value if isinstance(value, list) else []


def kept_of(case: StandardCase, made: CaseContent) -> list[KeptGroup]:
    """What of a case that comes in would be lost in what was made of it."""
    known = standard_of(made)
    groups = []
    for names in _groups(case):
        original, own = _take(case, names), _take(known, names)
        if original != own:
            values, parts = original
            groups.append(KeptGroup(names=list(names), values=values, parts=parts, made=_witness(made, known, names)))
    return groups


def kept_alone(name: str, value: Value) -> KeptGroup:
    """What VICTOR has no field for at all, under the name that it came with, unless that is one of the standard."""
    reserved = name in ROWS_BY_NAME or name in {"case", *Part}
    names = [f"({name})" if reserved else name]
    witness = _witness(CaseContent(), StandardCase(), names)
    return KeptGroup(names=names, values={names[0]: value}, parts={}, made=witness)


def with_kept(content: CaseContent, kept: Sequence[KeptGroup], reference: str = "") -> StandardCase:
    """A case in the words of the standard: what VICTOR holds, and what came with a file and still holds."""
    case = standard_of(content, reference)
    own = standard_of(content)
    for group in kept:
        if group["made"] == _witness(content, own, group["names"]):
            _put(case, group)
    return _in_order(case)


def _groups(case: StandardCase) -> list[tuple[str, ...]]:
    """All groups of rows, also of what the standard does not know."""
    together = {name for group in TOGETHER for name in group}
    singles = [row.name for row in rows_of(None) if not row.is_deprecated]
    unknown = [name for name in case.values if name not in ROWS_BY_NAME or ROWS_BY_NAME[name].part is not None]
    alone = [(name,) for name in (*singles, *unknown, *Part) if name not in together]
    return [*TOGETHER, *alone]


def _take(case: StandardCase, names: Sequence[str]) -> tuple[Values, dict[str, list[Values]]]:
    values = {name: case.values[name] for name in names if name in case.values}
    parts = {part.value: case.parts[part] for part in Part if part in names and case.parts.get(part)}
    return values, parts


def _put(case: StandardCase, group: KeptGroup) -> None:
    for name in group["names"]:
        case.values.pop(name, None)
    for part in Part:
        if part.value in group["names"]:
            case.parts.pop(part, None)
    case.values |= group["values"]
    case.parts |= {Part(name): rows for name, rows in group["parts"].items()}


def _in_order(case: StandardCase) -> StandardCase:
    known = {name: case.values[name] for name in ROWS_BY_NAME if name in case.values}
    return StandardCase(
        case.reference, known | case.values, {part: case.parts[part] for part in Part if part in case.parts}
    )


WITNESSES: dict[tuple[str, ...], Callable[[CaseContent], object]] = {
    STATUS: lambda content: content.status if content.status in DECIDED else "",
    ENDING: lambda content: [content.stage, content.outcome, content.closing_words],
}


def _witness(content: CaseContent, own: StandardCase, names: Sequence[str]) -> object:
    """What was made of a group: where it has changed, what came with the file no longer holds."""
    witness = WITNESSES.get(tuple(names))
    return witness(content) if witness else list(_take(own, names))
