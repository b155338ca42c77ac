"""The app of counts of readers."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnalyticsConfig(AppConfig):
    name = "victor.analytics"
    label = "counts"
    verbose_name = _("Visitor counts")
