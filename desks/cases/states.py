"""The states of a case on three axes and their moves; the states of what belongs to it."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from desks.reports.states import Risk


class Stage(TextChoices):
    """Where the desk's work on a case stands."""

    OPENED = "opened", pgettext_lazy("stage of a case", "Opened")
    ASSESSED = "assessed", pgettext_lazy("stage of a case", "Assessed")
    PLANNED = "planned", pgettext_lazy("stage of a case", "Planned")
    IN_SUPPORT = "in_support", pgettext_lazy("stage of a case", "In support")
    FOLLOW_UP = "follow_up", pgettext_lazy("stage of a case", "Follow-up")
    CLOSED = "closed", pgettext_lazy("stage of a case", "Closed")
    MERGED = "merged", pgettext_lazy("stage of a case", "Merged")
    TRANSFERRED = "transferred", pgettext_lazy("stage of a case", "Transferred")


ELSEWHERE_STAGES = frozenset({Stage.MERGED, Stage.TRANSFERRED})  # the work on the child goes on in another case
ENDED_STAGES = ELSEWHERE_STAGES | {Stage.CLOSED}
RUNNING_STAGES = frozenset(Stage) - ENDED_STAGES


class CaseMove(TextChoices):
    """What moves a case from stage to stage. The words name the stage to which it leads."""

    ASSESS = "assess", Stage.ASSESSED.label
    PLAN = "plan", Stage.PLANNED.label
    SUPPORT = "support", Stage.IN_SUPPORT.label
    FOLLOW_UP = "follow_up", Stage.FOLLOW_UP.label
    CLOSE = "close", Stage.CLOSED.label
    REOPEN = "reopen", Stage.IN_SUPPORT.label
    MERGE = "merge", Stage.MERGED.label


# Each move: the stages from which it starts, and where it leads.
CASE_MOVES: dict[CaseMove, tuple[frozenset[Stage], Stage]] = {
    CaseMove.ASSESS: (frozenset({Stage.OPENED}), Stage.ASSESSED),
    CaseMove.PLAN: (frozenset({Stage.ASSESSED}), Stage.PLANNED),
    CaseMove.SUPPORT: (frozenset({Stage.PLANNED}), Stage.IN_SUPPORT),
    CaseMove.FOLLOW_UP: (frozenset({Stage.IN_SUPPORT}), Stage.FOLLOW_UP),
    CaseMove.CLOSE: (RUNNING_STAGES, Stage.CLOSED),
    CaseMove.REOPEN: (frozenset({Stage.CLOSED}), Stage.IN_SUPPORT),
    CaseMove.MERGE: (RUNNING_STAGES | {Stage.CLOSED}, Stage.MERGED),
}
# One person asks for these, and a supervisor who is another person decides.
MOVES_OF_TWO = frozenset({CaseMove.PLAN, CaseMove.FOLLOW_UP, CaseMove.CLOSE, CaseMove.REOPEN, CaseMove.MERGE})


