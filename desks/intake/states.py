"""What the holder of a receipt can ask for, and what the page says once it is done."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# By the name of the button that was pressed.
RESULTS: dict[str, Promise] = {
    "agree": _("The desk has received your answer."),
    "decline": _("The desk has received your answer."),
    "write": _("The desk has received your message."),
    "notice": _("We will email you when there is a reply."),
    "forget": _("Your email address has been deleted."),
    "delete": _("The desk will see that you have asked for deletion."),
}
RESULTS_FOR_CHILD: dict[str, Promise] = {
    "agree": pgettext_lazy("to a child", "The desk has received your answer."),
    "decline": pgettext_lazy("to a child", "The desk has received your answer."),
    "write": pgettext_lazy("to a child", "The desk has received your message."),
    "notice": pgettext_lazy("to a child", "We will email you when there is a reply."),
    "forget": pgettext_lazy("to a child", "Your email address has been deleted."),
    "delete": pgettext_lazy("to a child", "The desk will see that you have asked for deletion."),
}
