from __future__ import annotations

from django.contrib import admin

from desks.inbox.models import CannedAnswer
from victor.publishing.admin import PublishableAdmin


@admin.register(CannedAnswer)
class CannedAnswerAdmin(PublishableAdmin):
    """For which desk an answer is ready; its texts are written in the workspace."""

    fields = ["slug", "desk"]
    list_display = ["slug", "title_en", "desk", "public_in"]
    list_filter = ["desk"]
    list_select_related = ["desk"]
