"""What the log says was done with values, periods and totals of a grant."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "grant_value.drafted": pgettext_lazy("audit log", "Value of a grant drafted"),
        "grant_value.proposed": pgettext_lazy("audit log", "Value of a grant proposed"),
        "grant_value.approved": pgettext_lazy("audit log", "Value of a grant approved"),
        "grant_value.returned": pgettext_lazy("audit log", "Value of a grant returned"),
        "grant_value.correction_proposed": pgettext_lazy("audit log", "Correction of a value proposed"),
        "grant_value.corrected": pgettext_lazy("audit log", "Value of a grant corrected"),
        "grant_value.correction_returned": pgettext_lazy("audit log", "Correction of a value returned"),
        "grant_money.typed": pgettext_lazy("audit log", "Total of money typed"),
        "grant_period.closed": pgettext_lazy("audit log", "Period of a grant closed by an organisation"),
        "grant_period.approved": pgettext_lazy("audit log", "Period of a grant approved"),
        "grant_period.due_told": pgettext_lazy("audit log", "Told that values of a grant are due"),
        "grant_period.owner_removed": pgettext_lazy("audit log", "Somebody who has left taken off values of a grant"),
    }
)
