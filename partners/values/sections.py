"""The pages of a grant with its targets and periods."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partners.grants.sections import add_grant_section

add_grant_section(_("Targets"), route="partners:grant_targets", rank=30)
add_grant_section(_("Periods"), route="partners:grant_periods", rank=50)
