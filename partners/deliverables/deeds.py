"""What the log says was done with a deliverable, where the few common words do not fit."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds({"deliverable.submitted": pgettext_lazy("audit log", "Deliverable submitted")})
