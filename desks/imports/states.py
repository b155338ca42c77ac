"""What is brought in, what a column of somebody's own list can be, and what the sealed words of an import are for."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy, pgettext_lazy


class ImportKind(TextChoices):
    """What a file is. The values are stored."""

    STANDARD = "standard", pgettext_lazy("file of cases", "A file of the standard for case data (HTCDS), XLSX or JSON")
    LIST = "list", pgettext_lazy("file of cases", "Our own list, XLSX or CSV, with one child on each row")


class ImportPurpose(StrEnum):
    """What an envelope of an import is for. Its content is bound to the value, which therefore never changes."""

    ROWS = "import.rows"
    KNOWN = "import.known"
    COLUMNS = "import.columns"


class OwnField(TextChoices):
    """What a column of somebody's own list says. The values are stored, sealed."""

    SKIPPED = "", pgettext_lazy("column of a list", "Leave this column out")
    EXTRA = "extra", pgettext_lazy("column of a list", "Keep it sealed as it is: VICTOR has no field for it")
    GIVEN = "given", gettext_lazy("Given name")
    FAMILY = "family", gettext_lazy("Family name")
    SPELLINGS = "spellings", gettext_lazy("Other spellings")
    BORN = "born", gettext_lazy("Date of birth")
    BIRTH_DAY = "birth_day", gettext_lazy("Day of birth")
    BIRTH_MONTH = "birth_month", gettext_lazy("Month of birth")
    BIRTH_YEAR = "birth_year", gettext_lazy("Year of birth")
    AGE = "age", gettext_lazy("Age, about")
    SEX = "sex", gettext_lazy("Sex")
    CITIZENSHIPS = "citizenships", gettext_lazy("Citizenships")
    LANGUAGE = "language", gettext_lazy("Language the child speaks best")
    DOCUMENTS = "documents", gettext_lazy("Documents and their numbers")
    PHONES = "phones", gettext_lazy("Phones")
    EMAIL = "email", gettext_lazy("Email address")
    ADDRESS = "address", gettext_lazy("Address")
    REFERENCE = "reference", pgettext_lazy("column of a list", "Our own reference, as a note")
    NOTE = "note", gettext_lazy("Note")


IDENTITY = (OwnField.GIVEN, OwnField.FAMILY, OwnField.SPELLINGS, OwnField.DOCUMENTS)
CONTACT = (OwnField.PHONES, OwnField.EMAIL, OwnField.ADDRESS)
BIRTH = (OwnField.BIRTH_DAY, OwnField.BIRTH_MONTH, OwnField.BIRTH_YEAR, OwnField.AGE)
NOTES = (OwnField.REFERENCE, OwnField.NOTE)
# Of what each value of a file is translated into a code of ours.
CODED = (OwnField.SEX, OwnField.CITIZENSHIPS, OwnField.LANGUAGE)
# What may stand in several columns; what they say is put together.
SEVERAL = frozenset(
    {OwnField.SKIPPED, OwnField.EXTRA, OwnField.SPELLINGS, OwnField.DOCUMENTS, OwnField.PHONES, OwnField.ADDRESS}
    | {OwnField.CITIZENSHIPS, OwnField.NOTE}
)
