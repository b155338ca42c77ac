"""What docs name exists: a file that has moved, or a function that has another name, leads a reader nowhere."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from tests.test_architecture import MODULES

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


def errors_in_docstrings(module: Path) -> Iterator[tuple[str, str]]:
    """What docstrings of a module say is raised: the function, and the name of the error."""
    for node in ast.walk(ast.parse(module.read_text())):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            _before, _heading, raised = (ast.get_docstring(node) or "").partition("Raises:")
            for names_of_errors in re.findall(r"^\s*([A-Z]\w+(?:, [A-Z]\w+)*): ", raised, re.MULTILINE):
                yield from ((node.name, error) for error in names_of_errors.split(", "))


def test_docstring_names_errors_that_exist():
    defined = {*vars(builtins)}
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text())):
            if isinstance(node, ast.ClassDef):
                defined.add(node.name)
            elif isinstance(node, ast.ImportFrom):
                defined |= {alias.asname or alias.name for alias in node.names}
    unknown = [
        f"{name(module)}:{function} {error}"
        for module in MODULES
        for function, error in errors_in_docstrings(module)
        if error not in defined
    ]
    assert unknown == []
