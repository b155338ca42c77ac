"""Greek: 23 Νοεμβρίου 2026, 14:30. Django's own has the numbers of the months, and twelve hours."""

DATE_FORMAT = "j E Y"
DATETIME_FORMAT = "j E Y, H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j E"
SHORT_DATETIME_FORMAT = "d/m/Y H:i"
DATE_INPUT_FORMATS = ["%Y-%m-%d"]  # what calendars write into a field; `victor.forms` reads what people type
