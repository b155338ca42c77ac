"""Romanian: as Django has it, but for what calendars write."""

DATE_INPUT_FORMATS = ["%Y-%m-%d"]  # what calendars write into a field; `victor.forms` reads what people type
