"""Cases with a word in every field of content: it is found nowhere outside the vault's envelopes."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from desks.cases import closures, holds
from desks.cases.candidates import proof_of_search
from desks.cases.closures import ClosureFacts
from desks.cases.code_lists import Block, ClosureOutcome, ClosureReason
from desks.cases.models import Case
from desks.cases.opening_form import SEARCHED
from desks.cases.record_forms import BLOCK_FORMS, BirthFields
from desks.cases.states import CaseMove, TaskState
from tests.desks.canaries import hits_in, places_outside, read_log
from tests.desks.cases.case_desks import CaseDesk
from tests.files.metadata.samples import CANARY, SAMPLES
from tests.people import browser_of
from tests.sampling import sampled

OPENING = dict.fromkeys(("given", "family", "spellings", "phones", "documents", "hours", "say", "hidden_from"), CANARY)
OPENING |= {"source": "enquiry", "age_basis": "presumed", "known_from": "others", "language": "ro", "limits": "yes"}
OPENING |= {"unaccompanied": "no", "family_may_be_involved": "no", "risk": "medium", "reason": CANARY}
OPENING |= {"step": "3", "go": "open"}


def fields_of(block: Block) -> dict[str, str]:
    """A part of the record with the word in every field of words."""
    plain = {"source", "seen", *BirthFields.base_fields}
    return {name: CANARY for name in BLOCK_FORMS[block].base_fields if name not in plain}


def write_everything(here: CaseDesk, case: Case, worker, chief) -> None:
    """The word in every field of content that a case has."""
    day = timezone.localdate().isoformat()
    for block in Block:
        worker.post(here.page(case, f"write/{block}/"), fields_of(block) | {"source": "child", "seen": "0"})
    worker.post(here.page(case, "note/"), {"text": CANARY, "kind": "call", "sensitivity": "sensitive"})
    people = {"name": CANARY, "contact": CANARY, "number": CANARY, "speaks": CANARY, "reason": CANARY, "why": CANARY}
    steps = {
        "risk": {"risk": "high", "reason": CANARY},
        "task": {"text": CANARY, "priority": "normal"},
        "guardian": people | {"state": "requested", "happened_on": day, "kind": "unknown"},
        "relative": people | {"relation": "mother"},
        "phase": {"phase": "1", "words": CANARY},
        "hand-over": {"to": here.ben.person.pk, "words": CANARY},
    }
    for name, sent in steps.items():
        assert worker.post(here.page(case, f"do/{name}/"), sent).status_code == 302, name
    paper = SimpleUploadedFile(f"{CANARY}.pdf", SAMPLES["PDF"]())
    decided = {"status": "identified", "words": CANARY, "body": "police", "decided_on": day, "received_on": day}
    assert chief.post(here.page(case, "status/"), decided | {"paper": paper}).status_code == 302
    holds.hold_case(case, CANARY, by=here.chief.person)
    case.tasks.update(state=TaskState.DONE)
    facts = ClosureFacts(ClosureOutcome.PROTECTED_AT_HOME, ClosureReason.GOALS)
    words = dict.fromkeys(("text", "child_view", "guardian_view"), CANARY)
    request = closures.ask_to_move(case, CaseMove.CLOSE, words, closure=facts, by=here.anna.person)
    closures.approve_move(request, CANARY, by=here.chief.person)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("count", sampled([4, 20], daily=[4]))
def test_nothing_outside_the_envelopes_holds_what_was_written(figure, count):
    here = CaseDesk()
    worker, chief = browser_of(here.anna.person), browser_of(here.chief.person)
    with read_log() as log:
        for _number in range(count):
            sent = OPENING | {"worker": here.anna.person.pk}
            sent |= {"proof": proof_of_search({name: str(sent.get(name, "")) for name in SEARCHED})}
            assert worker.post(f"{here.url}cases/new/", sent, HTTP_USER_AGENT=CANARY).status_code == 302
            write_everything(here, Case.objects.latest("opened_at"), worker, chief)
    assert Case.objects.filter(stage="closed").count() == count
    hits = hits_in(places_outside(log))
    figure(f"canaries outside the envelopes, of {count} cases", sum(hits.values()))
    assert hits == dict.fromkeys(hits, 0)
