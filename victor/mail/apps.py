from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "victor.mail"
    label = "mail"
    verbose_name = "Outbox"
