"""What can happen to a case: it is opened, its facts and its risk change, notes and tasks are written.

What is written is sealed, and no vault need be open for it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from desks.cases.assignments import begin_assignment, leads_of
from desks.cases.casework import IdentityBlock
from desks.cases.code_lists import (
    PROVEN_AGES,
    AgeBand,
    AgeBasis,
    Answer,
    AssignmentReason,
    AssignmentRole,
    Block,
    CaseSource,
    Source,
)
from desks.cases.errors import FactsChanged, NeedsWords, NotAnAdult, NotLowered
from desks.cases.known_children import remember_child
from desks.cases.locks import follow_change, lock_running_case, require_able, save_case
from desks.cases.models import Case, LinkedReport
from desks.cases.references import REFERENCE_SIGNS
from desks.cases.states import CasePurpose, EntryKind, is_lower
from desks.cases.timeline import add_entry, language_of, seal_words, write_task
from desks.desk.errors import NoKeys
from desks.desk.querysets import require_key
from desks.reports import emails as reports_emails
from desks.reports.models import Report
from desks.reports.states import Risk
from victor.access import Actor, account_of, require
from victor.accounts.models import User
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped
from victor.vault.records.actions import create_record

if TYPE_CHECKING:
    from django.core.mail import EmailMultiAlternatives

    from desks.desk.models import Desk

FACTS = ("age_band", "age_basis", "unaccompanied", "family_may_be_involved", "language", "limits_told")


@dataclass(frozen=True)
class NewCase:
    """What is said where a case is opened. `child`: the parts of the child's record, each with its words."""

    source: CaseSource
    language: str
    age_basis: AgeBasis
    unaccompanied: Answer
    family_may_be_involved: Answer
    risk: Risk
    reason: str
    age_band: AgeBand = AgeBand.UNKNOWN
    known_from: Source = Source.OTHERS
    limits_told: bool = False
    limits_task: str = ""
    limits_due_at: datetime | None = None
    child: Mapping[Block, Mapping[str, object]] = field(default_factory=dict)


@transaction.atomic
def open_case(desk: Desk, new: NewCase, *, report: Report | None = None, worker: User | None = None, by: Actor) -> Case:
    """Open a case. Of a report only its language and source are taken over; the report itself is linked.

    Where the limits of confidentiality were not told, a task with a day says until when they are.

    Raises:
        NoKeys: the desk could not read it.
        NotAnAdult: nothing proves that the person is an adult.
        NeedsWords: the risk has no reason, or nothing says until when the limits are told.
        NotAKeyHolder: the worker could not open it.
    """
    require(by, "desks.work", desk)
    if isinstance(by, User):
        require_key(desk, by)
    group = desk.trusted_group
    if group is None:
        raise NoKeys
    require_child(new.age_band, new.age_basis)
    if not new.reason.strip() or not (new.limits_told or (new.limits_task and new.limits_due_at)):
        raise NeedsWords
    if report is not None:
        require(by, "desks.work", report.desk)
    case = Case(desk=desk, reference=new_reference(), key=create_record(group, by=by), source=new.source)
    case.language, case.age_band, case.age_basis = new.language, new.age_band, new.age_basis
    case.unaccompanied, case.family_may_be_involved = new.unaccompanied, new.family_may_be_involved
    case.limits_told, case.risk = new.limits_told, new.risk
    case.opened_at = case.risk_at = timezone.now()
    case.unassigned_at = None if worker else case.opened_at
    save_stamped(case)
    if report is not None:
        LinkedReport.objects.create(case=case, report=report)
    _write_first_words(case, new, by=by)
    if worker is not None:
        require_able(case, worker)
        begin_assignment(case, AssignmentRole.WORKER, worker, AssignmentReason.OPENED)
    follow_change(case)
    record("case.created", case, by=by, desk=desk.pk, source=str(new.source), risk=str(new.risk))
    case.refresh_from_db(fields=["due_at"])
    return case


