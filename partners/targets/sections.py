"""The page of a grant with its totals of money."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from partners.grants.sections import add_grant_section

add_grant_section(_("Money totals"), route="partners:grant_money", rank=40)
