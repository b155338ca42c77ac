"""Bulgarian: 23.11.2026 г., 14:30. Django's own is American where it gives the hour."""

DATE_FORMAT = "d.m.Y \\г."
DATETIME_FORMAT = "d.m.Y \\г., H:i"
SHORT_DATETIME_FORMAT = "d.m.Y H:i"
