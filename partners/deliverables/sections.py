"""The page of a grant with its deliverables."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partners.grants.sections import add_grant_section

add_grant_section(_("Deliverables"), route="partners:grant_deliverables", rank=20)
