from __future__ import annotations

from victor.publishing.querysets import PublishableQuerySet


class ModuleQuerySet(PublishableQuerySet):
    """What can be asked of modules."""


class CourseQuerySet(PublishableQuerySet):
    """What can be asked of courses."""
