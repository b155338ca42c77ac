"""What is asked for, and who is given a right."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.cases.forms import radio_field, text_field
from desks.cases.models import Case, today
from desks.exchange.states import ExportKind, ExportReason
from partners.memberships.models import Membership
from victor.forms.fields import WholeNumberField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from victor.publishing.forms import FormData

FIRST_YEAR = 2020


class MembershipField(forms.ModelChoiceField):
    """Somebody in a role."""

    def label_from_instance(self, obj: Membership) -> str:
        return f"{obj.user.name} · {obj.get_role_display()}"


class CasesForm(forms.Form):
    """Which cases leave, by their references, and why. `cases`: those that can."""

    references = text_field(_("References of the cases, one on each line"))
    why = radio_field(_("Why do you need the file?"), ExportReason.choices)
    words = text_field(_("Reason"), rows=2, help_text=_("Who gets it, and on what basis."))

    def __init__(self, data: FormData = None, *, cases: QuerySet[Case]) -> None:
        super().__init__(data, prefix="cases")
        self.exportable = cases

    def clean_references(self) -> list[Case]:
        """The cases. One that is not there, or does not leave, is named."""
        references = set(self.cleaned_data["references"].upper().split())
        cases = list(self.exportable.filter(reference__in=references))
        if lacking := references - {case.reference for case in cases}:
            text = _("No case that can be exported has this reference: %(references)s")
            raise forms.ValidationError(text % {"references": " · ".join(sorted(lacking))})
        return cases


class FiguresForm(forms.Form):
    """Of which year, and why."""

    year = WholeNumberField(label=_("Year"), min_value=FIRST_YEAR)
    why = radio_field(
        _("Why do you need the file?"), [choice for choice in ExportReason.choices if choice[0] != ExportReason.MOVE]
    )

    def __init__(self, data: FormData = None, *, kind: ExportKind) -> None:
        super().__init__(data, prefix=kind)
        self.fields["year"].initial = today().year - 1

    def clean_year(self) -> int:
        """Not a year that has not come."""
        year: int = self.cleaned_data["year"]
        if year > today().year:
            raise forms.ValidationError(_("This date lies in the future. Check the year."))
        return year


class RightForm(forms.Form):
    """Who may ask for what."""

    membership = MembershipField(Membership.objects.none(), label=_("Person"))
    kind = radio_field(_("What may be asked for"), ExportKind.choices)

    def __init__(
        self, data: FormData = None, *, memberships: QuerySet[Membership], kinds: frozenset[ExportKind]
    ) -> None:
        super().__init__(data, prefix="right")
        cast("MembershipField", self.fields["membership"]).queryset = memberships.select_related("user")
        choices = [choice for choice in ExportKind.choices if choice[0] in kinds]
        cast("forms.ChoiceField", self.fields["kind"]).choices = choices
