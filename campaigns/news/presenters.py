"""News as the feed shows it."""

from __future__ import annotations

from datetime import datetime, time

from django.utils import timezone

from campaigns.news.models import News
from victor.languages import local_text
from victor.schedules.feeds import FeedItem
from victor.stored_names import stored_reference


def news_feed_item(item: News) -> FeedItem:
    """The entry of a news item in the feed. Its time is noon of its day."""
    day = datetime.combine(item.date, time(12), timezone.get_default_timezone())
    return {
        "reference": stored_reference(item),
        "link": item.get_absolute_url(),
        "title": local_text(item, "title").text,
        "description": local_text(item, "summary").text,
        "pubdate": day,
        "updateddate": day,
    }
