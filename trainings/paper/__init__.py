"""Paper of seminars."""

from trainings.paper.certificates import Sheets, address_of
from trainings.paper.sheet import sheet

__all__ = ["Sheets", "address_of", "sheet"]
