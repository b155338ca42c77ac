"""The codes that people choose for the figures: closed lists, coarse enough to name nobody."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from desks.screening.states import Means


class Sex(TextChoices):
    """Sex or gender, as the figures of the Union break it down."""

    FEMALE = "female", pgettext_lazy("sex of a child", "Female")
    MALE = "male", pgettext_lazy("sex of a child", "Male")
    OTHER = "other", pgettext_lazy("sex of a child", "Other")
    UNKNOWN = "unknown", pgettext_lazy("sex of a child", "Not known")


class CitizenshipGroup(TextChoices):
    """Of which group of countries the child is a citizen, as seen from the country of the desk."""

    OWN = "own", pgettext_lazy("citizenship of a child", "The country of the desk")
    UNION = "union", pgettext_lazy("citizenship of a child", "Another country of the European Union")
    OUTSIDE = "outside", pgettext_lazy("citizenship of a child", "A country outside the European Union")
    STATELESS = "stateless", pgettext_lazy("citizenship of a child", "Stateless")
    UNKNOWN = "unknown", pgettext_lazy("citizenship of a child", "Not known")


class StepTime(TextChoices):
    """Whether a first step was taken in time. What is settled stays, whatever happens later."""

    IN_TIME = "in_time", pgettext_lazy("first step of a case", "In time")
    LATE = "late", pgettext_lazy("first step of a case", "Late")
    OPEN = "open", pgettext_lazy("first step of a case", "Not done yet")


class ReviewTime(TextChoices):
    """Whether the reviews of a case were held in time."""

    ALL = "all", pgettext_lazy("reviews of a case", "All in time")
    LATE = "some_late", pgettext_lazy("reviews of a case", "At least one late")
    NONE = "none_yet", pgettext_lazy("reviews of a case", "No review held yet")


class Disappearance(TextChoices):
    """Whether a child disappeared soon after coming to a place."""

    YES = "yes", pgettext_lazy("a child disappeared", "Yes")
    NO = "no", pgettext_lazy("a child disappeared", "No")


# The letter of each kind of means. The last finished screening says which of them there were.
MEANS_LETTERS = {
    Means.FORCE: "f",
    Means.COERCION: "c",
    Means.ABDUCTION: "a",
    Means.FRAUD: "r",
    Means.DECEPTION: "d",
    Means.POWER: "p",
    Means.VULNERABILITY: "v",
    Means.PAYMENT: "y",
}
SETTLED_TIMES = frozenset({StepTime.IN_TIME, StepTime.LATE})
# Of the forms of exploitation, which are the purposes of a screening.
UNKNOWN = ("unknown", pgettext_lazy("form of exploitation", "Not known"))
