"""Rows of cases for the Counter-Trafficking Data Collaborative, in both of its column sets.

Any answer that somebody counts from these rows is nobody, or eleven people and more. Where too few are alike, the means
are left out, then their age, then the form of exploitation, then the sex, then everything. Both sets are made of the
same rows, so that one tells nothing that the other hides.

The facts of cases hold no country, no kind of work, no recruiter and no duration, and citizenship only as a group:
those columns stay empty. So does the age of whom our bands put on both sides of nine years. Of the means of the Palermo
Protocol only false promises and abduction have a column of their own: force and the threat of it are one for us.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from desks.cases.code_lists import AgeBand
from desks.exchange.eu_tables import VICTIMS
from desks.facts.states import MEANS_LETTERS, Sex
from desks.screening.states import Means, Purpose
from victor.files.workbooks import Row

if TYPE_CHECKING:
    from desks.facts.ciphertexts import Facts

LEAST = 11  # people who are alike in all that a row says


def _columns(table: str) -> tuple[str, ...]:
    """The columns as a table says: what begins them, and how they go on; a dash where they do not begin alike."""
    names: list[str] = []
    for line in table.split("\n"):
        start, *ends = line.split()
        names += [end if start == "-" else start + end for end in ends]
    return tuple(names)


GLOBAL_COLUMNS = _columns(
    """- yearOfRegistration Datasource gender ageBroad
- majorityStatus majorityStatusAtExploit majorityEntry citizenship
meansOfControl DebtBondage TakesEarnings RestrictsFinancialAccess Threats PsychologicalAbuse PhysicalAbuse
meansOfControl SexualAbuse FalsePromises PsychoactiveSubstances RestrictsMovement RestrictsMedicalCare
meansOfControl ExcessiveWorkingHours UsesChildren ThreatOfLawEnforcement WithholdsNecessities WithholdsDocuments
meansOfControl Other NotSpecified Concatenated
is ForcedLabour SexualExploit OtherExploit SexAndLabour ForcedMarriage ForcedMilitary OrganRemoval
is SlaveryAndPractices
- typeOfExploitConcatenated
typeOfLabour Agriculture Aquafarming Begging Construction DomesticWork Hospitality IllicitActivities Manufacturing
typeOfLabour MiningOrDrilling Peddling Transportation Other NotSpecified Concatenated
typeOfSex Prostitution Pornography RemoteInteractiveServices PrivateSexualServices Concatenated
- isAbduction RecruiterRelationship CountryOfExploitation
recruiterRelation IntimatePartner Friend Family Other Unknown"""
)
SYNTHETIC_COLUMNS = _columns(
    """- yearOfRegistration gender ageBroad citizenship CountryOfExploitation traffickMonths
