from django.conf import settings
from django.core.management.base import BaseCommand

from victor.serbian import catalogue_to_latin


class Command(BaseCommand):
    help = "Write the catalogue of Serbian in Latin letters anew, from the one in Cyrillic letters."

    def handle(self, *args: object, **options: object) -> None:
        [folder] = settings.LOCALE_PATHS
        target = folder / "sr_Latn" / "LC_MESSAGES" / "django.po"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(catalogue_to_latin((folder / "sr" / "LC_MESSAGES" / "django.po").read_text()))
