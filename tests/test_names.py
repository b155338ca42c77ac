"""Names: one list of file names, verbs for what writes, and none of the words that say nothing.

docs/glossary.md has the words of the field. What a machine can see of the rule stands here.
"""

from __future__ import annotations

import ast
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.test_architecture import MODULES, OURS, functions, relative

FILE_NAMES = Path(__file__).with_name("file_names.tsv")
WORDS = {"each", "found", "told", "held", "kept", "said"}
WRITING = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
# Doors are named by their addresses or by Django.
DOORS = {
    "views.py",
    "action_views.py",
    "case_step_views.py",
    "case_views.py",
    "closing_views.py",
    "merge_views.py",
    "opening_views.py",
    "paper_views.py",
    "passkey_views.py",
    "report_views.py",
    "deletion_views.py",
    "basis_views.py",
    "draft_views.py",
    "form_views.py",
    "key_views.py",
    "original_views.py",
    "receipt_views.py",
    "rota_views.py",
    "swap_views.py",
    "own_page.py",
    "admin.py",
    "adapters.py",
    "middleware.py",
}
# These write a file in memory, which is what they return.
NO_WRITERS = {"as_xlsx", "empty_workbook", "small_png", "response_action"}  # the last is a name of Django's
VERBS = set(Path(__file__).with_name("verbs.txt").read_text().split())


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def named(path: Path) -> bool:
    """Whether the list of file names speaks of it: the names of commands are those of what they do."""
    return "commands" not in path.parts


def test_file_name_is_in_the_list_with_its_reason():
    names = {row["name"] for row in table(FILE_NAMES) if row["reason"]}
    unknown = sorted(relative(path) for path in OURS if named(path) and path.name not in names)
    assert unknown == [], "use a name of tests/file_names.tsv; a new one is a noun of the domain, with its reason"


def test_list_of_file_names_holds_no_other():
    used = {path.name for path in OURS}
    assert [row["name"] for row in table(FILE_NAMES) if row["name"] not in used] == [], "take the line out"


def test_list_of_file_names_says_each_once():
    names = Counter(row["name"] for row in table(FILE_NAMES))
    assert [name for name, count in names.items() if count > 1] == []


def writes(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether its body saves, deletes or records something itself."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id == "record":
            return True
        if isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
            return True
        if isinstance(node.func, ast.Attribute) and node.func.attr == "update" and "objects" in ast.unparse(node.func):
            return True
    return False


def test_function_that_writes_begins_with_a_verb():
    nouns = [
        f"{relative(path)}:{function.name}"
        for path in OURS
        if path.name not in DOORS
        for function in functions(path)
        if writes(function)
        and not function.name.startswith("__")
        and function.name not in NO_WRITERS
        and function.name.strip("_").split("_")[0] not in VERBS
    ]
    assert nouns == [], "say what it does, as an order; a verb that lacks goes into tests/verbs.txt"


def assigned(tree: ast.AST) -> Iterator[str]:
    """The names of values that live longer than a comprehension."""
    for node in ast.walk(tree):
        targets: list[ast.expr] = []
        if isinstance(node, ast.Assign):
            targets = node.targets
        elif isinstance(node, ast.For | ast.AsyncFor | ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
            targets = [node.target]
        elif isinstance(node, ast.withitem) and node.optional_vars:
            targets = [node.optional_vars]
        yield from (name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name))


def test_value_is_called_by_what_it_is():
    vague = [f"{relative(path)} {name}" for path in MODULES for name in assigned(ast.parse(path.read_text()))]
    vague = [place for place in vague if place.split()[1] in WORDS]
    assert vague == [], "name the thing: report, rows, answers (docs/glossary.md)"
