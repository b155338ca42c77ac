"""The rules of docs/architecture.md that a machine can hold; each failure says what to do instead."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import ForeignKey, ManyToManyField, OneToOneField
from modeltranslation.translator import translator

ROOT: Path = settings.BASE_DIR
# From the top down: a model may point to its own layer or to one below.
LAYERS = [
    "pages",
    "workspace",
    "trainings",
    "campaigns",
    "desks",
    "partners",
    "publishing",
    "vault",
    "indicators",
    "pictures",
    "accounts",
    "audit",
    "mail",
    "counts",
]
FORBIDDEN = {"utils", "helpers", "common", "mixins", "services"}
DOORS = re.compile(
    r"(views|confirmations|own_page|admin|urls|access|asgi|middleware|adapters|site|context|logs|isolation|downloads)(/|\.py$)|/views/"
)


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.check_output(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns], cwd=ROOT
    )
    return [path for line in listed.decode().splitlines() if (path := ROOT / line).exists()]


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


MODULES = [path for path in tracked("*.py") if not {"migrations", "data"} & set(path.parts)]
OURS = [path for path in MODULES if not relative(path).startswith("tests/")]


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize(
    ("pattern", "cap"),
    [("*.py", 400), ("templates/*.html", 150), ("victor/static/*.js", 200), ("victor/static/*.css", 300)],
)
def test_file_fits_the_eye(pattern, cap):
    files = [path for path in tracked(pattern) if not {"vendor", "migrations", "data"} & set(path.parts)]
    long = {relative(path): lines(path) for path in files if lines(path) > cap}
    assert long == {}, "split by aggregate into a package of the same name"


def test_modules_and_functions_are_short_on_the_whole(figure):
    modules = median(count for path in OURS if (count := lines(path)))
    bodies = [length(node) for path in OURS for node in functions(path)]
    figure("median lines of a module, of a function", f"{modules:g}, {median(bodies):g}")
    assert modules <= 80
    assert median(bodies) <= 8


def test_function_fits_the_eye():
    long = {
        f"{relative(path)}:{node.name}": length(node)
        for path in MODULES
        for node in functions(path)
        if length(node) > (25 if is_test(path, node) else 50)
    }
    assert long == {}, "give the parts names of their own"


def is_test(path: Path, node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return "tests" in path.parts and node.name.startswith("test_")


def test_view_is_a_function_of_at_most_25_lines():
    views = [path for path in OURS if path.name == "views.py" or path.parent.name == "views"]
    long = {f"{relative(path)}:{node.name}": length(node) for path in views for node in functions(path)}
    assert {name: count for name, count in long.items() if count > 25} == {}, "fetch, form, one action, answer"


LONG = {"trainings/statistics/indicators.py"}  # the list only gets shorter


def test_module_of_a_slice_is_at_most_300_lines():
    slices = [
        path for path in OURS if relative(path).split("/")[0] != "victor" or len(path.relative_to(ROOT).parts) > 2
    ]
    long = {relative(path): lines(path) for path in slices if lines(path) > 300 and relative(path) not in LONG}
    assert long == {}, "a slice that wants to be two"


def test_no_module_is_a_drawer_for_anything():
    assert [relative(path) for path in MODULES if path.stem in FORBIDDEN] == [], "name it after the question it answers"


def test_http_types_stay_at_the_doors():
    strays = [
        relative(path)
        for path in OURS
        if re.search(r"^from django\.http import", path.read_text(), re.MULTILINE) and not DOORS.search(relative(path))
    ]
    assert strays == [], "pass what the door has read from the request"


def imported(path: Path) -> Iterator[str]:
    """The packages that a module needs when it runs: what only mypy reads is not among them."""
    tree = ast.parse(path.read_text())
    for_mypy = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]
    skipped = {inner for node in for_mypy for statement in node.body for inner in ast.walk(statement)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and node not in skipped:
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node not in skipped:
            yield (node.module or "").partition(".")[0]


def test_package_that_runs_is_installed_where_nothing_is_developed():
    pinned = set(re.findall(r"^([a-z0-9-]+)(?:\[.*\])?==", (ROOT / "requirements.txt").read_text(), re.MULTILINE))
    providers = packages_distributions()
    own = {path.parts[0].removesuffix(".py") for path in (Path(relative(path)) for path in MODULES)}
    missing = {
        f"{relative(path)}: {name}"
        for path in OURS
        for name in set(imported(path)) - own - sys.stdlib_module_names
        if not {re.sub(r"[._]", "-", provider.lower()) for provider in providers.get(name, [])} & pinned
    }
    assert missing == set(), "add it to requirements.in"


def test_foreign_keys_point_down():
    kinds = (ForeignKey, OneToOneField, ManyToManyField)
    upward = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in LAYERS
        for field in model._meta.get_fields()
        if isinstance(field, kinds)
        and (target := field.related_model._meta.app_label) in LAYERS
        and target != "accounts"
        and LAYERS.index(target) < LAYERS.index(model._meta.app_label)
    ]
    assert upward == [], "let the upper app point down"


def test_template_has_nothing_inline():
    inline = re.compile(
        r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")|javascript:"
    )
    pages = [path for path in tracked("templates/*.html") if path.parent.name != "emails"]  # mails have no style sheet
    inline_pages = [relative(path) for path in pages if inline.search(path.read_text())]
    assert inline_pages == [], "put it into a file of its own: the policy refuses what is inline"


def test_template_and_style_load_nothing_from_elsewhere():
    loading = re.compile(r"(?:src|href)=\"(?:https?:)?//|@import|url\((?!['\"]?data:)[^)]*//")
    files = [
        path for path in tracked("templates/*.html", "victor/static/victor/css/*") if loading.search(path.read_text())
    ]
    assert [relative(path) for path in files] == [], "serve it from here"


def test_no_migration_drops_a_language():
    dropping = re.compile(r"RemoveField\([^)]*name=[\"']\w+_(en|el|bg|ro|sl|sr|hu|uk)[\"']", re.DOTALL)
    migrations = [path for path in tracked("*.py") if path.parent.name == "migrations"]
    assert [relative(path) for path in migrations if dropping.search(path.read_text())] == [], "a language never leaves"


def translated_names() -> set[str]:
    return {
        name
        for model in translator.get_registered_models()
        for name in translator.get_options_for_model(model).all_fields
    }


def test_no_expression_reads_a_bare_translated_name():
    """The bare name reads the base column, which is another language's (pitfalls of modeltranslation)."""
    expressions = {"F", "Lower", "Upper", "Coalesce", "Max", "Min", "SearchVector", "Concat", "Trim"}
    readings = []
    for path in OURS:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in expressions:
                bare = [
                    arg.value for arg in node.args if isinstance(arg, ast.Constant) and arg.value in translated_names()
                ]
                readings += [f"{relative(path)}:{node.lineno} {name}" for name in bare]
    assert readings == [], "use victor.publishing.languages.column(name)"


