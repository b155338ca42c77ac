"""What every page of the site carries around its content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from partners.help_lines.models import HelpLine
from victor.funding import current_funder_notice
from victor.languages import (
    CODES,
    MORE_TAGS,
    content_language,
    current_language,
    interface_language,
    interface_languages,
    language_tag,
    local_text,
)
from victor.pages.models import Page as TextPage
from victor.pages.quick_exit import QUICK_EXITS
from victor.pages.states import Menu
from victor.publishing.views import PAGE_INFO, PageInfo


@dataclass(frozen=True)
class EmergencyNumber:
    """A number of the help strip; `label` names its country where the reader's is not known."""

    number: str
    tel: str
    label: str


@dataclass(frozen=True)
class LanguageLink:
    """The page in a language, named in that language. `tag` is the language as HTML names it."""

    code: str
    tag: str
    name: str
    url: str
    current: bool
    published: bool

    @property
    def short(self) -> str:
        """The language in two letters, where there is no room for its name."""
        return self.tag[:2].upper()


class LayoutContext:
    """What the layout shows. It is loaded before the page renders.

    `emergency` are the numbers to dial in danger, `menus` are the pages that each menu names (pages of the workspace
    show neither), `funder` is the notice of the European Union's support that holds today, and `languages` is the same
    page in each language.
    """

    def __init__(self, request: HttpRequest) -> None:
        about: PageInfo | None = request.META.get(PAGE_INFO)
        self.page = about or PageInfo()
        self.language, interface = current_language(), interface_language()
        self.tag = language_tag(interface)
        self.path = request.path
        self.query = f"?{request.META['QUERY_STRING']}" if request.META.get("QUERY_STRING") else ""
        in_workspace = about is None and self.path.startswith(self.workspace)
        self.emergency = [] if in_workspace else emergency_numbers(self.page, self.language)
        self.funder = current_funder_notice()
        self.menus = {} if in_workspace else _menus()
        self.languages = [
            LanguageLink(
                code,
                language_tag(code),
                name,
                self._path(code) + self.query,
                code == interface,
                content_language(code) in self.page.published,
            )
            for code, name in settings.LANGUAGES
        ]

    @property
    def site(self) -> str:
        """The site's own address."""
        return settings.SITE_URL

    @property
    def host(self) -> str:
        """The site's address as people write it down."""
        return urlsplit(settings.SITE_URL).netloc

    @property
    def share_picture(self) -> str:
        """The path of the picture that other sites show beside a link to this one."""
        return reverse("pages:share")

    @property
    def workspace(self) -> str:
        """The path of the first page after logging in."""
        return reverse(settings.LOGIN_REDIRECT_URL)

    @property
    def publisher(self) -> dict[str, str]:
        """Who publishes, in the words of schema.org."""
        return {"@type": "Organization", "name": "VICTOR", "url": settings.SITE_URL}

    @property
    def quick_exit(self) -> str:
        """A neutral page in the reader's language."""
        return QUICK_EXITS[self.language]

    @property
    def fallback(self) -> bool:
        """Whether the page is shown in another language than it was asked for in."""
        return self.language not in self.page.published

    noindex = fallback

    @property
    def canonical(self) -> str:
        """The one address of this page: where it falls back, that of the language it is shown in."""
        return self._address(next(iter(self.page.published), CODES[0]) if self.fallback else interface_language())

    @property
    def alternates(self) -> list[tuple[str, str]]:
        """Every language in which the page is published, by its tags; none for a page that falls back."""
        if self.fallback:
            return []
        links = [
            (tag, self._address(code))
            for language in self.page.published
            for code in interface_languages(language)
            for tag in (language_tag(code), *MORE_TAGS.get(code, ()))
        ]
        return [*links, ("x-default", self._address(next(iter(self.page.published))))]

    def _path(self, language: str) -> str:
        """The path of this page in a language: only its first part names one."""
        first, slash, rest = self.path.removeprefix("/").partition("/")
        return f"/{language}{slash}{rest}" if first in dict(settings.LANGUAGES) else self.path

    def _address(self, language: str) -> str:
        """The address of this page in a language: of which page of a list, and without the choices of its filters."""
        number = f"?page={self.page.number}" if self.page.number > 1 else ""
        return urljoin(settings.SITE_URL, self._path(language) + number)


def emergency_numbers(page: PageInfo, language: str) -> list[EmergencyNumber]:
    """The numbers to dial in danger, in the page's country, else where the language is spoken, else all."""
    loaded = cast("Sequence[HelpLine] | None", page.emergency)
    lines = sorted(HelpLine.objects.emergency() if loaded is None else loaded, key=lambda line: line.country.position)
    if page.country:
        lines = [line for line in lines if line.country_id == page.country.pk]
    else:
        lines = [line for line in lines if language in line.country.languages] or lines
    by_number: dict[str, list[HelpLine]] = {}
    for line in lines:
        by_number.setdefault(line.dial, []).append(line)
    return [
        EmergencyNumber(same[0].number, same[0].tel, _country_label(same) if len(by_number) > 1 else "")
        for same in by_number.values()
    ]


def _menus() -> dict[str, list[TextPage]]:
    pages = list(TextPage.objects.for_menus())
    return {menu.value: [page for page in pages if page.menu == menu] for menu in Menu}


def _country_label(same: list[HelpLine]) -> str:
    """The country of a number that only one country has."""
    return local_text(same[0].country, "name").text if len(same) == 1 else ""


def layout_context(request: HttpRequest) -> dict[str, LayoutContext]:
    """Give every template the layout."""
    return {"layout": LayoutContext(request)}
