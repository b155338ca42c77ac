"""The steps of a case that plans declare: a service, a review, a follow-up of a closed case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.cases.code_lists import Answer
from desks.cases.steps import Step, add_step
from desks.desk.states import Service
from desks.plans import provision, reviews
from desks.plans.code_lists import FollowUpResult, ProviderKind, ReviewKind, ReviewOutcome, ServiceBasis
from desks.plans.provision import ServiceFacts
from desks.plans.reviews import ReviewFacts
from desks.plans.step_forms import FollowUpForm, ReviewDayForm, ReviewForm, ServiceForm, open_follow_ups

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.accounts.models import User


def _runs(case: Case, _user: User) -> bool:
    return case.is_running


def _has_follow_up(case: Case, _user: User) -> bool:
    return open_follow_ups(case).exists()


def _add_service(case: Case, form: ServiceForm, user: User) -> object:
    data = form.cleaned_data
    facts = ServiceFacts(
        service=Service(data["service"]),
        country=data["country"],
        provider_kind=ProviderKind(data["provider_kind"]),
        requested_on=data["requested_on"],
        due_on=data["due_on"],
        basis=ServiceBasis(data["basis"]) if data["basis"] else None,
    )
    words = {name: data[name] for name in ("provider", "text") if data[name]}
    return provision.add_service(case, facts, words, by=user)


def _record_review(case: Case, form: ReviewForm, user: User) -> object:
    data = form.cleaned_data
    facts = ReviewFacts(ReviewKind(data["kind"]), ReviewOutcome(data["outcome"]), data["held_on"], data["next_on"])
    return reviews.record_review(case, facts, form.words, by=user)


def _record_follow_up(case: Case, form: FollowUpForm, user: User) -> object:
    data = form.cleaned_data
    facts = {"safe": Answer(data["safe"]), "done_on": data["done_on"]}
    return reviews.record_follow_up(data["task"], FollowUpResult(data["result"]), data["words"], by=user, **facts)


for own_step in (
    Step(
        name="service",
        title=_("Service"),
        verb=_("Add a service"),
        message=_("The service is saved."),
        lead=_("Urgent help needs no plan: write it down now, and the rest later."),
        form=ServiceForm,
        apply=_add_service,
        is_offered=_runs,
        section="services",
    ),
    Step(
        name="review",
        title=_("Review"),
        verb=_("Record a review"),
        message=_("The review is saved. It cannot be changed any more."),
        form=ReviewForm,
        apply=_record_review,
        is_offered=_runs,
        section="plan",
    ),
    Step(
        name="review-day",
        title=_("Next review"),
        verb=_("Plan a review"),
        message=_("The review is planned."),
        form=ReviewDayForm,
        apply=lambda case, form, user: reviews.plan_review(
            case, ReviewKind(form.cleaned_data["kind"]), planned_on=form.cleaned_data["planned_on"], by=user
        ),
        is_offered=_runs,
        section="plan",
    ),
    Step(
        name="follow-up",
        title=_("Follow-up"),
        verb=_("Record a follow-up"),
        message=_("The follow-up is saved. If the child is not safe, ask to reopen the case."),
        form=FollowUpForm,
        apply=_record_follow_up,
        is_offered=_has_follow_up,
        section="plan",
    ),
):
    add_step(own_step)
