from __future__ import annotations

from typing import Self

from victor.languages import columns
from victor.publishing.querysets import PublishableQuerySet


class PageQuerySet(PublishableQuerySet):
    """What can be asked of pages."""

    def for_menus(self) -> Self:
        """Those that a menu names, with their titles only."""
        return self.published().exclude(menu="").with_only("slug", "menu", "position", *columns("title"))