class RequestState(TextChoices):
    """Where a move stands for which a second person is asked."""

    ASKED = "asked", pgettext_lazy("request", "Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("request", "Approved")
    RETURNED = "returned", pgettext_lazy("request", "Given back")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


class StatusRequestState(TextChoices):
    """Where a request stands to decide whether the child is a victim. No page shows these words."""

    ASKED = "asked"
    DECIDED = "decided"
    DECLINED = "declined"


class VictimStatus(TextChoices):
    """What is known or decided of whether the child is a victim. Others than the desk decide the last two."""

    UNASSESSED = "unassessed", pgettext_lazy("status of a child", "Not assessed yet")
    INDICATIONS = "indications", pgettext_lazy("status of a child", "Indications")
    PRESUMED = "presumed", pgettext_lazy("status of a child", "Presumed victim")
    IDENTIFIED = "identified", pgettext_lazy("status of a child", "Identified as a victim")
    NOT_IDENTIFIED = "not_identified", pgettext_lazy("status of a child", "Not identified as a victim")


DECIDED_BY_OTHERS = frozenset({VictimStatus.IDENTIFIED, VictimStatus.NOT_IDENTIFIED})
# Each status: those after which it can come. What a body has decided is corrected by a new decision alone.
STATUS_MOVES: dict[VictimStatus, frozenset[VictimStatus]] = {
    VictimStatus.UNASSESSED: frozenset(),
    VictimStatus.INDICATIONS: frozenset({VictimStatus.UNASSESSED}),
    VictimStatus.PRESUMED: frozenset({VictimStatus.UNASSESSED, VictimStatus.INDICATIONS, VictimStatus.NOT_IDENTIFIED}),
    VictimStatus.IDENTIFIED: frozenset(VictimStatus) - {VictimStatus.IDENTIFIED},
    VictimStatus.NOT_IDENTIFIED: frozenset(VictimStatus) - {VictimStatus.NOT_IDENTIFIED},
}


class GuardianState(TextChoices):
    """Where the child's guardian stands."""

    NONE = "none", pgettext_lazy("guardian", "No guardian yet")
    REQUESTED = "requested", pgettext_lazy("guardian", "Requested")
    APPOINTED = "appointed", pgettext_lazy("guardian", "Appointed")
    REFUSED = "refused", pgettext_lazy("guardian", "Refused")
    ENDED = "ended", pgettext_lazy("guardian", "Ended")
    NOT_NEEDED = "not_needed", pgettext_lazy("guardian", "Not needed: a parent cares for the child")


# Each step: the states after which it can come. A request is asked again; whoever is appointed stays until they end.
GUARDIAN_MOVES: dict[GuardianState, frozenset[GuardianState]] = {
    GuardianState.REQUESTED: frozenset(GuardianState) - {GuardianState.APPOINTED},
    GuardianState.APPOINTED: frozenset(GuardianState) - {GuardianState.APPOINTED},
    GuardianState.REFUSED: frozenset({GuardianState.REQUESTED}),
    GuardianState.ENDED: frozenset({GuardianState.APPOINTED}),
    GuardianState.NOT_NEEDED: frozenset({GuardianState.NONE, GuardianState.REFUSED, GuardianState.ENDED}),
}


class BlockState(TextChoices):
    """Whether a version of a part counts, waits for a choice, or was set aside."""

    SAVED = "saved", pgettext_lazy("version of a text", "Saved")
    DRAFT = "draft", pgettext_lazy("version of a text", "Second text, not decided")
    SET_ASIDE = "set_aside", pgettext_lazy("version of a text", "Set aside")


class EntryKind(TextChoices):
    """What a row of the timeline tells. The first four are notes, which people write."""

    NOTE = "note", pgettext_lazy("timeline", "Note")
    CALL = "call", pgettext_lazy("timeline", "Telephone call")
    VISIT = "visit", pgettext_lazy("timeline", "Visit")
    MEETING = "meeting", pgettext_lazy("timeline", "Meeting")
    OPENED = "opened", pgettext_lazy("timeline", "Case opened")
    WORDS_ADDED = "words_added", pgettext_lazy("timeline", "Words added from a new call or report")
    FACTS = "facts", pgettext_lazy("timeline", "Facts changed")
    CHILD = "child", pgettext_lazy("timeline", "Child's record changed")
    RISK = "risk", pgettext_lazy("timeline", "Risk")
    ASSIGNED = "assigned", pgettext_lazy("timeline", "Worker")
    LEFT = "left", pgettext_lazy("timeline", "Without worker")
    GUARDIAN = "guardian", pgettext_lazy("timeline", "Guardian")
    RELATIVE = "relative", pgettext_lazy("timeline", "Relative")
    STATUS = "status", pgettext_lazy("timeline", "Status")
    ASK_STATUS = "ask_status", pgettext_lazy("timeline", "Decision about the status requested")
    NO_STATUS = "no_status", pgettext_lazy("timeline", "Request about the status declined")
    PHASE = "phase", pgettext_lazy("timeline", "Phase")
    ASKED = "asked", pgettext_lazy("timeline", "Decision requested")
    RETURNED = "returned", pgettext_lazy("timeline", "Given back")
    STAGE = "stage", pgettext_lazy("timeline", "Stage")
    RESTRICTED = "restricted", pgettext_lazy("timeline", "Restricted to named people")
    LIFTED = "lifted", pgettext_lazy("timeline", "Restriction lifted")
    HOLD = "hold", pgettext_lazy("timeline", "Legal hold")
    HOLD_LIFTED = "hold_lifted", pgettext_lazy("timeline", "Legal hold lifted")
    TASK = "task", pgettext_lazy("timeline", "Task")
    ASSESSMENT = "assessment", pgettext_lazy("timeline", "Assessment")
    NOTIFIED = "notified", pgettext_lazy("timeline", "Authority notified")
    SCREENING = "screening", pgettext_lazy("timeline", "Screening finished")
    PLAN = "plan", pgettext_lazy("timeline", "Plan")
    GOAL = "goal", pgettext_lazy("timeline", "Goal")
    SERVICE = "service", pgettext_lazy("timeline", "Service")
    REVIEW = "review", pgettext_lazy("timeline", "Review")
    FOLLOW_UP = "follow_up", pgettext_lazy("timeline", "Follow-up")
    PLACEMENT = "placement", pgettext_lazy("timeline", "Place to live")
    CHECK_IN = "check_in", pgettext_lazy("timeline", "Check-in")
    MISSING = "missing", pgettext_lazy("timeline", "Missing")
    INTERPRETER = "interpreter", pgettext_lazy("timeline", "Interpreter")
    EXTRACT = "extract", pgettext_lazy("timeline", "Extract printed")
    EXPORTED = "exported", pgettext_lazy("timeline", "Exported as a file")
    NOTICE = "notice", pgettext_lazy("timeline", "Notice of privacy given")
    REFERRAL = "referral", pgettext_lazy("timeline", "Referral")
    RIGHTS = "rights", pgettext_lazy("timeline", "Request about the record")
    BLOCKED = "blocked", pgettext_lazy("timeline", "The record is kept and not used")
    UNBLOCKED = "unblocked", pgettext_lazy("timeline", "The record may be used again")
    PACKAGE = "package", pgettext_lazy("timeline", "Package to somebody outside")
    MERGED = "merged", pgettext_lazy("timeline", "Merged with another case")
    MERGE_UNDONE = "unmerged", pgettext_lazy("timeline", "Merge undone")
    SEARCHED = "searched", pgettext_lazy("timeline", "Somebody at your desk searched for this child")


NOTE_KINDS = (EntryKind.NOTE, EntryKind.CALL, EntryKind.VISIT, EntryKind.MEETING)


class TaskState(TextChoices):
    """Whether a task waits."""

    OPEN = "open", pgettext_lazy("task", "Open")
    DONE = "done", pgettext_lazy("task", "Done")
    DROPPED = "dropped", pgettext_lazy("task", "Dropped")


class CasePurpose(StrEnum):
    """What an envelope of a case is for. Its content is bound to the value, which therefore never changes."""

    BLOCK = "case.block"
    ENTRY = "case.entry"
    TASK = "case.task"
    GUARDIAN = "case.guardian"
    RELATIVE = "case.relative"
    STATUS = "case.status"
    REQUEST = "case.request"
    PHASE = "case.phase"
    HOLD = "case.hold"
    ASSESSMENT = "case.assessment"
    NOTIFICATION = "case.notification"
    PLAN = "case.plan"
    SERVICE = "case.service"
    REVIEW = "case.review"
    FOLLOW_UP = "case.follow_up"
    PLACEMENT = "case.placement"
    CHECK_IN = "case.check_in"
    MISSING = "case.missing"
    INTERPRETER = "case.interpreter"
    EXTRACT = "case.extract"
    EXPORT = "case.export"
    HTCDS_EXTRA = "case.htcds_extra"
    NOTICE = "case.notice"
    REFERRAL = "case.referral"
    RIGHTS = "case.rights"


class CaseLevel(TextChoices):
    """Who is told that something of a case is late, the nearest first. Coordinators learn a number."""

    WORKER = "worker", pgettext_lazy("who is told", "Worker")
    LEAD = "lead", pgettext_lazy("who is told", "Lead")
    COORDINATORS = "coordinators", pgettext_lazy("who is told", "Coordinators")


RISKS_FROM_LOW = (Risk.LOW, Risk.MEDIUM, Risk.HIGH, Risk.DANGER)


def is_lower(risk: str, before: str) -> bool:
    """Whether a risk is lower than the one before."""
    ranks = {str(value): rank for rank, value in enumerate(RISKS_FROM_LOW)}
    return ranks[risk] < ranks[before]
