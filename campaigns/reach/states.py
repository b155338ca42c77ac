"""Channels, measures and methods of activities."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from victor.analytics.states import Use


class Channel(TextChoices):
    """The channel through which an activity reached people."""

    BROADCAST = "broadcast", pgettext_lazy("channel of a campaign", "Television and radio")
    PRESS = "press", pgettext_lazy("channel of a campaign", "Newspapers and news sites")
    SOCIAL = "social", pgettext_lazy("channel of a campaign", "Social media")
    STREET = "street", pgettext_lazy("channel of a campaign", "Streets, stations and transport")
    SCHOOL = "school", pgettext_lazy("channel of a campaign", "Schools")
    HEALTH = "health", pgettext_lazy("channel of a campaign", "Clinics and advice centres")
    COMMUNITY = "community", pgettext_lazy("channel of a campaign", "Communities, through mediators")
    BORDER = "border", pgettext_lazy("channel of a campaign", "Borders and places of arrival")
    WORKPLACE = "workplace", pgettext_lazy("channel of a campaign", "Workplaces and hotels")
    OTHER = "other", pgettext_lazy("channel of a campaign", "Another channel")


class Measure(TextChoices):
    """What is counted of a campaign. The site counts the last three automatically."""

    HANDED_OUT = "handed_out", pgettext_lazy("measure of a campaign", "Items handed out")
    PUT_UP = "put_up", pgettext_lazy("measure of a campaign", "Posters put up")
    BROADCASTS = "broadcasts", pgettext_lazy("measure of a campaign", "Spots broadcast")
    VIDEO_VIEWS = "video_views", pgettext_lazy("measure of a campaign", "Videos watched at least half-way")
    SOCIAL_REACH = "social_reach", pgettext_lazy("measure of a campaign", "People reached on social media")
    REACTIONS = "reactions", pgettext_lazy("measure of a campaign", "Reactions on social media")
    PRESS_ITEMS = "press_items", pgettext_lazy("measure of a campaign", "Press articles and broadcasts")
    ATTENDEES = "attendees", pgettext_lazy("measure of a campaign", "People at events")
    CALLS = "calls", pgettext_lazy("measure of a campaign", "Calls to helplines")
    EMPLOYERS = "employers", pgettext_lazy("measure of a campaign", "Enquiries from employers")
    PAGES = "pages", pgettext_lazy("measure of a campaign", "Page views on this site")
    DOWNLOADS = "downloads", pgettext_lazy("measure of a campaign", "Downloads from this site")
    PAPER = "paper", pgettext_lazy("measure of a campaign", "Visits from printed materials")


AUTOMATIC_MEASURES = {Measure.PAGES: Use.VIEW, Measure.DOWNLOADS: Use.DOWNLOAD, Measure.PAPER: Use.PAPER}
ENTERED_MEASURES = [measure for measure in Measure if measure not in AUTOMATIC_MEASURES]


class Method(TextChoices):
    """How a figure was determined."""

    COUNTED = "counted", pgettext_lazy("method of counting", "Counted by us")
    REPORTED = "reported", pgettext_lazy("method of counting", "Reported by the supplier")
    ESTIMATED = "estimated", pgettext_lazy("method of counting", "Estimated")
