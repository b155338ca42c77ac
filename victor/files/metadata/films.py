"""Copies of films and sound in MP4, QuickTime and 3GP: a new file with only what is seen and heard (ISO 14496-12).

The boxes of the copy are made here; of the original come numbers of its tables, how its pictures and its sound are
encoded, and the samples themselves. Notes that encoders leave between the pictures go too.
"""

from __future__ import annotations

import re
import struct
from typing import NamedTuple

from victor.files.metadata.boxes import MAX_SAMPLES, Box, box, boxes_at, full_box, iter_boxes, read_numbers, read_sizes
from victor.files.metadata.errors import NoCopy
from victor.files.metadata.made import Made

PLAYED = {b"vide": b"vmhd", b"soun": b"smhd"}
# How pictures and sound are encoded, and the boxes within that say so.
VIDEO_CODECS = {
    b"avc1",
    b"avc3",
    b"hvc1",
    b"hev1",
    b"mp4v",
    b"vp08",
    b"vp09",
    b"av01",
    b"s263",
    b"jpeg",
    b"apch",
    b"apcn",
}
SOUND_CODECS = {b"mp4a", b"samr", b"sawb", b"alac", b"Opus", b"fLaC", b"ac-3", b"ec-3", b"sowt", b"twos", b"lpcm"}
CODEC_BOXES = {
    *(b"avcC", b"hvcC", b"esds", b"vpcC", b"av1C", b"d263", b"damr", b"alac", b"dOps", b"dfLa", b"dac3", b"dec3"),
    *(b"pasp", b"colr", b"btrt", b"clap", b"chan", b"wave", b"frma"),
}
MAX_CODEC_BYTES = 4096
UNITS = {b"avc1": (6,), b"avc3": (6,), b"hvc1": (39, 40), b"hev1": (39, 40)}  # notes of encoders (SEI)
USER_DATA = re.compile(rb"\x00\x00\x01\xb2(?:(?!\x00\x00)[\s\S])*")
TABLES = (b"stts", b"ctts", b"stss")
BRANDS = b"isom\0\0\2\0isomiso2mp41"
QUICKTIME_BRANDS = b"qt  \0\0\0\0qt  "


class Track(NamedTuple):
    """A track of the original, as far as the copy needs it."""

    kind: bytes
    header: bytes
    timescale: int
    duration: int
    edits: bytes
    entry: bytes
    tables: bytes
    samples: list[bytes]
    runs: list[int]  # samples of each chunk


def clean_film(content: bytes) -> Made:
    """The film with its pictures and its sound.

    Raises:
        NoCopy: it is damaged, in pieces, locked, or encoded in a way that is not known.
    """
    try:
        top = list(iter_boxes(content, 0, len(content)))
        movie = next((box for box in top if box.name == b"moov"), None)
        if movie is None or any(box.name == b"moof" for box in top):
            raise NoCopy
        tracks = boxes_at(content, movie, b"trak")
        played = [_read_track(content, track) for track in tracks if _kind(content, track) in PLAYED]
        header = boxes_at(content, movie, b"mvhd")[0]
        return _write(content, header, played, has_more=len(played) < len(tracks))
    except (struct.error, IndexError, ValueError, ArithmeticError) as damage:
        raise NoCopy from damage


def _kind(film: bytes, track: Box) -> bytes:
    """The kind of a track: `vide`, `soun`, or another, for example the position of the camera."""
    handlers = boxes_at(film, track, b"mdia", b"hdlr")
    return film[handlers[0].content + 8 : handlers[0].content + 12] if handlers else b""


def _read_track(film: bytes, track: Box) -> Track:
    kind = _kind(film, track)
    (table,) = boxes_at(film, track, b"mdia", b"minf", b"stbl")
    (description,) = boxes_at(film, table, b"stsd")
    entry, codec = _entry(film, description, kind)
    header = boxes_at(film, track, b"mdia", b"mdhd")[0]
    timescale, duration = _clock(film, header)
    samples, runs = _read_samples(film, table)
    if codec == b"mp4v":
        samples = [_without_user_data(sample) for sample in samples]
    if codec in UNITS:
        samples = [_without_notes(sample, UNITS[codec], codec) for sample in samples]
    tables = b"".join(_table(film, inner) for name in TABLES for inner in boxes_at(film, table, name))
    edits = b"".join(
        full_box(b"elst", film[inner.content + 4 : inner.end], version=film[inner.content])
        for inner in boxes_at(film, track, b"edts", b"elst")[:1]
        if inner.end - inner.content <= MAX_CODEC_BYTES
    )
    track_header = _plain_header(film, boxes_at(film, track, b"tkhd")[0])
    return Track(kind, track_header, timescale, duration, edits, entry, tables, samples, runs)


