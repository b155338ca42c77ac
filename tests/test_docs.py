"""What docs name exists: a file that has moved, or a function that has another name, leads a reader nowhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TOPICS = sorted((ROOT / "docs" / "topics").glob("*.md"))
PATH = re.compile(r"`((?:victor|partners|desks|trainings|campaigns|tests|templates|locale|docs)/[\w./-]*)`")
FUNCTION = re.compile(r"`((?:victor|partners|desks|trainings|campaigns)/[\w/]+\.py)`: `(\w+)`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
HEADINGS = ["Purpose", "How it works", "Where", "Invariants", "When it fails"]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("document", DOCS, ids=name)
def test_names_files_that_exist(document):
    assert [path for path in PATH.findall(document.read_text()) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("document", DOCS, ids=name)
def test_links_lead_to_files_that_exist(document):
    assert [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()] == []


@pytest.mark.parametrize("document", DOCS, ids=name)
def test_names_functions_where_they_are(document):
    named = FUNCTION.findall(document.read_text())
    lost = [
        function for path, function in named if not re.search(rf"(def|class) {function}\b", (ROOT / path).read_text())
    ]
    assert lost == []


@pytest.mark.parametrize("topic", TOPICS, ids=name)
def test_topic_has_the_five_headings(topic):
    assert re.findall(r"^## (.+)$", topic.read_text(), re.MULTILINE) == HEADINGS
