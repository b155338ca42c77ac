"""Whoever sends a form reads on the next page what has happened.

A view that leads elsewhere after a POST adds a message: the view itself, or a function of ours that it calls. The table
below names those whose next page says it in another way.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from types import FunctionType, ModuleType
from typing import Any

from tests.routes import routes
from tests.test_access import ROLES, table_rows

OURS = ("victor", "partners", "desks", "trainings", "campaigns")
SPEAKERS = {"success", "warning", "info"}
REDIRECTS = {"redirect", "HttpResponseRedirect", "redirect_to_login"}
# Route, and what says there what has happened.
SAID_OTHERWISE = {
    "desks:access_review_keep": "the page shows what was said beside the role",
    "desks:case_merge": "the next page shows both cases",
    "desks:case_screening_begin": "the page is the screening that has begun",
    "desks:import_columns": "the next page asks for the words, or shows what would be opened",
    "desks:import_words": "the next page shows what would be opened",
    "desks:receipt": "the page is the receipt, and says whether the note is right",
    "mfa_remove_webauthn": "allauth says that the passkey has been removed",
    "trainings:place_answer": "the page of the place says what has become of it",
    "trainings:verify": "the page is the certificate",
    "workspace:vault_passkey_unlock": "the bar says until when the vault is open",
    "workspace:vault_unlock": "the bar says until when the vault is open",
}


def posting_routes() -> set[str]:
    """The routes that answer a POST: whoever is logged in, or a visitor who is not led to the log-in."""
    return {route for route, row in table_rows().items() if any(answers_posts(role, row[role]) for role in ROLES)}


def answers_posts(role: str, statuses: str) -> bool:
    refused = {"403", "405"} | ({"302"} if role == "visitor" else set())
    return statuses.partition("/")[2] not in refused


def views() -> dict[str, Any]:
    """The view of each route that is ours, as it was written."""
    functions = {}
    for route in routes():
        module, _, name = route.view.rpartition(".")
        if module.partition(".")[0] in OURS and not route.name.startswith("admin:"):
            functions[route.name] = inspect.unwrap(getattr(import_module(module), name))
    return functions


@cache
def tree(module: ModuleType) -> ast.Module:
    return ast.parse(inspect.getsource(module))


def calls(function: FunctionType, seen: set[FunctionType]) -> Iterator[ast.Call]:
    """The calls in a function, and in those functions of ours that it names."""
    if function in seen:
        return
    seen.add(function)
    module = import_module(function.__module__)
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.FunctionDef) and node.name == function.__name__:
            yield from calls_within(node.body, module, seen)


def calls_within(body: list[ast.stmt], module: ModuleType, seen: set[FunctionType]) -> Iterator[ast.Call]:
    for part in (part for statement in body for part in ast.walk(statement)):
        if isinstance(part, ast.Call):
            yield part
        if isinstance(part, ast.Name) and (other := own_function(module, part.id)):
            yield from calls(other, seen)


def own_function(module: ModuleType, name: str) -> FunctionType | None:
    value = inspect.unwrap(getattr(module, name, None)) if callable(getattr(module, name, None)) else None
    is_own = isinstance(value, FunctionType) and value.__module__.partition(".")[0] in OURS
    return value if is_own else None


def redirects(function: Any) -> bool:
    return any(isinstance(call.func, ast.Name) and call.func.id in REDIRECTS for call in calls(function, set()))


def speaks(function: Any) -> bool:
    return any(isinstance(call.func, ast.Attribute) and call.func.attr in SPEAKERS for call in calls(function, set()))


def silent_routes() -> set[str]:
    posting, functions = posting_routes(), views()
    return {
        name
        for name, view in functions.items()
        if name in posting and isinstance(view, FunctionType) and redirects(view) and not speaks(view)
    }


def test_view_that_leads_elsewhere_after_a_post_says_what_has_happened():
    assert silent_routes() == set(SAID_OTHERWISE)
