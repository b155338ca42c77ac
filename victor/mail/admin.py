"""The outbox, for coordinators."""

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from victor.access import SignedInRequest
from victor.audit.recorded_admin import RecordedAdmin
from victor.mail.actions import requeue
from victor.mail.models import Message
from victor.mail.querysets import MessageQuerySet

COLUMNS = ("created_at", "to", "state", "attempts", "due_at", "sent_at", "failure")


class GivenUpFilter(admin.SimpleListFilter):
    """Those that are not tried again unless somebody has them sent: the board's number leads to them."""

    title = _("given up")
    parameter_name = "given_up"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return [("yes", str(_("Could not be sent")))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Message]) -> QuerySet[Message]:
        return queryset.filter(pk__in=Message.objects.given_up()) if self.value() == "yes" else queryset


@admin.register(Message)
class MessageAdmin(RecordedAdmin):
    """The outbox: what waits, what failed and why. Never the text of a message."""

    list_display = COLUMNS
    list_filter = ["state", GivenUpFilter, "language"]
    search_fields = ["recipient"]
    readonly_fields = fields = (*COLUMNS, "language", "subject")
    actions = ["try_again"]
    is_searched_in_the_database = True
    show_full_result_count = False

    @admin.display(description=_("recipient"))
    def to(self, obj: Message) -> str:
        """The recipient. That somebody has turned to a desk is not shown."""
        return "–" if obj.discreet else obj.recipient

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Message | None = None) -> bool:
        return False

    @admin.action(description=_("Send the selected messages again"), permissions=["requeue"])
    def try_again(self, request: SignedInRequest, queryset: MessageQuerySet) -> None:
        given_up = list(queryset.given_up())
        for message in given_up:
            requeue(message, by=request.user)
        text = ngettext(
            "%(count)d message is being sent again.", "%(count)d messages are being sent again.", len(given_up)
        )
        messages.success(request, text % {"count": len(given_up)})

    def has_requeue_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("mail.requeue")
