"""The steps of the desk that receives."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.referrals import actions, provision
from desks.referrals.states import DeclineReason, ReferralMove, ReferralOutcome, Side
from desks.referrals.step_forms import DeclineForm, LinkForm, OutcomeForm, WordsForm
from desks.referrals.steps import (
    ReferralStep,
    has_consent,
    is_shared,
    may_answer,
    may_report,
    starts,
    withdraw_consent_at,
    write_at,
)

RECEIVER_STEPS = (
    ReferralStep(
        name="accept",
        title=pgettext_lazy("referral", "Accept"),
        verb=pgettext_lazy("referral", "Accept"),
        message=_("You have accepted. Search for the child next, then open a case or link your own."),
        side=Side.RECEIVER,
        is_offered=may_answer(ReferralMove.ACCEPT),
        apply=lambda referral, _form, by: actions.accept_referral(referral, by=by.unlocked),
        lead=_("You take part in this child's protection, and report back."),
        needs_vault=True,
    ),
    ReferralStep(
        name="ask",
        title=_("Ask"),
        verb=_("Ask"),
        message=_("Your question is sent. The clock stops until they answer."),
        side=Side.RECEIVER,
        is_offered=may_answer(ReferralMove.ASK),
        apply=lambda referral, form, by: actions.ask_sender(referral, form.cleaned_data["text"], by=by.user),
        form=WordsForm,
        lead=_("The clock stops until they answer."),
    ),
    ReferralStep(
        name="decline",
        title=_("Decline"),
        verb=_("Decline"),
        message=_("You have declined. The other desk sees your reason."),
        side=Side.RECEIVER,
        is_offered=may_answer(ReferralMove.DECLINE),
        apply=lambda referral, form, by: actions.decline_referral(
            referral, DeclineReason(form.cleaned_data["reason"]), form.cleaned_data["text"], by=by.user
        ),
        form=DeclineForm,
    ),
    ReferralStep(
        name="link",
        title=_("Link your case"),
        verb=_("Link the case"),
        message=_("Your case is linked."),
        side=Side.RECEIVER,
        is_offered=is_shared,
        apply=lambda referral, form, by: provision.link_case(referral, form.cleaned_data["case"], by=by.user),
        form=LinkForm,
        lead=_("Search for the child first. What you write in your own case stays with you."),
    ),
    ReferralStep(
        name="start",
        title=_("Begin the service"),
        verb=_("Begin the service"),
        message=_("The other desk sees that you have begun."),
        side=Side.RECEIVER,
        is_offered=starts(ReferralMove.START),
        apply=lambda referral, _form, by: provision.start_service(referral, by=by.user),
    ),
    ReferralStep(
        name="outcome",
        title=_("Report the outcome"),
        verb=_("Report the outcome"),
        message=_("The outcome is reported."),
        side=Side.RECEIVER,
        is_offered=may_report,
        apply=lambda referral, form, by: provision.return_outcome(
            referral, ReferralOutcome(form.cleaned_data["outcome"]), form.cleaned_data["text"], by=by.user
        ),
        form=OutcomeForm,
    ),
    ReferralStep(
        name="reply",
        title=_("Write a message"),
        verb=_("Send the message"),
        message=_("Your message is sent."),
        side=Side.RECEIVER,
        is_offered=is_shared,
        apply=write_at(Side.RECEIVER),
        form=WordsForm,
    ),
    ReferralStep(
        name="child-withdraws",
        title=_("The child withdraws consent"),
        verb=_("End the access"),
        message=_("Access has ended, because consent was withdrawn. What you wrote yourselves stays with you."),
        side=Side.RECEIVER,
        is_offered=lambda referral, user: is_shared(referral, user) and has_consent(referral, user),
        apply=withdraw_consent_at(Side.RECEIVER),
        consequences=(
            _("Your desk's access ends at once, and the other desk is told."),
            _("What you wrote yourselves stays with you."),
        ),
        is_final=True,
    ),
)
