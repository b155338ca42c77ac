"""Copies of sound: MP3, Ogg, WAV, FLAC and AMR, with only what is heard."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from victor.files.metadata.errors import NoCopy
from victor.files.metadata.made import Made

RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # by the version of MPEG
BIT_RATES = {
    (3, 3): (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (3, 2): (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (3, 1): (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (2, 3): (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (2, 1): (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
TABLES_OF_MP3 = re.compile(rb"Xing|Info|VBRI")
NAMED_FORMATS = {1, 3, 6, 7, 0xFFFE}  # of WAV: numbers, floats, A-law, µ-law
AMR_SIZES = (12, 13, 15, 17, 19, 20, 26, 31, 5, 0, 0, 0, 0, 0, 0, 0)
AMR_WIDE_SIZES = (17, 23, 32, 36, 40, 46, 50, 58, 60, 5, 0, 0, 0, 0, 0, 0)
REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))
PAGE = struct.Struct("<4sBBqIII B".replace(" ", ""))


def clean_mp3(content: bytes) -> Made:
    """The frames that are played, one after the other. What stands before, between and after them goes (ISO 11172-3).

    Raises:
        NoCopy: there are none.
    """
    frames, seconds, at = [], 0.0, _after_tag(content)
    while 0 <= (at := content.find(b"\xff", at)) < len(content) - 4:
        frame = _mp3_frame(content[at : at + 4])
        if frame is None or not _is_followed(content, at + frame[0]):
            at += 1
            continue
        size, length = frame
        if not TABLES_OF_MP3.search(content[at : at + 200]):
            frames.append(content[at : at + size])
            seconds += length
        at += size
    if len(frames) < 2:
        raise NoCopy
    return Made("audio/mpeg", b"".join(frames), seconds)


def _after_tag(content: bytes) -> int:
    if not content.startswith(b"ID3"):
        return 0
    size = 0
    for byte in content[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size


def _is_followed(content: bytes, at: int) -> bool:
    """Whether another frame stands there, or the sound ends."""
    return (at <= len(content) and content[at : at + 3] in {b"", b"TAG", b"APE", b"LYR"}) or (
        _mp3_frame(content[at : at + 4]) is not None
    )


def _mp3_frame(head: bytes) -> tuple[int, float] | None:
    """How many bytes a frame has, and how many seconds it plays."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rates = BIT_RATES.get((3 if version == 3 else 2, layer if version == 3 or layer == 3 else 1))
    rate, step = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer == 0 or rates is None or not 0 < rate < 15 or step == 3:
        return None
    samples = 384 if layer == 3 else 1152 if version == 3 or layer == 2 else 576
    hertz = RATES[version][step]
    padding = (head[2] >> 1 & 1) * (4 if layer == 3 else 1)
    return samples // 8 * rates[rate] * 1000 // hertz + padding, samples / hertz


def clean_ogg(content: bytes) -> Made:
    """Opus or Vorbis, with its comments emptied (RFC 3533, RFC 7845).

    Raises:
        NoCopy: it is damaged, or another kind of sound, or more than one.
    """
    pages = list(_ogg_pages(content))
    if not pages:
        raise NoCopy
    serial = pages[0][2]
    own = [page for page in pages if page[2] == serial]
    first = own[0][4]
    count = {b"OpusHead": 2, b"\x01vorbis": 3}.get(first[:8] if first[:1] != b"\x01" else first[:7], 0)
    if not count:
        raise NoCopy
    head, sound = _head_packets(own, count)
    head[1] = b"OpusTags" + bytes(8) if count == 2 else b"\x03vorbis" + bytes(8) + b"\x01"
    last = max(page[1] for page in own)
    hertz = 48000 if count == 2 else struct.unpack_from("<I", first, 12)[0]
    if not hertz or last < 0:
        raise NoCopy
    media_type = "audio/opus" if count == 2 else "audio/ogg"
    missing = ("tracks",) if len(own) < len(pages) else ()
    return Made(media_type, b"".join(_write_ogg(head, sound)), last / hertz, missing)


Pages = list[tuple[int, int, int, bytes, bytes]]


def _ogg_pages(content: bytes) -> Iterator[tuple[int, int, int, bytes, bytes]]:
    """Flags, position, serial number, lengths and content of each page."""
    at = 0
    while at + 27 <= len(content):
        mark, _version, flags, position, serial, _number, _sum, count = PAGE.unpack_from(content, at)
        lengths = content[at + 27 : at + 27 + count]
        end = at + 27 + count + sum(lengths)
        if mark != b"OggS" or end > len(content):
            raise NoCopy
        yield flags, position, serial, lengths, content[at + 27 + count : end]
        at = end


