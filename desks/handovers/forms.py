from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from desks.desk.models import Desk
from desks.inbox.forms import MAX_LENGTH, textarea
from desks.reports.models import Report
from victor.forms.side_by_side import SideForm
from victor.publishing.forms import TitledChoiceField

if TYPE_CHECKING:
    from typing import Unpack

    from victor.publishing.forms import FormData, FormOptions


class HandOverForm(SideForm):
    """To which desk, and how the reporter is asked."""

    name_prefix = "hand_over"

    target = TitledChoiceField(Desk.objects.none(), label=_("Transfer to which desk?"), to_field_name="slug")
    text = forms.CharField(
        label=_("Question to the reporter"),
        help_text=_("In the reporter's language. They answer yes or no."),
        max_length=MAX_LENGTH,
        widget=textarea(3),
    )

    def __init__(self, data: FormData = None, *, report: Report, **options: Unpack[FormOptions]) -> None:
        super().__init__(data, **options)
        taking = Desk.objects.published().filter(takes_reports=True, group__isnull=False)
        cast("TitledChoiceField", self.fields["target"]).queryset = taking.exclude(pk=report.desk_id)
