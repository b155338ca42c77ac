"""Slovenian: 23. 11. 2026, 14:30. Django's own names the month as it never stands within a sentence."""

DATE_FORMAT = "j. n. Y"
DATETIME_FORMAT = "j. n. Y, H:i"
MONTH_DAY_FORMAT = "j. n."
SHORT_DATE_FORMAT = "j. n. Y"
SHORT_DATETIME_FORMAT = "j. n. Y, H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%Y-%m-%d"]  # what calendars write into a field; `victor.forms` reads what people type
