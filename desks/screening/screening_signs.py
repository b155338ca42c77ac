"""The 55 signs, by group: our own words, after the themes of UNODC, ILO, UNICEF and Frontex.

Ethnicity, religion and nationality are never signs. Not one of them proves anything. Codes never change: answers are
stored by them.
"""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from desks.screening.states import Dimension, SignGroup, Weight

ACT, CONTROL = Dimension.ACT, Dimension.CONTROL
EXPLOITATION, VULNERABILITY = Dimension.EXPLOITATION, Dimension.VULNERABILITY
STRONG, MEDIUM, WEAK = Weight.STRONG, Weight.MEDIUM, Weight.WEAK


class Sign(NamedTuple):
    """Something that can be noticed about a child, without questioning the child."""

    code: str
    dimension: Dimension
    weight: Weight
    words: Promise

    @property
    def group(self) -> SignGroup:
        """The group to which it belongs."""
        return SignGroup(self.code[0])


SIGNS = (
    Sign("G1", CONTROL, MEDIUM, _("An adult answers for the child or will not leave the child alone with staff.")),
    Sign("G2", ACT, MEDIUM, _("The adult cannot show, or keeps changing, how they are related to the child.")),
    Sign("G3", CONTROL, MEDIUM, _("Identity papers are missing, false, someone else's, or kept by another person.")),
    Sign("G4", CONTROL, MEDIUM, _("The story sounds learnt; several children tell it in the same words.")),
    Sign(
        "G5",
        ACT,
        MEDIUM,
        _("Moved between places or countries without clear reason; does not know where they are or go next."),
    ),
    Sign(
        "G6",
        CONTROL,
        MEDIUM,
        _("Speaks of a debt, of threats, or of harm to the family; strong fear of a certain person."),
    ),
    Sign("G7", EXPLOITATION, MEDIUM, _("Injuries, exhaustion, untreated illness, or drugs supplied by others.")),
    Sign("G8", CONTROL, MEDIUM, _("Phone, messages or movements are controlled by someone.")),
    Sign(
        "G9",
        VULNERABILITY,
        MEDIUM,
        _("Goes missing again and again; returns with money, phones or clothes that are not explained."),
    ),
    Sign(
        "G10",
        VULNERABILITY,
        WEAK,
        _("Out of school, no stable carer, left or ran from care, unaccompanied or displaced."),
    ),
    Sign(
        "G11",
        ACT,
        MEDIUM,
        _("Travel paid by a non-relative; job, study, sport career or relationship promised, often online."),
    ),
    Sign("G12", EXPLOITATION, STRONG, _("Someone else takes the money the child brings in, or fixes a sum per day.")),
    Sign(
        "S1",
        EXPLOITATION,
        STRONG,
        _("Sexual acts with the child are offered, paid or exchanged for anything (gifts, lodging, drugs)."),
    ),
    Sign(
        "S2",
        EXPLOITATION,
        STRONG,
        _("Sexual images or live streams of the child are made, sold or used as a threat."),
    ),
    Sign(
        "S3",
        ACT,
        MEDIUM,
        _("Older “boyfriend/girlfriend” or new friend: gifts first, then isolation and pressure."),
    ),
    Sign(
        "S4",
        EXPLOITATION,
        MEDIUM,
        _("Taken to hotels, flats or parties with unknown adults; several phones or room keys."),
    ),
    Sign("S5", EXPLOITATION, MEDIUM, _("Repeated infections or pregnancy with secrecy about partners.")),
    Sign("S6", CONTROL, WEAK, _("Mark or tattoo the child cannot or will not explain.")),
    Sign("L1", EXPLOITATION, STRONG, _("Hazardous, night or full-time work at an age when it is forbidden.")),
    Sign("L2", EXPLOITATION, STRONG, _("No pay, or pay goes to an adult, agent or “debt”.")),
    Sign("L3", CONTROL, MEDIUM, _("Sleeps at the workplace and cannot leave freely.")),
    Sign("L4", CONTROL, MEDIUM, _("Does not know the employer's name; told to hide from inspectors.")),
    Sign("L5", EXPLOITATION, MEDIUM, _("Work injuries, no protective equipment, no rest days.")),
    Sign("L6", ACT, MEDIUM, _("Recruited in a group of minors through an agent who charged fees.")),
    Sign("B1", EXPLOITATION, STRONG, _("Must give up the money or reach a target; punished when not.")),
    Sign(
        "B2",
        ACT,
        MEDIUM,
        _("Brought and collected by the same adult or vehicle; group rotates between cities or countries."),
    ),
    Sign(
        "B3",
        EXPLOITATION,
        MEDIUM,
        _("Begs for many hours, late, in bad weather, or with a baby that is not a sibling."),
    ),
    Sign("B4", CONTROL, MEDIUM, _("An adult watches from a distance and steps in when someone talks to the child.")),
    Sign("B5", EXPLOITATION, MEDIUM, _("An illness or disability is displayed, or left untreated, to raise income.")),
    Sign(
        "B6",
        VULNERABILITY,
        WEAK,
        _("Begs beside own family in evident poverty (needs social help; alone not trafficking)."),
    ),
    Sign(
        "P1",
        EXPLOITATION,
        STRONG,
        _("Says they were told, trained or forced to steal, carry or grow drugs, or deceive people."),
    ),
    Sign("P2", EXPLOITATION, MEDIUM, _("Loot or large sums pass through the child but are not kept.")),
    Sign("P3", ACT, MEDIUM, _("Caught in several cities or countries with different names or ages.")),
    Sign("P4", CONTROL, MEDIUM, _("Unknown adult or lawyer appears quickly and directs what the child says.")),
    Sign("P5", CONTROL, MEDIUM, _("Debt to a group, threats, weapons shown.")),
    Sign("P6", EXPLOITATION, STRONG, _("Found working in a locked or guarded place (e.g. plantation).")),
    Sign(
        "D1",
        EXPLOITATION,
        STRONG,
        _("Lives with non-parents and does housework or childcare at all hours without pay."),
    ),
    Sign("D2", EXPLOITATION, MEDIUM, _("Worse food or sleeping place than the family.")),
    Sign("D3", CONTROL, MEDIUM, _("Never out alone; no school or doctor though the family's own children have both.")),
    Sign("D4", ACT, MEDIUM, _("Presented as “relative” or “au pair” without proof.")),
    Sign("D5", CONTROL, MEDIUM, _("Beaten, insulted or threatened for mistakes.")),
    Sign("M1", EXPLOITATION, STRONG, _("Married, engaged or promised under 18, or says it is against their will.")),
    Sign("M2", ACT, MEDIUM, _("Money, goods or a debt settled for the marriage.")),
    Sign("M3", ACT, MEDIUM, _("Sudden trip abroad, one-way ticket, taken out of school.")),
    Sign("M4", CONTROL, MEDIUM, _("Lives with the partner's family and cannot leave.")),
    Sign("M5", EXPLOITATION, STRONG, _("After the “marriage” made to beg, steal, work or sell sex.")),
    Sign(
        "A1",
        EXPLOITATION,
        STRONG,
        _("Money or gifts to a parent for handing over a child, or a pregnant woman/girl moved abroad to give birth."),
    ),
    Sign("A2", ACT, MEDIUM, _("False birth or paternity entry; one man recognises several unrelated children.")),
    Sign("A3", CONTROL, MEDIUM, _("A go-between handles all papers and keeps the mother from services.")),
    Sign("A4", ACT, MEDIUM, _("Adult travels with an infant and does not know basic facts about it.")),
    Sign(
        "A5",
        CONTROL,
        MEDIUM,
        _("Mother was told the baby died, or signed papers she did not understand; surrogate's papers are withheld."),
    ),
    Sign("O1", EXPLOITATION, STRONG, _("Recent surgical scar the child cannot explain or was told to hide.")),
    Sign("O2", ACT, MEDIUM, _("Blood or tissue tests arranged by non-relatives without medical need.")),
    Sign("O3", ACT, MEDIUM, _("Promise of money or travel for a “donation” (a child cannot consent).")),
    Sign("O4", EXPLOITATION, MEDIUM, _("Left without aftercare following an operation.")),
)
SIGNS_BY_CODE = {sign.code: sign for sign in SIGNS}


def signs_by_group() -> list[tuple[SignGroup, list[Sign]]]:
    """The groups in their order, each with its signs."""
    return [(group, list(signs)) for group, signs in groupby(SIGNS, key=lambda sign: sign.group)]
