"""A year of invented enquiries at the demo's two desks, a few in each month."""

from __future__ import annotations

from functools import partial

from django.utils import timezone

from desks.desk.models import Desk
from desks.enquiries.actions import record_enquiry
from desks.enquiries.models import Enquiry
from desks.enquiries.states import EnquiryResult, EnquiryTopic
from desks.reports.states import Channel, ReporterKind
from victor.stories import Part, Scene, declare_part

BRANCHES = {"greece": "", "bulgaria": "-bg"}  # what the addresses of the people of each desk end with
MONTHS = 13
A_MONTH = {"greece": 14, "bulgaria": 9}
TOPICS = (
    *(EnquiryTopic.TRAFFICKING, EnquiryTopic.CHILD, EnquiryTopic.WORK_ABROAD, EnquiryTopic.CHILD),
    *(EnquiryTopic.ONLINE, EnquiryTopic.TRAINING, EnquiryTopic.MISSING, EnquiryTopic.LEGAL, EnquiryTopic.PRESS),
)
CALLERS = (ReporterKind.PROFESSIONAL, ReporterKind.PARENT, ReporterKind.OTHER, ReporterKind.CHILD)
CHANNELS = (Channel.TELEPHONE, Channel.TELEPHONE, Channel.VISIT)
RESULTS = tuple(EnquiryResult)


def ask(slug: str, month: int, scene: Scene) -> None:
    """People ask the desk something on some days of a month; the worker records each."""
    desk = Desk.objects.select_related("country").get(slug=slug)
    worker = scene.person(f"worker{BRANCHES[slug]}")
    for number in range(A_MONTH[slug]):
        turn = number + month
        enquiry = Enquiry(
            desk=desk,
            day=timezone.localdate(),
            channel=CHANNELS[turn % len(CHANNELS)],
            caller=CALLERS[turn % len(CALLERS)],
            topic=TOPICS[turn % len(TOPICS)],
            result=RESULTS[turn % len(RESULTS)],
            language=worker.language,
            country=desk.country,
        )
        record_enquiry(enquiry, by=worker)


for slug in A_MONTH:
    for month in range(MONTHS):
        declare_part(Part(f"enquiries {slug} {month}", 30 * month + 1, 13, partial(ask, slug, month)))
