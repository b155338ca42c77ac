from django.utils.translation import gettext_lazy as _

from victor import slices


class TrainingsConfig(slices.DeclaringAppConfig):
    name = "trainings"
    verbose_name = _("Training seminars")
