from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Answer(TextChoices):
    """What is known of a sign. Neither of the last two ever counts as no."""

    YES = "yes", pgettext_lazy("answer about a sign", "Yes")
    NO = "no", pgettext_lazy("answer about a sign", "No")
    UNKNOWN = "unknown", pgettext_lazy("answer about a sign", "Unknown")
    NOT_ASKED = "not_asked", pgettext_lazy("answer about a sign", "Not asked")


class Dimension(TextChoices):
    """What a sign tells about: an act, exploitation, control, or what makes a child vulnerable."""

    ACT = "act"
    EXPLOITATION = "exploitation"
    CONTROL = "control"
    VULNERABILITY = "vulnerability"


class Weight(TextChoices):
    """How much a sign tells."""

    STRONG = "strong"
    MEDIUM = "medium"
    WEAK = "weak"


class SignGroup(TextChoices):
    """The groups of signs, in their order; the letter begins the codes of its signs."""

    GENERAL = "G", pgettext_lazy("group of signs", "General")
    SEXUAL = "S", pgettext_lazy("group of signs", "Sexual exploitation")
    LABOUR = "L", pgettext_lazy("group of signs", "Forced labour")
    BEGGING = "B", pgettext_lazy("group of signs", "Begging")
    CRIME = "P", pgettext_lazy("group of signs", "Petty crime")
    SERVITUDE = "D", pgettext_lazy("group of signs", "Domestic servitude")
    MARRIAGE = "M", pgettext_lazy("group of signs", "Forced marriage")
    ADOPTION = "A", pgettext_lazy("group of signs", "Illegal adoption and surrogacy")
    ORGANS = "O", pgettext_lazy("group of signs", "Organ removal")


class TriageLevel(TextChoices):
    """What follows from the signs, the highest first."""

    DANGER = "danger"
    REFER = "refer"
    OTHER_CRIME = "other_crime"
    CHILD_PROTECTION = "child_protection"
    SUPERVISOR = "supervisor"
    LOOK_AGAIN = "look_again"
    ADVICE = "advice"
    NO_SIGN = "no_sign"


class Act(TextChoices):
    """What somebody did with the child."""

    RECRUITMENT = "recruitment", pgettext_lazy("act of trafficking", "Recruitment")
    TRANSPORTATION = "transportation", pgettext_lazy("act of trafficking", "Transportation")
    TRANSFER = "transfer", pgettext_lazy("act of trafficking", "Transfer to others")
    HARBOURING = "harbouring", pgettext_lazy("act of trafficking", "Harbouring")
    RECEIPT = "receipt", pgettext_lazy("act of trafficking", "Receipt of the child")


class Means(TextChoices):
    """How somebody made a person do it. For a child no means are needed."""

    FORCE = "force", pgettext_lazy("means of trafficking", "Force, or the threat of it")
    COERCION = "coercion", pgettext_lazy("means of trafficking", "Other coercion")
    ABDUCTION = "abduction", pgettext_lazy("means of trafficking", "Abduction")
    FRAUD = "fraud", pgettext_lazy("means of trafficking", "Fraud")
    DECEPTION = "deception", pgettext_lazy("means of trafficking", "Deception")
    POWER = "power", pgettext_lazy("means of trafficking", "Abuse of power")
    VULNERABILITY = "vulnerability", pgettext_lazy("means of trafficking", "Abuse of a position of vulnerability")
    PAYMENT = "payment", pgettext_lazy("means of trafficking", "Payment to somebody who has control over the person")


class Purpose(TextChoices):
    """What for."""

    SEXUAL = "sexual", pgettext_lazy("purpose of trafficking", "Sexual exploitation")
    LABOUR = "labour", pgettext_lazy("purpose of trafficking", "Forced labour or services")
    SERVITUDE = "servitude", pgettext_lazy("purpose of trafficking", "Slavery or servitude, also in a household")
    BEGGING = "begging", pgettext_lazy("purpose of trafficking", "Begging")
    CRIME = "crime", pgettext_lazy("purpose of trafficking", "Criminal activities")
    MARRIAGE = "marriage", pgettext_lazy("purpose of trafficking", "Forced marriage")
    ADOPTION = "adoption", pgettext_lazy("purpose of trafficking", "Illegal adoption")
    SURROGACY = "surrogacy", pgettext_lazy("purpose of trafficking", "Exploitation of surrogacy")
    ORGANS = "organs", pgettext_lazy("purpose of trafficking", "Removal of organs")
    OTHER = "other", pgettext_lazy("purpose of trafficking", "Other exploitation")


class ScreeningState(TextChoices):
    """Whether its author still writes a screening, or it stays as it is."""

    DRAFT = "draft", pgettext_lazy("screening", "Draft")
    DONE = "done", pgettext_lazy("screening", "Finished")


class ScreeningOrigin(TextChoices):
    """Who noticed the signs: a colleague, or a professional who filled in the form on paper."""

    OWN = "own", pgettext_lazy("origin of a screening", "Seen by us")
    PAPER = "paper", pgettext_lazy("origin of a screening", "From paper")


class KnowledgeSource(TextChoices):
    """How somebody knows of a sign."""

    SEEN = "seen", pgettext_lazy("a sign is known", "Seen")
    TOLD = "told", pgettext_lazy("a sign is known", "Told")
    PAPERS = "papers", pgettext_lazy("a sign is known", "From papers")
