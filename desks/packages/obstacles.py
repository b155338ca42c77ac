"""A package that is being written stands in the way of every ending of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from desks.cases.obstacles import Ending, Obstacle, stands_in_the_way
from desks.packages.models import Package

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from desks.cases.models import Case


@stands_in_the_way(*Ending)
def unsent_packages(cases: Sequence[Case]) -> Iterator[tuple[UUID, Obstacle]]:
    """Each that nobody has made or dropped."""
    for package in Package.objects.unsent().filter(case__in=cases):
        words = _("Package that is not made yet: %(reference)s") % {"reference": package.reference}
        yield package.case_id, Obstacle(words, "sharing", f"package-{package.reference}")
