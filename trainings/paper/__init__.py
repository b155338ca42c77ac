"""Paper of seminars."""

from trainings.paper.certificates import Sheets, address_of
from trainings.paper.sheet import can_be_set, sheet, sheet_words

__all__ = ["Sheets", "address_of", "can_be_set", "sheet", "sheet_words"]
