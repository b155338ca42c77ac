from django.utils.translation import gettext_lazy as _

from victor import slices


class CampaignsConfig(slices.SlicedAppConfig):
    name = "campaigns"
    verbose_name = _("Campaigns")
