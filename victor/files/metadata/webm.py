"""Copies of WebM films: a new file with only what is seen and heard (RFC 8794, RFC 9559)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from victor.files.metadata.errors import NoCopy
from victor.files.metadata.made import Made

EBML, SEGMENT, INFO, TRACKS, CLUSTER = 0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, 0x1F43B675
TIMESTAMP_SCALE, DURATION, MUXER, WRITER = 0x2AD7B1, 0x4489, 0x4D80, 0x5741
ENTRY, NUMBER, UID, KIND, CODEC, PRIVATE = 0xAE, 0xD7, 0x73C5, 0x83, 0x86, 0x63A2
VIDEO, SOUND, COLOUR = 0xE0, 0xE1, 0x55B0
TIME, SIMPLE_BLOCK, GROUP, BLOCK = 0xE7, 0xA3, 0xA0, 0xA1
CUES, CUE, CUE_TIME, CUE_PLACE, CUE_TRACK, CUE_AT = 0x1C53BB6B, 0xBB, 0xB3, 0xB7, 0xF7, 0xF1
CODECS = {b"V_VP8", b"V_VP9", b"V_AV1", b"A_OPUS", b"A_VORBIS"}
KINDS = {1, 2}  # pictures and sound
# Numbers that a track, its pictures and its sound are described by.
ENTRY_NUMBERS = {NUMBER, KIND, 0xB9, 0x88, 0x55AA, 0x9C, 0x23E383, 0x56AA, 0x56BB}
VIDEO_NUMBERS = {0x9A, 0x9D, 0x53B8, 0x53C0, 0xB0, 0xBA, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x54B0, 0x54BA, 0x54B2}
COLOUR_NUMBERS = {0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB}
SOUND_NUMBERS = {0xB5, 0x78B5, 0x9F, 0x6264}
GROUP_NUMBERS = {0x9B, 0xFB, 0x75A2}  # duration, reference, padding
MAX_PRIVATE, MAX_CLUSTERS = 64 * 1024, 100_000


class Element(NamedTuple):
    """An element: its number, and where its content begins and ends."""

    number: int
    start: int
    end: int


class _Film:
    """The elements of a film, and what is gathered of it."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.tracks: dict[int, int] = {}  # kinds, by the numbers of the tracks that are played
        self.has_more = False

    def elements(self, start: int, end: int) -> Iterator[Element]:
        """The elements between two places. One that says no size goes on to the end."""
        while start < end:
            number, at = self._number(start, keep_mark=True)
            size, begin = self._number(at, keep_mark=False)
            is_open = size == (1 << 7 * (begin - at)) - 1
            stop = end if is_open else begin + size
            if stop > end:
                raise NoCopy
            yield Element(number, begin, stop)
            start = stop

    def _number(self, at: int, *, keep_mark: bool) -> tuple[int, int]:
        if at >= len(self.content) or not self.content[at]:
            raise NoCopy
        width = 9 - self.content[at].bit_length()
        value = int.from_bytes(self.content[at : at + width], "big")
        return value if keep_mark else value & (1 << 7 * width) - 1, at + width

    def value(self, element: Element) -> bytes:
        """The content of an element."""
        return self.content[element.start : element.end]

    def numbers(self, element: Element, wanted: set[int]) -> bytes:
        """The numbers among what an element holds, written anew."""
        return b"".join(
            _element(inner.number, self.value(inner))
            for inner in self.elements(element.start, element.end)
            if inner.number in wanted and inner.end - inner.start <= 8
        )

    def entry(self, element: Element) -> bytes:
        """A track as it may stay; nothing for one that is not played."""
        inner = {item.number: item for item in self.elements(element.start, element.end)}
        number, kind = (int.from_bytes(self.value(inner[name]), "big") for name in (NUMBER, KIND))
        codec = self.value(inner[CODEC]).rstrip(b"\0")
        if kind not in KINDS:
            self.has_more = True
            return b""
        if codec not in CODECS or 0x6D80 in inner:  # encrypted or packed
            raise NoCopy
        self.tracks[number] = kind
        parts = (
            self.numbers(element, ENTRY_NUMBERS) + _element(UID, bytes([number & 0xFF or 1])) + _element(CODEC, codec)
        )
        if PRIVATE in inner:
            parts += _element(PRIVATE, _plain_private(codec, self.value(inner[PRIVATE])))
        if VIDEO in inner:
            parts += _element(VIDEO, self.numbers(inner[VIDEO], VIDEO_NUMBERS) + self._colours(inner[VIDEO]))
        if SOUND in inner:
            parts += _element(SOUND, self.numbers(inner[SOUND], SOUND_NUMBERS))
        return _element(ENTRY, parts)

    def _colours(self, video: Element) -> bytes:
        colours = [item for item in self.elements(video.start, video.end) if item.number == COLOUR]
        return b"".join(_element(COLOUR, self.numbers(item, COLOUR_NUMBERS)) for item in colours[:1])

    def cluster(self, element: Element) -> tuple[bytes, bytes]:
        """The moment of a cluster, and its blocks of tracks that are played."""
        moment, blocks = b"\0", []
        for item in self.elements(element.start, element.end):
            if item.number == TIME:
                moment = self.value(item)
            elif item.number == SIMPLE_BLOCK and self._is_played(item):
                blocks.append(_element(SIMPLE_BLOCK, self.value(item)))
            elif item.number == GROUP:
                blocks.append(self._group(item))
        return moment, _element(TIME, moment) + b"".join(blocks)

    def _group(self, group: Element) -> bytes:
        block = next((item for item in self.elements(group.start, group.end) if item.number == BLOCK), None)
        if block is None or not self._is_played(block):
            return b""
        return _element(GROUP, _element(BLOCK, self.value(block)) + self.numbers(group, GROUP_NUMBERS))

    def _is_played(self, block: Element) -> bool:
        return self._number(block.start, keep_mark=False)[0] in self.tracks


