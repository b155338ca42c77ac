"""The awareness campaigns."""
