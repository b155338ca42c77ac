"""What the audit log records, in words for people. A code names a thing and what was done: `report.answered`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django_stubs_ext import StrOrPromise


class Deed(TextChoices):
    """What was done: few words, the same for every kind of thing."""

    ADDED = "added", pgettext_lazy("audit log", "added")
    CHANGED = "changed", pgettext_lazy("audit log", "changed")
    DELETED = "deleted", pgettext_lazy("audit log", "deleted")
    OPENED = "opened", pgettext_lazy("audit log", "opened and read")
    SENT = "sent", pgettext_lazy("audit log", "sent")
    ANSWERED = "answered", pgettext_lazy("audit log", "answered")
    APPROVED = "approved", pgettext_lazy("audit log", "approved")
    ASKED = "asked", pgettext_lazy("audit log", "asked for")
    WITHDRAWN = "withdrawn", pgettext_lazy("audit log", "withdrawn")
    DECLINED = "declined", pgettext_lazy("audit log", "declined")
    ASSIGNED = "assigned", pgettext_lazy("audit log", "assigned")
    CLOSED = "closed", pgettext_lazy("audit log", "closed")
    REOPENED = "reopened", pgettext_lazy("audit log", "opened again")
    TRIAGED = "triaged", pgettext_lazy("audit log", "triaged")
    RECEIVED = "received", pgettext_lazy("audit log", "received")
    HANDED_OVER = "handed_over", pgettext_lazy("audit log", "handed over")
    HELD = "held", pgettext_lazy("audit log", "put under legal hold")
    PUBLISHED = "published", pgettext_lazy("audit log", "published")
    UNPUBLISHED = "unpublished", pgettext_lazy("audit log", "unpublished")
    SCHEDULED = "scheduled", pgettext_lazy("audit log", "scheduled")
    SUBMITTED = "submitted", pgettext_lazy("audit log", "sent for review")
    SENT_BACK = "sent_back", pgettext_lazy("audit log", "sent back")
    COPIED = "copied", pgettext_lazy("audit log", "copied")
    LOGGED_IN = "logged_in", pgettext_lazy("audit log", "logged in")
    LOGGED_OUT = "logged_out", pgettext_lazy("audit log", "logged out")
    REFUSED = "refused", pgettext_lazy("audit log", "refused")
    LATE = "late", pgettext_lazy("audit log", "overdue")


# Codes whose last word is none of the words above, by that word.
SAME_DEEDS = {
    Deed.ADDED: (
        "created report_linked task_added person_named recorded noted written made record_made"
        " file_added file_written words_added group_made set_up came"
        " drafted renewed passkey_added"
        " authorities_listed authority_added receipt_recorded"
        " begun stored planned raised"
        " plan_drafted service_added review_planned reviewed followed_up"
        " child_placed place_written checked_in child_missing child_returned notice_given"
        " interpreter_added interpreter_booked"
        " linked evidence_added version_added"
        " consent_recorded basis_recorded ground_recorded message_written offered ready rights_received registered"
    ),
    Deed.CHANGED: (
        "corrected correct languages_changed notice_set replaced key_replaced group_key_replaced"
        " passphrase_changed mail_wish name_shown name_hidden prepared action resealed told focused"
        " child_changed risk_set status_recorded guardian_recorded moved phase_begun phase_ended task_settled"
        " interpreter_checked interpreter_corrected booking_moved booking_held"
        " relative_added relative_blocked relative_allowed draft_set_aside restricted restriction_lifted merge_undone"
        " grant_altered rehearsal_passed recovered hold_lifted kept merged"
        " owner_changed left"
        " assessment_drafted assessment_finished risk_lowered"
        " saved finished policy_set number_set figures_corrected"
        " groups_chosen case_linked in_service transferred rights_extended unblocked"
    ),
    Deed.DELETED: (
        "removed erased destroyed undone discarded notice_erased set_aside number_removed"
        " group_dissolved figures_left_out"
        " plan_set_aside goal_ended service_moved service_basis dropped passkey_removed file_erased"
        " saved finished policy_set number_set"
    ),
    Deed.OPENED: (
        "names_read paper_read read keys_opened file_opened file_read original_opened read_all remembered verified"
        " previewed passkey_opened"
    ),
    Deed.SENT: ("due_told released retried offer prefer end_told authority_notified call_sent called missing_reported"),
    Deed.ANSWERED: "concluded handed_in outcome_returned",
    Deed.APPROVED: (
        "move_approved confirmed granted original_granted admitted admit approve agreed accept"
        " recovery_confirmed accepted"
        " acknowledged"
        " checked signed party_signed"
        " exception_allowed assessment_approved"
        " plan_approved plan_signed"
        " deviation_approved review_passed"
        " swap_agreed number_confirmed basis_confirmed rights_identity_checked rights_decided"
    ),
    Deed.ASKED: (
        "move_asked proposed deletion_proposed deletion_asked original_asked recovery_asked ordered ordered_again"
        " verification_asked"
        " exception_asked plan_asked status_asked"
        " deviation_proposed review_asked correction_proposed"
        " swap_asked searched info_asked destruction_asked"
    ),
    Deed.WITHDRAWN: (
        "request_withdrawn person_removed without_worker revoked stopped dismissed officer_relieved"
        " recovery_withdrawn sessions_ended hidden cancelled cancel"
        " leave lapse"
        " intake_withdrawn suspended terminated"
        " owner_removed"
        " swap_withdrawn vacated booking_cancelled consent_withdrawn offer_withdrawn right_withdrawn rights_withdrawn"
    ),
    Deed.DECLINED: ("decline deletion_declined exception_refused swap_declined status_declined not_destroyed"),
    Deed.ASSIGNED: ("lead_named officer_appointed issued shared intake_given taken taken_over right_given"),
    Deed.REFUSED: "login_failed locked passphrase_wrong passkey_wrong last_key_kept",
    Deed.COPIED: ("imported loaded translated letter_made missing_report_made extract_printed exported file_exported"),
    Deed.LATE: "overdue erasure_near expired end_near",
    Deed.SUBMITTED: ("submit in_signature"),
    Deed.CLOSED: "ended",
    Deed.SENT_BACK: (
        "send_back move_returned plan_returned returned draft assessment_returned"
        " deviation_returned review_returned correction_returned"
    ),
    Deed.HANDED_OVER: "done",
}
DEEDS = {code: deed for deed, codes in SAME_DEEDS.items() for code in codes.split()} | {
    deed.value: deed for deed in Deed
}


OWN_WORDS: dict[str, StrOrPromise] = {}


def declare_deeds(words: Mapping[str, StrOrPromise]) -> None:
    """Say what was done in words of a slice's own, by the whole code. The few words above stand for the rest."""
    OWN_WORDS.update(words)


def deed_in_words(action: str) -> str:
    """What was done, in the reader's words; a code that nobody has words for stays as it is."""
    whole = action.removesuffix(".more")
    if whole in OWN_WORDS:
        return str(OWN_WORDS[whole])
    code = whole.rpartition(".")[2]
    return str(DEEDS[code].label) if code in DEEDS else action