def _clock(film: bytes, header: Box) -> tuple[int, int]:
    if film[header.content] == 1:
        return struct.unpack_from(">IQ", film, header.content + 20)
    return struct.unpack_from(">II", film, header.content + 12)


def _entry(film: bytes, description: Box, kind: bytes) -> tuple[bytes, bytes]:
    """How the samples are encoded: the first description, with numbers and known boxes only."""
    start = description.content + 8
    size, codec = struct.unpack_from(">I4s", film, start)
    if size < 16 or start + size > description.end or codec not in (VIDEO_CODECS | SOUND_CODECS):
        raise NoCopy
    end = start + size
    if kind == b"vide":
        fixed = bytearray(film[start + 8 : start + 86])
        fixed[8:24] = bytes(16)
        fixed[42:74] = bytes(32)  # the name of the encoder
        inner = start + 86
    else:
        version = struct.unpack_from(">H", film, start + 16)[0]
        inner = start + {0: 36, 1: 52, 2: 72}.get(version, 36)
        fixed = bytearray(film[start + 8 : inner])
        fixed[10:16] = bytes(6)  # revision and maker
    return box(codec, bytes(fixed), _codec_boxes(film, inner, end)), codec


def _codec_boxes(film: bytes, start: int, end: int) -> bytes:
    known = b""
    if end - start < 8:
        return known
    for inner in iter_boxes(film, start, end, lenient=True):
        if inner.name in CODEC_BOXES and inner.end - inner.start <= MAX_CODEC_BYTES:
            if inner.name == b"wave":
                known += box(b"wave", _codec_boxes(film, inner.content, inner.end), box(b"\0\0\0\0"))
            elif inner.name != b"colr" or film[inner.content : inner.content + 4] in {b"nclx", b"nclc"}:
                content = film[inner.content : inner.end]
                known += box(inner.name, PLAIN[inner.name](content) if inner.name in PLAIN else content)
    return known


def _plain_descriptor(content: bytes) -> bytes:
    """Words in it are no settings of a decoder."""
    plain = _without_user_data(content)
    return plain if not re.search(rb"[!-~]{8}", plain) else _refuse()


def _without_user_data(content: bytes) -> bytes:
    """MPEG-4 has room for words after this mark, until the next one begins with two zeros."""
    return USER_DATA.sub(lambda match: match[0][:4] + b" " * (len(match[0]) - 4), content)


def _refuse() -> bytes:
    raise NoCopy


def _plain_settings(content: bytes) -> bytes:
    """The settings of HEVC, without the notes of the encoder among them."""
    units, at = [], 23
    for _ in range(content[22]):
        start, kind = at, content[at] & 63
        (count,) = struct.unpack_from(">H", content, at + 1)
        at += 3
        for _ in range(count):
            at += 2 + struct.unpack_from(">H", content, at)[0]
        if kind not in UNITS[b"hvc1"]:
            units.append(content[start:at])
    return content[:22] + bytes([len(units)]) + b"".join(units)


PLAIN = {b"esds": _plain_descriptor, b"hvcC": _plain_settings}


def _plain_header(film: bytes, header: Box) -> bytes:
    """A track's header without its moments."""
    content = bytearray(film[header.content : header.end])
    content[4 : 20 if content[0] == 1 else 12] = bytes(16 if content[0] == 1 else 8)
    if len(content) not in {84, 96}:
        raise NoCopy
    return bytes(content)


def _table(film: bytes, table: Box) -> bytes:
    """A table of numbers, as long as it says."""
    (count,) = struct.unpack_from(">I", film, table.content + 4)
    width = 4 if table.name == b"stss" else 8
    end = table.content + 8 + width * count
    if end > table.end or count > MAX_SAMPLES:
        raise NoCopy
    return box(table.name, film[table.content : end])


