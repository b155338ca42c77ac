"""The PDF of a certificate of attendance, in the participant's language."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import urljoin

import structlog
from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language_info, override, pgettext
from django.utils.translation import gettext as _

from partners.directory.models import Organisation
from trainings.certificates.models import Certificate
from trainings.seminars.courses import Module
from trainings.seminars.models import Seminar
from victor.files.errors import FileRefused
from victor.files.uploads import small_png
from victor.formatting import long_day
from victor.funding import current_funder_texts
from victor.languages import current_language, interface_language, local_text
from victor.pdf import Unprintable, emblem, personal_pdf, printable, qr_code

MAX_PARTNERS = 16
LOGO_WIDTH, LOGO_HEIGHT = 250, 165  # points of the screen: 300 per inch on paper
log = structlog.get_logger(__name__)


class SeminarCertificates:
    """The certificates of one seminar. Data that all of them share is loaded once per language."""

    def __init__(self, seminar: Seminar) -> None:
        self.seminar = seminar
        self._common: dict[str, dict[str, object]] = {}
        self._facts: dict[str, list[tuple[str, str]]] = {}

    def pdf(self, certificate: Certificate) -> bytes:
        """The PDF of one certificate.

        Raises:
            Unprintable: there is no funder's notice, or our fonts lack a letter.
        """
        with override(certificate.language):
            return personal_pdf("certificate", self.template_data(certificate))

    def template_data(self, certificate: Certificate) -> dict[str, object]:
        """The data of one certificate for the template, in the active language."""
        language, address = interface_language(), verification_url(certificate)
        if language not in self._common:
            self._common[language] = _common_data(self.seminar)
            self._facts[language] = _seminar_facts(self.seminar)
        return {
            **self._common[language],
            "language": current_language(),
            "number": certificate.serial,
            "name": certificate.name,
            "facts": [*self._facts[language], (pgettext("seminar", "Hours"), certificate.hours)],
            "address": address,
            "qr": qr_code(address),
            "proof": [
                (pgettext("of a certificate", "Number"), certificate.serial),
                (_("Code"), certificate.code),
                (_("Date of issue"), long_day(certificate.issued_at, self.seminar.zone)),
            ],
        }


def verification_url(certificate: Certificate) -> str:
    """The address at which anybody can verify the certificate, in the active language."""
    return urljoin(settings.SITE_URL, reverse("trainings:verified", args=[certificate.code]))


def _seminar_facts(seminar: Seminar) -> list[tuple[str, str]]:
    """What all certificates of a seminar say of it: each fact with its label."""
    places = filter(None, [local_text(seminar, "place").text, local_text(seminar.country, "name").text])
    return [
        (_("Date and time"), seminar.when),
        (_("Location"), ", ".join(places)),
        (_("Organiser"), printable(local_text(seminar.organisation, "name").text)),
        (_("Language of the seminar"), str(get_language_info(seminar.language)["name_translated"])),
    ]


def _common_data(seminar: Seminar) -> dict[str, object]:
    funder = current_funder_texts()
    if not funder.statement:
        raise Unprintable
    partners = Organisation.objects.present()[:MAX_PARTNERS]
    return {
        "title": _("Certificate of attendance"),
        "confirms": _("This confirms the attendance of"),
        "at": _("at the seminar"),
        "seminar": local_text(seminar, "title").text,
        "modules_title": _("Modules of the seminar"),
        "modules": [local_text(module, "title").text for module in _modules(seminar)],
        "check": _("Check this certificate"),
        "no_licence": _("It confirms attendance. It is not a licence to practise."),
        "emblem": emblem(),
        "emblem_name": _("Emblem of the European Union"),
        "statement": funder.statement,
        "disclaimer": funder.disclaimer,
        "partners": " · ".join(printable(local_text(partner, "name").text) for partner in partners),
        "host": printable(local_text(seminar.organisation, "name").text),
        "logo": _logo(seminar.organisation),
    }


def _modules(seminar: Seminar) -> list[Module]:
    """The modules of the seminar's sessions, or else those of its course."""
    session_modules = seminar.sessions.exclude(modules=None).values("modules")
    modules = list(Module.objects.filter(pk__in=session_modules))
    return modules or (list(seminar.course.modules.all()) if seminar.course else [])


def _logo(organisation: Organisation) -> str | None:
    """The logo as an SVG image; None where there is no file or it is damaged."""
    if not organisation.logo:
        return None
    try:
        with organisation.logo.open() as file:
            image = b64encode(small_png(file, width=LOGO_WIDTH, height=LOGO_HEIGHT)).decode()
    except (OSError, FileRefused) as error:
        log.warning("logo_unreadable", organisation=organisation.slug, reason=str(error))
        return None
    picture = f'<image width="{LOGO_WIDTH}" height="{LOGO_HEIGHT}" href="data:image/png;base64,{image}"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{LOGO_WIDTH}" height="{LOGO_HEIGHT}">{picture}</svg>'
