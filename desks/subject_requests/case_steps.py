"""The steps of a case that belong to requests of the people concerned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.cases.rules import supervises
from desks.cases.states import Stage
from desks.cases.steps import Step, add_step
from desks.subject_requests import actions
from desks.subject_requests.forms import RequestForm, WordsForm

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.accounts.models import User


def _may_receive(case: Case, _user: User) -> bool:
    return case.stage != Stage.MERGED


def _may_unblock(case: Case, user: User) -> bool:
    return case.is_blocked and bool(supervises(user, case))


add_step(
    Step(
        name="rights",
        title=_("Request about the record"),
        verb=_("Save the request"),
        message=_("The request is saved. It has to be decided within a month."),
        lead=_("Whoever is written about may ask for this on any day, in any form. It costs nothing."),
        form=RequestForm,
        apply=lambda case, form, user: actions.receive_request(case, form.facts, form.words, by=user),
        is_offered=_may_receive,
        section="rights",
        is_for_blocked=True,
    )
)
add_step(
    Step(
        name="unblock",
        title=_("Use the record again"),
        verb=_("Use the record again"),
        message=_("The record may be used again."),
        lead=_("Tell whoever asked for it before you do this, unless a child is in danger."),
        form=WordsForm,
        apply=lambda case, form, user: actions.allow_use(case, form.cleaned_data["words"], by=user),
        is_offered=_may_unblock,
        section="rights",
        is_for_blocked=True,
    )
)
