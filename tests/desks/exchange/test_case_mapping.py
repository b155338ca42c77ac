"""What VICTOR makes of a case of the standard, and what it says in its words; 500 come back unchanged."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from desks.cases.code_lists import ClosureOutcome, StatusBody
from desks.cases.states import Stage, VictimStatus
from desks.exchange.case_mapping import CaseContent, Office, PlannedGoal, content_of, kept_of, standard_of, with_kept
from desks.exchange.case_words import citizenship_group, countries_in, phones_in
from desks.exchange.standard_files import read_json
from desks.exchange.standard_rows import Part, StandardCase
from desks.facts.states import CitizenshipGroup, Sex
from desks.plans.code_lists import GoalKind
from desks.screening.states import Purpose
from tests.desks.exchange.standard_cases import OFFICE, any_case, by_hand

FULL = read_json(by_hand("full.json"))[0]
# As a colleague would write down what stands in the file.
EXPECTED = CaseContent(
    identity={
        "given": "Ελένη",
        "family": "Παπαδοπούλου",
        "documents": "0047-ΑΒ 12",
        "citizenships": "GR, AL",
        "birth_year": 2012,
        "birth_month": 2,
        "birth_day": 29,
    },
    contact={
        "address": "Οδός Αθηνάς 5\nΑθήνα\nΑττική\n105 51\nGR",
        "phones": "+306912345678, +302101234567",
        "email": "eleni@example.org",
    },
    language="el",
    sex=Sex.FEMALE,
    form=Purpose.BEGGING,
    notes=["She asks for her brother.", "Second\nline"],
    office=OFFICE,
)


def made_of(case: StandardCase) -> CaseContent:
    return content_of(case, language="ro", office=OFFICE)


def sealed(case: StandardCase) -> list:
    """What is kept of a case, as it comes out of an envelope."""
    return json.loads(json.dumps(kept_of(case, made_of(case))))


@pytest.mark.parametrize("hundred", range(5))
def test_500_cases_go_out_as_they_came_in(hundred):
    cases = [any_case(number) for number in range(hundred * 100, hundred * 100 + 100)]
    assert [with_kept(made_of(case), sealed(case), case.reference) for case in cases] == cases


@pytest.mark.parametrize("name", ["full.json", "sparse.json"])
def test_case_that_was_typed_goes_out_as_it_came_in(name):
    cases = read_json(by_hand(name))
    assert [with_kept(made_of(case), sealed(case), case.reference) for case in cases] == cases


def test_case_that_was_typed_becomes_what_a_colleague_would_write():
    """Two columns that are swapped on the way in and on the way out would show here."""
    assert made_of(FULL) == EXPECTED


OURS = CaseContent(
    identity={"given": "Ioana", "family": "Zamfirescu", "birth_year": 2011, "birth_month": 3, "birth_day": 4}
    | {"citizenships": "Румъния, Moldova, nobody knows", "documents": "RO 12"},
    contact={"address": "Strada 1, Iași", "phones": "0232 1; +40 712 345 678", "email": "i@example.org"},
    language="ro",
    sex=Sex.MALE,
    stage=Stage.CLOSED,
    status=VictimStatus.IDENTIFIED,
    body=StatusBody.COURT,
    outcome=ClosureOutcome.HANDED_TO_AUTHORITY,
    closing_words="The court has placed the child",
    notes=["First", "Second"],
    purposes=[Purpose.CRIME, Purpose.SEXUAL, Purpose.OTHER],
    goals=[PlannedGoal(GoalKind.LEGAL, "Papers", "Ask the office", date(2027, 1, 2), None)],
    office=Office("The Smile of the Child", "Athens", "GR"),
)


OURS_TYPED = StandardCase(
    "ABC-DEF",
    {
        "prs_FirstName": "Ioana",
        "prs_SecondName": "Zamfirescu",
        "prs_Birthdate": "2011-03-04",
        "prs_Gender": "Masculine",
        "prs_PrimaryLanguage": "ron",
        "prs_Citizenship": ["RO", "MD"],
        "prs_IdentityNumber": "RO 12",
        "prs_Email": "i@example.org",
        "prs_MobilePhone": "+40712345678",
        "prs_MailingStreet": "Strada 1, Iași",
        "vic_TraffickingStatus": "ActualVictimOfTrafficking",
        "vic_TraffickingStatusDecisionMakingOrg": "CourtOrProsecution",
        "vic_TypeOfExploitation": ["Other", "SexualExploitation"],
        "cas_Status": "ClosedReferred",
        "cas_ReasonForCaseClosure": "The court has placed the child",
        "cas_CaseOwner": "The Smile of the Child",
    },
    {
        Part.ORGANISATIONS: [
            {"org_Name": "The Smile of the Child", "org_ShippingCity": "Athens", "org_ShippingCountry": "GR"}
        ],
        Part.COMMENTS: [{"cco_CaseComment": "First"}, {"cco_CaseComment": "Second"}],
        Part.PLANS: [
            {
                "spl_Objectives": "Papers",
                "spl_ActionPlan": "Ask the office",
                "spl_PlannedEndDate": "2027-01-02",
                "spl_Type": "Legal",
            }
        ],
    },
)


def test_our_case_in_the_words_of_the_standard_is_as_another_hand_has_typed_it():
    assert standard_of(OURS, "ABC-DEF") == OURS_TYPED


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (VictimStatus.UNASSESSED, None),
        (VictimStatus.INDICATIONS, "PossibleVictimOfTrafficking"),
        (VictimStatus.PRESUMED, "PossibleVictimOfTrafficking"),
        (VictimStatus.IDENTIFIED, "ActualVictimOfTrafficking"),
        (VictimStatus.NOT_IDENTIFIED, "NotAVictimOfTrafficking"),
    ],
)
def test_status_is_called_as_the_standard_calls_it(status, said):
    assert standard_of(CaseContent(status=status)).values.get("vic_TraffickingStatus") == said


@pytest.mark.parametrize(
    ("stage", "outcome", "said"),
    [
        (Stage.OPENED, "", "Active"),
        (Stage.IN_SUPPORT, "", "Active"),
        (Stage.FOLLOW_UP, "", "FollowUp"),
        (Stage.CLOSED, ClosureOutcome.FAMILY_REUNITED, "Closed"),
        (Stage.CLOSED, ClosureOutcome.TRANSFERRED, "ClosedReferred"),
        (Stage.TRANSFERRED, "", "ClosedReferred"),
    ],
)
def test_stage_is_called_as_the_standard_calls_it(stage, outcome, said):
    assert standard_of(CaseContent(stage=stage, outcome=outcome)).values["cas_Status"] == said


def test_birth_date_of_which_a_part_is_unknown_is_left_out():
    assert "prs_Birthdate" not in standard_of(CaseContent(identity={"birth_year": 2011, "birth_month": 3})).values


def changed(**fields: object) -> dict[str, object]:
    """What goes out of the case that came in, once somebody has changed it."""
    return with_kept(replace(made_of(FULL), **fields), sealed(FULL)).values  # type: ignore[arg-type]  # each test gives fields of its own


def test_address_that_was_changed_goes_out_without_the_old_town():
    values = changed(contact={"address": "Elsewhere 2"})
    assert {name: value for name, value in values.items() if name.startswith("prs_Mailing")} == {
        "prs_MailingStreet": "Elsewhere 2"
    }


def test_name_that_was_changed_goes_out_new_and_the_rest_as_it_came():
    values = changed(identity={"given": "Eleni"})
    assert values["prs_FirstName"] == "Eleni"
    assert values["prs_MiddleName"] == "Μαρία"
    assert "prs_SecondName" not in values


def test_status_that_came_gives_way_to_a_decision_and_not_to_signs():
    assert changed(status=VictimStatus.INDICATIONS)["vic_TraffickingStatus"] == "ActualVictimOfTrafficking"
    decided = changed(status=VictimStatus.NOT_IDENTIFIED, body=StatusBody.COURT)
    assert decided["vic_TraffickingStatus"] == "NotAVictimOfTrafficking"
    assert decided["vic_TraffickingStatusDecisionMakingOrg"] == "CourtOrProsecution"


def test_state_of_the_case_that_came_gives_way_to_our_next_stage():
    assert changed()["cas_Status"] == "FollowUp"
    assert changed(stage=Stage.ASSESSED)["cas_Status"] == "Active"


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("RO", ["RO"]),
        ("Romania; Ουκρανία", ["RO", "UA"]),
        ("Молдова/RO, RO", ["MD", "RO"]),
        ("Stateless", []),
        ("romanian", []),
        ("", []),
    ],
)
def test_countries_are_found_by_code_and_by_name_in_our_languages(text, countries):
    assert countries_in(text) == countries


@pytest.mark.parametrize(
    ("text", "phones"),
    [
        ("+40 712 345-678", ["+40712345678"]),
        ("mother: 40712345678, 0712 345", ["40712345678"]),
        ("call Ana", []),
    ],
)
def test_numbers_with_a_country_are_found_in_a_line(text, phones):
    assert phones_in(text) == phones


@pytest.mark.parametrize(
    ("countries", "group"),
    [
        (["GR", "AL"], CitizenshipGroup.OWN),
        (["RO"], CitizenshipGroup.UNION),
        (["AL", "UA"], CitizenshipGroup.OUTSIDE),
        ([], CitizenshipGroup.UNKNOWN),
    ],
)
def test_citizenship_is_grouped_as_seen_from_the_desk(countries, group):
    assert citizenship_group(countries, "GR") == group
