from django.utils.translation import gettext_lazy as _

from victor import slices


class CampaignsConfig(slices.DeclaringAppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")
