"""The step of a case that interpreters declare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from desks.cases.steps import Step, add_step
from desks.interpreters import actions
from desks.interpreters.actions import InterpreterFacts
from desks.interpreters.forms import InterpreterForm
from desks.interpreters.states import InterpreterWay

if TYPE_CHECKING:
    from desks.cases.models import Case
    from victor.accounts.models import User


def _runs(case: Case, _user: User) -> bool:
    return case.is_running


def _record(case: Case, form: InterpreterForm, user: User) -> object:
    data = form.cleaned_data
    facts = InterpreterFacts(data["language"], InterpreterWay(data["way"]), form.tie_excluded, form.vetted_day)
    return actions.record_interpreter(case, facts, form.words, booked_for=data["booked_for"], by=user)


add_step(
    Step(
        name="interpreter",
        title=pgettext_lazy("step of a case", "Interpreter"),
        verb=_("Save the interpreter"),
        message=_("The interpreter is saved."),
        lead=_("Never use a relative, or somebody who came with the child."),
        form=InterpreterForm,
        apply=_record,
        is_offered=_runs,
        section="people",
    )
)
