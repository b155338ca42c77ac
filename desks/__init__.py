"""The information and intervention desks."""
