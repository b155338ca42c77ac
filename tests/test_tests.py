"""The rules of tests that a machine can see; each failure says what to do instead."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.test_architecture import MODULES, relative

TESTS = {relative(path): ast.parse(path.read_text()) for path in MODULES if relative(path).startswith("tests/")}
# A thread that asks the database is started by tests/connections.py. These threads ask none:
THREADS = {
    "tests/connections.py": "closes what its threads have opened",
    "tests/desks/flood.py": "sends reports over HTTP",
    "tests/mail/sink.py": "serves SMTP",
    "tests/publications.py": "reads pages over HTTP",
    "tests/scanner.py": "serves the scanner's protocol",
}


def names(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that is used, with its line: of a variable, of an attribute, of what is imported."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute):
            yield node.attr, node.lineno
        elif isinstance(node, ast.alias):
            yield node.name, node.lineno


def test_thread_is_started_where_its_connection_is_closed():
    threads = {"Thread", "ThreadPoolExecutor", "Timer"}
    using = {path for path, tree in TESTS.items() for name, _line in names(tree) if name in threads}
    assert using == set(THREADS), "use tests/connections.py"
