from django.utils.translation import gettext_lazy as _

from victor import slices


class PartnersConfig(slices.DeclaringAppConfig):
    name = "partners"
    verbose_name = _("Partners")