means DebtBondageEarnings Threats AbusePsyPhySex FalsePromises DrugsAlcohol DenyBasicNeeds ExcessiveWorkHours
means WithholdDocs
is ForcedLabour SexualExploit OtherExploit
typeOfLabour Agriculture Construction DomesticWork Hospitality
typeOfSex Prostitution Pornography
recruiterRelation IntimatePartner Friend Family Other"""
)
GENDERS = {Sex.FEMALE: "Female", Sex.MALE: "Male"}
AGES = {AgeBand.TO_5: "0--8", AgeBand.TO_14: "9--17", AgeBand.TO_17: "9--17"}
# The columns that a form of exploitation ticks, and what stands in the one that sums them up.
FORMS: dict[str, tuple[tuple[str, ...], str]] = {
    Purpose.SEXUAL: (("isSexualExploit",), "Sexual exploitation"),
    Purpose.LABOUR: (("isForcedLabour",), "Forced labour"),
    Purpose.BEGGING: (("typeOfLabourBegging",), ""),
    Purpose.SERVITUDE: (("isSlaveryAndPractices",), "Slavery and similar practices"),
    Purpose.MARRIAGE: (("isForcedMarriage",), "Forced marriage"),
    Purpose.ORGANS: (("isOrganRemoval",), "Organ removal"),
    Purpose.CRIME: (("isOtherExploit", "typeOfLabourIllicitActivities"), "Other"),
    Purpose.ADOPTION: (("isOtherExploit",), "Other"),
    Purpose.SURROGACY: (("isOtherExploit",), "Other"),
    Purpose.OTHER: (("isOtherExploit",), "Other"),
}
# Which means of the facts are alike for the collaborative: the columns that they tick, and what sums them up.
MEANS: dict[str, tuple[tuple[Means, ...], tuple[str, ...], str]] = {
    "abduction": ((Means.ABDUCTION,), ("isAbduction",), ""),
    "promises": (
        (Means.FRAUD, Means.DECEPTION),
        ("meansOfControlFalsePromises", "meansFalsePromises"),
        "False promises",
    ),
    "other": (
        (Means.FORCE, Means.COERCION, Means.POWER, Means.VULNERABILITY, Means.PAYMENT),
        ("meansOfControlOther",),
        "Other",
    ),
}


class Kind(NamedTuple):
    """What a row says of a person beside the year. Empty is what is not known, or not said."""

    gender: str = ""
    age: str = ""
    majority: str = ""
    form: str = ""
    means: str = ""  # the kinds that are alike, one after the other

    @property
    def coarser(self) -> list[Kind]:
        """The same with ever less, nothing at last."""
        plain = self._replace(means="")
        less = [plain._replace(age=""), plain._replace(age="", form=""), Kind(majority=self.majority)]
        return [self, plain, *less, Kind()]


STEPS = len(Kind().coarser)


def kinds_of(facts: Iterable[Facts]) -> list[Kind]:
    """What the rows of these cases would say of each victim, before anything is left out."""
    return [_kind(case) for case in facts if case.status in VICTIMS]


def _kind(facts: Facts) -> Kind:
    majority = "" if facts.age == AgeBand.UNKNOWN else "Adult" if facts.age == AgeBand.ADULT else "Minor"
    form = facts.form if facts.form in FORMS else ""
    # A form that ticks the same columns as another is the same.
    alike = next((known for known in FORMS if FORMS[known] == FORMS[form]), "") if form else ""
    gender, age = GENDERS.get(Sex(facts.sex), ""), AGES.get(AgeBand(facts.age), "")
    return Kind(gender, age, majority, alike, _means(facts))


def _means(facts: Facts) -> str:
    letters = {name: {MEANS_LETTERS[kind] for kind in kinds} for name, (kinds, _columns, _summary) in MEANS.items()}
    return " ".join(name for name, own in letters.items() if own & set(facts.means_kinds))


def protect_kinds(kinds: Iterable[Kind]) -> Counter[Kind]:
    """How many people each row stands for: eleven and more. None, where there are fewer of them altogether."""
    left, shown = Counter(kinds), Counter[Kind]()
    for step in range(STEPS):
        groups: Counter[Kind] = Counter()
        for kind, number in left.items():
            groups[kind.coarser[step]] += number
        enough = {kind for kind, number in groups.items() if number >= LEAST}
        shown.update({kind: groups[kind] for kind in enough})
        left = Counter({kind: number for kind, number in left.items() if kind.coarser[step] not in enough})
    return _with_rest(shown, left.total())


def _with_rest(shown: Counter[Kind], rest: int) -> Counter[Kind]:
    """Whoever is left stands among others: they leave out everything, and so do the smallest group beside them."""
    if rest and shown:
        least = min(shown, key=lambda kind: (shown[kind], kind))
        rest += shown.pop(least)
        shown[Kind()] += rest
    return shown


def ctdc_rows(shown: Counter[Kind], columns: Sequence[str], *, year: int) -> list[Row]:
    """A heading, and a row for each person, in one of the column sets."""
    rows: list[Row] = [columns]
    for kind in sorted(shown):
        values = _values(kind, year)
        rows += [[values.get(name, "") for name in columns]] * shown[kind]
    return rows


def _values(kind: Kind, year: int) -> dict[str, str]:
    ticked, summary = FORMS.get(kind.form, ((), ""))
    means = [MEANS[name] for name in kind.means.split()]
    control = "; ".join(words for _kinds, _columns, words in means if words)
    return {
        "yearOfRegistration": str(year),
        "Datasource": "Case Management",
        "gender": kind.gender,
        "ageBroad": kind.age,
        "majorityStatus": kind.majority,
        "typeOfExploitConcatenated": summary,
        "meansOfControlConcatenated": control,
        **dict.fromkeys([*ticked, *(column for _kinds, columns, _words in means for column in columns)], "1"),
    }
