"""What search finds of the way back to an answer."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from victor.publishing.fixed_pages import FIXED_PAGES, FixedPage

FIXED_PAGES.append(
    FixedPage(
        "desks:conversation",
        title=_("I have a code"),
        text=_("You have written to us before: read the reply and write more."),
        words=pgettext_lazy(
            "words people search for", "code, receipt, note, nine words, my report, I wrote before, reply"
        ),
    )
)
