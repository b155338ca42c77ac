"""The 84 rows of the UN Migration Human Trafficking Case Data Standard 2.0: 81 that live, and 3 that it gave up.

A row is what the standard calls a field: `prs_FirstName`. Its value is text, a number, yes or no, or a list of codes.
A case has one value of most rows. Of organisations, perpetrators, comments, events and plans it has several.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from desks.exchange import code_lists
from partners.directory.code_lists import COUNTRIES

Value: TypeAlias = str | int | float | bool | list[str]
Values: TypeAlias = dict[str, Value]


class ValueKind(StrEnum):
    """What a value is. A look-up names an organisation, or somebody's office, by its name."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    LATITUDE = "latitude"
    LONGITUDE = "longitude"
    YES_NO = "yes_no"
    CODE = "code"
    CODES = "codes"
    PHONE = "phone"
    LANGUAGE = "language"
    LOOK_UP = "look_up"


class Part(StrEnum):
    """What a case has several of. The value is the name of its sheet."""

    ORGANISATIONS = "organisations"
    PERPETRATORS = "perpetrators"
    COMMENTS = "comments"
    EVENTS = "events"
    PLANS = "plans"


@dataclass(frozen=True)
class StandardRow:
    """A row of the standard. `part` is empty where a case has one value of it."""

    name: str
    kind: ValueKind
    codes: tuple[str, ...] = ()
    part: Part | None = None
    is_core: bool = False
    is_deprecated: bool = False


def _rows(prefix: str, table: str, codes: Mapping[str, tuple[str, ...]], part: Part | None = None) -> list[StandardRow]:
    """Rows as a table says: the name, the kind, `*` for core and `!` for given up."""
    rows = []
    for line in table.split("\n"):
        name, kind, *marks = line.split()
        flags = {"is_core": "*" in marks, "is_deprecated": "!" in marks}
        rows.append(StandardRow(f"{prefix}_{name}", ValueKind(kind), codes.get(name, ()), part, **flags))
    return rows


ORGANISATION = """Name text
ShippingStreet text
ShippingCity text
ShippingState text
ShippingPostalCode text
ShippingCountry code
ShippingLongitude longitude
ShippingLatitude latitude
Phone phone
Type code"""
PERSON = """Salutation text *
FirstName text *
MiddleName text
SecondName text *
Birthdate date *
Gender code *
Deceased yes_no
MaritalStatus code
NumberOfChildren number
PrimaryLanguage language
SecondaryLanguage language
HighestLevelOfEducation code
Citizenship codes *
IdentityNumber text
Title text *
Email text *
HomePhone phone *
MobilePhone phone *
MailingStreet text *
MailingCity text *
MailingState text *
MailingPostalCode text *
MailingCountry code *
MailingLongitude longitude
MailingLatitude latitude"""
VICTIM = """AgreementToManagePersonalData yes_no !
TraffickingStatus code *
TraffickingStatusDecisionMakingOrg code *
RelationshipToTrafficker code
AgeWhenTrafficked number
RecruitmentWebsitesAndApps codes
ExploitationWebsitesAndApps codes
MethodOfRecruitment codes *
LocationOfRecruitment look_up *
LocationOfExploitation look_up *
MethodsOfControl codes *
TypeOfExploitation codes *
TypeOfSexExploitation codes *
ForcedLabourIndustry code *
Vulnerabilities codes * !
DetailsOfVulnerabilities text * !"""
PERPETRATOR = """RoleInProcess codes
RoleDetails text
Organisation look_up"""
CASE = """Status code *
ReasonForCaseClosure text *
CaseOwner look_up *
ReferringOrganisation look_up *
IncomingReferralDate date *
ReferringPrimaryCaseWorker look_up *
ReasonForIncomingReferral code *
IncomingReferralDetails text *
ReferredOrganisation look_up *
ReferredPrimaryCaseWorker look_up *
ReasonForOutgoingReferral code *
OutgoingReferralDate date *
OutgoingReferralDetails text *"""
COMMENT = "CaseComment text"
EVENT = """Longitude longitude
Latitude latitude
Street text
City text
State text
PostalCode text
Country text
Date date
Type code
Description text"""
PLAN = """Objectives text
ActionPlan text
PlannedEndDate date
ActualEndDate date
Type code"""
CONSENT = "Consent yes_no *"
ROWS: tuple[StandardRow, ...] = (
    *_rows(
        "org",
        ORGANISATION,
        {"ShippingCountry": COUNTRIES, "Type": code_lists.ORGANISATION_TYPES},
        Part.ORGANISATIONS,
    ),
    *_rows(
        "prs",
        PERSON,
        {
            "Gender": code_lists.GENDERS,
            "MaritalStatus": code_lists.MARITAL_STATUSES,
            "HighestLevelOfEducation": code_lists.EDUCATION_LEVELS,
            "Citizenship": COUNTRIES,
            "MailingCountry": COUNTRIES,
        },
    ),
    *_rows(
        "vic",
        VICTIM,
        {
            "TraffickingStatus": code_lists.TRAFFICKING_STATUSES,
            "TraffickingStatusDecisionMakingOrg": code_lists.DECIDING_BODIES,
            "RelationshipToTrafficker": code_lists.RELATIONSHIPS,
            "RecruitmentWebsitesAndApps": code_lists.WEBSITES_AND_APPS,
            "ExploitationWebsitesAndApps": code_lists.WEBSITES_AND_APPS,
            "MethodOfRecruitment": code_lists.RECRUITMENT_METHODS,
            "MethodsOfControl": code_lists.CONTROL_METHODS,
            "TypeOfExploitation": code_lists.EXPLOITATION_TYPES,
            "TypeOfSexExploitation": code_lists.SEXUAL_EXPLOITATION_TYPES,
            "ForcedLabourIndustry": code_lists.INDUSTRIES,
            "Vulnerabilities": code_lists.VULNERABILITIES,
        },
    ),
    *_rows("per", PERPETRATOR, {"RoleInProcess": code_lists.PERPETRATOR_ROLES}, Part.PERPETRATORS),
    *_rows(
        "cas",
        CASE,
        {
            "Status": code_lists.CASE_STATUSES,
            "ReasonForIncomingReferral": code_lists.REFERRAL_REASONS,
            "ReasonForOutgoingReferral": code_lists.REFERRAL_REASONS,
        },
    ),
    *_rows("cco", COMMENT, {}, Part.COMMENTS),
    *_rows("hte", EVENT, {"Type": code_lists.EVENT_TYPES}, Part.EVENTS),
    *_rows("spl", PLAN, {"Type": code_lists.PLAN_TYPES}, Part.PLANS),
    *_rows("con", CONSENT, {}),
)
ROWS_BY_NAME = {row.name: row for row in ROWS}
LIVE_ROWS = tuple(row for row in ROWS if not row.is_deprecated)


