from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Service(TextChoices):
    """What a desk does, after Directive 2011/36/EU, article 11(5), and the desks' practice."""

    INFORMATION = "information", pgettext_lazy("service of a desk", "Information")
    COUNSELLING = "counselling", pgettext_lazy("service of a desk", "Advice and counselling")
    PSYCHOLOGICAL_SUPPORT = "psychological_support", pgettext_lazy("service of a desk", "Psychological support")
    NEEDS_RISK_ASSESSMENT = "needs_risk_assessment", pgettext_lazy("service of a desk", "Assessment of needs and risks")
    ACCOMPANIMENT = (
        "accompaniment",
        pgettext_lazy("service of a desk", "Going with you to the police, prosecutor, court or hospital"),
    )
    SHELTER_REFERRAL = "shelter_referral", pgettext_lazy("service of a desk", "A safe place to stay")
    MATERIAL_AID = "material_aid", pgettext_lazy("service of a desk", "Food, clothes and other essentials")
    MEDICAL_CARE = "medical_care", pgettext_lazy("service of a desk", "Medical care")
    LEGAL_AID = "legal_aid", pgettext_lazy("service of a desk", "Legal aid, including compensation claims")
    GUARDIAN_REQUEST = "guardian_request", pgettext_lazy("service of a desk", "Help to get a guardian")
    INTERPRETATION = "interpretation", pgettext_lazy("service of a desk", "Interpreters")
    DOCUMENTS_STATUS = "documents_status", pgettext_lazy("service of a desk", "Help with identity papers and residence")
    FAMILY_TRACING = "family_tracing", pgettext_lazy("service of a desk", "Finding family members")
    SAFE_RETURN = "safe_return", pgettext_lazy("service of a desk", "Safe return")
    EDUCATION_TRAINING = "education_training", pgettext_lazy("service of a desk", "Help with school and training")
    REFERRAL_OTHER = (
        "referral_other",
        pgettext_lazy("service of a desk", "Putting you in touch with others who can help"),
    )
