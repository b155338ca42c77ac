"""Help lines, for coordinators to edit."""

from __future__ import annotations

from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.admin import ImportExportMixin
from import_export.results import Result
from tablib import Dataset

from partners.directory.admin import (
    Belonging,
    PartnersAdmin,
    PlainResource,
    SpreadsheetExportForm,
    lists_belongings,
)
from partners.directory.models import Organisation
from partners.directory.spreadsheets import FORMATS
from partners.help_lines.actions import change_help_line, confirm_help_line
from partners.help_lines.errors import EmergencyNumber
from partners.help_lines.forms import HelpLineForm
from partners.help_lines.models import HelpLine
from partners.help_lines.querysets import HelpLineQuerySet
from partners.help_lines.states import Purpose
from victor.access import Actor, SignedInRequest, signed_in_user
from victor.accounts.models import User
from victor.languages import columns, local_text

PROPOSED = _("To show or change a helpline takes two coordinators: another one has to confirm it under Proposals.")


class HelpLineResource(PlainResource):
    """Help lines as a spreadsheet. A row is matched by its key."""

    class Meta:
        model = HelpLine
        import_id_fields = ["key"]
        fields = ["key", "country", "purpose", "number", "dial", "hours", "opens", "closes", "free", "reachable_from"]
        fields += ["source", "confidence", "last_checked", "check_precision", "publish", "position"]
        fields += columns("name", "operator")
        clean_model_instances = True
        use_transactions = True
        skip_unchanged = True

    def before_import(self, dataset: Dataset, *, user: User, **kwargs: object) -> None:
        super().before_import(dataset, user=user, **kwargs)
        self.importer = user

    def do_instance_save(self, instance: HelpLine, is_create: bool) -> None:
        """Save what one person may save, and propose the rest."""
        try:
            change_help_line(instance, by=self.importer)
        except EmergencyNumber as refusal:
            raise ValidationError(str(refusal)) from refusal

    def record_rows(self, result: Result, by: Actor) -> None:
        """Nothing more: what was done or proposed of each line has been recorded by the action."""


@lists_belongings(_("Helplines"), model=HelpLine)
def lines_of(organisation: Organisation) -> list[Belonging]:
    """The lines that the organisation answers."""
    lines = HelpLine.objects.filter(organisation=organisation).order_by("position", "pk")
    return [Belonging(line, f"{line.number} · {local_text(line, 'name').text}") for line in lines]


@admin.register(HelpLine)
class HelpLineAdmin(ImportExportMixin, PartnersAdmin):
    is_counted = True
    resource_classes = [HelpLineResource]
    formats = FORMATS
    export_form_class = SpreadsheetExportForm
    list_display = ["number", "country", "purpose", "name_en", "confidence", "publish", "last_checked", "checked_by"]
    list_filter = ["country", "purpose", "publish", "confidence"]
    list_select_related = ["country", "checked_by"]
    search_fields = ["key", "number", "dial", *columns("name", "operator")]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["checked_by"]
    actions = ["confirm"]
    form = HelpLineForm

    def save_model(self, request: HttpRequest, obj: HelpLine, form: HelpLineForm, change: bool) -> None:
        """Save what one person may save, and propose the rest."""
        if not change_help_line(obj, by=signed_in_user(request)):
            obj.is_proposed = True
            messages.warning(request, PROPOSED)

    def add_success_message(self, result: Result, request: HttpRequest) -> None:
        super().add_success_message(result, request)
        messages.warning(request, PROPOSED)

    def has_delete_permission(self, request: HttpRequest, obj: HelpLine | None = None) -> bool:
        """An emergency number is never deleted."""
        is_emergency = obj is not None and obj.purpose == Purpose.EMERGENCY
        return not is_emergency and super().has_delete_permission(request, obj)

    @admin.action(description=_("Confirm (checked with the operator today)"), permissions=["change"])
    def confirm(self, request: SignedInRequest, queryset: HelpLineQuerySet) -> None:
        today = timezone.localdate()
        lines = [confirm_help_line(line, by=request.user) for line in queryset]
        done = [line for line in lines if line.last_checked == today and line.checked_by == request.user]
        text = ngettext("%(count)d helpline has been confirmed.", "%(count)d helplines have been confirmed.", len(done))
        messages.success(request, text % {"count": len(done)})
        if len(done) < len(lines):
            messages.warning(request, PROPOSED)