def clean_webm(content: bytes) -> Made:
    """The film with its pictures and its sound.

    Raises:
        NoCopy: it is damaged, live, or encoded in a way that is not known.
    """
    try:
        return _copy(_Film(content))
    except (KeyError, struct.error, IndexError, ValueError, ArithmeticError) as damage:
        raise NoCopy from damage


def _copy(film: _Film) -> Made:
    top = list(film.elements(0, len(film.content)))
    segment = next((item for item in top if item.number == SEGMENT), None)
    if segment is None:
        raise NoCopy
    items = list(film.elements(segment.start, segment.end))
    (info,) = (item for item in items if item.number == INFO)
    (tracks,) = (item for item in items if item.number == TRACKS)
    clusters = [item for item in items if item.number == CLUSTER]
    entries = b"".join(film.entry(item) for item in film.elements(tracks.start, tracks.end) if item.number == ENTRY)
    if not film.tracks or not clusters or len(clusters) > MAX_CLUSTERS:
        raise NoCopy
    head = _element(
        INFO, film.numbers(info, {TIMESTAMP_SCALE, DURATION}) + _element(MUXER, b"-") + _element(WRITER, b"-")
    )
    head += _element(TRACKS, entries)
    body, cues = [], []
    track, at = min(film.tracks, key=lambda number: film.tracks[number]), len(head)
    for item in clusters:
        moment, blocks = film.cluster(item)
        body.append(_element(CLUSTER, blocks))
        place = _element(CUE_TRACK, bytes([track])) + _element(CUE_AT, at.to_bytes(5, "big"))
        cues.append(_element(CUE, _element(CUE_TIME, moment) + _element(CUE_PLACE, place)))
        at += len(body[-1])
    whole = _head() + _element(SEGMENT, head + b"".join(body) + _element(CUES, b"".join(cues)))
    missing = ("tracks",) if film.has_more else ()
    return Made("video/webm", whole, _seconds(film, info), missing)


def _seconds(film: _Film, info: Element) -> float:
    values = {item.number: film.value(item) for item in film.elements(info.start, info.end)}
    scale = int.from_bytes(values.get(TIMESTAMP_SCALE, b"\x0f\x42\x40"), "big")
    duration = values.get(DURATION, b"")
    layout = {4: ">f", 8: ">d"}.get(len(duration))
    length = struct.unpack(layout, duration)[0] * scale / 1e9 if layout else 0.0
    return length if 0 <= length < 1e6 else 0.0


def _plain_private(codec: bytes, private: bytes) -> bytes:
    """What a decoder needs. That of Vorbis has a packet of comments in its middle."""
    if len(private) > MAX_PRIVATE:
        raise NoCopy
    if codec != b"A_VORBIS":
        return private if len(private) <= 1024 else b""
    if private[:1] != b"\2":
        raise NoCopy
    sizes, at = [], 1
    for _ in range(2):
        size = 0
        while private[at] == 255:
            size, at = size + 255, at + 1
        sizes.append(size + private[at])
        at += 1
    first, third = private[at : at + sizes[0]], private[at + sum(sizes) :]
    second = b"\x03vorbis" + bytes(8) + b"\x01"
    lengths = b"\xff" * (len(first) // 255) + bytes([len(first) % 255, len(second)])
    return b"\2" + lengths + first + second + third


def _head() -> bytes:
    numbers = [(0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8), (0x4287, 4), (0x4285, 2)]
    return _element(
        EBML, b"".join(_element(number, bytes([value])) for number, value in numbers) + _element(0x4282, b"webm")
    )


def _element(number: int, content: bytes) -> bytes:
    name = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return name + (len(content) | 1 << 56).to_bytes(8, "big") + content
