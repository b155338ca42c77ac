from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "victor.audit"
    label = "audit"
    verbose_name = "Audit"
