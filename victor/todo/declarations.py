"""What an app declares in its `todo.py`: kinds of items, audiences of people, buttons, and strips of the first page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from victor.formatting import short_day
from victor.languages import CODES, column, current_language, in_readers_script

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrOrPromise

    from victor.accounts.models import User
    from victor.todo.models import Item, OpenItem


@dataclass(frozen=True)
class Line:
    """An item in the reader's words: what it is, since or until when, and the path of the page where it is done."""

    title: str
    detail: str
    url: str


@dataclass(frozen=True)
class Watched:
    """Another table on which items depend. `rows` selects what has to be looked at again when a `{row}` of it changes.

    With `columns`, only when one of these changes.
    """

    table: str
    rows: str
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Kind:
    """A kind of item, as expressions of SQL over a row `r` of `table`: an item is open where `is_open` holds.

    The defaults: an item is about the row, under a name that no audit entry has; it is a line of its own, opens when it
    begins and never closes. `is_announced`: the item comes next before it opens, because its line says when. `derived`:
    the item follows from several rows of the table, so that one that is deleted is no end of it. `keep_for`, where
    there is one, leaves those items that a reader can settle, where no audience can tell that.
    """

    name: str
    table: str
    describe: Callable[[Item, int], Line]
    audiences: str
    since: str
    is_open: str = "TRUE"
    object: str = ""
    subject: str = ""
    topic: str = ""
    key: str = "r.id::text"
    joins: str = ""
    barred: str = "NULL::bigint"
    due_at: str = "NULL::timestamptz"
    opens_at: str = ""
    closes_at: str = "NULL::timestamptz"
    urgent: str = "FALSE"
    facts: Mapping[str, str] = field(default_factory=dict)
    watched: Sequence[Watched] = ()
    every_row: str = ""
    derived: bool = False
    is_announced: bool = False
    keep_for: Callable[[User, Sequence[OpenItem]], Sequence[OpenItem]] | None = None


KINDS: dict[str, Kind] = {}
AUDIENCES: list[Callable[[User], Iterable[str]]] = []


def declare_kind(kind: Kind) -> Kind:
    """Let the database keep items of this kind."""
    KINDS[kind.name] = kind
    return kind


def names_audiences(find: Callable[[User], Iterable[str]]) -> Callable[[User], Iterable[str]]:
    """Declare what names the audiences of a person, from what is loaded already."""
    AUDIENCES.append(find)
    return find


NameSubject = Callable[["Item"], Line]
SUBJECTS: dict[str, NameSubject] = {}


def names_subject(stored_name: str) -> Callable[[NameSubject], NameSubject]:
    """Declare how objects of this name are called where it is told what has happened to them, by an item about one."""

    def declare(name: NameSubject) -> NameSubject:
        SUBJECTS[stored_name] = name
        return name

    return declare


def subject_line(item: Item) -> Line:
    """What an item is about: by its own name, else as the item itself."""
    name = SUBJECTS.get(item.subject.partition(":")[0])
    return name(item) if name else KINDS[item.kind].describe(item, 1)


def audiences_of(user: User) -> list[str]:
    """All audiences of a person."""
    return [f"user:{user.pk}", *(name for find in AUDIENCES for name in find(user))]


@dataclass(frozen=True)
class Button:
    """What a person with a permission does often: one press from the first page."""

    title: StrOrPromise
    permission: str
    route: str
    rank: int


BUTTONS: list[Button] = []


def declare_button(title: StrOrPromise, *, permission: str, route: str, rank: int) -> None:
    """Offer a page on the first page of those who have the permission. A lower `rank` is further in front."""
    BUTTONS.append(Button(title, permission, route, rank))


def buttons_of(user: User) -> list[Button]:
    """The buttons of a person."""
    return sorted((button for button in BUTTONS if user.has_perm(button.permission)), key=lambda button: button.rank)


@dataclass(frozen=True)
class Figure:
    """A number on the first page, and the path of the page that shows what is behind it."""

    label: StrOrPromise
    value: int | str
    url: str
    is_alarming: bool = False


@dataclass(frozen=True)
class Card:
    """A place of work on the first page: its state, and the next things to do there as buttons: words and paths."""

    title: str
    url: str
    detail: str = ""
    state: str = ""
    buttons: Sequence[tuple[StrOrPromise, str]] = ()


@dataclass(frozen=True)
class Strip:
    """What a role sees of its work beside what waits: figures, and places of work. What is pressing comes first."""

    heading: StrOrPromise
    figures: Sequence[Figure] = ()
    cards: Sequence[Card] = ()
    is_pressing: bool = False


FindStrip = Callable[["User"], Strip | None]
STRIPS: list[tuple[int, str, FindStrip]] = []


def shows_strip(permission: str, *, rank: int) -> Callable[[FindStrip], FindStrip]:
    """Declare a strip of the first page for those who have the permission."""

    def declare(find: FindStrip) -> FindStrip:
        STRIPS.append((rank, permission, find))
        return find

    return declare


def strips_of(user: User) -> list[Strip]:
    """The strips of a person, in the order of their ranks."""
    declared = sorted(STRIPS, key=lambda strip: strip[0])
    strips = [find(user) for _rank, permission, find in declared if user.has_perm(permission)]
    return [strip for strip in strips if strip is not None]


def names_of(alias: str, field_name: str) -> str:
    """The expression of a translated text in all its languages, for the facts of an item."""
    pairs = ", ".join(f"'{code}', {alias}.{column(field_name, code)}" for code in CODES)
    return f"jsonb_strip_nulls(jsonb_build_object({pairs}))"


def name_in(texts: Mapping[str, str], instead: object = "") -> str:
    """The text of such facts for the reader, or the first of the other languages that has one."""
    for code in (current_language(), *CODES):
        if text := texts.get(code):
            return in_readers_script(text)
    return str(instead)


def since(moment: datetime) -> str:
    """Since when something waits, in words."""
    return _("since %(day)s") % {"day": short_day(moment)}


def waiting_since(moment: datetime, number: int) -> str:
    """The same of the first of several."""
    if number == 1:
        return since(moment)
    return _("longest wait: since %(day)s") % {"day": short_day(moment)}
