"""The pattern library: what pages are made of. docs/patterns.md says when to use which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from django import forms, template
from django.contrib.admin.views.main import ChangeList
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst

from victor.formatting import month_and_year

register = template.Library()

HEADING_CELL = re.compile(r"<th\b[^>]*>(.*?)</th>", re.DOTALL)
BODY = re.compile(r"<tbody\b.*</tbody>", re.DOTALL)
ROW = re.compile(r"<tr\b.*?</tr>", re.DOTALL)
CURRENT = re.compile(r'aria-current="page">(.*?)</a>', re.DOTALL)
CELL = re.compile(r"<(td|th)\b")
MONTH = re.compile(r"(\d{4}-\d{2})")


@register.simple_block_tag
def breadcrumbs(content: str, classes: str = "") -> SafeString:
    """The way up, above the heading of a page: links, with what they lead to."""
    return render_to_string("elements/breadcrumbs.html", {"content": content, "classes": classes})


@register.simple_tag(takes_context=True)
def page_query(context: Context, number: int, parameter: str = "") -> str:
    """The address of another page of a list: what else stands in the address stays."""
    query = context["request"].GET.copy()
    query[parameter or "page"] = str(number)
    return f"?{query.urlencode()}"


@register.simple_block_tag
def tabs(content: str, label: str, *, folds: bool = False) -> SafeString:
    """Pages, or views of one page, that stand side by side: items of a list, the current one marked.

    Where they are many they fold: on a phone they stand behind a button that names the current one.
    """
    marked = CURRENT.search(content)
    current = mark_safe(marked.group(1)) if marked else ""  # noqa: S308 - markup of our own templates
    context = {"content": content, "label": label, "folds": folds, "current": current}
    return render_to_string("elements/tabs.html", context)


@register.simple_block_tag
def chips(content: str, label: str) -> SafeString:
    """One of a few to choose by a link: items of a list, the current one marked."""
    return render_to_string("elements/chips.html", {"content": content, "label": label})


@register.simple_block_tag
def empty_state(content: str, url: str = "", action: str = "", kind: str = "quiet") -> SafeString:
    """That there is nothing, and what one can do next: a button of a kind, "help" where it leads to help."""
    context = {"content": content, "url": url, "action": action, "kind": kind}
    return render_to_string("elements/empty.html", context)


@register.inclusion_tag("elements/filter.html")
def filter_form(form: forms.Form, anchor: str = "") -> dict[str, object]:
    """A form that narrows a list; it stays in the address. What is chosen stands on its fold."""
    return {"form": form, "anchor": anchor, "choices": [words for _name, words in _choices(form)]}


@register.filter
def chosen_filters(changelist: ChangeList) -> list[str]:
    """The filters of a list of the admin by which it is narrowed, each with what is chosen there."""
    used = (spec for spec in changelist.filter_specs if spec.used_parameters)
    chosen = ((spec, choice) for spec in used for choice in spec.choices(changelist) if choice["selected"])
    return [f"{capfirst(spec.title)}: {choice['display']}" for spec, choice in chosen]


@register.simple_block_tag
def cards(content: str) -> SafeString:
    """A table of which each row is a card on a phone: each cell has the name of its column."""
    head, _start, _rest = content.partition("<tbody")
    labels = [_label(heading) for heading in HEADING_CELL.findall(head)]
    content = BODY.sub(lambda body: ROW.sub(lambda row: _name_cells(row.group(), labels), body.group()), content)
    # A table that is laid out as blocks is no table any more for screen readers, unless it says so.
    content = content.replace("<tbody", '<tbody role="rowgroup"', 1)
    return mark_safe(content.replace("<table", '<table class="carded" role="table"', 1))  # noqa: S308 - markup of our own templates


def _label(heading: str) -> str:
    return "" if "visually-hidden" in heading else strip_tags(heading).strip().replace('"', "&quot;")


def _name_cells(row: str, labels: list[str]) -> str:
    """A row of a table, with the name of its column at each cell."""
    names = iter(labels)

    def name_cell(cell: re.Match[str]) -> str:
        label, role = next(names, ""), "rowheader" if cell.group(1) == "th" else "cell"
        return f'{cell.group()} role="{role}"' + (f' data-label="{label}"' if label and role == "cell" else "")

    return CELL.sub(name_cell, row).replace("<tr", '<tr role="row"', 1)


def _choices(form: forms.Form) -> Iterator[tuple[str, str]]:
    """The fields by which a form narrows, and what is chosen there in words."""
    for field in form.visible_fields():
        value = field.value()
        if value and not field.errors and field.name != "order" and (words := _in_words(field, value)):
            yield field.name, words


def _in_words(field: BoundField, value: object) -> str:
    if isinstance(field.field, forms.BooleanField):
        return str(field.label)
    if choices := getattr(field.field, "choices", None):
        return next((str(label) for key, label in choices if str(key) == str(value)), "")
    if MONTH.fullmatch(str(value)):
        return month_and_year(date.fromisoformat(f"{value}-01"))
    return str(value)
