"""The steps of a package: its page offers exactly what the actions accept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.cases.rules import supervises
from desks.cases.steps import can_write
from desks.packages import acknowledgements, actions, wishes
from desks.packages.forms import InformedForm
from desks.packages.states import PACKAGE_MOVES, PackageMove, PackageState

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from desks.packages.models import Package
    from desks.referrals.steps import Taker
    from victor.accounts.models import User


@dataclass(frozen=True)
class PackageStep:
    """One step: its name in the address, its words, its form, its action, and to whom it is offered."""

    name: str
    title: StrOrPromise
    verb: StrOrPromise
    message: StrOrPromise
    is_offered: Callable[[Package, User], bool]
    apply: Callable[[Package, forms.Form, Taker], object]
    form: type[forms.Form] = forms.Form
    lead: StrOrPromise = ""
    consequences: tuple[StrOrPromise, ...] = ()
    needs_vault: bool = False
    is_final: bool = False


def _starts(move: PackageMove) -> Callable[[Package, User], bool]:
    return lambda package, _user: package.state in PACKAGE_MOVES[move][0]


def _may_make(package: Package, user: User) -> bool:
    is_second = bool(supervises(user, package.case)) and package.author_id != user.pk
    return package.state == PackageState.ASKED and is_second


def _has_groups(package: Package, _user: User) -> bool:
    return package.state == PackageState.DRAFT and bool(package.groups)


STEPS = {
    step.name: step
    for step in (
        PackageStep(
            name="ask",
            title=_("Ask a supervisor to make it"),
            verb=_("Ask a supervisor"),
            message=_("A supervisor is asked. Nothing has left your desk yet."),
            is_offered=_has_groups,
            apply=lambda package, _form, by: actions.ask_supervisor(package, by=by.user),
            lead=_("A supervisor who has not written it looks at what leaves, and makes the package."),
        ),
        PackageStep(
            name="make",
            title=_("Make the package"),
            verb=_("Make the package"),
            message=_("The package is made. Your desk can fetch the file for 7 days."),
            is_offered=_may_make,
            apply=lambda package, form, by: actions.make_package(
                package, child_informed=form.cleaned_data["child_informed"], by=by.unlocked
            ),
            form=InformedForm,
            consequences=(
                _("This cannot be taken back. You can only ask for its destruction."),
                _("Whoever opens it can copy it."),
            ),
            needs_vault=True,
            is_final=True,
        ),
        PackageStep(
            name="back",
            title=_("Back to the draft"),
            verb=_("Go back to the draft"),
            message=_("The package is a draft again."),
            is_offered=_starts(PackageMove.RETURN),
            apply=lambda package, _form, by: actions.return_to_draft(package, by=by.user),
        ),
        PackageStep(
            name="drop",
            title=_("Delete the draft"),
            verb=_("Delete the draft"),
            message=_("The draft is deleted. Nothing was sent."),
            is_offered=_starts(PackageMove.ASK),
            apply=lambda package, _form, by: wishes.drop_package(package, by=by.user),
            consequences=(_("What you chose and wrote for it is deleted. The case stays as it is."),),
            is_final=True,
        ),
        PackageStep(
            name="destroy",
            title=_("Ask for its destruction"),
            verb=_("Ask for its destruction"),
            message=_("It is noted. Tell the receiver to answer with the same code."),
            is_offered=_starts(PackageMove.ASK_DESTRUCTION),
            apply=lambda package, _form, by: acknowledgements.ask_destruction(package, by=by.user),
            lead=_("Nobody can force it. The receiver answers on the page on which the receipt is confirmed."),
            consequences=(_("Telephone or write to them: the portal sends nothing."),),
        ),
    )
}


def offered_steps(package: Package, user: User) -> list[PackageStep]:
    """The steps that this person can take now. In a case that has ended only destruction is left to be asked for."""
    if not can_write(package.case, user):
        return []
    is_over = not package.case.is_running
    steps = [step for step in STEPS.values() if not is_over or step.name == "destroy"]
    return [step for step in steps if step.is_offered(package, user)]
