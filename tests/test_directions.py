"""No lower layer names a page, a tag or an address of a higher one.

The layers are, from the bottom: kernel < partners < desks < trainings and campaigns < roof. Trainings and campaigns do
not name each other. The slices of one app count as one layer: they share one namespace of addresses.

Looked at are `{% url %}`, `{% include %}`, `{% extends %}` and `{% load %}` in templates, and in code the names that
`reverse()` and `redirect()` take, and the names of templates.

These templates frame the whole site and belong to the roof, though every layer extends or includes them:
`base.html`, `base_workspace.html`, `admin/base_site.html` and the pages of errors (`400` `403` `404` `429` `500`);
of `elements/` those that only the frames include: `header`, `footer`, `help_strip` and `related_help`. Every layer may
extend the two `base` templates, and code may render the pages of errors. All else in `elements/` is the kernel's.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.template import engines

ROOT: Path = settings.BASE_DIR
TEMPLATES = ROOT / "templates"
KERNEL, ROOF = "kernel", "roof"
APPS = ("partners", "desks", "trainings", "campaigns")
BELOW = {
    KERNEL: {KERNEL},
    "partners": {KERNEL, "partners"},
    "desks": {KERNEL, "partners", "desks"},
    "trainings": {KERNEL, "partners", "desks", "trainings"},
    "campaigns": {KERNEL, "partners", "desks", "campaigns"},
    ROOF: {KERNEL, *APPS, ROOF},
}
# Of `victor/`: everything else there is the kernel.
ROOF_PACKAGES = {"pages", "workspace", "reporting", "urls.py", "settings.py"}
ROOF_NAMESPACES = {"pages", "workspace", "reporting"}
LAYOUTS = {"base.html", "base_workspace.html"}
ERRORS = {"400.html", "403.html", "404.html", "429.html", "500.html"}
FRAMES = {f"elements/{name}.html" for name in ("header", "footer", "help_strip", "related_help")}
ROOF_TEMPLATES = LAYOUTS | ERRORS | FRAMES | {"admin/base_site.html"}
# Addresses of the whole project that have no namespace.
ROOF_ADDRESSES = {"front_door", "robots", "sitemap", "leave"}
ADDRESSES_OF_APPS = {"campaign_short": "campaigns", "campaign_short_typed": "campaigns"}
ADDRESSES_OF_APPS |= {"return_short": "desks", "return_short_typed": "desks"}

TAG = re.compile(r"""\{%-?\s*(url|include|extends|load)\s+(.*?)\s*-?%\}""", re.DOTALL)
QUOTED = re.compile(r"""^["']([^"']+)["']""")


def layer_of_template(name: str) -> str:
    top = name.partition("/")[0]
    if name in ROOF_TEMPLATES or top in ROOF_NAMESPACES:
        return ROOF
    return top if top in APPS else KERNEL


def layer_of_address(name: str) -> str:
    namespace, colon, _name = name.partition(":")
    if not colon:
        return ROOF if name in ROOF_ADDRESSES else ADDRESSES_OF_APPS.get(name, KERNEL)
    if namespace in ROOF_NAMESPACES:
        return ROOF
    return namespace if namespace in APPS else KERNEL


def layer_of_module(path: Path) -> str:
    top, second = path.relative_to(ROOT).parts[:2]
    if top in APPS:
        return top
    return ROOF if second in ROOF_PACKAGES else KERNEL


def layer_of_tags(library: str) -> str:
    module = engines["django"].engine.libraries.get(library, library)
    top, _dot, rest = module.partition(".")
    if top == "victor" and rest.partition(".")[0] in ROOF_PACKAGES:
        return ROOF
    return top if top in APPS else KERNEL


def named_in_template(text: str) -> Iterator[tuple[str, str]]:
    """Each name that a template writes out, with the layer that it belongs to."""
    for tag, rest in TAG.findall(text):
        if tag == "load":
            libraries = rest.split(" from ")[-1].split()
            yield from ((library, layer_of_tags(library)) for library in libraries)
        elif match := QUOTED.match(rest):
            yield match[1], layer_of_address(match[1]) if tag == "url" else layer_of_template(match[1])


def upward_in_template(name: str, text: str) -> list[str]:
    layer = layer_of_template(name)
    return [
        f"{name} ({layer}) names {named} ({owner})"
        for named, owner in named_in_template(text)
        if owner not in BELOW[layer] and named not in LAYOUTS
    ]


def strings_in(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.value


def named_in_code(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Each address and template that code writes out, with the layer that it belongs to."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if called in {"reverse", "reverse_lazy", "redirect", "resolve_url"} and node.args:
                yield from ((name, layer_of_address(name)) for name in strings_in(node.args[0]))
    for value in strings_in(tree):
        if re.fullmatch(rf"({'|'.join((*APPS, *ROOF_NAMESPACES))}):[a-z_]+", value):
            yield value, layer_of_address(value)
        elif re.fullmatch(r"[a-z_0-9/]+\.(html|txt)", value) and (TEMPLATES / value).exists():
            yield value, layer_of_template(value)


def upward_in_code(layer: str, where: str, source: str) -> list[str]:
    return sorted(
        {
            f"{where} ({layer}) names {named} ({owner})"
            for named, owner in named_in_code(ast.parse(source))
            if owner not in BELOW[layer] and named not in ERRORS
        }
    )


def modules() -> Iterator[Path]:
    for top in (*APPS, "victor"):
        yield from (path for path in (ROOT / top).rglob("*.py") if "migrations" not in path.parts)


def test_no_template_names_a_higher_layer():
    upward = []
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in {".html", ".txt"}:
            upward += upward_in_template(str(path.relative_to(TEMPLATES)), path.read_text())
    assert upward == [], "ask a registry of the lower layer, or let the page be named in settings"


def test_no_code_names_an_address_or_a_page_of_a_higher_layer():
    upward = []
    for path in modules():
        upward += upward_in_code(layer_of_module(path), str(path.relative_to(ROOT)), path.read_text())
    assert upward == [], "ask a registry of the lower layer, or let the page be named in settings"


def test_only_frames_include_what_frames_the_site():
    strays = [
        f"{path.relative_to(TEMPLATES)} includes {name}"
        for path in TEMPLATES.rglob("*.html")
        for name, _layer in named_in_template(path.read_text())
        if name in FRAMES and layer_of_template(str(path.relative_to(TEMPLATES))) != ROOF
    ]
    assert strays == []


def test_tags_of_every_template_belong_to_the_kernel():
    assert {layer_of_tags(module) for module in engines["django"].engine.builtins} == {KERNEL}


def test_every_app_with_addresses_has_a_layer():
    assert set(APPS) <= {config.label for config in apps.get_app_configs()}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("partners/help_lines/help_index.html", '{% url "desks:desks" %}'),
        ("desks/desk/desk.html", "{% include 'workspace/_rail.html' %}"),
        ("emails/vault_recovery.txt", '{% url "workspace:vault" %}'),
        ("trainings/seminars/seminar.html", '{% extends "campaigns/events/event.html" %}'),
        ("elements/field.html", '{% url "partners:directory" as address %}'),
    ],
)
def test_upward_template_is_found(name, text):
    assert len(upward_in_template(name, text)) == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("desks/desk/desk.html", '{% extends "base.html" %}{% url "partners:help_index" %}{% load l10n %}'),
        ("pages/home.html", '{% include "partners/directory/_map.html" %}{% url "trainings:courses" %}'),
    ],
)
def test_downward_template_is_allowed(name, text):
    assert upward_in_template(name, text) == []


@pytest.mark.parametrize(
    ("layer", "source"),
    [
        (KERNEL, 'reverse("workspace:vault")'),
        (KERNEL, 'NEXT = "partners:invitations"'),
        ("partners", 'render(request, "desks/desk/desk.html")'),
        ("trainings", 'redirect("campaigns:news", 1)'),
        ("partners", 'reverse("campaign_short", args=[code])'),
    ],
)
def test_upward_code_is_found(layer, source):
    assert len(upward_in_code(layer, "module.py", source)) == 1
