from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from victor.counts.states import Use


class MaterialKind(TextChoices):
    """What a material is, in the order in which materials are shown."""

    POSTER = "poster", pgettext_lazy("campaign material", "Poster")
    LEAFLET = "leaflet", pgettext_lazy("campaign material", "Leaflet")
    SPOT = "spot", pgettext_lazy("campaign material", "Radio spot")
    VIDEO = "video", pgettext_lazy("campaign material", "Video")
    PRESS_KIT = "press_kit", pgettext_lazy("campaign material", "Press kit")


class Licence(TextChoices):
    """What others may do with a material."""

    BY = "by", pgettext_lazy("licence", "CC BY 4.0: pass it on and change it, naming VICTOR")
    BY_ND = "by_nd", pgettext_lazy("licence", "CC BY-ND 4.0: pass it on unchanged, naming VICTOR")
    BY_NC_ND = (
        "by_nc_nd",
        pgettext_lazy("licence", "CC BY-NC-ND 4.0: pass it on unchanged, not for money, naming VICTOR"),
    )


class Audience(TextChoices):
    """Whom a message speaks to, in the order in which messages are shown."""

    CHILDREN = "children", pgettext_lazy("audience of a campaign", "Children and young people")
    VULNERABLE = "vulnerable", pgettext_lazy("audience of a campaign", "People on the move or in need")
    PARENTS = "parents", pgettext_lazy("audience of a campaign", "Parents and carers")
    PUBLIC = "public", pgettext_lazy("audience of a campaign", "Everybody")
    DEMAND = "demand", pgettext_lazy("audience of a campaign", "Those who buy and those who employ")
    PROFESSIONALS = "professionals", pgettext_lazy("audience of a campaign", "Professionals")


class Channel(TextChoices):
    """By which way an activity spoke to people."""

    BROADCAST = "broadcast", pgettext_lazy("channel of a campaign", "Television and radio")
    PRESS = "press", pgettext_lazy("channel of a campaign", "Newspapers and news sites")
    SOCIAL = "social", pgettext_lazy("channel of a campaign", "Social media")
    STREET = "street", pgettext_lazy("channel of a campaign", "Streets, stations and transport")
    SCHOOL = "school", pgettext_lazy("channel of a campaign", "Schools")
    HEALTH = "health", pgettext_lazy("channel of a campaign", "Clinics and advice centres")
    COMMUNITY = "community", pgettext_lazy("channel of a campaign", "Communities, through mediators")
    BORDER = "border", pgettext_lazy("channel of a campaign", "Borders and places of arrival")
    WORKPLACE = "workplace", pgettext_lazy("channel of a campaign", "Workplaces and hotels")
    OTHER = "other", pgettext_lazy("channel of a campaign", "Another way")


class Measure(TextChoices):
    """What can be counted of a campaign; the last three the site counts by itself."""

    HANDED_OUT = "handed_out", pgettext_lazy("measure of a campaign", "Items handed out")
    PUT_UP = "put_up", pgettext_lazy("measure of a campaign", "Posters put up")
    BROADCASTS = "broadcasts", pgettext_lazy("measure of a campaign", "Spots broadcast")
    VIDEO_VIEWS = "video_views", pgettext_lazy("measure of a campaign", "Videos seen, at least half")
    SOCIAL_REACH = "social_reach", pgettext_lazy("measure of a campaign", "People reached on social media")
    REACTIONS = "reactions", pgettext_lazy("measure of a campaign", "Reactions on social media")
    PRESS_ITEMS = "press_items", pgettext_lazy("measure of a campaign", "Press items")
    ATTENDEES = "attendees", pgettext_lazy("measure of a campaign", "People at events")
    CALLS = "calls", pgettext_lazy("measure of a campaign", "Calls to help lines")
    EMPLOYERS = "employers", pgettext_lazy("measure of a campaign", "Requests from employers")
    PAGES = "pages", pgettext_lazy("measure of a campaign", "Pages opened here")
    DOWNLOADS = "downloads", pgettext_lazy("measure of a campaign", "Files downloaded here")
    PAPER = "paper", pgettext_lazy("measure of a campaign", "Came here from paper")


BY_THE_SITE = {Measure.PAGES: Use.VIEW, Measure.DOWNLOADS: Use.DOWNLOAD, Measure.PAPER: Use.PAPER}
ENTERED = [each for each in Measure if each not in BY_THE_SITE]


class Method(TextChoices):
    """How a figure came about."""

    COUNTED = "counted", pgettext_lazy("method of counting", "Counted by us")
    REPORTED = "reported", pgettext_lazy("method of counting", "Reported by the provider")
    ESTIMATED = "estimated", pgettext_lazy("method of counting", "Estimated")