def _read_samples(film: bytes, table: Box) -> tuple[list[bytes], list[int]]:
    """All samples in their order, and how many stand in each chunk. The table of runs is walked once."""
    sizes = read_sizes(film, [*boxes_at(film, table, b"stsz"), *boxes_at(film, table, b"stz2")][0])
    narrow, wide = boxes_at(film, table, b"stco"), boxes_at(film, table, b"co64")
    offsets = read_numbers(film, narrow[0], ">I") if narrow else read_numbers(film, wide[0], ">Q")
    steps = read_numbers(film, boxes_at(film, table, b"stsc")[0], ">III")
    samples: list[bytes] = []
    runs: list[int] = []
    step, position, total = -1, 0, 0
    for number, (offset,) in enumerate(offsets, start=1):
        while step + 1 < len(steps) and steps[step + 1][0] <= number:
            step += 1
        count = min(steps[step][1], len(sizes) - position) if step >= 0 else 0
        for size in sizes[position : position + count]:
            total += size
            if offset + size > len(film) or total > len(film):  # the second where samples overlap
                raise NoCopy
            samples.append(film[offset : offset + size])
            offset += size
        position += count
        runs.append(count)
    return samples, runs


def _without_notes(sample: bytes, notes: tuple[int, ...], codec: bytes) -> bytes:
    """A picture without what encoders write between its parts. Its units stand after their lengths of four bytes."""
    units, at = [], 0
    while at + 4 < len(sample):
        size = int.from_bytes(sample[at : at + 4], "big")
        if size == 0 or at + 4 + size > len(sample):
            return sample
        first = sample[at + 4]
        kind = first & 31 if codec.startswith(b"avc") else (first >> 1) & 63
        if kind not in notes:
            units.append(sample[at : at + 4 + size])
        at += 4 + size
    return b"".join(units)


def _write(film: bytes, header: Box, tracks: list[Track], *, has_more: bool) -> Made:
    if not tracks or not any(track.samples for track in tracks):
        raise NoCopy
    is_quicktime = film[4:8] != b"ftyp" or film[8:12] == b"qt  "
    kind = box(b"ftyp", QUICKTIME_BRANDS if is_quicktime else BRANDS)
    moments = bytearray(film[header.content : header.end])
    moments[4 : 20 if moments[0] == 1 else 12] = bytes(16 if moments[0] == 1 else 8)
    if len(moments) not in {100, 112}:
        raise NoCopy
    data = box(b"mdat", *(sample for track in tracks for sample in track.samples))
    if len(data) > 0xFFFFFFF:
        raise NoCopy
    pieces, offset = [box(b"mvhd", bytes(moments))], len(kind) + 8
    for track in tracks:
        pieces.append(_track_box(track, offset))
        offset += sum(len(sample) for sample in track.samples)
    has_pictures = any(track.kind == b"vide" for track in tracks)
    media_type = "video/quicktime" if is_quicktime else "video/mp4" if has_pictures else "audio/mp4"
    seconds = max(track.duration / track.timescale for track in tracks)
    return Made(media_type, kind + data + box(b"moov", *pieces), seconds, ("tracks",) if has_more else ())


def _track_box(track: Track, offset: int) -> bytes:
    offsets, position = [], 0
    for count in track.runs:
        offsets.append(offset)
        for sample in track.samples[position : position + count]:
            offset += len(sample)
        position += count
    chunks = [(number, count, 1) for number, count in enumerate(track.runs, start=1)]
    sizes = struct.pack(f">II{len(track.samples)}I", 0, len(track.samples), *map(len, track.samples))
    table = box(
        b"stbl",
        full_box(b"stsd", struct.pack(">I", 1), track.entry),
        track.tables,
        full_box(b"stsc", struct.pack(">I", len(chunks)), *(struct.pack(">III", *chunk) for chunk in chunks)),
        full_box(b"stsz", sizes),
        full_box(b"stco", struct.pack(f">I{len(offsets)}I", len(offsets), *offsets)),
    )
    kind = PLAYED[track.kind]
    media = full_box(kind, bytes(8), flags=1) if kind == b"vmhd" else full_box(kind, bytes(4))
    here = full_box(b"dref", struct.pack(">I", 1), full_box(b"url ", flags=1))
    handler = full_box(b"hdlr", bytes(4), track.kind, bytes(12), b"\0")
    clock = full_box(
        b"mdhd", bytes(8), struct.pack(">IIHH", track.timescale, min(track.duration, 2**32 - 1), 0x55C4, 0)
    )
    body = box(b"mdia", clock, handler, box(b"minf", media, box(b"dinf", here), table))
    edits = box(b"edts", track.edits) if track.edits else b""
    return box(b"trak", box(b"tkhd", track.header), edits, body)
