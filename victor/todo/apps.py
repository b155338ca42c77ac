"""The app of open items. After each migration its triggers are those that the apps declare today."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TodoConfig(AppConfig):
    name = "victor.todo"
    label = "todo"

    def ready(self) -> None:
        """Install the triggers after a migration: what they name is there then."""
        from victor.todo.actions import install_after_migration  # noqa: PLC0415 - models exist from here on

        post_migrate.connect(install_after_migration, sender=self)
