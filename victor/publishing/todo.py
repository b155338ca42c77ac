"""Texts that are missing, outdated, unfinished, in review or overdue, for the list of tasks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from victor.formatting import short_moment
from victor.languages import CODES, in_readers_script
from victor.publishing.models import LanguageVersion
from victor.publishing.states import TextState
from victor.stored_names import stored_name
from victor.todo.declarations import (
    Card,
    Figure,
    Kind,
    Line,
    Strip,
    audiences_of,
    declare_kind,
    name_in,
    shows_strip,
    since,
)
from victor.todo.models import OpenItem

if TYPE_CHECKING:
    from victor.accounts.models import User
    from victor.todo.models import Item

TABLE = "publishing_languageversion"
CONTENT_TYPE = "JOIN django_content_type ct ON ct.id = r.content_type_id"
SUBJECT = "ct.app_label || '.' || ct.model || ':' || r.object_id"
ABOUT = "r.content_type_id || ':' || r.object_id || ':'"
# The titles of a thing in all languages in which somebody has written one.
TITLES = """
(SELECT jsonb_object_agg(v.language, v.fields->>'title') FROM publishing_languageversion v
 WHERE v.content_type_id = r.content_type_id AND v.object_id = r.object_id AND v.fields->>'title' <> '')
"""
# For each language: since when the thing is public in another, and nothing is written in this one.
LACKING = """
CROSS JOIN unnest(ARRAY[CODES]) AS l(language)
CROSS JOIN LATERAL (
    SELECT min(v.published_at) AS since FROM publishing_languageversion v
    WHERE v.content_type_id = r.content_type_id AND v.object_id = r.object_id
) public
"""
IS_LACKING = """
public.since IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM publishing_languageversion v
    WHERE v.content_type_id = r.content_type_id AND v.object_id = r.object_id AND v.language = l.language
)
"""
NOBODY, NEVER = "NULL::bigint", "NULL::timestamptz"
STATES = {
    "publishing.review": TextState.IN_REVIEW,
    "publishing.draft": TextState.DRAFT,
    "publishing.outdated": TextState.OUTDATED,
    "publishing.missing": TextState.MISSING,
    "publishing.scheduled": TextState.APPROVED,
}


def text_line(item: Item, number: int) -> Line:
    """A text in a language, and what is to be done with it."""
    language, facts = str(item.facts["language"]), item.facts
    model = ContentType.objects.get_for_id(facts["content_type"]).model_class()
    url = reverse(settings.TEXT_URL, args=[stored_name(model), facts["pk"], language]) if model else ""
    title = name_in({**(facts["titles"] or {}), **({language: facts["title"]} if facts.get("title") else {})})
    state = STATES[item.kind].label if item.kind in STATES else _("Scheduled, but something is missing")
    name = in_readers_script(str(dict(settings.CONTENT_LANGUAGES)[language]))
    kind = str(model._meta.verbose_name) if model else ""
    when = since(item.since) if item.opens_at <= timezone.now() else short_moment(item.opens_at)
    return Line(title or f"{kind} {facts['pk']}", f"{name}: {state} · {kind} · {when}", url)


def declare_text_kind(
    name: str,
    *,
    is_open: str,
    audiences: str,
    since: str,
    barred: str = NOBODY,
    closes_at: str = NEVER,
    is_announced: bool = False,
) -> Kind:
    """Declare a kind of item about a text that somebody has written."""
    return declare_kind(
        Kind(
            name=name,
            table=TABLE,
            describe=text_line,
            joins=CONTENT_TYPE,
            is_open=is_open,
            object=f"{ABOUT} || r.language",
            subject=SUBJECT,
            audiences=audiences,
            barred=barred,
            since=since,
            closes_at=closes_at,
            is_announced=is_announced,
            facts={
                "content_type": "r.content_type_id",
                "pk": "r.object_id",
                "language": "r.language",
                "titles": "jsonb_build_object()",
                "title": "r.fields->>'title'",
            },
        )
    )


declare_text_kind(
    "publishing.review",
    is_open="r.state = 'in_review'",
    audiences="ARRAY['coordinator', 'editor', 'translator:' || r.language]",
    since="r.saved_at",
    barred="r.author_id",
)
declare_text_kind(
    "publishing.draft",
    is_open="r.state = 'draft' AND r.author_id IS NOT NULL",
    audiences="ARRAY['user:' || r.author_id]",
    since="r.saved_at",
)
declare_text_kind(
    "publishing.outdated",
    is_open="r.state = 'published' AND r.outdated",
    audiences="ARRAY['translator:' || r.language]",
    since="r.saved_at",
)
declare_text_kind(
    "publishing.overdue",
    is_open="r.overdue_since IS NOT NULL",
    audiences="ARRAY['coordinator', 'editor']",
    since="r.overdue_since",
)
declare_text_kind(
    "publishing.scheduled",
    is_open="r.state = 'approved' AND r.publish_at IS NOT NULL AND r.overdue_since IS NULL",
    audiences="ARRAY['coordinator', 'editor']",
    since="r.publish_at",
    closes_at="r.publish_at",
    is_announced=True,
)
declare_kind(
    Kind(
        name="publishing.missing",
        table=TABLE,
        describe=text_line,
        joins=f"{CONTENT_TYPE} {LACKING}".replace("CODES", ", ".join(f"'{code}'" for code in CODES)),
        is_open=IS_LACKING,
        key="r.content_type_id || ':' || r.object_id",
        object=f"{ABOUT} || l.language",
        subject=SUBJECT,
        audiences="ARRAY['translator:' || l.language]",
        since="public.since",
        facts={
            "content_type": "r.content_type_id",
            "pk": "r.object_id",
            "language": "l.language",
            "titles": TITLES,
        },
        every_row=f"SELECT DISTINCT ON (content_type_id, object_id) * FROM {TABLE}",  # noqa: S608 - declared in code
        derived=True,
    )
)


@shows_strip("publishing.write", rank=30)
def text_strip(user: User) -> Strip | None:
    """How much is missing or outdated in the languages of a translator, and what they have sent for review."""
    languages = {name.partition(":")[2] for name in audiences_of(user) if name.startswith("translator:")}
    audiences = [f"translator:{code}" for code in CODES if code in languages]
    if not audiences:
        return None
    names = dict(settings.CONTENT_LANGUAGES)
    rows = OpenItem.objects.filter(audiences__overlap=audiences, kind__in=["publishing.missing", "publishing.outdated"])
    counted = rows.order_by().values_list("audiences").annotate(Count("pk"))
    numbers = {tuple(names_): number for names_, number in counted}
    url = reverse(settings.TEXTS_URL)
    figures = [
        Figure(in_readers_script(str(names[name.partition(":")[2]])), numbers.get((name,), 0), url)
        for name in audiences
    ]
    first = rows.open_at(timezone.now()).order_by("since", "pk").first()
    sent = LanguageVersion.objects.filter(author=user, state=TextState.IN_REVIEW).count()
    figures.append(Figure(TextState.IN_REVIEW.label, sent, url))
    return Strip(_("Missing or outdated in my languages"), figures, [_next_card(first)] if first else [])


def _next_card(item: OpenItem) -> Card:
    """The text that has waited longest, and the way to it."""
    line = text_line(item, 1)
    return Card(line.title, line.url, line.detail, buttons=[(_("Translate next"), line.url)])