def _head_packets(pages: Pages, count: int) -> tuple[list[bytes], Pages]:
    """The packets before the sound, and the pages after them. The sound begins on a page of its own."""
    packets, open_packet = [], b""
    for number, (_flags, _position, _serial, lengths, content) in enumerate(pages):
        at = 0
        for length in lengths:
            open_packet += content[at : at + length]
            at += length
            if length < 255:
                packets.append(open_packet)
                open_packet = b""
        if len(packets) >= count:
            if len(packets) > count or open_packet:
                raise NoCopy
            return packets, pages[number + 1 :]
    raise NoCopy


def _write_ogg(head: list[bytes], sound: Pages) -> Iterator[bytes]:
    number = 0
    first, *others = head
    yield _ogg_page(2, 0, number, _lengths(first), first)
    lengths, content = b"".join(map(_lengths, others)), b"".join(others)
    while lengths:
        number += 1
        size = sum(lengths[:255])
        is_continued = number > 1
        ends = any(length < 255 for length in lengths[:255])
        yield _ogg_page(int(is_continued), 0 if ends else -1, number, lengths[:255], content[:size])
        lengths, content = lengths[255:], content[size:]
    for flags, position, _serial, page_lengths, page in sound:
        number += 1
        yield _ogg_page(flags & 5, position, number, page_lengths, page)


def _lengths(packet: bytes) -> bytes:
    return b"\xff" * (len(packet) // 255) + bytes([len(packet) % 255])


def _ogg_page(flags: int, position: int, number: int, lengths: bytes, content: bytes) -> bytes:
    head = PAGE.pack(b"OggS", 0, flags, position, 1, number, 0, len(lengths)) + lengths
    return head[:22] + struct.pack("<I", _ogg_sum(head + content)) + head[26:] + content


def _ogg_sum(page: bytes) -> int:
    """Ogg's check sum. It is that of zlib, with the bits of each byte and of the result turned round."""
    turned = zlib.crc32(page.translate(REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    return int(f"{turned:032b}"[::-1], 2)


def clean_wav(content: bytes) -> Made:
    """The sound and how it is encoded; no other chunk.

    Raises:
        NoCopy: it is damaged, or encoded in a way that is not known.
    """
    chunks: dict[bytes, bytes] = {}
    at = 12
    while at + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, at)
        chunks.setdefault(name, content[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
    form, data = chunks.get(b"fmt ", b"")[:40], chunks.get(b"data", b"")
    if len(form) < 16 or not data or struct.unpack_from("<H", form)[0] not in NAMED_FORMATS:
        raise NoCopy
    bytes_a_second = struct.unpack_from("<I", form, 8)[0]
    body = b"".join(
        name + struct.pack("<I", len(chunk)) + chunk + bytes(len(chunk) % 2)
        for name, chunk in ((b"fmt ", form[: 16 if form[:2] == b"\1\0" else 40]), (b"data", data))
    )
    head = b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE"
    return Made("audio/wav", head + body, len(data) / bytes_a_second if bytes_a_second else 0)


def clean_flac(content: bytes) -> Made:
    """The sound and what a player needs to know of it; no pictures, comments or padding.

    Raises:
        NoCopy: it is damaged.
    """
    at, blocks, is_last = 4, [], False
    while not is_last:
        if at + 4 > len(content):
            raise NoCopy
        kind, size = content[at] & 0x7F, int.from_bytes(content[at + 1 : at + 4], "big")
        is_last = bool(content[at] & 0x80)
        if kind == 0:
            blocks.append(content[at + 4 : at + 4 + size])
        at += 4 + size
    if len(blocks) != 1 or len(blocks[0]) != 34 or content[at : at + 2] not in {b"\xff\xf8", b"\xff\xf9"}:
        raise NoCopy
    packed = int.from_bytes(blocks[0][10:18], "big")
    hertz, samples = packed >> 44, packed & (1 << 36) - 1
    sound = content[at:]
    if (tag := sound.rfind(b"TAG", -128 - 3)) >= 0 and len(sound) - tag == 128:
        sound = sound[:tag]
    return Made("audio/flac", b"fLaC\x80\0\0\x22" + blocks[0] + sound, samples / hertz if hertz else 0)


def clean_amr(content: bytes) -> Made:
    """The frames that are played (RFC 4867).

    Raises:
        NoCopy: it is damaged.
    """
    wide = content.startswith(b"#!AMR-WB\n")
    head = b"#!AMR-WB\n" if wide else b"#!AMR\n"
    if not content.startswith(head):
        raise NoCopy
    sizes, at, count = AMR_WIDE_SIZES if wide else AMR_SIZES, len(head), 0
    while at < len(content) and content[at] & 0x83 == 0:
        size = 1 + sizes[content[at] >> 3 & 15]
        if at + size > len(content):
            break
        at, count = at + size, count + 1
    if not count:
        raise NoCopy
    return Made("audio/amr", content[:at], count * 0.02)
