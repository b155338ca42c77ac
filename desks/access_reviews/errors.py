"""What is refused in a review of access. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal


class ReviewOver(DeskRefusal):
    """The review is signed, or its quarter is over."""

    text = gettext_lazy("This review is signed, or its quarter is over. Nothing changes in it any more.")


class OwnAccess(DeskRefusal):
    """Somebody looks at their own access."""

    text = gettext_lazy("Nobody reviews their own access. Another person has to decide about yours.")


class DecidedAlready(DeskRefusal):
    """Somebody has said it in this review."""

    text = gettext_lazy("Someone has already decided about this role in this review.")


class NothingToTake(DeskRefusal):
    """Nothing was chosen, or the person does not have what is to be taken away."""

    text = gettext_lazy("Choose what to take away. The person may have lost it already: please reload the page.")


class LastKey(DeskRefusal):
    """Nobody else opens the records of a desk."""

    text = gettext_lazy(
        "This person is the last who holds the keys of a desk. Give them to somebody else first, or its records are "
        "lost."
    )


class PeopleLeft(DeskRefusal):
    """Somebody's access has not been looked at."""

    text = gettext_lazy("Decide about every role in the list first. Then sign.")
