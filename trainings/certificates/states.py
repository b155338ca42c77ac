"""The statuses of a certificate."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class CertificateStatus(TextChoices):
    """The status of a person's certificate, in the order in which the workspace shows it."""

    DUE = "due", pgettext_lazy("certificates", "To be issued")
    LACKING = "lacking", pgettext_lazy("certificates", "Not eligible")
    ISSUED = "issued", pgettext_lazy("certificates", "Issued")
    ENDED = "ended", pgettext_lazy("certificates", "Revoked or replaced")
