"""What the log says was done about mails on tasks and about the first page."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from victor.audit.states import declare_deeds

declare_deeds(
    {
        "account.digest_chosen": pgettext_lazy("audit log", "Emails about tasks chosen"),
        "account.digest_sent": pgettext_lazy("audit log", "Email about tasks sent"),
        "account.first_steps_hidden": pgettext_lazy("audit log", "First steps hidden"),
    }
)
