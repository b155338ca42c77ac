"""The steps of a case that belong to the figures; and what every change of a case, and its deletion, does to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from desks.cases.locks import after_change
from desks.cases.rules import supervises
from desks.cases.steps import Step, add_step
from desks.endings.actions import before_deletion
from desks.facts import actions
from desks.facts.forms import FiguresForm, LeaveOutForm
from desks.screening.actions import after_finish

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.accounts.models import User


def _is_running(case: Case, _user: User) -> bool:
    return case.is_running


def _supervises(case: Case, user: User) -> bool:
    return bool(supervises(user, case))


after_change(actions.follow_facts)
after_finish(actions.note_means)
before_deletion(actions.forget_tag)
add_step(
    Step(
        name="figures",
        title=_("Facts for the figures"),
        verb=_("Save the facts"),
        message=_("Saved. The facts are counted without a way back to this case."),
        lead=_("They are counted, never listed: whoever has the database cannot tell of which child they are."),
        form=FiguresForm,
        apply=lambda case, form, user: actions.correct_facts(case, form.cleaned_data, by=user),
        is_offered=_is_running,
        section="child",
    )
)
add_step(
    Step(
        name="leave-out",
        title=_("Leave this case out of the figures"),
        verb=_("Leave it out"),
        message=_("The facts of this case are erased. It is in no figure that is counted from now on."),
        lead=_("For a mistake, a trial, or where the child or guardian objects. Figures that were published stay."),
        form=LeaveOutForm,
        apply=lambda case, _form, user: actions.leave_out(case, by=user),
        is_offered=_supervises,
        section="child",
        is_rare=True,
    )
)
