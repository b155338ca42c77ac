"""What the log says was done in a case that was brought in, in words of its own."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds({"case.imported": pgettext_lazy("audit log", "Case brought in from a file")})
