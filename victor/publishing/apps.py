from django.apps import AppConfig


class PublishingConfig(AppConfig):
    name = "victor.publishing"
    label = "publishing"
