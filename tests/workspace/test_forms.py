"""Forms of the workspace: errors are shown by the site, in the reader's language, and not by the browser one by one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES: Path = settings.BASE_DIR / "templates"
FORM = re.compile(r"<form (?:[^>%{]|\{[%{].*?[%}]\})*>")
PAGES = [path for path in sorted(TEMPLATES.rglob("*.html")) if "base_workspace.html" in path.read_text()]
OURS = [path for path in PAGES if path.relative_to(TEMPLATES).parts[0] in {"desks", "trainings", "workspace"}]


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_form_of_the_workspace_leaves_its_errors_to_the_site(path):
    posting = [form for form in FORM.findall(path.read_text()) if 'method="post"' in form]
    assert [form for form in posting if "novalidate" not in form] == []


FIELDS = re.compile(r"elements/(?:fields|field|question)\.html")
# A passphrase is not kept for anybody, and at the door a name is one press.
WITHOUT_WORDS = {"vault", "attendance"}


@pytest.mark.parametrize("path", OURS, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_page_with_fields_asks_before_words_are_thrown_away(path):
    text = path.read_text()
    has_fields = 'method="post"' in text and FIELDS.search(text) and path.parent.name not in WITHOUT_WORDS
    assert not has_fields or "unsaved.js" in text
