"""Why each column that is not encrypted is allowed to be so. A test refuses a column that is not declared here.

A plain column is a closed code, a month or year, or a clock; a list, clock or gate needs it; and together with the
others of its row it names nobody. The draft of the data protection impact assessment is printed from this table. A
higher slice declares its own tables with `declare_plain`.
"""

from __future__ import annotations

from collections.abc import Mapping

PLAIN: dict[str, dict[str, str]] = {}
# What is no content: the row's own number, its stamp, and what leads to the case, to ciphertext or to a colleague.
STRUCTURE = {"id", "stamp", "case", "envelope", "key"}


def declare_plain(model: str, columns: Mapping[str, str]) -> None:
    """Say of a model, by its stored name, why each of its plain columns is needed."""
    PLAIN.setdefault(model, {}).update(columns)


declare_plain(
    "desks.case",
    {
        "reference": "how colleagues name the case; it tells neither country nor year",
        "desk": "whose case it is: access",
        "restricted_group": "which named people may open it: access",
        "source": "code; figures of how desks hear of children",
        "language": "code; which interpreter and which colleague fits",
        "stage": "code; lists, clocks and gates",
        "victim_status": "code; clocks and gates",
        "status_body": "code; figures by the body that decided",
        "age_band": "code of four years or more; lists, and the path for children",
        "age_basis": "code; the gate of opening, and the presumption that somebody is a child",
        "unaccompanied": "code; the clock of the guardian",
        "family_may_be_involved": "code; the clock of the guardian, and tracing",
        "guardian_state": "code; clock and gate",
        "limits_told": "yes or no; the gate of opening",
        "risk": "code; the order of the list, and clocks",
        "worker": "a colleague: lists and reminders",
        "lead": "a colleague: approvals and reminders",
        "opened_at": "clock of the first assessment of the risk",
        "risk_at": "clock of danger",
        "risk_assessed_at": "ends the clock of the first assessment",
        "presumed_at": "clock of the guardian",
        "guardian_at": "clock of the guardian",
        "unassigned_at": "clock: since when a case has no worker",
        "closed_at": "clock of retention",
        "last_event_on": "clock of quiet cases",
        "due_at": "the soonest clock, computed by the database",
        "version": "a number that tells two editors apart",
        "erase_on": "clock of retention",
        "hold": "yes or no; retention",
        "is_blocked": "yes or no; whether the record may be used",
    },
)
declare_plain("desks.linkedreport", {"report": "leads to the report, which has its own record", "linked_at": "when"})
declare_plain(
    "desks.caseclock",
    {
        "kind": "code; what is due",
        "source": "which row is due",
        "since": "clock",
        "due_at": "clock",
    },
)
declare_plain(
    "desks.caseescalation",
    {
        "kind": "code; what was late",
        "source": "which row was late",
        "level": "code; who was told",
        "since": "clock",
        "notified_at": "clock",
    },
)
declare_plain(
    "desks.assignment",
    {
        "person": "a colleague",
        "role": "code",
        "since": "when",
        "until": "when",
        "why": "code",
        "ended_why": "code",
    },
)
WRITTEN = {"author": "a colleague, who wrote it", "made_at": "when it was written: the order of the page"}
declare_plain(
    "desks.timelineentry",
    {
        **WRITTEN,
        "kind": "code; what is listed, and what counts as an event",
        "code": "code of a column: what it led to",
        "concerned": "a colleague",
        "language": "code; who can read it",
        "sensitivity": "code; what never leaves with others",
    },
)
declare_plain(
    "desks.identityblock",
    {
        **WRITTEN,
        "block": "code; which part of the record",
        "number": "which version counts: two editors",
        "state": "code; two editors",
        "source": "code; how it is known",
    },
)
declare_plain(
    "desks.casephase", {**WRITTEN, "phase": "code; what runs", "since": "a day of the desk's work", "until": "the same"}
)
declare_plain(
    "desks.guardian",
    {
        **WRITTEN,
        "state": "code; clock and gate",
        "kind": "code",
        "happened_on": "clock",
        "conflict_checked": "yes or no; the gate of planning",
        "conflict": "yes or no; the gate of planning",
    },
)
declare_plain("desks.relative", {**WRITTEN, "relation": "code", "blocked": "yes or no; nobody contacts this person"})
declare_plain(
    "desks.statusdecision",
    {
        **WRITTEN,
        "status": "code; figures and gates",
        "body": "code; figures",
        "decided_on": "day of the decision: figures",
        "received_on": "clock",
        "paper": "leads to the sealed paper",
    },
)
declare_plain(
    "desks.statusrequest",
    {**WRITTEN, "state": "code; what waits", "decided_by": "a colleague", "decided_at": "when"},
)
declare_plain(
    "desks.task",
    {
        **WRITTEN,
        "owner": "a colleague",
        "due_at": "clock",
        "priority": "code; order",
        "kind": "code; follow-ups stay with a closed case",
        "state": "code; the gate of closing",
        "settled_by": "a colleague",
        "settled_at": "when",
    },
)
declare_plain(
    "desks.moverequest",
    {
        **WRITTEN,
        "move": "code",
        "state": "code",
        "decided_by": "a colleague: never the author",
        "decided_at": "when",
    },
)
declare_plain(
    "desks.caseclosure",
    {
        "request": "leads to the request",
        "outcome": "code; retention and figures",
        "reason": "code; figures",
        "follow_up_until": "clock",
    },
)
declare_plain(
    "desks.casemerge",
    {
        "request": "leads to the request",
        "into": "leads to the case in which the work goes on",
        "stage_before": "code; where the case stands again when the merge is undone",
        "merged_at": "clock: until when it can be undone",
        "undone_by": "a colleague",
        "undone_at": "when",
    },
)
declare_plain(
    "desks.casehold",
    {
        "reason": "leads to the sealed reason",
        "by": "a colleague",
        "since": "when",
        "lifted_by": "a colleague",
        "lifted_at": "when",
    },
)
