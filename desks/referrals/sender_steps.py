"""The steps of the desk that refers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from desks.referrals import actions, provision, revocations, sharing, transfers, wishes
from desks.referrals.states import READABLE, ReferralMove, ReferralState, RevokeReason, Side
from desks.referrals.step_forms import AnswerForm, CloseReferralForm, RevokeForm, WordsForm
from desks.referrals.steps import (
    ReferralStep,
    has_consent,
    is_shared,
    may_confirm,
    may_send,
    starts,
    withdraw_consent_at,
    write_at,
)

REMEMBER = _("They may remember or have printed it.")
OWN_STAYS = _("What their own people wrote stays with them.")
SENDER_STEPS = (
    ReferralStep(
        name="prepare",
        title=_("Make it ready"),
        verb=_("Make it ready"),
        message=_("The referral is ready. Nothing has left your desk yet."),
        side=Side.SENDER,
        is_offered=lambda referral, _user: referral.state == ReferralState.DRAFT and bool(referral.groups),
        apply=lambda referral, _form, by: sharing.prepare_referral(referral, by=by.unlocked),
        lead=_("What you chose is copied as it is now. Nothing leaves your desk before it is sent."),
        needs_vault=True,
    ),
    ReferralStep(
        name="send",
        title=_("Send"),
        verb=_("Approve and send"),
        message=_("The referral is sent. The other desk sees the summary only."),
        side=Side.SENDER,
        is_offered=may_send,
        apply=lambda referral, _form, by: actions.send_referral(referral, by=by.user),
        lead=_("The other desk sees the summary. It reads the rest once it has accepted."),
    ),
    ReferralStep(
        name="confirm",
        title=_("Confirm the transfer"),
        verb=_("Transfer the case"),
        message=_("The case is transferred. You can read it for 30 days."),
        side=Side.SENDER,
        is_offered=may_confirm,
        apply=lambda referral, _form, by: transfers.transfer_case(referral, by=by.unlocked),
        consequences=(
            _("From now on only the other desk works on the case. What is due there keeps its times."),
            _("You can read the case for 30 days. Then it is deleted here."),
            _("This cannot be undone: only the other desk could transfer it back."),
        ),
        needs_vault=True,
        is_final=True,
    ),
    ReferralStep(
        name="back",
        title=_("Back to the draft"),
        verb=_("Go back to the draft"),
        message=_("The referral is a draft again."),
        side=Side.SENDER,
        is_offered=starts(ReferralMove.BACK),
        apply=lambda referral, _form, by: sharing.return_to_draft(referral, by=by.unlocked),
        needs_vault=True,
    ),
    ReferralStep(
        name="drop",
        title=_("Delete the draft"),
        verb=_("Delete the draft"),
        message=_("The draft is deleted. Nothing was sent."),
        side=Side.SENDER,
        is_offered=lambda referral, _user: referral.state == ReferralState.DRAFT,
        apply=lambda referral, _form, by: wishes.drop_referral(referral, by=by.user),
        consequences=(_("What you chose and wrote for it is deleted. The case stays as it is."),),
        is_final=True,
    ),
    ReferralStep(
        name="answer",
        title=_("Answer the question"),
        verb=_("Send the answer"),
        message=_("Your answer is sent. Their clock goes on."),
        side=Side.SENDER,
        is_offered=starts(ReferralMove.ANSWER),
        apply=lambda referral, form, by: actions.answer_receiver(referral, form.cleaned_data["text"], by=by.user),
        form=AnswerForm,
        needs_vault=True,
        shows_question=True,
    ),
    ReferralStep(
        name="withdraw",
        title=_("Withdraw"),
        verb=_("Withdraw the referral"),
        message=_("The referral is withdrawn."),
        side=Side.SENDER,
        is_offered=starts(ReferralMove.WITHDRAW),
        apply=lambda referral, _form, by: actions.withdraw_referral(referral, by=by.user),
        consequences=(_("They have seen the summary at most. No name was readable."),),
        is_final=True,
    ),
    ReferralStep(
        name="more",
        title=_("Ask for more"),
        verb=_("Ask for more"),
        message=_("The other desk goes on."),
        side=Side.SENDER,
        is_offered=starts(ReferralMove.MORE),
        apply=lambda referral, form, by: provision.ask_for_more(referral, form.cleaned_data["text"], by=by.user),
        form=WordsForm,
    ),
    ReferralStep(
        name="close",
        title=_("Close the referral"),
        verb=_("Close the referral"),
        message=_("The referral is closed."),
        side=Side.SENDER,
        is_offered=starts(ReferralMove.CLOSE),
        apply=lambda referral, form, by: revocations.close_referral(
            referral, ends_now=form.cleaned_data["ends"] == "now", by=by.user
        ),
        form=CloseReferralForm,
    ),
    ReferralStep(
        name="message",
        title=_("Write a message"),
        verb=_("Send the message"),
        message=_("Your message is sent."),
        side=Side.SENDER,
        is_offered=is_shared,
        apply=write_at(Side.SENDER),
        form=WordsForm,
    ),
    ReferralStep(
        name="consent-withdrawn",
        title=_("Consent is withdrawn"),
        verb=_("End the access"),
        message=_("Access has ended, because consent was withdrawn."),
        side=Side.SENDER,
        is_offered=has_consent,
        apply=withdraw_consent_at(Side.SENDER),
        consequences=(
            _("The other desk's access ends at once."),
            REMEMBER,
            OWN_STAYS,
            _("Backups hold the key, encrypted, for up to 35 days."),
        ),
        is_final=True,
    ),
    ReferralStep(
        name="revoke",
        title=_("End the access"),
        verb=_("End the access"),
        message=_("Access has ended. The key of the other desk is deleted."),
        side=Side.SENDER,
        is_offered=lambda referral, _user: referral.state in READABLE,
        apply=lambda referral, form, by: revocations.revoke_referral(
            referral, RevokeReason(form.cleaned_data["reason"]), by=by.user
        ),
        form=RevokeForm,
        consequences=(
            _("Access ends within 60 seconds."),
            REMEMBER,
            OWN_STAYS,
            _("Is the child in their care? Telephone first."),
            _("Backups hold the key, encrypted, for up to 35 days."),
        ),
        is_final=True,
    ),
)
