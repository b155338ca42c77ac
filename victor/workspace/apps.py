from django.utils.translation import gettext_lazy as _

from victor import slices


class WorkspaceConfig(slices.DeclaringAppConfig):
    name = "victor.workspace"
    label = "workspace"
    verbose_name = _("Workspace")
