"""A reporter asks that their report is deleted: a supervisor agrees; where it tells of danger, a second person too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max

from desks.desk.errors import DeskMoveNotPossible, NotIndependent
from desks.desk.querysets import DESK_ROLES, key_holders, require_key
from desks.reports.actions import lock_report
from desks.reports.states import Voice
from desks.retention.actions import destroy_report
from desks.retention.errors import DeletionObstructed, NeedsSecondPerson, NotRead
from desks.retention.models import DeletionProposal
from desks.retention.periods import obstacle_to_deletion
from desks.retention.states import DeletionObstacle, DeletionReason
from partners.memberships.errors import NotSecondPerson
from partners.memberships.second_persons import second_person_fault, second_persons
from victor.access import require
from victor.audit.actions import record
from victor.vault.keys.keyring import save_stamped, verify_stamp

if TYPE_CHECKING:
    from desks.reports.models import Report
    from desks.retention.models import DeletionRecord
    from victor.accounts.models import User


@transaction.atomic
def erase_report_on_request(report: Report, *, reason: DeletionReason, by: User) -> DeletionRecord:
    """Delete a report at once, since its reporter asks for it and a supervisor agrees.

    Raises:
        NeedsSecondPerson: it tells of danger.
        DeskMoveNotPossible: nobody has asked.
        NotRead: `by` has not read it.
        DeletionObstructed: the law keeps it, or the reporter has written words that nobody has read.
    """
    report = lock_report(report)
    require(by, "desks.lead", report.desk)
    _require_requested(report, by)
    if report.tells_danger:
        raise NeedsSecondPerson
    return destroy_report(report, due=None, by=by, reason=reason)


@transaction.atomic
def propose_deletion(report: Report, *, reason: DeletionReason, by: User) -> DeletionProposal:
    """Propose to delete a report that tells of danger, as its reporter asks. Nothing is deleted yet.

    Raises:
        DeskMoveNotPossible: nobody has asked, or somebody has proposed it already.
        NotRead, DeletionObstructed: as for a deletion.
    """
    report = lock_report(report)
    require(by, "desks.lead", report.desk)
    _require_requested(report, by)
    if DeletionProposal.objects.filter(report=report).exists():
        raise DeskMoveNotPossible
    proposal = DeletionProposal(report=report, reason=reason, proposed_by=by)
    save_stamped(proposal)
    record("report.deletion_proposed", report, by=by, reason=reason)
    return proposal


@transaction.atomic
def confirm_deletion(report: Report, *, by: User) -> DeletionRecord:
    """Delete a report that tells of danger, as the second person: a colleague with its keys, who has read it.

    Raises:
        DeskMoveNotPossible: nobody has asked, or nobody has proposed it.
        NotIndependent: `by` proposed it, is not independent of whoever did, or is too new.
        NotRead, DeletionObstructed: as for a deletion.
    """
    report = lock_report(report)
    require(by, "desks.work", report.desk)
    _require_requested(report, by)
    proposal = DeletionProposal.objects.select_related("proposed_by").filter(report=report).first()
    if proposal is None:
        raise DeskMoveNotPossible
    proposer = verify_stamp(proposal).proposed_by
    if fault := second_person_fault(by, asker=proposer, roles=DESK_ROLES, at=report.desk.organisation):
        raise NotIndependent(NotSecondPerson(fault, confirmers_of(proposal)))
    return destroy_report(report, due=None, by=by, reason=DeletionReason(proposal.reason))


def confirmers_of(proposal: DeletionProposal) -> list[User]:
    """Who can confirm: colleagues who hold the desk's keys and are independent of whoever proposes."""
    desk = proposal.report.desk
    holders = set(key_holders(desk).values_list("pk", flat=True))
    people = second_persons(asker=proposal.proposed_by, roles=DESK_ROLES, at=desk.organisation)
    return [person for person in people if person.pk in holders]


def has_read(report: Report, person: User) -> bool:
    """Whether somebody has opened a report since its reporter wrote for the last time."""
    last = report.messages.filter(voice=Voice.REPORTER).aggregate(at=Max("written_at"))["at"]
    return report.readings.filter(person=person, at__gte=last or report.received_at).exists()


def _require_requested(report: Report, by: User) -> None:
    """Refuse where nobody asks, where the law or unread words stand in the way, and who has not read the report."""
    require_key(report.desk, by)
    if report.deletion_asked_at is None:
        raise DeskMoveNotPossible
    if (why := obstacle_to_deletion(report)) and why != DeletionObstacle.OPEN:
        raise DeletionObstructed(why)
    if not has_read(report, by):
        raise NotRead
