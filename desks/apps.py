from django.utils.translation import gettext_lazy as _

from victor import slices


class DesksConfig(slices.DeclaringAppConfig):
    name = "desks"
    verbose_name = _("Intervention desks")
