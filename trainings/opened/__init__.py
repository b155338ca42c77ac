"""What pages show of seminars and of those who come, one module a thing that is opened."""

from trainings.opened.certificates import Making, counted
from trainings.opened.door import Door, Expected, on_now
from trainings.opened.mailings import Preview, previews_of
from trainings.opened.participants import Arrivals, Participant
from trainings.opened.places import Asking, Place

__all__ = [
    "Arrivals",
    "Asking",
    "Door",
    "Expected",
    "Making",
    "Participant",
    "Place",
    "Preview",
    "counted",
    "on_now",
    "previews_of",
]
