"""How VICTOR's codes and words are called in the standard, and back. What has no counterpart is in neither."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale
from django.conf import settings

from desks.cases.code_lists import ClosureOutcome, StatusBody
from desks.cases.states import Stage, VictimStatus
from desks.exchange.standard_rows import PHONE
from desks.facts.states import CitizenshipGroup, Sex
from desks.plans.code_lists import GoalKind
from desks.screening.states import Purpose
from partners.directory.code_lists import COUNTRIES
from partners.directory.states import UNION

LANGUAGES = {
    "en": "eng", "el": "ell", "bg": "bul", "ro": "ron", "sl": "slv", "sr": "srp", "hu": "hun", "uk": "ukr",
}  # fmt: skip
# A sex that is neither is no gender of the standard, which asks for more than we ask the child.
GENDERS: dict[str, str] = {Sex.FEMALE: "Feminine", Sex.MALE: "Masculine", Sex.OTHER: "NonSpecifiedUnknown"}
SEXES = {
    "Feminine": Sex.FEMALE,
    "Masculine": Sex.MALE,
    "TransgenderFeminine": Sex.OTHER,
    "TransgenderMasculine": Sex.OTHER,
    "NonConforming": Sex.OTHER,
}
STATUSES = {
    VictimStatus.INDICATIONS: "PossibleVictimOfTrafficking",
    VictimStatus.PRESUMED: "PossibleVictimOfTrafficking",
    VictimStatus.IDENTIFIED: "ActualVictimOfTrafficking",
    VictimStatus.NOT_IDENTIFIED: "NotAVictimOfTrafficking",
}
BODIES: dict[str, str] = {
    StatusBody.POLICE: "Police",
    StatusBody.NGO: "NGO",
    StatusBody.COURT: "CourtOrProsecution",
    StatusBody.PUBLIC: "NonPoliceGovernmentalOrganization",
    StatusBody.OTHER: "Other",
}
EXPLOITATION_TYPES: dict[str, str] = {
    Purpose.SEXUAL: "SexualExploitation",
    Purpose.LABOUR: "ForcedLabour",
    Purpose.SERVITUDE: "Servitude",
    Purpose.BEGGING: "ForcedBegging",
    Purpose.CRIME: "Other",
    Purpose.MARRIAGE: "ForcedMarriage",
    Purpose.ADOPTION: "ForcedAdoption",
    Purpose.SURROGACY: "Surrogacy",
    Purpose.ORGANS: "OrganRemoval",
    Purpose.OTHER: "Other",
}
# The main form that a type tells of, where it is the only one. "Other" tells nothing.
PURPOSES = {
    "SexualExploitation": Purpose.SEXUAL,
    "ForcedLabour": Purpose.LABOUR,
    "ChildLabour": Purpose.LABOUR,
    "Servitude": Purpose.SERVITUDE,
    "ForcedBegging": Purpose.BEGGING,
    "ForcedMarriage": Purpose.MARRIAGE,
    "ForcedAdoption": Purpose.ADOPTION,
    "Surrogacy": Purpose.SURROGACY,
    "OrganRemoval": Purpose.ORGANS,
}
PLAN_TYPES: dict[str, str] = {
    GoalKind.EDUCATION: "Education",
    GoalKind.FINANCIAL: "Financial",
    GoalKind.HEALTH: "Health",
    GoalKind.LABOUR: "LabourExploitationRehabilitation",
    GoalKind.LEGAL: "Legal",
    GoalKind.LIVELIHOOD: "Livelihood",
    GoalKind.RIGHTS: "RightsBasedTraining",
    GoalKind.SEXUAL: "SexualExploitationRehabilitation",
    GoalKind.SOCIAL: "SocialCare",
}
ELSEWHERE_OUTCOMES = frozenset({ClosureOutcome.TRANSFERRED, ClosureOutcome.HANDED_TO_AUTHORITY})
SEPARATORS = re.compile(r"[,;/\n]")
NUMBER = re.compile(r"\+?[0-9][0-9 ()./-]*[0-9]")


def case_status(stage: str, outcome: str) -> str:
    """Where a case stands, as the standard says it."""
    if stage == Stage.FOLLOW_UP:
        return "FollowUp"
    if stage == Stage.TRANSFERRED or (stage == Stage.CLOSED and outcome in ELSEWHERE_OUTCOMES):
        return "ClosedReferred"
    return "Closed" if stage in {Stage.CLOSED, Stage.MERGED} else "Active"


def countries_in(text: str) -> list[str]:
    """The countries that a line names, by code or by name in one of our languages; the rest is nobody's guess."""
    countries: list[str] = []
    for word in SEPARATORS.split(text):
        code = word.strip()
        code = code if code in COUNTRIES else _countries_by_name().get(code.casefold(), "")
        if code and code not in countries:
            countries.append(code)
    return countries


@cache
def _countries_by_name() -> dict[str, str]:
    languages = [code for code, _name in settings.CONTENT_LANGUAGES]
    names = [(Locale.parse(language).territories[code], code) for language in languages for code in COUNTRIES]
    return {name.casefold(): code for name, code in names}


def phones_in(text: str) -> list[str]:
    """The telephone numbers of a line, as the standard writes them."""
    numbers = (re.sub(r"[^0-9+]", "", match.group()) for match in NUMBER.finditer(text))
    return [number for number in numbers if PHONE.fullmatch(number)]


def citizenship_group(countries: list[str], own: str) -> CitizenshipGroup:
    """Of which group of countries a child is a citizen, seen from a country."""
    if own in countries:
        return CitizenshipGroup.OWN
    if UNION & set(countries):
        return CitizenshipGroup.UNION
    return CitizenshipGroup.OUTSIDE if countries else CitizenshipGroup.UNKNOWN
