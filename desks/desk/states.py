from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Service(TextChoices):
    """What a desk does, after Directive 2011/36/EU, article 11(5), and the desks' practice."""

    INFORMATION = "information", pgettext_lazy("service of a desk", "Information")
    COUNSELLING = "counselling", pgettext_lazy("service of a desk", "Advice")
    PSYCHOLOGICAL_SUPPORT = "psychological_support", pgettext_lazy("service of a desk", "Psychological support")
    NEEDS_RISK_ASSESSMENT = "needs_risk_assessment", pgettext_lazy("service of a desk", "Looking at needs and risks")
    ACCOMPANIMENT = (
        "accompaniment",
        pgettext_lazy("service of a desk", "Company to police, prosecutor, court or hospital"),
    )
    SHELTER_REFERRAL = "shelter_referral", pgettext_lazy("service of a desk", "A safe place to stay")
    MATERIAL_AID = "material_aid", pgettext_lazy("service of a desk", "Food, clothes and other first needs")
    MEDICAL_CARE = "medical_care", pgettext_lazy("service of a desk", "Medical care")
    LEGAL_AID = "legal_aid", pgettext_lazy("service of a desk", "Legal aid, also for compensation")
    GUARDIAN_REQUEST = "guardian_request", pgettext_lazy("service of a desk", "Asking for a guardian")
    INTERPRETATION = "interpretation", pgettext_lazy("service of a desk", "Interpreters")
    DOCUMENTS_STATUS = "documents_status", pgettext_lazy("service of a desk", "Identity papers and residence")
    FAMILY_TRACING = "family_tracing", pgettext_lazy("service of a desk", "Tracing of the family")
    SAFE_RETURN = "safe_return", pgettext_lazy("service of a desk", "Safe return")
    EDUCATION_TRAINING = "education_training", pgettext_lazy("service of a desk", "School and training")
    REFERRAL_OTHER = "referral_other", pgettext_lazy("service of a desk", "The way to others who help")
