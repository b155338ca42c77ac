from django.utils.translation import gettext_lazy as _

from victor import slices


class PagesConfig(slices.DeclaringAppConfig):
    name = "victor.pages"
    label = "pages"
    verbose_name = _("Pages")
