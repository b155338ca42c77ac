"""Help lines, for coordinators to edit."""

from __future__ import annotations

from django.contrib import admin, messages
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm

from partners.directory.admin import PartnersAdmin, PlainResource
from partners.help_lines.actions import confirm_help_line
from partners.help_lines.models import HelpLine
from partners.help_lines.querysets import HelpLineQuerySet
from victor.access import SignedInRequest
from victor.languages import columns


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


@admin.register(HelpLine)
class HelpLineAdmin(ImportExportMixin, PartnersAdmin):
    resource_classes = [HelpLineResource]
    export_form_class = ExportForm
    list_display = ["number", "country", "purpose", "name_en", "confidence", "publish", "last_checked", "checked_by"]
    list_filter = ["country", "purpose", "publish", "confidence"]
    list_select_related = ["country", "checked_by"]
    search_fields = ["key", "number", "dial", *columns("name", "operator")]
    autocomplete_fields = ["organisation"]
    readonly_fields = ["checked_by"]
    actions = ["confirm"]

    @admin.action(description=_("Confirm (checked with the operator today)"), permissions=["change"])
    def confirm(self, request: SignedInRequest, queryset: HelpLineQuerySet) -> None:
        for line in queryset:
            confirm_help_line(line, by=request.user)
        text = ngettext(
            "%(count)d helpline has been confirmed.", "%(count)d helplines have been confirmed.", len(queryset)
        )
        messages.success(request, text % {"count": len(queryset)})
