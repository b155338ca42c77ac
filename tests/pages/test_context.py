"""What the layout shows is loaded before a page renders."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from victor.access import System
from victor.languages import CODES
from victor.pages.actions import load_page
from victor.pages.context import layout_context

pytestmark = pytest.mark.django_db
TEXTS = dict.fromkeys(CODES, "About the project")
FOOTER_PAGE = {"slug": "about", "menu": "footer", "title": TEXTS, "summary": TEXTS, "body": TEXTS}


def test_layout_reads_nothing_while_it_renders():
    call_command("load_partnership", verbosity=0)
    load_page(FOOTER_PAGE, position=1, by=System("test"))
    request = RequestFactory().get("/en/")
    context = {"request": request, **layout_context(request)}
    with CaptureQueriesContext(connection) as captured:
        html = render_to_string("base.html", context)
    assert len(captured) == 0
    assert "About the project" in html
    assert "funder__statement" in html
    assert 'class="help-strip__number"' in html
