"""What is refused about notifications. The texts are for people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from desks.desk.errors import DeskRefusal


class NotPresumed(DeskRefusal):
    """No authority has to be told before the child is presumed a victim."""

    text = gettext_lazy("The list is made once a supervisor has recorded the child as a presumed victim.")


class NoList(DeskRefusal):
    """Nothing says which authorities of the country have to be told."""

    text = gettext_lazy("There is no list of authorities for this country. Add each one that you have to tell.")


class NotPrintable(DeskRefusal):
    """A letter that is typed is in none of our fonts."""

    text = gettext_lazy("A sign that you typed cannot be printed. Please write it in another way.")