def contracts() -> list[dict[str, Any]]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def test_inner_contract_has_at_most_12_rows(figure):
    [inner] = [contract for contract in contracts() if contract["name"].startswith("Inside every slice")]
    figure("rows of the contract inside a slice", len(inner["layers"]))
    assert len(inner["layers"]) <= 12


def statements(path: Path) -> list[ast.stmt]:
    """What a module does, without its docstring and its imports from the future."""
    return [
        node
        for node in ast.parse(path.read_text()).body
        if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        and not (isinstance(node, ast.ImportFrom) and node.module == "__future__")
    ]


def only_passes_on(path: Path) -> bool:
    """Whether a module consists of imports, perhaps with a list of what it passes on."""
    return bool(nodes := statements(path)) and all(
        isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
        for node in nodes
    )


def test_only_models_of_an_app_pass_on_what_is_elsewhere():
    apps = ("partners", "desks", "trainings", "campaigns", "victor/vault", "victor/reporting")
    allowed = {f"{app}/models.py" for app in apps}
    allowed.add("victor/__init__.py")  # Celery's application, as Celery wants it
    assert {relative(path) for path in OURS if only_passes_on(path)} <= allowed, "import from where it is"


def test_no_sibling_is_reached_by_reflection(figure):
    reflecting = [relative(path) for path in OURS if "related_model" in path.read_text()]
    figure("modules that reach a sibling by reflection", len(reflecting))
    assert reflecting == [], "use apps.get_model or a registry"


def test_what_allauth_keeps_internal_is_imported_in_one_module():
    importing = [relative(path) for path in OURS if re.search(r"^from allauth[\w.]*\.internal", path.read_text(), re.M)]
    assert importing == ["victor/accounts/views.py"], "use its settings, adapters, forms and signals"


MOST_ANY = 12  # each with its reason


def has_any(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    annotations = [argument.annotation for argument in every if argument] + [function.returns]
    return any(
        isinstance(node, ast.Name) and node.id == "Any"
        for annotation in annotations
        if annotation
        for node in ast.walk(annotation)
    )


def test_signature_says_what_it_takes(figure):
    count = sum(has_any(function) for path in OURS for function in functions(path))
    figure("signatures with Any", count)
    assert count <= MOST_ANY, "TYPE_CHECKING imports; Any only where a library has no types"
