from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Compile the catalogues of all languages, without gettext's programs."

    def handle(self, *args: object, **options: object) -> None:
        for folder in settings.LOCALE_PATHS:
            for source in sorted(Path(folder).glob("*/LC_MESSAGES/*.po")):
                if self.compile(source, source.with_suffix(".mo")) and options["verbosity"]:
                    self.stdout.write(f"Compiled {source.relative_to(settings.BASE_DIR)}")

    def compile(self, source: Path, target: Path) -> bool:
        """Write the compiled catalogue beside its source, unless it is newer already; whether it was written."""
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            return False
        with source.open("rb") as lines:
            catalogue = read_po(lines, locale=source.parts[-3])
        unfinished = target.with_suffix(".tmp")
        with unfinished.open("wb") as out:
            write_mo(out, catalogue)
        unfinished.replace(target)
        return True
