"""What people ask about the record of a case, who asks, where it stands, and what was decided."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class RightKind(TextChoices):
    """What somebody asks for."""

    ACCESS = "access", pgettext_lazy("right of the person concerned", "See what is written")
    RECTIFY = "rectify", pgettext_lazy("right of the person concerned", "Correct what is wrong")
    RESTRICT = "restrict", pgettext_lazy("right of the person concerned", "Keep the record and not use it")
    ERASE = "erase", pgettext_lazy("right of the person concerned", "Delete the record")
    OBJECT = "object", pgettext_lazy("right of the person concerned", "Object to a use of the record")


class Requester(TextChoices):
    """Who asks."""

    CHILD = "child", pgettext_lazy("who asks about a record", "The child")
    GUARDIAN = "guardian", pgettext_lazy("who asks about a record", "Guardian")
    PARENT = "parent", pgettext_lazy("who asks about a record", "Parent")
    LAWYER = "lawyer", pgettext_lazy("who asks about a record", "Lawyer")
    NAMED = "named", pgettext_lazy("who asks about a record", "Somebody else who is named in the record")


class SubjectRequestState(TextChoices):
    """Where a request stands."""

    OPEN = "open", pgettext_lazy("request about a record", "Not decided yet")
    DECIDED = "decided", pgettext_lazy("request about a record", "Decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("request about a record", "Withdrawn")


class SubjectDecision(TextChoices):
    """What was decided."""

    GRANTED = "granted", pgettext_lazy("decision about a request", "Granted")
    PARTLY = "partly", pgettext_lazy("decision about a request", "Granted in part")
    REFUSED = "refused", pgettext_lazy("decision about a request", "Refused")


class RightStep(TextChoices):
    """What was done about a request."""

    RECEIVED = "received", pgettext_lazy("request about a record", "Received")
    IDENTITY = "identity", pgettext_lazy("request about a record", "Identity checked")
    EXTENDED = "extended", pgettext_lazy("request about a record", "Two months more")
    DECIDED = "decided", pgettext_lazy("request about a record", "Decided")
    WITHDRAWN = "withdrawn", pgettext_lazy("request about a record", "Withdrawn")
