"""Marks of tests that want what the project brings along: `pytestmark = [pytest.mark.django_db, with_desks]`."""

from __future__ import annotations

import pytest

with_partnership = pytest.mark.loaded("load_partnership")
with_desks = pytest.mark.loaded("load_partnership", "load_desks")
with_campaign = pytest.mark.loaded("load_partnership", "load_pages", "load_campaigns")
with_everything = pytest.mark.loaded("load_partnership", "load_pages", "load_campaigns", "load_trainings")
with_courses = pytest.mark.loaded("load_trainings")
