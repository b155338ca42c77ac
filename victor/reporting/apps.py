from django.utils.translation import gettext_lazy as _

from victor import slices


class ReportingConfig(slices.DeclaringAppConfig):
    name = "victor.reporting"
    label = "reporting"
    verbose_name = _("Reporting")
