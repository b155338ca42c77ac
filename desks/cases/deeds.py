"""What the log says was done in a case, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "case.created": pgettext_lazy("audit log", "Case opened"),
        "case.changed": pgettext_lazy("audit log", "Facts of the case changed"),
        "case.risk_set": pgettext_lazy("audit log", "Risk set"),
        "case.lead_named": pgettext_lazy("audit log", "Lead of the case named"),
        "case.assigned": pgettext_lazy("audit log", "Case given to a worker"),
        "case.without_worker": pgettext_lazy("audit log", "Case left without worker"),
        "case.child_changed": pgettext_lazy("audit log", "Child’s record changed"),
        "case.draft_set_aside": pgettext_lazy("audit log", "Draft set aside"),
        "case.move_asked": pgettext_lazy("audit log", "Next stage asked for"),
        "case.move_approved": pgettext_lazy("audit log", "Next stage approved"),
        "case.move_returned": pgettext_lazy("audit log", "Next stage sent back"),
        "case.request_withdrawn": pgettext_lazy("audit log", "Request withdrawn"),
        "case.moved": pgettext_lazy("audit log", "Stage changed"),
        "case.status_recorded": pgettext_lazy("audit log", "Status recorded"),
        "case.status_asked": pgettext_lazy("audit log", "Decision on the status asked for"),
        "case.status_declined": pgettext_lazy("audit log", "Status not confirmed"),
        "case.phase_begun": pgettext_lazy("audit log", "Phase begun"),
        "case.phase_ended": pgettext_lazy("audit log", "Phase ended"),
        "case.late": pgettext_lazy("audit log", "Deadline passed"),
        "case.guardian_recorded": pgettext_lazy("audit log", "Guardian recorded"),
        "case.relative_added": pgettext_lazy("audit log", "Relative recorded"),
        "case.relative_blocked": pgettext_lazy("audit log", "Contact with a relative blocked"),
        "case.relative_allowed": pgettext_lazy("audit log", "Contact with a relative allowed"),
        "case.held": pgettext_lazy("audit log", "Put under legal hold"),
        "case.hold_lifted": pgettext_lazy("audit log", "Legal hold lifted"),
        "case.words_added": pgettext_lazy("audit log", "Words added"),
        "case.noted": pgettext_lazy("audit log", "Note written"),
        "case.task_added": pgettext_lazy("audit log", "Task added"),
        "case.task_settled": pgettext_lazy("audit log", "Task settled"),
        "case.report_linked": pgettext_lazy("audit log", "Report linked"),
        "case.last_key_kept": pgettext_lazy("audit log", "Last key kept"),
        "case.paper_read": pgettext_lazy("audit log", "Paper downloaded"),
        "case.read": pgettext_lazy("audit log", "Case read"),
        "case.names_read": pgettext_lazy("audit log", "Names read in the list"),
        "case.restricted": pgettext_lazy("audit log", "Access restricted"),
        "case.restriction_lifted": pgettext_lazy("audit log", "Restriction lifted"),
        "case.merged": pgettext_lazy("audit log", "Cases merged"),
        "case.merge_undone": pgettext_lazy("audit log", "Merge undone"),
        "case.person_named": pgettext_lazy("audit log", "Person given access"),
        "case.person_removed": pgettext_lazy("audit log", "Person’s access ended"),
    }
)
