"""Cases of which something can be printed, and what somebody wants on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

from desks.cases import decisions
from desks.cases.casework import StatusDecision
from desks.cases.child_record import save_block
from desks.cases.code_lists import Block, Source, StatusBody
from desks.cases.models import Case
from desks.cases.readings import note_reading
from desks.cases.states import VictimStatus
from desks.extracts.actions import ExtractWish
from desks.extracts.extract_parts import PARTS
from desks.extracts.states import Receiver
from tests.desks.cases.case_desks import CaseDesk, again
from tests.desks.placements.placement_desks import placed
from tests.desks.plans.plan_desks import a_return, add_service, approved, determined
from victor.vault.records.actions import FileInfo, seal_file

WRITTEN = {
    Block.CONTACT: {"phones": "0888 2"},
    Block.SAFETY: {"hidden_from": "The mother"},
    Block.CARE: {"care": "An aunt"},
    Block.HEALTH: {"health": "Penicillin allergy"},
    Block.SCHOOL: {"school": "Third class"},
}


def written_case(here: CaseDesk) -> Case:
    """A case with something in each part."""
    case = here.case()
    for block, content in WRITTEN.items():
        save_block(case, block, content, source=Source.CHILD, seen=0, by=here.anna.person)
    placed(case, by=here.anna.person)
    determined(here, case)
    approved(here, case, text=a_return())
    add_service(case, by=here.anna.person)
    note_reading(case, "child", by=here.anna.person)
    return again(case)


def wanted(receiver: Receiver = Receiver.SCHOOL, **given: Any) -> ExtractWish:
    """An extract in English, by default of all that this receiver may get."""
    parts = tuple(name for name, part in PARTS.items() if receiver in part.receivers)
    return ExtractWish(receiver=receiver, **{"language": "en", "parts": parts, "reason": "Asked for"} | given)


def decided(here: CaseDesk, case: Case) -> StatusDecision:
    """The police has decided, and the record holds its paper."""
    facts: dict[str, Any] = {"body": StatusBody.POLICE, "decided_on": date(2026, 1, 5), "received_on": date(2026, 1, 7)}
    facts["paper"] = seal_file(case.key, [b"paper"], about=FileInfo("", "application/pdf"))
    return decisions.record_status(case, VictimStatus.IDENTIFIED, "Papers seen", by=here.chief.person, **facts)
