"""Ukrainian: 5 травня 2026 року, 14:30. Django's own writes 05, and a full stop that doubles where a sentence ends."""

DATE_FORMAT = r"j E Y \р\о\к\у"
DATETIME_FORMAT = r"j E Y \р\о\к\у, H:i"
TIME_FORMAT = "H:i"
MONTH_DAY_FORMAT = "j E"
YEAR_MONTH_FORMAT = r"F Y \р\о\к\у"
SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%Y-%m-%d"]  # what calendars write into a field; `victor.forms` reads what people type
