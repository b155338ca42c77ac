"""How a desk is called."""

from __future__ import annotations

import pytest
from django.utils.translation import override

from tests.bundled import with_desks
from tests.desks.project_desks import load_desk

pytestmark = [pytest.mark.django_db, with_desks]


def test_desk_without_a_public_name_is_called_by_its_country():
    with override("el"):
        assert str(load_desk("bulgaria")) == "Βουλγαρία"


def test_desk_is_called_by_its_public_name():
    desk = load_desk("bulgaria")
    desk.title_el = "Γραφείο της Σόφιας"
    with override("el"):
        assert desk.name == "Γραφείο της Σόφιας"
