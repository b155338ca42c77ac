"""What can happen to the materials of sessions. Files that none names any more are deleted by the clock."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from trainings.models import SessionMaterial
from victor.access import require
from victor.audit.actions import record


@transaction.atomic
def add_material(material: SessionMaterial, *, by: Any) -> SessionMaterial:
    """Keep a file for those who take part, or for everybody."""
    require(by, "trainings.manage", material.session.seminar)
    material.save()
    record("material.added", material, by=by, public=material.public)
    return material


@transaction.atomic
def remove_material(material: SessionMaterial, *, by: Any) -> None:
    """Take a file back."""
    require(by, "trainings.manage", material.session.seminar)
    record("material.removed", material, by=by)
    material.delete()
