"""Removes metadata from MP4 films (ISO 14496-12). It is overwritten in place, so that no offset changes."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from victor.files.metadata.errors import NoCopy

CONTAINER_BOXES = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"moof", b"traf", b"mvex"}
KEPT_BOXES = set(
    b"ftyp styp mdat sidx mfra mvhd tkhd mdhd hdlr vmhd smhd nmhd "
    b"dref stsd stts ctts stsc stsz stz2 stco co64 stss sdtp elst "
    b"trex mehd mfhd tfhd tfdt trun sgpd sbgp cslg stps stsh tref".split()
)
TIMED_BOXES = {b"mvhd", b"tkhd", b"mdhd"}
PLAYED_KINDS = {b"vide", b"soun"}
MAX_DEPTH = 8


class Box(NamedTuple):
    """A box of the film: its name, and the offsets of its start, its content and its end."""

    name: bytes
    start: int
    content: int
    end: int


def clean_film(content: bytes) -> tuple[str, bytes]:
    """The film with its video and sound, without anything else.

    Raises:
        NoCopy: it is damaged, or contains something else that cannot be found.
    """
    blanked = bytearray(content)
    try:
        top = list(_iter_boxes(blanked, 0, len(blanked)))
        tracks = [track for box in top if box.name == b"moov" for track in _boxes_at(blanked, box, b"trak")]
        for track in tracks:
            if _track_kind(blanked, track) not in PLAYED_KINDS:
                _blank_samples(blanked, track)
                _free_box(blanked, track)
        if any(box.name == b"moof" for box in top) and len(tracks) != len(_played_tracks(blanked, top)):
            raise NoCopy
        _clean_boxes(blanked, 0, len(blanked), 0)
    except (struct.error, IndexError) as damage:
        raise NoCopy from damage
    return "video/mp4", bytes(blanked)


def _iter_boxes(film: bytearray, start: int, end: int) -> Iterator[Box]:
    while start < end:
        size, name = struct.unpack_from(">I4s", film, start)
        content = start + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", film, content)
            content += 8
        elif size == 0:
            size = end - start
        if size < content - start or start + size > end:
            raise NoCopy
        yield Box(name, start, content, start + size)
        start += size


def _boxes_at(film: bytearray, within: Box, *path: bytes) -> list[Box]:
    boxes = [within]
    for name in path:
        boxes = [box for outer in boxes for box in _iter_boxes(film, outer.content, outer.end) if box.name == name]
    return boxes


def _track_kind(film: bytearray, track: Box) -> bytes:
    """The kind of a track: `vide`, `soun`, or another, for example the position of the camera."""
    handlers = _boxes_at(film, track, b"mdia", b"hdlr")
    return bytes(film[handlers[0].content + 8 : handlers[0].content + 12]) if handlers else b""


def _played_tracks(film: bytearray, top: list[Box]) -> list[Box]:
    tracks = [track for box in top if box.name == b"moov" for track in _boxes_at(film, box, b"trak")]
    return [track for track in tracks if _track_kind(film, track) in PLAYED_KINDS]


def _clean_boxes(film: bytearray, start: int, end: int, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NoCopy
    for box in _iter_boxes(film, start, end):
        if box.name in CONTAINER_BOXES:
            _clean_boxes(film, box.content, box.end, depth + 1)
        elif box.name in TIMED_BOXES:
            wide = film[box.content] == 1
            _zero(film, box.content + 4, box.content + 4 + (16 if wide else 8))
        elif box.name == b"hdlr":
            _zero(film, box.content + 24, box.end)
        elif box.name not in KEPT_BOXES:
            _free_box(film, box)


def _free_box(film: bytearray, box: Box) -> None:
    """Turn a box into an empty one that players ignore."""
    film[box.start + 4 : box.start + 8] = b"free"
    _zero(film, box.content, box.end)


def _zero(film: bytearray, start: int, end: int) -> None:
    film[start:end] = bytes(end - start)


def _blank_samples(film: bytearray, track: Box) -> None:
    """Overwrite the samples of a track. They lie between those of video and sound; the track's tables say where."""
    table = (b"mdia", b"minf", b"stbl")
    sizes = [_sizes(film, box) for box in _boxes_at(film, track, *table, b"stsz")]
    offsets = [_numbers(film, box, ">I") for box in _boxes_at(film, track, *table, b"stco")]
    offsets += [_numbers(film, box, ">Q") for box in _boxes_at(film, track, *table, b"co64")]
    runs = [_runs(film, box) for box in _boxes_at(film, track, *table, b"stsc")]
    if not (len(sizes) == len(offsets) == len(runs) == 1):
        raise NoCopy
    remaining_sizes = iter(sizes[0])
    for number, offset in enumerate(offsets[0], start=1):
        count = next((count for first, count in reversed(runs[0]) if first <= number), 0)
        size = sum(next(remaining_sizes, 0) for _ in range(count))
        if offset + size > len(film):
            raise NoCopy
        _zero(film, offset, offset + size)


def _sizes(film: bytearray, box: Box) -> list[int]:
    common_size, count = struct.unpack_from(">II", film, box.content + 4)
    if count > (box.end - box.content) and not common_size:
        raise NoCopy
    if common_size:
        return [common_size] * min(count, len(film) // common_size + 1)
    return [size for (size,) in struct.iter_unpack(">I", film[box.content + 12 : box.content + 12 + 4 * count])]


def _numbers(film: bytearray, box: Box, layout: str) -> list[int]:
    (count,) = struct.unpack_from(">I", film, box.content + 4)
    end = box.content + 8 + struct.calcsize(layout) * count
    if end > box.end:
        raise NoCopy
    return [number for (number,) in struct.iter_unpack(layout, film[box.content + 8 : end])]


def _runs(film: bytearray, box: Box) -> list[tuple[int, int]]:
    """The first chunk of each run, and the number of samples in its chunks."""
    (count,) = struct.unpack_from(">I", film, box.content + 4)
    end = box.content + 8 + 12 * count
    if end > box.end:
        raise NoCopy
    return [(first, samples) for first, samples, _ in struct.iter_unpack(">III", film[box.content + 8 : end])]
