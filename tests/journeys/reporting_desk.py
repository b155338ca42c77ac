"""A desk in Athens that speaks four languages and takes reports, as a script for a running portal."""

from __future__ import annotations

DESK = """
from desks.desk.models import Desk
from partners.directory.models import Organisation
from tests.desks.staffed_desks import staffed_desk
languages = ["en", "el", "bg", "hu"]
if not Organisation.objects.filter(desks__slug="athens").exists():
    texts = {f"{name}_el": "Γραφείο Αθήνας" for name in ("title", "summary", "how", "limits", "for_children")}
    smile = Organisation.objects.get(slug="smile-of-the-child")
    Desk.objects.update(is_fallback=False)
    staffed_desk("athens", at=smile, languages=languages, is_fallback=True, **texts)
"""
