"""What stands on a certificate of attendance, in the language of whom it is for."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from urllib.parse import urljoin

import structlog
from babel.dates import format_date
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, override, pgettext
from django.utils.translation import gettext as _

from partners.directory.models import Organisation
from trainings.certificates.models import Certificate
from trainings.seminars.courses import Module
from trainings.seminars.models import Seminar
from victor.files.errors import FileRefused
from victor.files.uploads import small_png
from victor.languages import current_language, local_text, locale
from victor.pdf import Unprintable, emblem, personal_pdf, qr_code

MAX_PARTNERS = 16
LOGO_WIDTH, LOGO_HEIGHT = 250, 165  # points: 300 an inch on the paper
log = structlog.get_logger(__name__)


class SeminarCertificates:
    """The certificates of one seminar; what stands on all of them is looked up once a language."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        self._common: dict[str, dict[str, Any]] = {}

    def pdf(self, certificate: Certificate) -> bytes:
        """The paper of one.

        Raises:
            Unprintable: the funder's notice lacks, or the fonts lack a letter.
        """
        with override(certificate.language):
            return personal_pdf("certificate", self.words(certificate))

    def words(self, certificate: Certificate) -> dict[str, Any]:
        """All that stands on it, in the active language."""
        language, address = current_language(), verification_url(certificate)
        if language not in self._common:
            self._common[language] = _common_words(self.seminar)
        common = self._common[language]
        issued = timezone.localtime(certificate.issued_at, self.seminar.zone)
        return common | {
            "language": language,
            "number": certificate.serial,
            "name": certificate.name,
            "facts": [*common["facts"], (pgettext("seminar", "Hours"), certificate.hours)],
            "address": address,
            "qr": qr_code(address),
            "proof": [
                (_("Number"), certificate.serial),
                (_("Code"), certificate.code),
                (_("Issued"), format_date(issued, "long", locale=locale())),
            ],
        }


def verification_url(certificate: Certificate) -> str:
    """Where anybody can check it, in the active language."""
    return urljoin(settings.SITE_URL, reverse("trainings:verified", args=[certificate.code]))


def _common_words(seminar: Seminar) -> dict[str, Any]:
    statement, _line, disclaimer = (
        render_to_string("trainings/certificates/certificate_notice.txt").strip().partition("\n")
    )
    if not statement:
        raise Unprintable
    where = filter(None, [local_text(seminar, "place").text, local_text(seminar.country, "name").text])
    host = local_text(seminar.organisation, "name").text
    return {
        "title": _("Certificate of attendance"),
        "confirms": _("This confirms the attendance of"),
        "at": _("at the seminar"),
        "seminar": local_text(seminar, "title").text,
        "facts": [
            (_("Date and time"), seminar.when),
            (_("Location"), ", ".join(where)),
            (_("Organiser"), host),
            (_("Language of the seminar"), str(get_language_info(seminar.language)["name_translated"])),
        ],
        "modules_title": _("Modules of the seminar"),
        "modules": [local_text(each, "title").text for each in _modules(seminar)],
        "check": _("Check this certificate"),
        "no_licence": _("It confirms attendance. It is not a licence to practise."),
        "emblem": emblem(),
        "emblem_name": _("Emblem of the European Union"),
        "statement": statement,
        "disclaimer": disclaimer,
        "partners": " · ".join(local_text(each, "name").text for each in Organisation.objects.all()[:MAX_PARTNERS]),
        "host": host,
        "logo": _logo(seminar.organisation),
    }


def _modules(seminar: Seminar) -> list[Module]:
    """Those of its sessions; where none is named, those of its course."""
    numbers = seminar.sessions.exclude(modules=None).values("modules")
    found = list(Module.objects.filter(pk__in=numbers))
    return found or (list(seminar.course.modules.all()) if seminar.course else [])


def _logo(organisation: Organisation) -> str | None:
    """The logo as SVG around its points; none where its file lacks or is damaged."""
    if not organisation.logo:
        return None
    try:
        with organisation.logo.open() as file:
            points = b64encode(small_png(file, width=LOGO_WIDTH, height=LOGO_HEIGHT)).decode()
    except (OSError, FileRefused) as lack:
        log.warning("logo_unreadable", organisation=organisation.slug, reason=str(lack))
        return None
    picture = f'<image width="{LOGO_WIDTH}" height="{LOGO_HEIGHT}" href="data:image/png;base64,{points}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{LOGO_WIDTH}" height="{LOGO_HEIGHT}">{picture}</svg>'