def rows_of(part: Part | None) -> list[StandardRow]:
    """The rows of a part, or those of which a case has one value, in the order of the standard."""
    return [row for row in ROWS if row.part == part]


@dataclass
class StandardCase:
    """A case in the words of the standard: what it has once, and what it has several of. What is empty is left out.

    `reference` is how whoever wrote the file calls the case; the standard has no row for it.
    """

    reference: str = ""
    values: Values = field(default_factory=dict)
    parts: dict[Part, list[Values]] = field(default_factory=dict)


class BadValue(ValueError):
    """A value that the row does not take."""


PHONE = re.compile(r"\+?[1-9][0-9]{1,14}")
LANGUAGE = re.compile(r"[a-z]{3}")  # ISO 639-2: its form alone is checked
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
WIDEST = {ValueKind.LATITUDE: 90, ValueKind.LONGITUDE: 180}
PATTERNS = {ValueKind.PHONE: PHONE, ValueKind.LANGUAGE: LANGUAGE}


def checked_value(row: StandardRow, value: object) -> Value:
    """A value that the row takes.

    Raises:
        BadValue: it is no code of the row, or not of its kind.
    """
    if row.kind == ValueKind.CODES:
        if isinstance(value, list) and value and all(code in row.codes for code in value) and _are_different(value):
            return value
        raise BadValue
    if row.kind == ValueKind.YES_NO or isinstance(value, bool):
        if row.kind == ValueKind.YES_NO and isinstance(value, bool):
            return value
        raise BadValue
    if row.kind in {ValueKind.NUMBER, *WIDEST}:
        return _checked_number(row, value)
    if not isinstance(value, str) or not value:
        raise BadValue
    return _checked_text(row, value)


def _are_different(codes: Sequence[object]) -> bool:
    return len(set(codes)) == len(codes)


def _checked_number(row: StandardRow, value: object) -> float:
    """A number that may be; of children and of years it is whole."""
    if not isinstance(value, int | float) or not math.isfinite(value):
        raise BadValue
    if row.kind == ValueKind.NUMBER and not (value >= 0 and value == int(value)):
        raise BadValue
    if row.kind in WIDEST and abs(value) > WIDEST[row.kind]:
        raise BadValue
    return value


def _checked_text(row: StandardRow, value: str) -> str:
    pattern = PATTERNS.get(row.kind)
    if (pattern and not pattern.fullmatch(value)) or (row.kind == ValueKind.CODE and value not in row.codes):
        raise BadValue
    if row.kind == ValueKind.DATE:
        try:
            date.fromisoformat(value if DAY.fullmatch(value) else "")
        except ValueError as fault:
            raise BadValue from fault
    return value
