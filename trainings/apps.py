from django.utils.translation import gettext_lazy as _

from victor import slices


class TrainingsConfig(slices.SlicedAppConfig):
    name = "trainings"
    verbose_name = _("Training seminars")
