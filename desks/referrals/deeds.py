"""What the log says was done in a referral: a move by the state to which it led, all else in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from desks.referrals.states import ReferralState
from victor.audit.states import declare_deeds

# By the last word of the code; packages share most of them.
DEEDS = {
    "drafted": pgettext_lazy("log of a referral", "Draft written"),
    "changed": pgettext_lazy("log of a referral", "Draft changed"),
    "dropped": pgettext_lazy("log of a referral", "Draft deleted"),
    "groups_chosen": pgettext_lazy("log of a referral", "What leaves was chosen"),
    "previewed": pgettext_lazy("log of a referral", "What leaves was looked at"),
    "consent_recorded": pgettext_lazy("log of a referral", "Consent written down"),
    "consent_withdrawn": pgettext_lazy("log of a referral", "Consent taken back"),
    "basis_recorded": pgettext_lazy("log of a referral", "Another legal basis written down"),
    "basis_confirmed": pgettext_lazy("log of a referral", "Legal basis confirmed by a second person"),
    "ground_recorded": pgettext_lazy("log of a referral", "Ground for leaving the European Union written down"),
    "message_written": pgettext_lazy("log of a referral", "Message written"),
    "read": pgettext_lazy("log of a referral", "What is shared was read"),
    "file_read": pgettext_lazy("log of a referral", "File downloaded"),
    "file_erased": pgettext_lazy("log of a referral", "File deleted"),
    "case_linked": pgettext_lazy("log of a referral", "Linked to the receiver’s own case"),
    "end_near": pgettext_lazy("log of a referral", "Both desks told that access ends soon"),
}
declare_deeds({f"referral.{deed}": words for deed, words in DEEDS.items()})
declare_deeds({"case.transferred": pgettext_lazy("audit log", "Case transferred")})
declare_deeds({f"referral.{state}": state.label for state in ReferralState})
