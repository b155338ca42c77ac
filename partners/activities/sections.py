"""The page of a grant with its work packages."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partners.grants.sections import add_grant_section

add_grant_section(_("Work packages"), route="partners:grant", rank=10)
