from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Menu(TextChoices):
    """Where a page is linked from every other."""

    HEADER = "header", pgettext_lazy("menu", "Main menu")
    FOOTER = "footer", pgettext_lazy("menu", "Footer")