def _write_first_words(case: Case, new: NewCase, *, by: Actor) -> None:
    add_entry(case, EntryKind.OPENED, by=by, code=case.source)
    add_entry(case, EntryKind.RISK, by=by, code=case.risk, text=new.reason, language=language_of(by, case))
    for block, content in new.child.items():
        envelope = seal_words(case, content, CasePurpose.BLOCK, by=by)
        row = IdentityBlock(case=case, block=block, number=1, source=new.known_from, envelope=envelope)
        row.author = account_of(by)
        save_stamped(row)
        remember_child(case, Block(block), content, by=by)
    if not new.limits_told:
        write_task(case, new.limits_task, due_at=new.limits_due_at, by=by)


def require_child(age_band: str, age_basis: str) -> None:
    """Refuse to make an adult of somebody whose age is not proven.

    Raises:
        NotAnAdult: there is neither a document nor an official assessment.
    """
    if age_band == AgeBand.ADULT and age_basis not in PROVEN_AGES:
        raise NotAnAdult


def new_reference() -> str:
    """A name that tells nothing: neither country nor year nor how many there are."""
    while True:
        signs = "".join(secrets.choice(REFERENCE_SIGNS) for _ in range(6))
        reference = f"{signs[:3]}-{signs[3:]}"
        if not Case.objects.filter(reference=reference).exists():
            return reference


@transaction.atomic
def change_facts(case: Case, facts: Mapping[str, object], *, seen: Mapping[str, object], by: Actor) -> Case:
    """Change the plain facts of a case. `seen`: what the page showed when the writing began.

    Raises:
        FactsChanged: somebody else has changed one of them to something else meanwhile.
        NotAnAdult: nothing proves that the person is an adult.
    """
    case = lock_running_case(case, by=by)
    wanted = {name: value for name, value in facts.items() if name in FACTS and value != seen.get(name)}
    changed = {name: value for name, value in wanted.items() if getattr(case, name) != value}
    if clashing := [name for name in changed if getattr(case, name) != seen.get(name)]:
        raise FactsChanged(clashing)
    if not changed:
        return case
    for name, value in changed.items():
        setattr(case, name, value)
    require_child(case.age_band, case.age_basis)
    save_case(case, *changed)
    add_entry(case, EntryKind.FACTS, by=by)
    record("case.changed", case, by=by, facts=" ".join(sorted(changed)))
    return case


def compose_risk_alerts(case: Case, risk: Risk) -> dict[int, EmailMultiAlternatives]:
    """The mails that tell of a danger, composed before anything is locked."""
    return reports_emails.compose_alerts(leads_of(case)) if risk == Risk.DANGER else {}


@transaction.atomic
def set_risk(
    case: Case, risk: Risk, reason: str, *, alerts: Mapping[int, EmailMultiAlternatives] | None = None, by: Actor
) -> Case:
    """Say how high the risk is, and why. Higher acts at once. The first clock runs until an assessment is signed.

    Danger that was not known before is told to the lead at once. `alerts`: those mails, where they are composed.

    Raises:
        NeedsWords: there is no reason.
        NotLowered: it would be lower, which one person alone does not decide.
    """
    alerts = compose_risk_alerts(case, risk) if alerts is None else alerts
    case = lock_running_case(case, by=by)
    if not reason.strip():
        raise NeedsWords
    if is_lower(risk, case.risk):
        raise NotLowered
    is_new_danger = risk == Risk.DANGER and case.risk != Risk.DANGER
    if risk != case.risk:
        case.risk, case.risk_at = risk, timezone.now()
    save_case(case, "risk", "risk_at")
    add_entry(case, EntryKind.RISK, by=by, code=risk, text=reason, language=language_of(by, case))
    for alert in alerts.values() if is_new_danger else ():
        alert.send()
    record("case.risk_set", case, by=by, risk=str(risk))
    return case
