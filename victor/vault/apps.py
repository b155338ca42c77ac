from django.utils.translation import gettext_lazy as _

from victor import slices


class VaultConfig(slices.DeclaringAppConfig):
    name = "victor.vault"
    label = "vault"
    verbose_name = _("Vault")
